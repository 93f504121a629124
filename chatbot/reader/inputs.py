"""What the reader's model sees of a question and a passage: the same for training and for serving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

QUESTION_TOKENS, CONTEXT_TOKENS, SENTENCE_TOKENS, TOKENS = 64, 48, 120, 250  # most of each, and of all together
BEGINS, ENDS = ("<s>", "[CLS]"), ("</s>", "[SEP]")  # marks of a begin and an end: MPNet's, which has BERT's too; BERT's


@dataclass(frozen=True, slots=True)
class Pair:
    """A question before a passage as token ids; where the question and each sentence stand among them.

    Bounds are (first, one past the last). A sentence beyond what the model reads has the bounds of the last one read.
    """

    ids: tuple[int, ...]
    question: tuple[int, int]
    sentences: tuple[tuple[int, int], ...]


class Inputs:
    """Makes pairs with a model's tokenizer. Tokens of questions and passages are remembered."""

    def __init__(self, model_folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._begin, self._end = (self._mark(names) for names in (BEGINS, ENDS))
        self._tokens = lru_cache(maxsize=50_000)(self._cut)

    def pair(self, question: str, context: str, sentences: Sequence[str]) -> Pair:
        """The pair of a question and a passage, given as its line of context and at least one sentence."""
        asked = self._tokens(question, QUESTION_TOKENS)
        ids = [self._begin, *asked, self._end, *self._tokens(context, CONTEXT_TOKENS)]
        bounds: list[tuple[int, int]] = []
        for sentence in sentences:
            own = self._tokens(sentence, SENTENCE_TOKENS)
            room = TOKENS - len(ids)
            if bounds and len(own) > room:
                bounds.append(bounds[-1])
                continue
            own = own[:room] or (self._end,)
            bounds.append((len(ids), len(ids) + len(own)))
            ids += own
        return Pair((*ids, self._end), (1, 1 + len(asked)), tuple(bounds))

    def _mark(self, names: Sequence[str]) -> int:
        return next(n for name in names if (n := self._tokenizer.token_to_id(name)) is not None)

    def _cut(self, text: str, most: int) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).ids[:most])
