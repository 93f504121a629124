"""Names of documents, dates and voices as people say them; the words themselves stand in prompts/."""

from __future__ import annotations

from chatbot.records import Searched
from ingest.registry import kinds
from prompts import words

MONTHS = "January February March April May June July August September October November December".split()


def date(iso: str | None) -> str:
    """An ISO date, as precise as it is, in words; empty for None."""
    if not iso:
        return ""
    parts = iso.split("-")
    month = MONTHS[int(parts[1]) - 1] if len(parts) > 1 else ""
    day = str(int(parts[2])) if len(parts) > 2 else ""
    return " ".join(filter(None, [day, month, parts[0]]))


def dated(iso: str | None, basis: str) -> str:
    """A date with its basis where that is not the document's own word."""
    if not iso:
        return "date not stated"
    return f"{date(iso)} or later, date not stated" if basis == "inferred" else date(iso)


def document(kind: str, area: str, iso: str | None, basis: str) -> str:
    """A document as people would name it: "Bexley inspection report, 8 December 2023"."""
    return f"{' '.join(filter(None, [area, kinds.called(kind)]))}, {dated(iso, basis)}"


def speaker(name: str, kind: str) -> str:
    """Who speaks, in words."""
    if name == "families" and kind == "minutes":
        name = "families_minutes"
    return words("answers", f"speaker.{name}")


def listed(names: list[str] | tuple[str, ...]) -> str:
    """ "a, b and c"."""
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def counts(searched: Searched) -> dict[str, str]:
    """How many papers and passages were searched, in words: "1 paper", "20 papers"."""
    return {"papers": number_of("paper", searched.documents), "passages": number_of("passage", searched.passages)}


def number_of(name: str, count: int) -> str:
    """So many papers or passages, in words: "1 paper"."""
    return words("answers", f"count.{name}" if count == 1 else f"count.{name}s", count=count)


def shortened(text: str, most: int) -> str:
    """The first words of a text, with dots where there are more."""
    found = text.split()
    return " ".join(found[:most]) + (" ..." if len(found) > most else "")
