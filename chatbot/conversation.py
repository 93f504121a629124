"""Journey 2 in one place: from a question to an Answer, the stages called in order.

screen -> read the question -> (for each part and scope: candidates -> reader -> select) -> cite -> arrange -> (summary)
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from chatbot.answer import compose, refusals
from chatbot.answer.quotes import cite, joined
from chatbot.answer.replies import Replies, reply, wants_quotes
from chatbot.answer.select import MOST, WORDS, select
from chatbot.languages.answer import OtherLanguages
from chatbot.library import Library
from chatbot.llm.assist import assist
from chatbot.national import counting, topics
from chatbot.national.asking import FactModel
from chatbot.national.wanted import OTHER, WantedModel
from chatbot.question import policy
from chatbot.question.kinds import KindModel
from chatbot.question.language import is_foreign
from chatbot.question.leave import without
from chatbot.question.officials import unnamed
from chatbot.question.parts import parts
from chatbot.question.read import Models, only_places, read
from chatbot.question.sides import Sides
from chatbot.reader.model import ReaderModel
from chatbot.reader.read import DEPTH, Reader
from chatbot.records import Answer, Finding, Hit, Question, Scope
from chatbot.search import scopes
from chatbot.search.candidates import candidates
from chatbot.search.filters import Filters, narrowed, speaks_of
from chatbot.signposts import Reply
from ingest.encoder import model
from ingest.encoder.embedder import Embedder
from ingest.encoder.question_embedder import for_questions
from ingest.errors import IndexFault
from ingest.settings import Settings

MANY, FEW = 5, 4  # from so many parts or scopes on, so few passages of each are read
# Share of the threshold that is enough for a side of a comparison. Of 8 comparisons of areas .69 cited without it, .81
# with it; of 19 others as before, no refusal lost.
BESIDE = 0.5
OWN_TROUBLE = 0.1  # likelihood of advice or danger from which a question is looked at for a reply to the person
# So is one that speaks of the person who asks; of 410 ordinary questions five got a reply, each a fitting one.
FIRST_PERSON = re.compile(r"\b(i|i'?m|my|me|we|us|our)\b", re.IGNORECASE)
MOST_QUOTES = 6  # of all parts and scopes together; only lists give more


class Assistant:
    """Answers questions over one index. Loads the models once; safe to ask from several threads."""

    def __init__(self, index: Path, settings: Settings, embedder: Embedder | None = None) -> None:
        """Open the index and load the models. Raises IndexFault where the index cannot be used."""
        self.settings = settings
        self.library = Library(index, settings)
        self._prove_model(self.library)
        self.embedder = embedder or for_questions(settings.model)
        self.kinds = KindModel()
        self.models = Models(self.kinds.guess, Sides(self.embedder).asked)
        self.reader = Reader(ReaderModel(), settings.answers.threshold)
        self.replies = Replies(self.embedder)
        sha256 = model.locate(settings.model).sha256
        self.facts, self.wanted = FactModel(self.embedder, sha256), WantedModel(sha256)
        self.assist = assist(settings.llm, self.embedder)
        self.languages = OtherLanguages(self.reader) if settings.model.other_languages else None
        self._opening = threading.Lock()

    def refresh(self) -> None:
        """Open the newest version where an ingest has switched to it since.

        One thread opens it; others go on with the version there is, as all do where the new one cannot be opened.
        """
        if self.library.is_current() or not self._opening.acquire(blocking=False):
            return
        try:
            if not self.library.is_current():  # another thread may just have done it
                library = Library(self.library.index, self.settings)
                self._prove_model(library)
                self.library = library
        except IndexFault as fault:
            logging.getLogger("send-chatbot").warning("answers go on from version %s: %s", self.library.folder, fault)
        finally:
            self._opening.release()

    def _prove_model(self, library: Library) -> None:
        """Vectors of another model cannot be compared with a question's. Raises IndexFault."""
        own = model.locate(self.settings.model)
        if library.manifest.passages and library.manifest.model_sha256 != own.sha256:
            raise IndexFault(
                f"The index in {library.index} was made with the model {library.manifest.model}, questions are read "
                f"with {own.name}: run `python -m ingest check --repair`, which embeds its papers anew."
            )

    def answer(
        self, text: str, area: str | None = None, history: Sequence[str] = (), leave: Collection[str] = ()
    ) -> Answer:
        """The answer to a question in anyone's words; never raises for what a person typed.

        `area` is the one chosen beside the box; `history` the earlier questions, oldest first; `leave` names
        what was understood and shall not be (question/leave.py).
        """
        started = time.perf_counter()
        library, guess = self.library, self.kinds.guess
        typed, history = policy.clean(text), [policy.clean(h) for h in history]
        if self.languages:
            if code := self.languages.asked_in(typed, library):
                answer = self.languages.answer(typed, code, area, library)
                return replace(answer, seconds={"total": round(time.perf_counter() - started, 4)})
            history = [h for h in history if not self.languages.asked_in(h, library)]
        asked, history, more = policy.unfolded(typed, history, guess)
        # What follows on danger or on a private person stays with it, whatever it looks like by itself.
        verdict = policy.leant_on(asked, history, guess) or policy.verdict(asked, guess, bool(history))
        if verdict == policy.PRIVATE and (plain := unnamed(asked, library)) != asked:
            verdict = policy.verdict(plain, guess, bool(history))
        if policy.is_guess(verdict, asked) and is_foreign(asked, library):
            verdict = policy.FOREIGN
        # Of what was not searched a follow-up takes the place alone: "what is said about schools there?"
        held = [policy.verdict(h, guess, n > 0) for n, h in enumerate(history)]
        kept = [h if why is None else only_places(h, library, why) for h, why in zip(history, held, strict=True)]
        earlier = [h for h in kept if h]
        if verdict is not None:
            answer = self._replied(asked, area, earlier, verdict, library)
        else:
            question = replace(read(asked, area, earlier, library, self.models), more=more)
            if self.assist:
                question = self.assist.question(
                    question, earlier, lambda whole, place: read(whole, place or area, (), library, self.models)
                )
            question = without(question, leave)
            searched = narrowed(library, Filters(apart=question.apart))
            answer = replace(self._search(question, searched), reply=self._beside(question))
        if more:
            answer = replace(answer, question=replace(answer.question, text=typed))
        if self.assist:
            answer = self.assist.answer(answer)
        return replace(answer, seconds={"total": round(time.perf_counter() - started, 4), **answer.seconds})

    def _replied(
        self, asked: str, area: str | None, earlier: Sequence[str], verdict: tuple[str, str], library: Library
    ) -> Answer:
        """What is said to a person whose question is not one for the papers; what those say of it where that helps."""
        name = self.replies.find(asked, verdict[1], policy.plain_verdict(asked) is not None)
        if name is None:
            return refusals.screened(Question(asked, asked, "finding"), verdict, None, library)
        question = read(asked, area, earlier, library, self.models)
        said = reply(name, (*question.areas, *question.unknown_areas))
        answer = refusals.screened(replace(question, resolved=asked), verdict, said, library)
        found = self._search(question, library) if wants_quotes(name) else None
        return replace(answer, papers=found) if found and found.status == "answered" else answer

    def _beside(self, question: Question) -> Reply | None:
        """The reply beside the answer to a question that tells of a person's own trouble; None for most questions."""
        seen = self.kinds.guess(question.text).kinds
        if seen["advice"] + seen["danger"] < OWN_TROUBLE and not FIRST_PERSON.search(question.text):
            return None
        name = self.replies.find(question.text, "search")
        return reply(name, (*question.areas, *question.unknown_areas)) if name else None

    def _search(self, question: Question, library: Library) -> Answer:
        """A question that may be searched: each of its parts in each of its scopes."""
        asked = self._parts(question)
        facts = [self.facts.asked(part.standalone, library.areas) for part in asked]
        if told := counting.answer(question, library, facts):
            return told
        stop = refusals.before_search(question, library)
        vector_of = cache(self.embedder.embed_query)  # of each text once
        if (stop is None or stop.reason == "area") and (told := self._of_areas(question, vector_of, library)):
            return told  # a region is no area of its own, and can be asked about
        if stop is not None:
            return stop
        compared = scopes.of(question, library)
        share = len(asked) * len(compared)
        findings = []
        for part in asked:
            vector = vector_of(part.standalone)
            findings += [self._find(part, vector, scope, library, share) for scope in compared or (Scope("", ()),)]
        hits = _interleave([f.hits for f in findings])
        documents = list({d.facts.document: d for scope in compared for d in scope.documents}.values())
        answered = [f for f in findings if f.picks]
        if not answered:
            return refusals.after_search(question, findings, hits, documents, library)
        picks = joined(compose.ordered(question, [f.picks for f in answered], library))
        citations = [cite(pick, number, library) for number, pick in enumerate(picks, 1)]
        return Answer(
            question=question,
            status="answered",
            lead=compose.lead(question, citations, library, answered),
            citations=tuple(citations),
            groups=compose.groups(citations),
            notes=compose.notes(question, findings, citations, library),
            hits=tuple(hits),
            searched=library.searched(documents),
            index=library.fingerprint,
            reason="chosen",
            gate=refusals.recorded(findings),
        )

    def _of_areas(self, question: Question, vector_of: Callable[[str], np.ndarray], library: Library) -> Answer | None:
        """The areas that were told something, where a question asks that of all."""
        if question.areas or len(library.areas) < 2:
            return None
        vector = vector_of(question.standalone)
        # What follows on another question may want the opposite of it: "and which did badly?"
        before = question.standalone.removesuffix(question.text).strip()
        asked = [text for text in (question.text, before, question.standalone) if text]
        across = max(self.kinds.guess(text).kinds["across"] for text in (question.text, question.standalone))
        told = (self.wanted.wanted(vector_of(text), across) for text in asked)
        wanted = next((each for each in told if each != OTHER), OTHER)
        return topics.answer(question, wanted, vector, library) if wanted != OTHER else None

    def _parts(self, question: Question) -> list[Question]:
        """The question's parts as questions of their own; one that leans on the part before is read with it."""
        texts = parts(question.standalone)
        if len(texts) == 1:
            return [replace(question, standalone=texts[0])]
        made, before = [], ""
        for text in texts:
            whole = f"{before} {text}" if before and self.kinds.guess(text).leans else text
            made.append(replace(question, standalone=whole))
            before = whole
        return made

    def _find(self, question: Question, vector: np.ndarray, scope: Scope, library: Library, share: int) -> Finding:
        """One part of a question in one scope of it; `share` is how many of them share the answer's room."""
        depth = DEPTH if share < MANY else FEW
        for documents in scopes.narrowing(question, scope) if share == 1 else (scope.documents,):
            hits = candidates(question, documents, vector, library)
            if question.intent != "compare":
                hits = [h for h in hits if speaks_of(h.passage, library.by_name[h.passage.document], question.years)]
            reading = self.reader.read(question, hits, depth)
            if reading.answers:
                break
        most, words = max(1, min(MOST, MOST_QUOTES // share)), max(40, WORDS // share)
        near = question.intent == "compare" and share > 1 and 1 - reading.none >= BESIDE * reading.threshold
        picks = select(question, reading, library, most, words) if reading.answers or near else []
        read_ids = {h.passage.id for h in reading.hits}
        ranked = (*reading.hits, *(h for h in hits if h.passage.id not in read_ids))
        return Finding(question.standalone, scope, ranked, tuple(picks), reading)


def _interleave(ranked: Sequence[Sequence[Hit]]) -> list[Hit]:
    """One ranking of several scopes, taken in turn; a passage once."""
    seen: set[str] = set()
    merged = []
    for rank in range(max((len(r) for r in ranked), default=0)):
        for hits in ranked:
            if rank < len(hits) and hits[rank].passage.id not in seen:
                seen.add(hits[rank].passage.id)
                merged.append(hits[rank])
    return merged
