"""The figures of an area's papers: those on one topic in order of time, and all others.

Nothing is worked out of them: each stands with its quote. Its topic is the term of the thesaurus that the sentence or
row names, of several the one whose words are rarest here. A line joins only what is said in nearly the same words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatbot import wording
from chatbot.answer.select import leans
from chatbot.library import Library
from chatbot.national import amounts
from chatbot.national.amounts import Amount, label_of
from chatbot.national.areas import AreaRow
from chatbot.records import About
from chatbot.vocabulary import thesaurus
from chatbot.vocabulary.thesaurus import EQUAL
from ingest.index.words import tokens
from ingest.records import BORDER, Passage
from prompts import words

ONE_PLACE = frozenset({"school_information_report", "policy", "form", "guidance"})  # of one school or service
COLUMNS = ("topic", "time", "at", "role", "figure", "value", "unit", "title", "date", "document", "page", "quote")
ALIKE = 0.6  # share of the shorter's words that two ways of saying what is counted have in common, for one line
MOST_IN_SENTENCE = 2  # figures of one unit; a sentence with more tells them of different groups
FEWEST = 3  # words without which nothing is said of what is counted


@dataclass(frozen=True, slots=True)
class Said:
    """A figure with its paper and passage; `topic` is a term of the thesaurus, empty where the papers name none."""

    about: About
    passage: Passage
    own: Amount
    topic: str = ""

    @property
    def number(self) -> str:
        """The number with its unit, as written."""
        return self.passage.text[self.own.start : self.own.end]

    @property
    def bounds(self) -> tuple[int, int]:
        """The characters of the passage to be quoted: the sentence with one that it leans on, or the whole row."""
        text, found = self.passage.text, self.passage.sentences
        place = next((n for n, (a, b) in enumerate(found) if a <= self.own.start < b), None)
        if place is None or self.row:
            return 0, len(text)
        start, end = found[place]
        return found[place - 1][0] if place and leans(text[start:end]) else start, end

    @property
    def quote(self) -> str:
        """The words that are quoted."""
        return self.passage.text[slice(*self.bounds)]

    @property
    def at(self) -> str:
        """The end of the time it is of, else the date of its paper; empty where neither is known."""
        return self.own.at or ("" if self.own.target else self.about.facts.date or "")

    @property
    def year(self) -> float | None:
        """`at` as a year and its part, the middle of what is not known; None where it is empty."""
        if not self.at:
            return None
        if "/" in self.at:
            return int(self.at[:4]) + 0.75
        parts = [int(part) for part in self.at.split("-")]
        month = parts[1] - 1 + (parts[2] / 31 if len(parts) > 2 else 0.5) if len(parts) > 1 else 6
        return parts[0] + month / 12

    @property
    def when(self) -> str:
        """Its time in words: as written, else that its paper is of some date."""
        date = self.about.facts.date
        if self.own.time or not date or self.own.target:
            return self.own.time or words("national", "figures.undated")
        return words("national", "figures.of_paper", date=wording.date(date))

    @property
    def row(self) -> bool:
        """Whether it stands in a row of a table."""
        return self.passage.kind == "row" and BORDER in self.passage.text

    @property
    def over(self) -> list[str]:
        """The words that tell what is counted, the nearest first."""
        text, start = self.passage.text, self.own.start
        row = [label_of(text)] if self.row else []
        before = [text[a:b] for a, b in self.passage.sentences if a <= start]
        return [*row, *before[:-3:-1], " ".join((*self.passage.headings[-1:], self.passage.lead_in))]


@dataclass(frozen=True, slots=True)
class Followed:
    """The figures of a topic in one unit, in order of time; `lines` are those of them that may be joined."""

    topic: str
    unit: str
    said: tuple[Said, ...]
    lines: tuple[tuple[Said, ...], ...]

    @property
    def name(self) -> str:
        """Its topic and what it is counted in."""
        unit = words("national", f"figures.unit_{self.unit}") if len(self.unit) < FEWEST else self.unit
        return words("national", "figures.name", topic=self.topic[0].upper() + self.topic[1:], unit=unit)


def of_area(row: AreaRow, library: Library) -> tuple[tuple[Followed, ...], tuple[Said, ...]]:
    """The figures that stand with others on their topic, and all others by paper, newest first. Both may be empty."""
    found = [
        replace(said, topic=next((topic for text in said.over if (topic := _topic(text, library))), ""))
        for about in reversed(row.papers)
        for passage in library.passages_of(about.facts.document)
        for own in amounts.of(passage, about.facts.date)
        if (said := Said(about, passage, own))
    ]
    groups: dict[tuple[str, str], list[Said]] = {}
    for one in found:
        if one.topic and one.about.facts.kind not in ONE_PLACE:
            groups.setdefault((one.topic, one.own.unit), []).append(one)
    followed = []
    for (topic, unit), group in sorted(groups.items()):
        own = sorted(_once(group), key=lambda one: (not one.at, one.at))
        if len({one.at for one in own}) > 1:
            followed.append(Followed(topic, unit, tuple(own), tuple(_lines(own))))
    taken = {id(one) for each in followed for one in each.said}
    return tuple(followed), tuple(one for one in found if id(one) not in taken)


def as_row(said: Said) -> list[str | float | None]:
    """The values of COLUMNS."""
    facts, own = said.about.facts, said.own
    role, value = "target" if own.target else "actual", None if own.unit == amounts.PARTS else own.value
    told = [said.topic or None, own.time or None, own.at or None, role, said.number, value, own.unit or "count"]
    return [*told, facts.title, facts.date, facts.document, said.passage.page, said.quote]


def _once(said: Sequence[Said]) -> list[Said]:
    """Each figure once, though several papers give it: with the newest of them that says its time most exactly."""
    found: dict[tuple[str, bool, float], Said] = {}
    for one in said:
        key = (one.at[:4], one.own.target, one.own.value)
        if key not in found or len(one.own.at) > len(found[key].own.at):
            found[key] = one
    return list(found.values())


def _lines(said: Sequence[Said]) -> list[tuple[Said, ...]]:
    """What may be joined: of a stated time of one length, one figure a time, said in nearly the same words."""
    lines: list[tuple[frozenset[str], list[Said]]] = []
    for one in said:
        beside = sum(other.over[0] == one.over[0] for other in said)
        if (
            one.own.target
            or not one.own.at
            or one.own.unit == amounts.PARTS
            or beside > MOST_IN_SENTENCE
            and not one.row
        ):
            continue
        told = frozenset(
            t for t in tokens(re.sub(r"[\d,.%£]+", " ", one.over[0].replace(one.own.time, " "))) if len(t) > 1
        )
        for base, line in lines:
            fewer = min(len(base), len(told))
            alike = fewer >= FEWEST and len(base & told) >= ALIKE * fewer and line[0].own.span == one.own.span
            if alike and all(other.at != one.at for other in line):
                line.append(one)
                break
        else:
            lines.append((told, [one]))
    return [tuple(line) for _, line in lines if len(line) > 1]


def _topic(text: str, library: Library) -> str:
    """Of the terms that a text names in their own words the one whose words are rarest; empty where it names none."""
    found = {
        (0, term.name) for form in re.findall(r"\b[A-Z]{2,5}\b", text) if (term := thesaurus.exact_forms().get(form))
    }
    stems, place = thesaurus.stems_of(text.replace("working day", "day")), 0
    while place < len(stems):
        length = thesaurus.longest(stems, place)
        wording = stems[place : place + length]
        term, strength = thesaurus.phrases()[wording][0] if length else (None, 0.0)
        if term and strength >= EQUAL:
            found.add((min(map(library.words.document_frequency, wording)), term.name))
        place += length or 1
    return min(found, default=(0, ""))[1]
