"""Questions about a report itself: outcome, dates, next inspection, inspectors, commissioners, formal lists.

Each topic knows the part of the document where the answer stands and the words that its sentence has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import prompts
from chatbot.patterns import pattern
from ingest.records import Passage


@dataclass(frozen=True, slots=True)
class Topic:
    """`asked` recognises the question; `parts` and `says` the sentences that answer it."""

    asked: re.Pattern[str]
    parts: tuple[str, ...]
    says: re.Pattern[str]


@cache
def topics() -> dict[str, Topic]:
    """The topics of meta.toml by name, in its order."""
    return {
        name: Topic(pattern("meta", f"{name}.asked"), tuple(entry["parts"]), pattern("meta", f"{name}.says"))
        for name, entry in prompts.table("meta").items()
    }


def meta_topics(text: str) -> tuple[str, ...]:
    """The topics a question asks for, in the order of the table; empty where it asks for none."""
    return tuple(name for name, topic in topics().items() if topic.asked.search(text))


def answers(passage: Passage, topic_name: str) -> bool:
    """Whether a passage holds the answer to a topic."""
    topic = topics()[topic_name]
    if topic.parts and passage.part not in topic.parts:
        return False
    return bool(topic.says.search(passage.text))


def sentence_answers(sentence: str, topic_name: str) -> bool:
    """Whether this very sentence holds it."""
    return bool(topics()[topic_name].says.search(sentence))
