"""No expression can be kept busy for long: the time it takes grows about as the text does."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.expressions import Expression, all_expressions, attacks

SIZES = (1_250, 5_000, 20_000)  # letters, each four times the one before
OF_QUESTIONS = (125, 500, 2_000)  # no longer question is looked at: see chatbot/question/policy.py
QUESTIONS = {f"prompts/{name}.toml" for name in ("question", "screen", "help", "examples")}
GROWTH = 9  # times the time for four times the text; squared it would be 16
NOTICED = 0.02  # seconds; below that nothing is measured
HARMLESS = 0.0002  # seconds for the smallest text: even squared that is nothing for the longest
HANGS = 2.0
# These read only the page that Gradio itself made.
OWN_TEXT = {"chatbot/page/access/guard.py"}
PLACES = sorted({e.where for e in all_expressions()} - OWN_TEXT)


class HangsError(Exception):
    """An expression did not come back."""


@contextmanager
def alarm() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise HangsError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds(expression: Expression, text: str) -> float:
    """Time of this process that it takes."""
    started = time.process_time()
    expression.try_on(text)
    return time.process_time() - started


def grows(before: float, now: float) -> bool:
    """Whether four times the text took far more than four times as long."""
    return now > NOTICED and now > GROWTH * max(before, NOTICED / GROWTH)


def worst(expression: Expression) -> str:
    """The attack under which time grows faster than the text; empty where there is none."""
    sizes = OF_QUESTIONS if expression.where in QUESTIONS else SIZES
    for attack in attacks(expression.pattern, sizes[-1]):
        try:
            with alarm():
                before = seconds(expression, attack[: sizes[0]] + "\x01")
                if before < HARMLESS:
                    continue
                for size in sizes[1:]:
                    now = seconds(expression, attack[:size] + "\x01")
                    if grows(before, now) and grows(before, min(now, seconds(expression, attack[:size] + "\x01"))):
                        return f"{attack[:60]!r}: {before:.3f} s, four times of it {now:.3f} s"
                    before = now
        except HangsError:
            return f"{attack[:60]!r} hangs"
    return ""


@pytest.mark.parametrize("place", PLACES)
def test_time_grows_as_the_text_does(place: str) -> None:
    found = {e.pattern.pattern[:80]: worst(e) for e in all_expressions() if e.where == place}
    assert {source: told for source, told in found.items() if told} == {}


def test_the_attacks_find_what_they_are_made_for() -> None:
    for source in (r"(?:a+)+b", r"\s*,\s*$", r"[a-z]*\d", r"(?:x|xx)+y"):
        assert worst(Expression("here", re.compile(source), False)), source
    assert not worst(Expression("here", re.compile(r"\bwaits?\b|\d{1,9} weeks"), False))


def test_there_are_expressions_of_every_kind() -> None:
    places = set(PLACES)
    assert {
        "ingest/structure/sentences.py",
        "prompts/question.toml",
        "ingest/parsers/text/markdown.py",
        "chatbot/question/policy.py",
    } <= places
    assert len(all_expressions()) > 150
