"""Places of England in text, however they are written."""

import pytest

import prompts
from ingest.facts.places import fold, full_name, gazetteer, mentions, named


def test_the_table_is_whole() -> None:
    data = prompts.table("places")
    assert len(data["areas"]) == 153
    assert {area for areas in data["regions"].values() for area in areas} <= set(data["areas"])
    assert not {fold(region) for region in data["regions"]} & {fold(area) for area in data["areas"]}
    lists = [*data["words"], *data["persons"]]
    assert len(set(lists)) == len(lists)


def test_mentions_need_a_capital_where_asked() -> None:
    assert [name for name, _, _ in mentions("in rotherham", capitals=False)] == ["Rotherham"]
    assert mentions("in rotherham") == []
    assert mentions("the Reading of the plan", capitals=False) == []


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("the London Borough of Bexley", "Bexley"),
        ("Brighton & Hove", "Brighton and Hove"),
        ("City of York", "York"),
        ("City of York Council", "York"),
        ("City of London", "City of London"),
        ("Bedford Borough", "Bedford"),
        ("Bedford Borough Council", "Bedford"),
        ("County Durham", "Durham"),
        ("Royal Borough of Kensington and Chelsea", "Kensington and Chelsea"),
        ("Stoke-on Trent", "Stoke-on-Trent"),
        ("Stoke-onTrent", "Stoke-on-Trent"),
        ("Southend on\nSea", "Southend-on-Sea"),
        ("Saint Helens", "St Helens"),
        ("B&NES", "Bath and North East Somerset"),
        ("Elmshire", "Elmshire"),
        ("Elmshire County Council", "Elmshire"),
        ("Elmstow Metropolitan Borough Council", "Elmstow"),
        ("Elmstow Borough", "Elmstow"),
        ("Elmshire Local Area Partnership", "Elmshire"),
    ],
)
def test_full_name(printed: str, expected: str) -> None:
    assert full_name(printed) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North East Lincolnshire is not Lincolnshire", ["North East Lincolnshire", "Lincolnshire"]),
        ("Bournemouth, Christchurch and Poole Council", ["Bournemouth, Christchurch and Poole"]),
        ("Newcastle upon Tyne Council", ["Newcastle upon Tyne"]),
        ("Newcastle-under-Lyme", ["Newcastle-under-Lyme"]),
        ("the Royal Borough of Windsor and Maidenhead", ["Windsor and Maidenhead"]),
        ("kingston\u2010upon\u2010hull", ["Kingston upon Hull"]),
        ("Rother\u00adham", ["Rotherham"]),
        ("St. Helen\u2019s schools", ["St Helens"]),
        ("the North, Somerset", ["Somerset"]),
        ("reading and bath time", []),
        ("Reading tests are hard", []),
        ("guided Reading and Writing", []),
        ("help in Reading, Slough and Bath", ["Reading", "Slough", "Bath"]),
        ("Reading Council", ["Reading"]),
        ("Mr Kent and his son Devon", []),
        ("a school on Durham Road", []),
        ("in kent", ["Kent"]),
        ("a walsallian", []),
        ("waits in the South West and in Yorkshire & the Humber", ["South West", "Yorkshire and the Humber"]),
        ("in the south west of the county, the North East of Kent, South East Hampshire", ["Kent", "Hampshire"]),
    ],
)
def test_named(text: str, expected: list[str]) -> None:
    assert [mention.place.name for mention in named(text)] == expected


@pytest.mark.parametrize(
    ("name", "sort", "areas"),
    [
        ("Grimsby", "town", ("North East Lincolnshire",)),
        ("South Yorkshire", "region", ("Barnsley", "Doncaster", "Rotherham", "Sheffield")),
        ("Northamptonshire", "region", ("North Northamptonshire", "West Northamptonshire")),
        ("Greater Lincolnshire", "region", ("Lincolnshire", "North East Lincolnshire", "North Lincolnshire")),
        ("Cumbria", "region", ("Cumberland", "Westmorland and Furness")),
        ("Cardiff", "outside", ()),
        ("RBWM", "area", ("Windsor and Maidenhead",)),
    ],
)
def test_what_a_place_is(name: str, sort: str, areas: tuple[str, ...]) -> None:
    place = gazetteer()[fold(name)]
    assert (place.sort, place.areas) == (sort, areas)


def test_an_area_of_the_papers_answers_to_all_its_names() -> None:
    found = [named(text, ("Bedford Borough",))[0].place.areas for text in ("Bedford", "Bedford Borough")]
    assert found == [("Bedford Borough",)] * 2
    assert named("Elmstow", ("Elmstow Borough",))[0].place.areas == ("Elmstow Borough",)


def test_spans_leave_a_possessive_ending_out() -> None:
    text = "Rotherham's plans"
    assert [text[m.start : m.end] for m in named(text)] == ["Rotherham"]
