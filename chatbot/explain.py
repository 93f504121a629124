"""Shows how an answer came about: the question as understood, the gate, each candidate and what became of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from chatbot.choose import FEWEST_WORDS, NEAR_TOP
from chatbot.gate import GATE
from chatbot.records import Answer, Concept, Hit, Question
from chatbot.weights import WEIGHTS
from prompts import table, words

CANDIDATES = 12
MOST_FEATURES = 5
MOST_WORDINGS = 5
MOST_SHOWN = 150  # characters of a passage


def explain(answer: Answer) -> None:
    """Print the whole way of an answer to the terminal."""
    console = Console()
    console.print(Text(f"Status: {answer.status}", style="bold"))
    console.print(Text(table("explain")["stage"].get(answer.reason, answer.reason)))
    console.print(_understood(answer.question))
    if answer.gate:
        console.print(_gate(answer))
    if answer.hits:
        _candidates(console, answer.hits[:CANDIDATES], answer)
    console.print(Text(f"\n{answer.text}"))


def _understood(question: Question) -> Table:
    """How the question was understood; what it does not say is left out."""
    found = _table("How the question was understood", "Part", "Understood as")
    rows = {
        "question": question.text,
        "completed to": question.resolved if question.resolved != question.text else "",
        "type": question.intent,
        "areas": ", ".join(question.areas) or "all",
        "places without papers": ", ".join(question.unknown_areas),
        "years": ", ".join(map(str, question.years)),
        "newest": "asked for" if question.latest else "",
        "kinds of paper": ", ".join(question.kinds),
        "voices": ", ".join(question.speakers),
        "wanted form": question.wants,
        "known places": ", ".join(question.parts),
        "read as": "; ".join(f"{typed} as {meant}" for typed, meant in question.corrected),
    }
    for name, value in rows.items():
        if value:
            found.add_row(name, Text(value))
    for concept in question.concepts:
        found.add_row("idea", Text(_idea(concept)))
    return found


def _idea(concept: Concept) -> str:
    """An idea with its weight and the stems of its strongest other wordings."""
    others = [" ".join(stems) for stems, _ in sorted(concept.phrases, key=lambda phrase: -phrase[1])]
    shown = ", ".join(others[:MOST_WORDINGS]) + (" ..." if len(others) > MOST_WORDINGS else "")
    carried = "" if concept.asked else ", from an earlier question"
    return f"{concept.label} (weight {concept.weight:.2f}{carried}): {shown}"


def _gate(answer: Answer) -> Table:
    """The gate's sum, term by term."""
    score, threshold = answer.gate["score"], answer.gate["threshold"]
    passed = "passed" if score >= threshold else "refused"
    found = _table(f"The gate: {score:.2f} of at least {threshold:.2f}, {passed}", "Feature", "Value", "Weight", "Adds")
    for name, value in answer.gate["features"].items():
        weight = GATE.get(name, 0.0)
        found.add_row(_name(name), f"{value:.2f}", f"{weight:+.2f}", f"{weight * value:+.2f}")
    return found


def _candidates(console: Console, hits: Sequence[Hit], answer: Answer) -> None:
    """The best passages, some lines each: score and fate, where it stands, what makes the score, the ideas covered."""
    console.print(Text(f"Candidates (the best {len(hits)} of {len(answer.hits)} passages scored)", style="bold"))
    for rank, hit in enumerate(hits, 1):
        page = f", page {hit.passage.page}" if hit.passage.page else ""
        start = textwrap.shorten(hit.passage.text, MOST_SHOWN, placeholder=" ...")
        console.print(Text(f"{rank:>2}. {hit.score:.2f}  {fate(hit, answer)}", style="bold"))
        for line in (f"{hit.passage.document}{page}: {start}", _features(hit), f"ideas: {', '.join(hit.covered)}"):
            console.print(Padding(Text(line), (0, 0, 0, 4)))


def _features(hit: Hit) -> str:
    """The features that move a score most, strongest first."""
    moves = {name: WEIGHTS.get(name, 0.0) * value for name, value in hit.features.items()}
    strongest = sorted(moves, key=lambda name: -abs(moves[name]))[:MOST_FEATURES]
    return "; ".join(f"{moves[name]:+.2f} {_name(name)}" for name in strongest if moves[name]) or "known place"


def fate(hit: Hit, answer: Answer) -> str:
    """What became of a hit, in words: its quotes' marks, or why it was not quoted."""
    markers = [c.marker for c in answer.citations if c.passage_id == hit.passage.id]
    if markers:
        return words("explain", "fate.quoted", markers=" ".join(f"[{m}]" for m in markers))
    if hit.dropped:
        return hit.dropped
    if answer.status != "answered":
        return words("explain", "fate.refused")
    if not answer.gate:
        return words("explain", "fate.known_place")
    if len(hit.passage.text.split()) < FEWEST_WORDS:
        return words("explain", "fate.short")
    if hit.score < NEAR_TOP * _best(answer.hits):
        return words("explain", "fate.weak", share=f"{NEAR_TOP:.0%}")
    return words("explain", "fate.enough")


def _best(hits: Iterable[Hit]) -> float:
    return max(hit.score for hit in hits)


def _name(feature: str) -> str:
    return str(table("explain")["feature"].get(feature, feature))


def _table(title: str, *columns: str) -> Table:
    found = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        found.add_column(column)
    return found
