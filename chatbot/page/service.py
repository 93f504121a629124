"""What all views share: the assistant, the queue, the document ids, and the questions a visitor sends."""

from __future__ import annotations

import copy
import hashlib
import json
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from chatbot import wording
from chatbot.conversation import Assistant
from chatbot.library import Library
from chatbot.page import log
from chatbot.page.access.limit import Limit, visitor
from chatbot.page.access.login import Login
from chatbot.page.held import HELD
from chatbot.page.work_queue import VISITOR, WorkQueue
from chatbot.records import About, Answer
from chatbot.search.filters import Filters, narrowed
from ingest.registry import kinds as registry
from ingest.settings import Access, Page
from prompts import words

WATCH_SECONDS = 2.0
KEPT_SECONDS = (
    2 * 60 * 60
)  # of a visitor's conversation in memory; the page makes its answers again where they are gone
MOST_TURNS = 30
MOST_AFTER = 4  # earlier questions in an address
MOST_LETTERS = 2000  # of one question; the chat itself refuses longer ones with a kind word
MOST_EARLIER = 6  # questions before it that an answer is given
LETTERS = 700  # of a question and those before it that are the work of one answer; twice as many count twice
MOST_KINDS = 12
PARTS = ("area", "years", "kinds", "speakers", "before")  # of what was understood, that can be taken away


def say(key: str, **values: object) -> str:
    """A text of page.toml."""
    return words("page", key, **values)


def document_id(name: str) -> str:
    """The id of a document in addresses: the same for the same file name, and no path."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was chosen beside it."""

    question: str
    area: str | None = None
    filters: Filters = Filters()
    leave: tuple[str, ...] = ()  # what was understood and taken away again

    def as_json(self) -> dict[str, Any]:
        """Plain values, the inverse of `asked_from`."""
        f = self.filters
        return {
            "question": self.question,
            "area": self.area,
            "kinds": list(f.kinds),
            "first": f.first,
            "last": f.last,
            **({"leave": list(self.leave)} if self.leave else {}),
        }

    def leaving(self, part: str) -> Asked:
        """The same without a part of what was understood; one that there is not leaves it as it is."""
        f = self.filters
        kinds, years = (() if part == "kinds" else f.kinds), ((None, None) if part == "years" else (f.first, f.last))
        area = None if part == "area" else self.area
        leave = tuple(p for p in PARTS if p in (*self.leave, part))
        return Asked(self.question, area, Filters(kinds, *years), leave)


def asked_from(data: object) -> Asked | None:
    """A question out of anything a browser may send; None where it is not one. Never raises."""
    if not isinstance(data, dict) or not isinstance(data.get("question"), str):
        return None
    asked = data["question"][:MOST_LETTERS]
    area, kinds, leave = data.get("area"), data.get("kinds"), data.get("leave")
    known = kinds if isinstance(kinds, list) else []
    return Asked(
        sound(asked),
        sound(area) if isinstance(area, str) and area.strip() else None,
        Filters(
            tuple(k for k in known if isinstance(k, str) and k in registry.kinds())[:MOST_KINDS],
            year(data.get("first")),
            year(data.get("last")),
        ),
        tuple(part for part in PARTS if isinstance(leave, list) and part in leave),
    )


def sound(text: str) -> str:
    """The text without half characters, which JSON can hold and nothing can write."""
    return text.encode("utf-8", "replace").decode()


def earlier_from(questions: Sequence[object]) -> list[str]:
    """The questions before, as far back as an answer looks, none longer than a question may be."""
    return [sound(q[:MOST_LETTERS]) for q in questions[-MOST_EARLIER:] if isinstance(q, str)]


def work(asked: Asked, earlier: Sequence[str]) -> int:
    """For how many answers the work on a question counts: long ones, and long conversations, for several."""
    return 1 + sum(map(len, (asked.question, *earlier))) // LETTERS


def year(value: object) -> int | None:
    """A year out of a number or text; None where it is none."""
    try:
        number = int(str(value))
    except ValueError:
        return None
    return number if 1900 <= number <= 2100 else None


def turned_round(filters: Filters) -> bool:
    """Whether the first of the years chosen is after the last, so that no paper could fit."""
    return bool(filters.first and filters.last and filters.first > filters.last)


def turns_from(text: str) -> list[Asked]:
    """The questions of a conversation as a browser keeps them, oldest first. Never raises."""
    try:
        data = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return []
    found = [asked_from(row) for row in data[-MOST_TURNS:]] if isinstance(data, list) else []
    return [asked for asked in found if asked is not None and asked.question.strip()]


