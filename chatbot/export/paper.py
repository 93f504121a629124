"""A Paper: what is taken away, before it is a file of any kind. The same parts in the same order for every kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from chatbot import wording
from chatbot.library import Library
from chatbot.records import Answer, Citation
from chatbot.serialise import place, summary_lines
from chatbot.topics.compare import Comparison
from chatbot.topics.enquiry import Enquiry
from prompts import words

OWN_LINES = 6  # empty lines for the reader's own questions


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (below the title) or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of ours; `strong` for one that stands out."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list of lines of ours."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with its number and its source line. `text` is never changed by a writer."""

    number: int
    text: str
    source: str
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Header cells and rows; a cell is a list of parts."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[Text | Quote, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Room for the reader's own words."""

    label: str
    count: int = OWN_LINES


Part = Heading | Text | Points | Quote | Table | Lines


@dataclass(frozen=True, slots=True)
class Paper:
    """Title and parts, in order."""

    title: str
    parts: tuple[Part, ...]
    language: str = field(default_factory=lambda: words("page", "paper.language"))


def _say(key: str, **values: object) -> str:
    return words("page", f"paper.{key}", **values)


def from_answers(
    answers: Sequence[Answer], library: Library, page_title: str, changed: bool = False, today: date | None = None
) -> Paper:
    """One answer or a conversation; quotes are numbered through all of them."""
    parts: list[Part] = [*_opening(page_title, today)]
    if changed:
        parts.append(Text(words("page", "take.changed"), strong=True))
    cited: list[Citation] = []
    for answer in answers:
        parts.append(Heading(_say("question", question=answer.question.text)))
        if answer.question.resolved != answer.question.text:
            parts.append(Text(_say("understood", question=answer.question.resolved)))
        parts += [Text(line) for block in summary_lines(answer) for line in block.split("\n")]
        parts.append(Text(answer.lead, strong=True))
        by_marker = {c.marker: c for c in answer.citations}
        for group in answer.groups:
            parts.append(Heading(group.heading, 2))
            for marker in group.markers:
                cited.append(by_marker[marker])
                parts.append(_quote(by_marker[marker], len(cited)))
        if answer.notes:
            parts.append(Points(answer.notes))
        parts.append(Text(_say("searched", documents=answer.searched.documents, passages=answer.searched.passages)))
    title = _say("title_answer") if len(answers) == 1 else _say("title_answers")
    return Paper(title, (*parts, *_closing(cited, library)))


def from_comparison(found: Comparison, library: Library, page_title: str, today: date | None = None) -> Paper:
    """A comparison: for each topic a summary and a table with a row for each paper."""
    parts: list[Part] = [*_opening(page_title, today), Text(words("page", "compare.rule"))]
    cited: list[Citation] = []
    header = (words("page", "compare.paper_column"), words("page", "compare.says_column"))
    for row in found.rows:
        with_mention = len(row.cells) - len(row.silent)
        parts.append(Heading(row.topic))
        summary = words("page", "compare.summary", with_mention=with_mention, count=len(row.cells), topic=row.topic)
        parts.append(Text(summary, strong=True))
        parts.append(Text(f"{words('page', 'compare.looked_for')}: {', '.join(row.wordings)}."))
        rows = []
        for cell in row.cells:
            facts = cell.about.facts
            name = f"{facts.title}, {wording.dated(facts.date, facts.date_basis)}"
            said: list[Text | Quote] = []
            for citation in cell.citations:
                cited.append(citation)
                said.append(_quote(citation, len(cited)))
            if not said:
                said = [
                    Text(f"{words('page', 'compare.none')} {words('page', 'compare.none_detail', count=cell.looked)}")
                ]
            rows.append(((Text(name),), tuple(said)))
        parts.append(Table(row.topic, header, tuple(rows)))
    return Paper(_say("title_compare"), (*parts, *_closing(cited, library)))


def from_enquiry(found: Enquiry, library: Library, page_title: str, today: date | None = None) -> Paper:
    """Lines of enquiry, each with its quotes, and room under each."""
    parts: list[Part] = [*_opening(page_title, today), Text(words("page", "enquiry.lead"))]
    cited: list[Citation] = []
    for line in found.lines:
        parts += [Heading(line.heading), Text(line.think), Heading(words("page", "enquiry.prompts"), 2)]
        for citation in line.citations:
            cited.append(citation)
            parts.append(_quote(citation, len(cited)))
        parts += [
            Heading(words("page", "enquiry.silent"), 2),
            Text(line.silent),
            Heading(words("page", "enquiry.know"), 2),
            Text(line.know),
        ]
    return Paper(f"{_say('title_enquiry')}: {found.topic}, {found.area}", (*parts, *_closing(cited, library)))


def _quote(citation: Citation, number: int) -> Quote:
    where = wording.document(citation.kind, citation.area, citation.date, citation.date_basis)
    at = place(citation)
    speaker = wording.speaker(citation.speaker, citation.kind)
    source = _say(
        "quote_source", speaker=f"{speaker[:1].upper()}{speaker[1:]}", where=where, place=f", {at}" if at else ""
    )
    return Quote(
        number, citation.quote, f"{source}. {citation.section}" if citation.section else source, citation.lead_in
    )


def _opening(page_title: str, today: date | None) -> list[Part]:
    made = wording.date((today or date.today()).isoformat())
    return [Text(_say("made", date=made, title=page_title)), Text(_say("what"))]


def _closing(cited: Sequence[Citation], library: Library) -> list[Part]:
    """References, room for own questions, the collection's mark, what this is not."""
    parts: list[Part] = []
    names = list(dict.fromkeys(c.document for c in cited))
    if names:
        parts += [Heading(_say("references")), Points(tuple(_reference(name, library) for name in names))]
    return [
        *parts,
        Heading(_say("own")),
        Lines(_say("own_line")),
        Text(_say("index", index=library.fingerprint)),
        Text(_say("not_endorsed")),
    ]


def _reference(name: str, library: Library) -> str:
    facts = library.by_name[name].facts
    licence = _say("reference_licence", licence=facts.licence) if facts.licence else _say("reference_no_licence")
    written = _say(
        "reference",
        title=facts.title,
        publisher=f"{facts.publisher}, " if facts.publisher else "",
        date=wording.date(facts.date) or words("page", "compare.undated"),
        basis=words("page", f"date.{facts.date_basis}"),
        document=name,
        licence=licence,
    )
    return f"{written} {facts.url}" if facts.url else written
