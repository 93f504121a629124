"""Journey 2 in one place: from a question to an Answer, the stages called in order.

screen -> understand -> (formal places | retrieve) -> gate -> choose -> cite -> arrange -> (summary by a model)
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from chatbot import arrange, choose, formal, gate, refuse, screen, sides, understand
from chatbot.library import Library
from chatbot.llm.helper import helper
from chatbot.quotes import Pick, cite, joined
from chatbot.records import Answer, Hit, Question
from chatbot.retrieve import Retriever
from ingest.embed import Embedder, SentenceTransformerEmbedder
from ingest.errors import IndexFault
from ingest.settings import Settings

MOST_QUOTES = 6  # of all sides together; only lists give more


@dataclass(frozen=True, slots=True)
class SideResult:
    """What was found for one side: ranked hits, chosen picks, the gate's verdict (None for formal places)."""

    side: sides.Side
    hits: tuple[Hit, ...]
    picks: tuple[Pick, ...]
    verdict: gate.Verdict | None


class Assistant:
    """Answers questions over one index. Loads the model once; safe to ask from several threads."""

    def __init__(self, index: Path, settings: Settings, embedder: Embedder | None = None) -> None:
        """Open the index and load the model. Raises IndexFault where the index cannot be used."""
        self.settings = settings
        self.library = Library(index, settings)
        exact = replace(settings.model, half_precision=False)  # a question has the same vector on every machine
        self.embedder = embedder or SentenceTransformerEmbedder(exact)
        self.helper = helper(settings.llm, self.embedder)
        self._opening = threading.Lock()

    def refresh(self) -> None:
        """Open the newest version where an ingest has switched to it since.

        One thread opens it; others go on with the version there is, as all do where the new one cannot be opened.
        """
        if self.library.is_current() or not self._opening.acquire(blocking=False):
            return
        try:
            if not self.library.is_current():  # another thread may just have done it
                self.library = Library(self.library.index, self.settings)
        except IndexFault as fault:
            logging.getLogger("send-chatbot").warning("answers go on from version %s: %s", self.library.folder, fault)
        finally:
            self._opening.release()

    def answer(self, text: str, area: str | None = None, history: Sequence[str] = ()) -> Answer:
        """The answer to a question in anyone's words; never raises for what a person typed.

        `area` is the one chosen beside the box; `history` the earlier questions, oldest first.
        """
        started = time.perf_counter()
        library = self.library
        asked = screen.clean(text)
        earlier = [screen.clean(h) for h in history if screen.verdict(screen.clean(h)) is None]
        verdict = screen.verdict(asked)
        if verdict is not None:
            answer = refuse.screened(asked, verdict, library)
        else:
            question = understand.understand(asked, area, earlier, library)
            if self.helper:
                question = self.helper.question(
                    question, earlier, lambda whole, place: understand.understand(whole, place or area, (), library)
                )
            answer = self._search(question, library)
        if self.helper:
            answer = self.helper.answer(answer)
        return replace(answer, seconds={"total": round(time.perf_counter() - started, 4), **answer.seconds})

    def _search(self, question: Question, library: Library) -> Answer:
        """A question that may be searched."""
        stop = refuse.before_search(question, library)
        if stop is not None:
            return stop
        compared = sides.sides(question, library)
        retriever = Retriever(library, self.embedder)
        vector = retriever.query_vector(question)
        results = [self._side(question, side, retriever, vector, len(compared)) for side in compared]
        hits = _interleave([r.hits for r in results])
        answered = [r for r in results if r.picks]
        documents = [d for r in results for d in r.side.documents]
        if not answered:
            return refuse.after_search(question, results, hits, documents, library)
        picks = arrange.ordered(question, [joined(r.picks) for r in answered], library)
        citations = [cite(pick, number, library) for number, pick in enumerate(picks, 1)]
        return Answer(
            question=question,
            status="answered",
            lead=arrange.lead(question, citations, library),
            citations=tuple(citations),
            groups=arrange.groups(citations),
            notes=arrange.notes(question, results, citations, library),
            hits=tuple(hits),
            searched=library.searched(documents),
            index=library.fingerprint,
            reason="chosen",
            gate=gate.recorded([r.verdict for r in results if r.verdict is not None]),
        )

    def _side(
        self, question: Question, side: sides.Side, retriever: Retriever, vector: np.ndarray, count: int
    ) -> SideResult:
        """Search one side: known places first where the question asks for them, else all its passages."""
        documents = list(side.documents)
        if count > 1:
            question = replace(question, years=(), kinds=())  # each side is held to its own papers
        hits = retriever.hits(question, documents, vector)
        fixed: list[Pick] = []
        if question.parts and question.parts != ("formal",):
            fixed = formal.facts(question, documents, retriever.library)
        elif question.parts == ("formal",):
            fixed = formal.rows(question, documents, retriever.library)
        if fixed:
            ids = {p.hit.passage.id for p in fixed}
            firsts = list({p.hit.passage.id: p.hit for p in fixed}.values())
            return SideResult(side, (*firsts, *[h for h in hits if h.passage.id not in ids]), tuple(fixed), None)
        weighted = retriever.weighted(question, [h.passage for h in hits])
        verdict = gate.judge(question, hits, weighted, self.settings.answers.threshold)
        if not verdict.passes:
            return SideResult(side, tuple(hits), (), verdict)
        choice = choose.choose(question, hits, weighted, _form(question, count), max(1, MOST_QUOTES // count))
        return SideResult(side, tuple(hits), choice.picks, verdict)


def _form(question: Question, sides_: int) -> str:
    """The form of answer that decides how much is quoted."""
    return "compare" if sides_ > 1 else question.intent if question.intent in choose.BUDGET else "finding"


def _interleave(ranked: Sequence[Sequence[Hit]]) -> list[Hit]:
    """One ranking of several sides, taken in turn; a passage once."""
    seen: set[str] = set()
    merged = []
    for rank in range(max((len(r) for r in ranked), default=0)):
        for hits in ranked:
            if rank < len(hits) and hits[rank].passage.id not in seen:
                seen.add(hits[rank].passage.id)
                merged.append(hits[rank])
    return merged