def turns_at(address: Mapping[str, Sequence[str]]) -> list[Asked]:
    """The questions of an address that somebody chose to share: `q`, after the questions `after`. Never raises."""

    def first(name: str) -> str:
        return (address.get(name) or [""])[0]

    data = {name: first(name) for name in ("area", "first", "last")}
    lists = {name: list(address.get(name) or ()) for name in ("kinds", "leave")}
    asked = asked_from({"question": first("q"), **data, **lists})
    earlier = [Asked(text[:MOST_LETTERS]) for text in (address.get("after") or ())[-MOST_AFTER:] if text.strip()]
    return [*earlier, asked] if asked and asked.question.strip() else []


OPEN = Access()


class Requester(Protocol):
    """What is needed of a request, FastAPI's or Gradio's, to know who asks."""

    @property
    def client(self) -> Any:
        """The address the request came from, as `host`; None where there is none."""


class Service:
    """One index, served. Safe to use from several threads."""

    def __init__(self, assistant: Assistant, page: Page, access: Access = OPEN) -> None:
        """Raises SettingsError for a user in the settings that cannot be one."""
        self.assistant, self.page, self.access = assistant, page, access
        self.queue = WorkQueue(page.at_once, page.waiting, page.patience)
        self.operators = Login(access.operators, "access.operators")
        self.login = Login((*access.users, *access.operators) if access.users else ())
        self.limit = Limit(access.questions_per_minute)
        self._ids: tuple[Library, dict[str, About]] | None = None

    @property
    def library(self) -> Library:
        """The version in use; within a request the one it holds."""
        return HELD.get() or self.assistant.library

    @property
    def feedback_file(self) -> Path:
        """Where feedback is kept, if it is."""
        return Path(self.page.feedback_file) if self.page.feedback_file else self.library.index / "feedback.jsonl"

    @property
    def most_uploaded(self) -> int:
        """Bytes of one upload; none where nobody may bring papers in."""
        return self.assistant.settings.limits.file_mb * 1_000_000 if self.operators.wanted else 0

    def refresh(self) -> None:
        """Switch to a newer version of the index where there is one."""
        before = self.assistant.library.fingerprint
        self.assistant.refresh()
        if self.assistant.library.fingerprint != before:
            log.event("index switched", index=self.assistant.library.fingerprint, before=before)

    def watch(self, seconds: float = WATCH_SECONDS) -> None:
        """Switch without waiting for a question, so that every view is new and a removed paper's files are let go."""

        def look() -> None:
            while True:
                time.sleep(seconds)
                try:
                    self.refresh()
                except Exception as error:
                    log.failed(error, "watch")

        threading.Thread(target=look, name="watch", daemon=True).start()

    @staticmethod
    def who(requester: Requester) -> str | None:
        """Who is counted as one visitor; None for this machine itself."""
        return visitor(requester.client.host if requester.client else None)

    def charge(self, requester: Requester, answers: int = 1) -> None:
        """Count some answers against what a visitor may ask. Raises TooManyError. This machine is never counted.

        What this task asks of the queue from here on waits in the visitor's turn: call it before `queue.run`.
        """
        who = self.who(requester)
        VISITOR.set(who)
        if who is not None:
            self.limit.take(who, answers)

    def answer(self, asked: Asked, earlier: Sequence[str] = ()) -> Answer:
        """The answer to a question, through the filters chosen beside it. Slow: run it in the queue."""
        if HELD.get() is None:
            self.refresh()
        assistant = copy.copy(self.assistant)
        assistant.library = narrowed(self.library, asked.filters)
        before = [] if "before" in asked.leave else earlier_from(earlier)
        return assistant.answer(asked.question, asked.area, before, asked.leave)

    def about(self, id_: str) -> About | None:
        """The document of an id, None where there is none."""
        library, known = self.library, self._ids
        if known is None or known[0] is not library:
            known = self._ids = library, {document_id(d.facts.document): d for d in library.documents}
        return known[1].get(id_)

    def original(self, about: About) -> Path:
        """Where the original of a document lies; it may be missing."""
        return self.library.index / "originals" / about.sha256

    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of document there are, with their names, in the order of papers.toml."""
        there = {d.facts.kind for d in self.library.documents}
        return [(kind, registry.called(kind)) for kind in registry.kinds() if kind in there]

    def years(self) -> list[int]:
        """The years that documents are dated, oldest first."""
        return sorted({d.year for d in self.library.documents if d.year})


def filters_in_words(area: str | None, filters: Filters) -> str:
    """What was chosen, as people say it; empty where nothing was."""
    years = ""
    if filters.first and filters.last:
        years = str(filters.first) if filters.first == filters.last else f"{filters.first} to {filters.last}"
    elif filters.first or filters.last:
        years = f"from {filters.first}" if filters.first else f"up to {filters.last}"
    kinds = wording.listed([registry.called(k) for k in filters.kinds])
    return "; ".join(part for part in (area or "", kinds, years) if part)
