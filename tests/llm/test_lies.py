"""A model that lies reaches nobody; one that tells the truth does."""

# ruff: noqa: E501  cases stand on one line each, to be read as a table
from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler

import pytest

from chatbot.llm.assist import Assist, assist
from chatbot.llm.check.check import check
from chatbot.llm.model.reply import RawClaim
from chatbot.records import Answer
from chatbot.serialise import plain_text
from ingest.encoder.embedder import Embedder
from tests.llm.conftest import chosen
from tests.llm.lying import LIES, RIGHT, SENTENCES, STANDS, quote
from tests.llm.server import Scripted, completion, told, whole

MOST_REJECTED = 0.2
TRUE = (SENTENCES["portage"], STANDS["portage"], SENTENCES["portage"])
KNOWN = ("shortened: end", "shortened: adjective", "reworded")  # what words alone cannot prove; left out, and said so


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: f"{lie[0]}: {lie[1][:40]}")
def test_a_lie_reaches_nobody(lie: tuple, server: Scripted, writer: Assist, answer: Answer) -> None:
    passage = lie[3] if len(lie) > 3 else STANDS[lie[2]]
    server.reply = told((lie[1], passage, SENTENCES[lie[2]]), TRUE)
    summary = writer.answer(answer).summary
    assert summary is not None
    assert [c.text for c in summary.claims] == [SENTENCES["portage"]]
    assert summary.dropped == 1


def test_right_claims_come_through_and_few_are_left_out(server: Scripted, writer: Assist, answer: Answer) -> None:
    """8 of 42 are left out: retellings in other words, and shortenings that leave out a word that counts."""
    rejected = []
    for kind, claim, name in RIGHT:
        server.reply = told((claim, STANDS[name], SENTENCES[name]))
        summary = writer.answer(answer).summary
        assert summary is not None
        if not summary.claims:
            rejected.append(kind)
    assert len(RIGHT) >= 40
    assert len(rejected) / len(RIGHT) <= MOST_REJECTED, rejected
    assert set(rejected) <= set(KNOWN)


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("words that stand nowhere", {"claim": TRUE[0], "passages": [6], "words": ["The portage list has grown"]}),
        ("words cut so that a not is lost", {"claim": "EHC plan reviews always take place on time.", "passages": [3], "words": ["take place on time"]}),
        ("hardly any words", {"claim": TRUE[0], "passages": [6], "words": ["to 17"]}),
        ("words of a word", {"claim": TRUE[0], "passages": [6], "words": ["he portage waiting lis"]}),
        ("some words that stand nowhere", {"claim": TRUE[0], "passages": [6], "words": [TRUE[0], "and parents agree"]}),
        ("no words", {"claim": TRUE[0], "passages": [6], "words": []}),
        ("words that are no text", {"claim": TRUE[0], "passages": [6], "words": [17]}),
        ("no passage", {"claim": TRUE[0], "passages": [], "words": [TRUE[0]]}),
        ("two passages, one of them silent", {"claim": TRUE[0], "passages": [6, 1], "words": [TRUE[0]]}),
        ("two passages made one", {"claim": "Some children wait too long and the portage waiting list has been reduced to 17.", "passages": [1, 6], "words": [SENTENCES["wait"], TRUE[0]]}),
        ("a passage that is no number", {"claim": TRUE[0], "passages": ["six"], "words": [TRUE[0]]}),
        ("a passage that is true", {"claim": TRUE[0], "passages": [True], "words": [TRUE[0]]}),
        ("a negative passage", {"claim": TRUE[0], "passages": [-6], "words": [TRUE[0]]}),
        ("no claim", {"passages": [6], "words": [TRUE[0]]}),
        ("a claim that is a list", {"claim": [TRUE[0]], "passages": [6], "words": [TRUE[0]]}),
        ("an empty claim", {"claim": "", "passages": [6], "words": [TRUE[0]]}),
        ("light words only", {"claim": "This is that.", "passages": [6], "words": [TRUE[0]]}),
        ("an endless claim", {"claim": "The portage list " * 200, "passages": [6], "words": [TRUE[0]]}),
        ("markup", {"claim": "<b>The portage waiting list</b> has been reduced to 17.", "passages": [6], "words": [TRUE[0]]}),
        ("invisible letters", {"claim": "The portage waiting list has been re\u200bduced to 17\u2064 1.", "passages": [6], "words": [TRUE[0]]}),
    ],
)  # fmt: skip
def test_an_entry_out_of_form_reaches_nobody(
    name: str, entry: dict, server: Scripted, writer: Assist, answer: Answer
) -> None:
    server.reply = json.dumps([entry])
    summary = writer.answer(answer).summary
    assert summary is not None and not summary.claims
    assert summary.note.startswith("There is no summary")


