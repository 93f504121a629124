"""Makes a Paper out of answers, a comparison or lines of enquiry: what a committee is handed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from chatbot import wording
from chatbot.export.parts import Heading, Lines, Linked, Paper, Part, Points, Quote, Table, Text
from chatbot.library import Library
from chatbot.records import Answer, Citation
from chatbot.serialise import place, summary_lines
from chatbot.topics.compare import Cell, Comparison
from chatbot.topics.enquiry import Enquiry, enquire
from prompts import words

MOST_TITLE = 120  # letters
MOST_ENQUIRIES = 3  # topics with lines of enquiry behind some answers
MOST_AREAS = 12  # named among what was searched
ADDRESS = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the taker wants of it: a title of their own, where it was made, the day.

    `changed` says that the collection is another than the one asked; `enquire` adds lines of enquiry to answers.
    """

    page_title: str
    title: str = ""
    changed: bool = False
    enquire: bool = True
    today: date | None = None

    @property
    def day(self) -> date:
        """The day the paper is dated."""
        return self.today or date.today()


def _say(key: str, **values: object) -> str:
    return words("page", f"paper.{key}", **values)


def from_answers(answers: Sequence[Answer], library: Library, wish: Wish) -> Paper:
    """One answer or a conversation; quotes are numbered through all of them."""
    parts: list[Part] = _opening(wish)
    quotes = _Quotes(library)
    for answer in answers:
        parts += _answer(answer, library, quotes)
    parts += quotes.references()
    parts += _questions(answers, library) if wish.enquire else [Heading(_say("own"))]
    title = answers[0].question.text if len(answers) == 1 else _say("title_answers", count=len(answers))
    return _finished(title, parts, library, wish)


def from_comparison(found: Comparison, library: Library, wish: Wish) -> Paper:
    """A comparison: for each topic a summary and a table with a row for each paper, then what was searched."""
    parts: list[Part] = _opening(wish)
    quotes = _Quotes(library)
    header = (words("page", "compare.paper_column"), words("page", "compare.says_column"))
    for row in found.rows:
        with_mention = len(row.cells) - len(row.silent)
        summary = words("page", "compare.summary", with_mention=with_mention, count=len(row.cells), topic=row.topic)
        parts += [
            Heading(row.topic),
            Text(summary, strong=True),
            Text(f"{words('page', 'compare.looked_for')}: {', '.join(row.wordings)}."),
            Table(row.topic, header, tuple((_named(cell), _said(cell, quotes)) for cell in row.cells)),
        ]
    looked = sum(about.count for about in found.documents)
    searched = [words("page", "enquiry.searched", passages=looked, documents=len(found.documents))]
    if found.left_out:
        searched.append(words("page", "compare.too_many", count=len(found.documents)))
    parts += [Heading(_say("searched")), _points([*searched, words("page", "compare.rule")]), *quotes.references()]
    topics = wording.listed([row.topic for row in found.rows])
    return _finished(_say("title_compare", topics=topics), [*parts, Heading(_say("own"))], library, wish)


def from_enquiry(found: Enquiry, library: Library, wish: Wish) -> Paper:
    """Lines of enquiry, each with its quotes, and room under all."""
    parts: list[Part] = [*_opening(wish), Text(words("page", "enquiry.lead"))]
    quotes = _Quotes(library)
    for line in found.lines:
        parts += [Heading(line.heading), Text(line.think), Heading(words("page", "enquiry.prompts"), 2)]
        parts += [quotes.add(citation) for citation in line.citations]
        parts += [Heading(words("page", "enquiry.silent"), 2), Text(line.silent)]
        parts += [Heading(words("page", "enquiry.know"), 2), Text(line.know)]
    searched = words("page", "enquiry.searched", passages=found.passages, documents=found.documents)
    parts += [Heading(_say("searched")), Text(searched), *quotes.references(), Heading(_say("own"))]
    return _finished(_say("title_enquiry", topic=found.topic, area=found.area), parts, library, wish)


class _Quotes:
    """Numbers the quotes of a paper and remembers which papers they are from."""

    def __init__(self, library: Library) -> None:
        self.library, self.count = library, 0
        self.documents: dict[str, int] = {}

    def add(self, citation: Citation, named: bool = False) -> Quote:
        """The citation with the next number, its reference and its link; `named` where its paper is said beside it."""
        self.count += 1
        paper = self.documents.setdefault(citation.document, len(self.documents) + 1)
        speaker = wording.speaker(citation.speaker, citation.kind)
        values = {"speaker": f"{speaker[:1].upper()}{speaker[1:]}", "paper": paper, "place": place(citation)}
        if named:
            source = words("page", "paper.quote_place" if values["place"] else "paper.quote_speaker", **values)
        else:
            dated = wording.dated(citation.date, citation.date_basis)
            key = "paper.quote_source" if values["place"] else "paper.quote_paper"
            source = words("page", key, title=citation.title, date=dated, **values)
        if citation.section:
            source = f"{source} {words('page', 'turn.section')}: {citation.section.rstrip('.')}"
            source += "" if source.endswith(("?", "!")) else "."
        return Quote(self.count, citation, source, self._address(citation))

    def _address(self, citation: Citation) -> str:
        """Where the paper is published, at the page of the quote where it is a PDF."""
        url = citation.url or ""
        if not url.startswith(ADDRESS):
            return ""
        at_page = citation.page and self.library.by_name[citation.document].media == "pdf" and "#" not in url
        return f"{url}#page={citation.page}" if at_page else url

    def references(self) -> list[Part]:
        """The papers quoted, in the order of their numbers."""
        if not self.documents:
            return []
        items = tuple(_reference(name, self.library) for name in self.documents)
        return [Heading(_say("references")), Points(items, numbered=True)]


