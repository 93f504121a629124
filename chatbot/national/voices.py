"""An area by theme: what inspectors said last, what families are told to have said, which areas like it did well.

"Like" means: the last full inspection was under the same framework, and the area is of the same region or had the same
outcome. Nothing else is known of areas here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chatbot.library import Library
from chatbot.national.areas import AreaRow, areas
from chatbot.national.theme_model import names, shown
from chatbot.national.themes import STRENGTH, Report, Said, model, reports
from ingest.facts import speakers
from ingest.records import Passage


@dataclass(frozen=True, slots=True)
class Voices:
    """A theme: inspectors' sentences of the last report, families' of all papers, newest first; each may be empty.

    `alike` are areas like it whose last report names the theme as a strength, where this area's does not.
    """

    theme: str
    inspectors: tuple[Said, ...]
    families: tuple[Said, ...]
    alike: tuple[str, ...]

    @property
    def name(self) -> str:
        """The theme's name."""
        return names()[self.theme]


def of_area(row: AreaRow, library: Library) -> tuple[Voices, ...]:
    """The themes on which anybody is heard, in the registry's order."""
    found = {report.about.number: report for report in reports(library)}
    last = found.get(row.last.number) if row.last else None
    families = [
        said for about in reversed(row.papers) for said in _families(about.facts.kind, about.facts.document, library)
    ]
    near = [(other.area, found[other.last.number]) for other in alike(row, library) if other.last]
    told = []
    for theme in shown():
        inspectors = tuple(s for s in last.said if s.theme == theme) if last else ()
        praised = any(said.sign == STRENGTH for said in inspectors)
        others = () if praised or not inspectors else tuple(name for name, report in near if _praises(report, theme))
        own = tuple(said for said in families if said.theme == theme)
        if inspectors or own:
            told.append(Voices(theme, inspectors, own, others))
    return tuple(told)


def alike(row: AreaRow, library: Library) -> tuple[AreaRow, ...]:
    """The areas like it, by name; none where the area was not inspected."""
    own = row.last.facts.inspection if row.last else None
    if own is None:
        return ()
    return tuple(
        other
        for other in areas(library)
        if other.area != row.area
        and other.last
        and other.last.facts.inspection
        and other.last.facts.inspection.framework == own.framework
        and ((other.region and other.region == row.region) or (other.outcome and other.outcome == row.outcome))
    )


def _praises(report: Report, theme: str) -> bool:
    return bool(report.on(theme, STRENGTH))


def _families(kind: str, document: str, library: Library) -> Iterator[Said]:
    """The sentences in which a paper tells what families say, each with its themes: its own, else its passage's."""
    for passage in library.passages_of(document):
        if passage.speaker == "families":
            for start, end in passage.sentences:
                sentence = passage.text[start:end]
                if speakers.speaker(kind, sentence, passage.part) == "families":
                    themes = model().of(sentence) or model().of(_around(passage))
                    yield from (Said(theme, "", passage, start, end) for theme in themes if theme in shown())


def _around(passage: Passage) -> str:
    return " ".join((*passage.headings[-1:], passage.text))
