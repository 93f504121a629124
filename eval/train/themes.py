"""Fits the classifier of themes: `python -m eval.train.themes INDEX`, an index that holds the labelled papers.

Labels are kept as the document and a hash of the sentence (theme_labels.jsonl), never as its words. Those of "judge"
papers are not learned from. A theme's threshold is the lowest that reaches PRECISION on papers left out in turn; the
theme is shown where it finds RECALL of the sentences there, and right in SET_ASIDE of what it finds in judges' papers.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from chatbot.library import Library
from chatbot.national.theme_model import CARD, WEIGHTS, ThemeModel, features, ids
from eval.train import linear
from ingest.errors import IndexFault
from ingest.settings import Settings
from prompts import table

LABELS = Path(__file__).parent / "theme_labels.jsonl"
PRECISION, RECALL, SET_ASIDE = 0.9, 0.3, 0.85
FEWEST = 8  # labelled sentences of a theme below which nothing can be told of it


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with its themes, a row of 0 and 1; `paper` is empty for an invented one."""

    text: str
    themes: np.ndarray
    paper: str
    judge: bool


def main() -> None:
    """Fit, write the weights and their card, and print the figures."""
    try:
        library = Library(Path(sys.argv[1]), Settings())
    except (IndexError, IndexFault) as error:
        sys.exit(f"Give the index that holds the labelled papers: {error}")
    known = labelled(library)
    learnt = [one for one in known if not one.judge]
    wanted = np.stack([one.themes for one in learnt])
    texts = [features(one.text) for one in learnt]
    apart = linear.left_out(texts, wanted, [one.paper for one in learnt])
    real = np.asarray([bool(one.paper) for one in learnt])
    chosen = [least(apart[real, k], wanted[real, k]) for k in range(len(ids()))]
    fitted = linear.words(texts, wanted)
    WEIGHTS.parent.mkdir(exist_ok=True)
    tensors = fitted.tensors() | {"least": np.asarray([one[0] for one in chosen], dtype=np.float32)}
    save_file(tensors, WEIGHTS)
    model = ThemeModel()
    judges = [one for one in known if one.judge]
    told = [model.of(one.text) for one in judges]
    lines = [f"sentences = {int(real.sum())}", f"set_aside = {len(judges)}"]
    for k, (name, (_, precision, recall)) in enumerate(zip(ids(), chosen, strict=True)):
        found = np.asarray([name in own for own in told])
        right = np.asarray([bool(one.themes[k]) for one in judges])
        hits = int((found & right).sum())
        is_right = hits >= SET_ASIDE * found.sum() and found.any()
        is_shown = str(bool(precision >= PRECISION and recall >= RECALL and is_right)).lower()
        lines += [
            "", f"[theme.{name}]", f"shown = {is_shown}", f"precision = {precision:.2f}", f"recall = {recall:.2f}",
            f"set_aside_found = {int(found.sum())}", f"set_aside_right = {hits}", f"set_aside_all = {int(right.sum())}",
        ]  # fmt: skip
    CARD.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


def labelled(library: Library) -> list[Labelled]:
    """The examples of the registry, and every labelled sentence that the index holds."""
    found = [
        Labelled(text, _row([theme["id"]]), "", False)
        for theme in table("themes")["theme"]
        for text in theme["examples"]
    ]
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    own = {(row["document"], row["sentence"]): row for row in rows}
    for about in library.documents:
        for passage in library.passages_of(about.facts.document):
            for start, end in passage.sentences:
                text = passage.text[start:end]
                row = own.pop((about.facts.document, hash_of(text)), None)
                if row:
                    found.append(Labelled(text, _row(row["themes"]), row["document"], bool(row.get("judge"))))
    return found


def hash_of(sentence: str) -> str:
    """Sixteen characters that name a sentence and do not give its words away."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def least(scores: np.ndarray, wanted: np.ndarray) -> tuple[float, float, float]:
    """The lowest threshold that is precise enough, with its precision and recall; else the most precise one."""
    best = (float("inf"), 0.0, 0.0)
    if wanted.sum() < FEWEST:
        return best
    for threshold in np.sort(scores[wanted > 0]):
        told = scores >= threshold
        right = float((told & (wanted > 0)).sum())
        here = (float(threshold), right / told.sum(), right / wanted.sum())
        if here[1] >= PRECISION:
            return here
        best = max(best, here, key=lambda one: one[1])
    return best


def _row(themes: list[str]) -> np.ndarray:
    return np.asarray([name in themes for name in ids()], dtype=np.int64)


if __name__ == "__main__":
    main()
