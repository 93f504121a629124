"""The one door between a conversation and its optional language model."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from chatbot.llm.model.providers import connect
from chatbot.llm.rewrite import completed, unsure
from chatbot.llm.summary import Writer
from chatbot.records import Answer, Question
from ingest.encoder.embedder import Embedder
from ingest.settings import LanguageModel

Understand = Callable[[str, str | None], Question]


class Assist:
    """Completes follow-ups and writes summaries; without it every answer is the same but for those. Thread-safe."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def question(self, question: Question, history: Sequence[str], understand: Understand) -> Question:
        """The question, completed where our rules could not and the model can; else as it is.

        `understand` reads a whole question with the area chosen beside it. What a person typed stays `text`.
        """
        if not self.writer.settings.rewrite or not unsure(question, history):
            return question
        whole = completed(self.writer.client, question.text, history)
        if whole is None:
            return question
        found = understand(whole, question.areas[0] if len(question.areas) == 1 else None)
        return question if unsure(found, history) else replace(found, text=question.text, resolved=whole)

    def answer(self, answer: Answer) -> Answer:
        """The answer with its summary, or why there is none; nothing else of it changes."""
        started = time.perf_counter()
        summary = self.writer.summary(answer)
        if summary is None:
            return answer
        seconds = {**answer.seconds, "model": round(time.perf_counter() - started, 4)}
        return replace(answer, summary=summary, seconds=seconds)


def assist(settings: LanguageModel, embedder: Embedder) -> Assist | None:
    """What the chosen model does; None where none is chosen. Raises SettingsError where it cannot be used."""
    found = connect(settings)
    return Assist(Writer(*found, settings, embedder)) if found else None
