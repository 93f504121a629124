"""What a larger model said of passages beside questions, where nobody marked an answer: scores to learn from.

Kept beside this file, a score a sentence, so that learning from them needs neither the larger model nor its time.
Questions and passages stand there by hashes of their words: a passage that is read in other words by now is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.train.examples import Piece

FILE = Path(__file__).parent / "judged.npz"
ASKED = Path(__file__).parent / "asked.txt"  # questions of ours without answers, one a line


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with pieces by number, and of each what every sentence scored: log odds against "none answers"."""

    text: str
    pieces: tuple[tuple[int, tuple[float, ...]], ...]


def asked() -> list[str]:
    """Our questions without answers."""
    return [line for line in ASKED.read_text(encoding="utf-8").splitlines() if line]


def write(found: Sequence[Judged], known: Sequence[Piece], file: Path = FILE) -> None:
    """Write what was judged."""
    used = sorted({n for one in found for n, _ in one.pieces})
    place = {n: k for k, n in enumerate(used)}
    pairs = [pair for one in found for pair in one.pieces]
    np.savez_compressed(
        file,
        questions=np.array([key(one.text) for one in found], dtype=np.uint64),
        lengths=np.array([len(one.pieces) for one in found], dtype=np.uint8),
        texts=np.array([key(known[n].text) for n in used], dtype=np.uint64),
        places=np.array([place[n] for n, _ in pairs], dtype=np.uint16),
        sentences=np.array([len(scores) for _, scores in pairs], dtype=np.uint8),
        scores=np.array([score for _, scores in pairs for score in scores], dtype=np.float16),
    )


def read(questions: Iterable[str], known: Sequence[Piece], file: Path = FILE) -> list[Judged]:
    """What was judged of these questions and pieces, without what is unknown; empty where nothing is known."""
    texts = {key(text): text for text in questions}
    numbers = {key(piece.text): n for n, piece in enumerate(known)}
    with np.load(file) as stored:
        said = {name: stored[name] for name in stored.files}
    scores, counts = said["scores"].astype(float), said["sentences"]
    passages = [numbers.get(int(key)) for key in said["texts"]]
    ends = np.cumsum(counts)
    found, pair = [], 0
    for question, length in zip(said["questions"], said["lengths"], strict=True):
        pieces = []
        for k in range(pair, pair + int(length)):
            number = passages[said["places"][k]]
            own = tuple(float(s) for s in scores[ends[k] - counts[k] : ends[k]])
            if number is not None and len(own) == len(known[number].sentences):
                pieces.append((number, own))
        pair += int(length)
        if pieces and int(question) in texts:
            found.append(Judged(texts[int(question)], tuple(pieces)))
    return found


def key(text: str) -> int:
    """A number that stands for a text, 64 bits of its hash."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
