"""Shows how an answer came about: the question as understood, the reading, each candidate and what became of it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from chatbot.records import Answer, Concept, Hit, Question
from chatbot.serialise import plain_text
from prompts import table, words

CANDIDATES = 12
MOST_WORDINGS = 5
MOST_SHOWN = 150  # characters of a passage


def explain(answer: Answer) -> None:
    """Print the whole way of an answer to the terminal."""
    console = Console()
    console.print(Text(f"Status: {answer.status}", style="bold"))
    console.print(Text(table("explain")["stage"].get(answer.reason, answer.reason)))
    console.print(_understood(answer.question))
    if answer.gate:
        console.print(_reading(answer))
    if answer.hits:
        _candidates(console, answer.hits[:CANDIDATES], answer)
    console.print(Text(f"\n{plain_text(answer)}"))


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
        "kinds of paper": ", ".join(question.kinds),
        "voices": ", ".join(question.speakers),
        "read as question": question.standalone if question.standalone != question.text else "",
        "read as": "; ".join(f"{typed} as {meant}" for typed, meant in question.corrected),
    }
    for name, value in rows.items():
        if value:
            found.add_row(name, Text(value))
    for concept in question.concepts:
        found.add_row("topic", Text(_idea(concept)))
    return found


def _idea(concept: Concept) -> str:
    """A topic with the stems of its strongest other wordings."""
    others = [" ".join(stems) for stems, _ in sorted(concept.phrases, key=lambda phrase: -phrase[1])]
    return f"{concept.label}: {', '.join(others[:MOST_WORDINGS]) + (' ...' if len(others) > MOST_WORDINGS else '')}"


def _reading(answer: Answer) -> Table:
    """How likely it is that nothing answers, against what is still allowed."""
    none, allowed = answer.gate["features"]["none"], 1 - answer.gate["threshold"]
    passed = "answered" if none <= allowed else "refused"
    found = _table(f"The reader: {passed}", "What", "Share")
    found.add_row(words("explain", "reading.none"), f"{none:.2f}")
    found.add_row(words("explain", "reading.allowed"), f"{allowed:.2f}")
    return found


def _candidates(console: Console, hits: Sequence[Hit], answer: Answer) -> None:
    """The best passages, some lines each: score and fate, where it stands, the numbers of each stage."""
    console.print(Text(f"Candidates (the best {len(hits)} of {len(answer.hits)} passages)", style="bold"))
    for rank, hit in enumerate(hits, 1):
        page = f", page {hit.passage.page}" if hit.passage.page else ""
        start = textwrap.shorten(hit.passage.text, MOST_SHOWN, placeholder=" ...")
        console.print(Text(f"{rank:>2}. {fate(hit, answer)}", style="bold"))
        for line in (f"{hit.passage.document}{page}: {start}", _features(hit)):
            console.print(Padding(Text(line), (0, 0, 0, 4)))


def _features(hit: Hit) -> str:
    """The numbers of the stages that saw a hit, in their order."""
    return "; ".join(f"{_name(name)}: {value:g}" for name, value in hit.features.items() if value)


def fate(hit: Hit, answer: Answer) -> str:
    """What became of a hit, in words: its quotes' marks, or why it was not quoted."""
    markers = [c.marker for c in answer.citations if c.passage_id == hit.passage.id]
    if markers:
        return words("explain", "fate.quoted", markers=" ".join(f"[{m}]" for m in markers))
    if hit.dropped:
        return hit.dropped
    if not hit.sentences:
        return words("explain", "fate.unread")
    return words("explain", "fate.enough" if answer.status == "answered" else "fate.refused")


def _name(feature: str) -> str:
    return str(table("explain")["feature"].get(feature, feature))


def _table(title: str, *columns: str) -> Table:
    found = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        found.add_column(column)
    return found
