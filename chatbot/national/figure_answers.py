"""The answer to a question for figures over time: those that one area's papers give, by how they are counted, cited."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.answer import facts
from chatbot.answer.quotes import cite
from chatbot.library import Library
from chatbot.national.areas import row_of
from chatbot.national.asking import FIGURES, AskedFact
from chatbot.national.counting import made, named_of
from chatbot.national.figures import Followed, Said, as_written, of_area, when
from chatbot.records import Answer, Citation, Group, Pick, Question
from prompts import words

MOST = 12  # quotes of an answer; the page of the area has all


def answer(question: Question, library: Library, asked: Sequence[AskedFact | None]) -> Answer | None:
    """The figures of what is asked for; None where something else is, or the area's papers give fewer than two."""
    named = named_of(question, library)
    if [fact.of if fact else "" for fact in asked] != [FIGURES] or len(named) != 1:
        return None
    row = row_of(named[0], library)
    followed = (
        next((f for f in of_area(row, library)[0] if asked[0] and f.measure == asked[0].fact), None) if row else None
    )
    if row is None or followed is None:
        return None
    picks: list[Pick] = []
    citations: list[Citation] = []
    groups: list[Group] = []
    notes: list[str] = []
    for heading, said in _parts(followed, question.years):
        own: list[int] = []
        for one in said:
            pick = facts.within(one.about, one.passage, *one.bounds)
            if pick not in picks and len(picks) < MOST:
                picks.append(pick)
                citations.append(cite(pick, len(picks), library))
            if pick in picks:
                own.append(picks.index(pick) + 1)
        shown = tuple(n for n in dict.fromkeys(own) if not any(n in g.markers for g in groups))
        points = _points(said)
        if shown:
            groups.append(Group(heading, shown, f"{points}."))
        else:  # their quotes stand above, with other figures
            notes.append(words("national", "figures.told", counted=heading, points=points))
    if len(citations) < 2:
        return None
    told = words("national", "figures.lead", measure=followed.name, area=row.area)
    notes.append(words("national", "figures.rule", area=row.area))
    return made(question, library, picks, citations, told, groups, notes, list(row.papers), FIGURES)


def _parts(followed: Followed, years: Sequence[int]) -> list[tuple[str, list[Said]]]:
    """What is counted alike under its heading, and the targets; of the years asked for where there are such."""
    parts = [(line.counted, list(line.said)) for line in followed.lines]
    parts += [(words("national", "figures.targets"), list(followed.targets))] if followed.targets else []
    of_years = [(name, [one for one in own if one.at[:4] in {str(y) for y in years}]) for name, own in parts]
    return [part for part in of_years if part[1]] or parts


def _points(said: Sequence[Said]) -> str:
    return "; ".join(words("national", "figures.point", number=as_written(one), time=when(one)) for one in said)