def _reference(name: str, library: Library) -> Linked:
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
    return Linked(written, facts.url if facts.url and facts.url.startswith(ADDRESS) else "")


def _answer(answer: Answer, library: Library, quotes: _Quotes) -> list[Part]:
    """One question: how it was read, the answer, its quotes, what was searched, what was not found."""
    asked = answer.question
    parts: list[Part] = [Heading(_say("question", question=asked.text))]
    if asked.resolved != asked.text:
        parts.append(Text(_say("understood", question=asked.resolved)))
    parts += [Text(line) for block in summary_lines(answer) for line in block.split("\n")]
    parts.append(Text(answer.lead, strong=True))
    by_marker = {c.marker: c for c in answer.citations}
    for group in answer.groups:
        parts += [Heading(group.heading, 2), *([Text(group.note)] if group.note else [])]
        parts += [quotes.add(by_marker[marker]) for marker in group.markers]
    if answer.notes:
        parts += [Heading(_say("limits"), 2), _points(answer.notes)]
    if answer.searched.documents:
        parts += [Heading(_say("searched"), 2), _points(_searched(answer, library))]
    return parts


def _searched(answer: Answer, library: Library) -> list[str]:
    """What was looked through for an answer, and how new it is."""
    searched = answer.searched
    lines = [words("page", "turn.searched_line", **wording.counts(searched))]
    if searched.areas:
        many = words("page", "ask.many_areas", count=len(searched.areas))
        areas = wording.listed(searched.areas) if len(searched.areas) <= MOST_AREAS else many
        lines.append(words("page", "turn.searched_areas", areas=areas))
    if searched.first and searched.last:
        lines.append(words("page", "turn.searched_years", first=searched.first, last=searched.last))
    newest = max((d.facts.date for d in library.in_areas(searched.areas) if d.facts.date), default=None)
    return [*lines, words("page", "turn.newest", date=wording.date(newest))] if newest else lines


def _questions(answers: Sequence[Answer], library: Library) -> list[Part]:
    """Lines of enquiry for the topics that were answered about one area."""
    topics = dict.fromkeys(
        (", ".join(dict.fromkeys(c.label for c in answer.question.concepts)), answer.question.areas[0])
        for answer in answers
        if answer.citations and answer.question.concepts and len(answer.question.areas) == 1
    )
    parts: list[Part] = [Heading(_say("own"))]
    for topic, area in list(topics)[:MOST_ENQUIRIES]:
        found = enquire(library, topic, area)
        know = words("page", "enquiry.know")
        lines = [f"{line.heading}: {line.think} {know} {line.know}" for line in found.lines]
        if lines:
            parts += [Heading(_say("enquiry", topic=topic, area=area), 2), _points(lines)]
    return parts


def _named(cell: Cell) -> tuple[Text, ...]:
    facts = cell.about.facts
    return (Text(f"{facts.title}, {wording.dated(facts.date, facts.date_basis)}"),)


def _said(cell: Cell, quotes: _Quotes) -> tuple[Text | Quote, ...]:
    """The quotes of a cell, or that there is none and how much was looked at."""
    if not cell.citations:
        key = "compare.none_detail" if cell.looked != 1 else "compare.none_detail_one"
        return (Text(f"{words('page', 'compare.none')} {words('page', key, count=cell.looked)}"),)
    said: list[Text | Quote] = [quotes.add(citation, named=True) for citation in cell.citations]
    if cell.count > len(cell.citations):
        said.append(Text(words("page", "compare.shown", shown=len(cell.citations), count=cell.count)))
    return tuple(said)


def _points(lines: Sequence[str]) -> Points:
    return Points(tuple(Linked(line) for line in lines))


def _opening(wish: Wish) -> list[Part]:
    made = wording.date(wish.day.isoformat())
    changed = [Text(words("page", "take.changed"), strong=True)] if wish.changed else []
    return [Text(_say("made", date=made, title=wish.page_title)), *changed, Text(_say("what"))]


def _finished(title: str, parts: Sequence[Part], library: Library, wish: Wish) -> Paper:
    """The paper with room for own questions, the collection's mark, and what it is not."""
    mark = _say("index", index=library.fingerprint)
    closing: list[Part] = [Lines(_say("own_line")), Text(mark), Text(_say("not_endorsed"))]
    short = shorten(wish.title.strip() or title, MOST_TITLE, placeholder=" …")
    return Paper(short, (*parts, *closing), wish.day)
