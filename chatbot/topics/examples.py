"""Example questions made from the papers that are loaded: never about an area, topic or year that is not there."""

from __future__ import annotations

import prompts
from chatbot.library import Library
from chatbot.records import About, Question
from chatbot.topics.compare import mentions, topic_of
from ingest.registry import kinds
from prompts import words

MOST = 5


def examples(library: Library, most: int = MOST) -> tuple[str, ...]:
    """Questions for the areas with most kinds of papers, a different form and topic each."""
    areas = sorted(library.areas, key=lambda area: (-_riches(library.in_areas([area])), area))
    topics = [topic_of(topic, library) for topic in prompts.table("examples")["topics"]]
    made: list[str] = []
    used: set[str] = set()
    for area in areas[:3]:
        for question in _of(area, library, topics, used):
            if question not in made and len(made) < most:
                made.append(question)
    return tuple(made)


def _riches(documents: list[About]) -> int:
    return len({d.facts.kind for d in documents}) + len({d.year for d in documents if d.year})


def _of(area: str, library: Library, topics: list[Question], used: set[str]) -> list[str]:
    """The questions one area's papers can answer, at most one of each form."""
    documents = library.in_areas([area])
    reports = [d for d in documents if kinds.kind(d.facts.kind).speaker == "inspectors"]
    minutes = [d for d in documents if d.facts.kind == "minutes"]
    made = []
    if reports and (topic := _topic(topics, reports, library, used)):
        made.append(_say("finding", area, topic=topic))
    if _has_part(reports, library, "priority"):
        made.append(_say("priority", area))
    elif _has_part(reports, library, "improvement"):
        made.append(_say("formal", area))
    years = sorted({d.year for d in documents if d.year})
    if len(years) > 1 and (
        topic := _topic(topics, [d for d in documents if d.year == years[0]], library, used, documents)
    ):
        made.append(_say("change", area, topic=topic, year=years[0]))
    if _has_part(minutes, library, "decision"):
        made.append(_say("decided", area))
    if not reports and documents and (topic := _topic(topics, documents, library, used)):
        made.append(_say("said", area, topic=topic))
    return made


def _say(form: str, area: str, **values: object) -> str:
    return words("examples", f"question.{form}", area=area, **values)


def _has_part(documents: list[About], library: Library, part: str) -> bool:
    return any(part in set(library.rows.parts[d.first : d.first + d.count]) for d in documents)


def _topic(
    topics: list[Question], documents: list[About], library: Library, used: set[str], also: list[About] | None = None
) -> str:
    """The first unused topic that these papers mention, and at least two of `also` where given; it is then used."""
    for topic in topics:
        if topic.text in used or not mentions(topic, documents, library):
            continue
        if also is not None and len({p.document for p in mentions(topic, also, library)}) < 2:
            continue
        used.add(topic.text)
        return topic.text
    return ""