SERVICE = (
    "The tier 3 mental health service is of high quality. The service has improved since the reforms. They now see "
    "families within two weeks. The service offered by the tier 3 team is valued."
)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("The service has improved since the reforms.", "unclear"),
        ("The service has improved.", "unclear"),
        ("Inspectors found that the service has improved since the reforms.", "unclear"),
        ("In Exshire, the service has improved since the reforms.", "unclear"),
        ("They now see families within two weeks.", "unclear"),
        ("Inspectors found that they now see families within two weeks.", "unclear"),
        ("The tier 3 mental health service is of high quality.", ""),
        ("The service offered by the tier 3 team is valued.", ""),
    ],
)
def test_a_claim_must_be_understood_alone(claim: str, reason: str, embedder: Embedder) -> None:
    """A true sentence under another question speaks of another service: SmolLM2 did so with CAMHS and a whole area."""
    sentence = next(s for s in SERVICE.split(". ") if claim.rstrip(".").split()[-1] in s).rstrip(".")
    assert check(RawClaim(claim, (1,), (sentence,)), (quote(1, SERVICE),), embedder).reason == reason


def test_below_the_set_share_there_is_no_summary(server: Scripted, writer: Assist, answer: Answer) -> None:
    false = ("Schools are closing.", 6, SENTENCES["portage"])
    server.reply = told(TRUE, false, false)
    summary = writer.answer(answer).summary
    assert summary is not None and summary.claims == () and summary.dropped == 3
    assert summary.note.count(".") == 2 and "do not bear out enough" in summary.note


def test_what_is_left_out_is_said(server: Scripted, writer: Assist, answer: Answer) -> None:
    server.reply = told(TRUE, ("Schools are closing.", 6, SENTENCES["portage"]))
    text = plain_text(writer.answer(answer))
    assert "1 sentence of the model was left out" in text
    assert f"{SENTENCES['portage']} [6] (Exshire peer review, October 2022; the peer team)" in text


def test_the_same_claim_is_shown_once(server: Scripted, writer: Assist, answer: Answer) -> None:
    server.reply = told(TRUE, TRUE)
    summary = writer.answer(answer).summary
    assert summary is not None and len(summary.claims) == 1 and summary.dropped == 0


@pytest.mark.parametrize(
    "wrap", ["```json\n{}\n```", "Here you are:\n{}\nI hope this helps! Schools are closing.", '{{"claims": {}}}']
)
def test_text_around_the_claims_is_left_unread(wrap: str, server: Scripted, writer: Assist, answer: Answer) -> None:
    server.reply = wrap.format(told(TRUE))
    found = writer.answer(answer)
    assert found.summary is not None and len(found.summary.claims) == 1
    assert "hope" not in plain_text(found) and "closing" not in plain_text(found)


@pytest.mark.parametrize("provider", ["openai-like", "ollama"])
def test_each_provider_is_asked_directly(
    provider: str, server: Scripted, embedder: Embedder, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy of the environment would carry the question off this machine."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    url = server.url if provider == "openai-like" else server.url.removesuffix("/v1")
    made = assist(chosen(server, provider=provider, url=url), embedder)
    server.reply = told(TRUE)
    assert made is not None
    summary = made.answer(answer).summary
    assert summary is not None and [c.text for c in summary.claims] == [TRUE[0]]
    assert summary.where == url


def test_a_key_comes_from_the_environment_only(
    server: Scripted, embedder: Embedder, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODEL_KEY", "a-secret-key")
    monkeypatch.setenv("OPENAI_API_KEY", "of-somebody-else")
    seen: list[str | None] = []

    def listening(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"])
        whole(handler, completion("[]"))

    server.reply = listening
    for variable in ("MODEL_KEY", ""):
        made = assist(chosen(server, key_variable=variable), embedder)
        assert made is not None
        made.answer(answer)
    assert seen == ["Bearer a-secret-key", "Bearer none"]
