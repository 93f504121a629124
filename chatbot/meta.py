"""Questions about a report itself: outcome, dates, next inspection, inspectors, commissioners, formal lists.

Each topic knows the part of the document where the answer stands and the words that its sentence has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.records import Passage


@dataclass(frozen=True, slots=True)
class Topic:
    """`asked` recognises the question; `parts` and `says` the sentences that answer it."""

    name: str
    asked: re.Pattern[str]
    parts: tuple[str, ...]
    says: re.Pattern[str]


def _topic(name: str, asked: str, parts: str, says: str) -> Topic:
    return Topic(name, re.compile(asked, re.IGNORECASE), tuple(parts.split()), re.compile(says, re.IGNORECASE))


TOPICS = (
    _topic(
        "monitoring",
        r"^(?!.*\b(conclude|found|find|say|said|result|report)\w*\b).*\bmonitoring (inspection|visit)\b",
        "outcome",
        r"monitoring inspection will",
    ),
    _topic(
        "next",
        r"\bnext (full )?(\w+ )?(re-?)?(inspect\w*|visit)\b|\b(when|how soon|how long)\b.{0,50}\b(re-?inspect\w*|inspected again|inspectors (be |come |coming )?back|come back|next inspect\w*)\b|\bfull (re-?)?inspection\b|\binspected again\b",
        "outcome",
        r"next full",
    ),
    _topic(
        "previous",
        r"\b(previous(ly)?|last|earlier|before)\b.{0,40}\binspect\w*|\binspect\w*.{0,40}\b(before|previously|prior|first time)\b|\bever been inspected\b|\bfirst (ever )?inspection\b",
        "",
        r"previous (full )?inspection:|previous (full )?inspection was|not previously inspected",
    ),
    _topic(
        "dates",
        r"\b(what|which) (dates?|days?|week|month)\b.{0,40}\b(inspect\w*|ofsted|cqc|visit)|\bwhen\b.{0,30}\b(inspect\w*|inspectors)\b(?!.*\bnext\b)|\bdates? of the (\w+ )?(inspection|visit)\b|\binspection dates?\b|\bhow long (did|was) (the )?inspect\w*",
        "",
        r"^inspection dates?:|conducted a joint inspection",
    ),
    _topic(
        "lead",
        r"\b(lead|led|head(ed)?( up)?|in charge of|ran)\b.{0,25}\b(inspectors?|inspection|ofsted|cqc|team|it)\b|\bname\b.{0,30}\b(bottom|end|signed)\b.{0,20}\bletter\b|\bwho signed\b|\b(who|which inspectors?)\b.{0,30}\b(inspect(ed|ors)|carried out|inspection team)\b|\blead inspector\b|\bwho was on the inspection team\b",
        "team",
        r"\blead\b|her majesty|his majesty",
    ),
    _topic(
        "outcome",
        r"\b(outcome|overall (judge?ments?|verdicts?|results?|grades?|ratings?|outcomes?)|judge?ments|outcomes|verdicts|judge?ment|verdict|inspection (result|grade|rating))\b|\bhow (did|was) .{2,60}(do|rated|graded|judged|come out|get on|fare)( overall)?\W*$|\bwhat (grade|rating|result|score)\b|\bhow (did|was) (it|they|we|the area) (do|rated|graded|judged)\b|\b(pass|fail)(ed)?\b.{0,20}\binspection\b|\bdid .{2,40} do overall\b|\bwhat did .{2,40} get\b",
        "outcome",
        r"experiences and outcomes|systemic failings",
    ),
    _topic(
        "commissioners",
        r"\b(which|what|who)\b.{0,40}\bresponsible for\b.{0,40}\b(services?|send|planning|commission\w*)\b|\bjointly responsible\b|\b(which|what) (bodies|organisations)\b.{0,40}\bcommission|\bwho (plans?|commissions?|buys?)\b",
        "context",
        r"responsible for (the )?(planning|commissioning)",
    ),
    _topic(
        "director",
        r"\b(director of children.?s services|dcs|chief executive)\b.{0,20}$|^\W*who (is|was|are) (the )?(\w+ ){0,4}(director|chief executive)\b",
        "details",
        r"director|chief|officer",
    ),
)


def meta_topics(text: str) -> tuple[str, ...]:
    """The topics a question asks for, in the order of the table; empty where it asks for none."""
    return tuple(topic.name for topic in TOPICS if topic.asked.search(text))


def answers(passage: Passage, topic_name: str) -> bool:
    """Whether a passage holds the answer to a topic."""
    topic = next(t for t in TOPICS if t.name == topic_name)
    if topic.parts and passage.part not in topic.parts:
        return False
    return bool(topic.says.search(passage.text))


def sentence_answers(sentence: str, topic_name: str) -> bool:
    """Whether this very sentence holds it."""
    return bool(next(t for t in TOPICS if t.name == topic_name).says.search(sentence))
