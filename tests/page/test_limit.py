"""How much one visitor may ask, and who one visitor is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatbot.page.access.limit import MOST_VISITORS, Limit, TooManyError, visitor
from chatbot.page.access.turns import Turns
from chatbot.page.service import Service
from tests.page.visiting import QUESTION, VISITOR, asked, page


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_allowance_is_taken_and_refilled_evenly() -> None:
    clock = Clock()
    limit = Limit(6, clock)
    limit.take("a", 6)
    with pytest.raises(TooManyError) as error:
        limit.take("a")
    assert error.value.seconds == 10
    limit.take("b", 6)  # another visitor has their own
    clock.now = 10
    limit.take("a")
    with pytest.raises(TooManyError):
        limit.take("a")
    clock.now = 70
    limit.take("a", 30)  # more than a whole allowance counts as a whole one


def test_visitors_are_forgotten_after_a_minute_and_never_known_by_address() -> None:
    clock = Clock()
    limit = Limit(6, clock)
    for number in range(MOST_VISITORS + 500):
        limit.take(f"198.51.100.{number}")
    assert len(limit) <= MOST_VISITORS
    assert b"198.51.100" not in b"".join(limit._left)
    clock.now = 61
    limit.take("new")
    assert len(limit) == 1


def test_no_limit_where_it_is_nought() -> None:
    limit = Limit(0)
    for _ in range(1000):
        limit.take("a", 100)
    assert len(limit) == 0


@pytest.mark.parametrize(
    ("host", "who"),
    [
        ("203.0.113.5", "203.0.113.5"), ("::ffff:203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"), ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"), ("127.0.0.1", None), ("::1", None), ("::ffff:127.0.0.1", None),
        ("10.1.2.3, x", "unknown"), ("<b>", "unknown"), ("", None), (None, None),
    ],
)  # fmt: skip
def test_who_is_one_visitor(host: str | None, who: str | None) -> None:
    assert visitor(host) == who


WAYS: list[tuple[str, str, dict[str, Any]]] = [
    ("post", "/api/answer", {"json": {"question": QUESTION}}),
    ("post", "/plain", {"data": {"question": QUESTION}}),
    ("get", "/compare?topic=short+breaks", {}),
    ("get", "/enquiry?topic=short+breaks&areas=Westmarch", {}),
    ("post", "/take-away", {"data": {"what": "answer", "format": "md", "turns": json.dumps([{"question": QUESTION}])}}),
    ("get", "/documents/000000000000?topic=x", {}),
    ("post", "/feedback", {"data": {"verdict": "right"}}),
    ("get", "/documents?text=waits", {}),
    ("get", "/documents/000000000000/page/1.png", {}),
]


def test_every_way_to_ask_is_limited_with_a_plain_sentence(service: Service) -> None:
    with page(service, questions_per_minute=1) as client:
        assert client.post("/api/answer", json={"question": QUESTION}).status_code == 200
        for method, path, body in WAYS:
            response = getattr(client, method)(path, **body)
            assert response.status_code == 429, path
            assert 1 <= int(response.headers["retry-after"]) <= 60
            assert "Please wait" in response.text and "from your network" in response.text
        assert asked(client)["error"].startswith("A great many questions")
        assert client.get("/documents").status_code == client.get("/compare").status_code == 200  # reading goes on


def test_what_is_asked_waits_in_the_turn_of_who_asks(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []
    take = Turns.take

    async def watched(turns: Turns, who: str | None) -> None:
        seen.append(who)
        await take(turns, who)

    monkeypatch.setattr(Turns, "take", watched)
    with page(service) as client:
        assert asked(client)[0]["status"] == "answered"
        for number, (method, path, body) in enumerate(WAYS[:5], 1):
            assert getattr(client, method)(path, **body).status_code == 200
            assert len(seen) > number, path
    assert set(seen) == {visitor(VISITOR[0])}


def test_a_long_conversation_counts_as_its_questions(service: Service) -> None:
    turns = json.dumps([{"question": f"What about waits {n}?"} for n in range(12)])
    form = {"what": "answers", "format": "md", "turns": turns}
    with page(service, questions_per_minute=15) as client:
        assert client.post("/take-away", data=form).status_code == 200
        assert client.post("/take-away", data=form).status_code == 429


def test_only_a_known_proxy_says_who_asks(service: Service) -> None:
    forged = {"x-forwarded-for": "198.51.100.7"}
    with page(service, questions_per_minute=1) as client:
        assert client.post("/feedback", headers=forged).status_code == 404
        assert client.post("/feedback", headers={"x-forwarded-for": "198.51.100.8"}).status_code == 429
    with page(service, ("127.0.0.1", 1), questions_per_minute=1, proxies=("127.0.0.0/8", "10.1.0.0/16")) as client:
        for wanted in (404, 429):
            chain = {
                "x-forwarded-for": f"192.0.2.{wanted % 250}, 198.51.100.7, 10.1.2.3"
            }  # the first is the visitor's own claim
            assert client.post("/feedback", headers=chain).status_code == wanted
        assert client.post("/feedback", headers={"x-forwarded-for": "2001:db8::1"}).status_code == 404
        assert client.post("/feedback", headers={"x-forwarded-for": "2001:db8::2"}).status_code == 429


def test_this_machine_is_not_limited(service: Service) -> None:
    with page(service, ("127.0.0.1", 1), questions_per_minute=1) as client:
        assert {client.post("/feedback").status_code for _ in range(5)} == {404}


def test_wrong_addresses_are_counted_as_one_visitor(service: Service) -> None:
    with page(service, ("127.0.0.1", 1), questions_per_minute=1, proxies=("127.0.0.0/8",)) as client:
        assert client.post("/feedback", headers={"x-forwarded-for": "unknown-1"}).status_code == 404
        assert client.post("/feedback", headers={"x-forwarded-for": "unknown-2"}).status_code == 429


def test_long_questions_and_long_conversations_count_for_the_work_they_are(service: Service) -> None:
    long = {"question": QUESTION, "history": ["What about waits? " * 40] * 6}
    with page(service, questions_per_minute=6) as client:
        assert client.post("/api/answer", json=long).status_code == 200
        assert client.post("/api/answer", json={"question": QUESTION}).status_code == 429
