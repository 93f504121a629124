"""Open Referral data: one service one document, old and new field names, anything else refused."""

import json

import pytest

from ingest.errors import DocumentError
from ingest.parsers.services import read

SERVICE = {
    "id": "s1",
    "name": "Riverside drop-in",
    "description": "A drop-in for families.\n\nNo appointment needed.",
    "status": "active",
    "url": "https://example.org/drop-in",
    "email": "dropin@example.org",
    "minimum_age": 0,
    "maximum_age": 18,
    "eligibility_description": "Anyone in Fairshire.",
    "fees_description": "Free for residents",
    "cost_options": [{"option": "Others", "amount": 3.5, "amount_description": "a session", "valid_to": "2025-12-31"}],
    "schedules": [{"byday": "TU,TH", "opens_at": "10:00:00", "closes_at": "13:00Z", "description": "Term time."}],
    "service_at_locations": [
        {
            "location": {
                "name": "Mill Hub",
                "addresses": [{"address_1": "1 Weir Lane", "city": "Fairford", "postal_code": "FA1 1AA"}],
                "accessibility": [{"description": "Level access."}],
            }
        }
    ],
    "service_areas": [{"name": "Fairshire"}],
    "contacts": [{"name": "Ann Lee", "title": "Manager", "phones": [{"number": "01632 960000"}]}],
    "languages": [{"id": "x"}, {"name": "English"}, {"language": "Polish"}],
    "accreditations": "Fair Mark",
    "alert": "Closed on 1 May.",
    "assured_date": "2025-02-11",
    "last_modified": "2025-06-03T09:15:00.000Z",
    "organization": {"name": "Fairshire Council"},
}


def data(content: object) -> bytes:
    return json.dumps(content).encode()


def test_one_service_in_fixed_order() -> None:
    ((name, document),) = read(data(SERVICE), "drop-in.json")
    assert name == "drop-in.json"
    assert document.media == "services"
    assert [(line.role, line.text) for line in document.lines] == [
        ("heading", "Riverside drop-in"),
        ("paragraph", "A drop-in for families."),
        ("paragraph", "No appointment needed."),
        ("row", "Eligibility: Anyone in Fairshire."),
        ("row", "Ages: 0 to 18"),
        ("row", "Fees: Free for residents"),
        ("row", "Cost: Others: £3.5 a session (until 2025-12-31)"),
        ("row", "When: Tuesday, Thursday, 10:00 to 13:00. Term time"),
        ("row", "Where: Mill Hub, 1 Weir Lane, Fairford, FA1 1AA"),
        ("row", "Accessibility: Level access."),
        ("row", "Area: Fairshire"),
        ("row", "Contact: Ann Lee, Manager, 01632 960000"),
        ("row", "Email: dropin@example.org"),
        ("row", "Website: https://example.org/drop-in"),
        ("row", "Provided by: Fairshire Council"),
        ("row", "Languages: English, Polish"),
        ("row", "Accreditations: Fair Mark"),
        ("row", "Alert: Closed on 1 May."),
        ("row", "Last checked: 2025-02-11"),
    ]
    assert document.hints == {
        "title": "Riverside drop-in",
        "publisher": "Fairshire Council",
        "date": "2025-06-03",
        "url": "https://example.org/drop-in",
        "status": "active",
        "area": "Fairshire",
    }


@pytest.mark.parametrize("key", ["contents", "content", "items", "services", None])
def test_lists_and_wrappers(key: str | None) -> None:
    services = [SERVICE, SERVICE | {"id": "s 2", "status": "Inactive"}, SERVICE | {"id": "s3"}]
    found = read(data({key: services} if key else services), "all.json")
    assert [name for name, _ in found] == ["all.json#s1", "all.json#s3"]
    assert found[0][1].warnings == ("all.json: 1 service that is not active was left out.",)
    assert found[1][1].warnings == ()


def test_repeated_ids_get_their_place() -> None:
    assert [name for name, _ in read(data([SERVICE, SERVICE]), "a.json")] == ["a.json#s1", "a.json#s1-2"]


def test_further_pages_are_asked_for() -> None:
    ((_, document),) = read(data({"total_pages": 3, "contents": [SERVICE]}), "page1.json")
    assert "one of 3 pages" in document.warnings[0]


def test_older_field_names() -> None:
    older = {
        "id": 7,
        "name": "Portage",
        "description": "<p>Home visits &amp; play.</p><p>Weekly.</p>",
        "provider": "Fairshire Council",
        "eligibilitys": [{"eligibility": "Pre-school", "minimum_age": 0, "maximum_age": 4.0}],
        "regular_schedules": [{"weekday": "Monday", "opens_at": "09:00", "description": "mornings"}],
        "service_at_locations": [{"location": {"physical_addresses": [{"address_1": "2 High Street"}]}}],
        "cost_options": [{"amount": 0}],
        "assured_date": "2024-04-14",
    }
    ((_, document),) = read(data({"items": [older]}), "old.json")
    assert [line.text for line in document.lines] == [
        "Portage",
        "Home visits & play.",
        "Weekly.",
        "Eligibility: Pre-school",
        "Ages: 0 to 4",
        "Cost: free",
        "When: Monday, 09:00. mornings",
        "Where: 2 High Street",
        "Provided by: Fairshire Council",
        "Last checked: 2024-04-14",
    ]
    assert document.hints["date"] == "2024-04-14"
    assert document.hints["publisher"] == "Fairshire Council"


def test_fields_of_the_wrong_kind_are_passed_over() -> None:
    odd = {key: [None, 3, {"x": []}] for key in SERVICE} | {"id": "s1", "name": "Odd", "url": "javascript:alert(1)"}
    ((_, document),) = read(data(odd | {"status": None}), "odd.json")
    assert document.lines[0].text == "Odd"
    assert "url" not in document.hints


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "not valid JSON"),
        (b'{"type": "FeatureCollection", "features": []}', "not Open Referral UK data"),
        (b'[{"id": 1, "name": "No more than that"}]', "not Open Referral UK data"),
        (b'"text"', "not Open Referral UK data"),
        (b"[" * 200_000, "nested too deeply"),
        (data([SERVICE | {"status": "defunct"}]), "no active service"),
        (b"\x00\x01", "binary data"),
    ],
)
def test_other_data_is_refused_in_one_sentence(content: bytes, told: str) -> None:
    with pytest.raises(DocumentError, match=told) as caught:
        read(content, "x.json")
    assert str(caught.value).startswith("x.json ")
