"""Judges passages beside questions with a larger model: `python -m eval.train.teacher --model DIR --questions ...`.

The larger model is made a reader like ours, on the same questions, and then says what each sentence is worth where
nobody marked an answer: questions beside passages of other areas, and our unanswered questions beside any. Our small
reader learns from these scores (Hinton, Vinyals and Dean 2015). all-MiniLM-L6-v2 has a quarter of the parameters of
all-mpnet-base-v2, with which what is packaged was made. It takes five minutes of a graphics processor, a day without.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from chatbot.reader.inputs import Inputs
from eval.train import judged, network, reader
from eval.train.encoder import Progress
from eval.train.examples import Example, Piece, Public, examples, pieces, public
from eval.train.judged import Judged
from ingest.cli import progress_bar
from ingest.encoder import model, tuning
from ingest.encoder.transformer import base_weights

PUBLIC_RATE, RATE = 3e-5, 2.4e-5
ELSEWHERE = 24  # passages of other areas beside each question of ours
PAPERS, OF_EACH = 6, 6  # papers beside an unanswered question, and passages of each
AT_ONCE = 192  # pairs


def judge(
    folder: Path, known: Sequence[Piece], questions: Sequence[Example], others: Sequence[Public], asked: Sequence[str],
    seed: int, progress: Progress,
) -> list[Judged]:  # fmt: skip
    """What the model of a folder says once it is a reader. Passages are chosen by the packaged encoder."""
    torch.manual_seed(seed)
    inputs = Inputs(folder)
    teacher = network.CrossEncoder(network.bert(folder))
    small = reader.begun(tuning.read(model.TUNED).over(base_weights(model.packaged_folder()))).bert
    cutter = network.tokenizer()
    passages = network.embedded(small, [p.text for p in known], cutter)
    vectors = network.embedded(small, [q.text for q in questions], cutter)
    near = reader.wrong_near(passages, vectors, questions)
    reader.on_public(teacher, others, inputs, random.Random(seed + 1), progress, PUBLIC_RATE)
    reader.on_ours(teacher, near, known, questions, others, (), inputs, random.Random(seed + 3), progress, RATE)
    everywhere = np.arange(len(known))
    elsewhere = network.nearest(passages, vectors, [np.setdiff1d(everywhere, q.pool) for q in questions], ELSEWHERE)
    chosen = [(q.text, own.tolist()) for q, own in zip(questions, elsewhere, strict=True)]
    rng = random.Random(seed + 4)
    papers = sorted({p.document for p in known})
    of_paper = {paper: [n for n, p in enumerate(known) if p.document == paper] for paper in papers}
    for text, vector in zip(asked, network.embedded(small, asked, cutter), strict=True):
        pools = [of_paper[paper] for paper in rng.sample(papers, min(PAPERS, len(papers)))]
        beside = network.nearest(passages, np.tile(vector, (len(pools), 1)), pools, OF_EACH)
        chosen += [(text, own.tolist()) for own in beside]
    return _scored(teacher, [c for c in chosen if c[1]], known, inputs, progress)


def _scored(
    teacher: network.CrossEncoder, chosen: Sequence[tuple[str, list[int]]], known: Sequence[Piece], inputs: Inputs,
    progress: Progress,
) -> list[Judged]:  # fmt: skip
    """The scores of all pairs, read in groups of like length."""
    asked = [(text, n) for text, numbers in chosen for n in numbers]
    pairs = [inputs.pair(text, known[n].context, known[n].sentences) for text, n in asked]
    order = sorted(range(len(pairs)), key=lambda k: len(pairs[k].ids))
    scores: dict[int, tuple[float, ...]] = {}
    with torch.inference_mode(), network.half_precision():
        for start in range(0, len(order), AT_ONCE):
            part = order[start : start + AT_ONCE]
            for k, own in zip(part, teacher([pairs[k] for k in part]), strict=True):
                scores[k] = tuple(float(s) for s in own)
            progress("Judging", len(part), len(pairs))
    found, place = [], 0
    for text, numbers in chosen:
        found.append(Judged(text, tuple((n, scores[place + k]) for k, n in enumerate(numbers))))
        place += len(numbers)
    return found


def main() -> None:
    """Judge, and write what was said beside this file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    for name in ("questions", "papers", "public"):
        parser.add_argument(f"--{name}", type=Path, nargs="+", required=True)
    chosen = parser.parse_args()
    known = pieces(chosen.papers)
    with progress_bar() as progress:
        learnt = examples(chosen.questions, known)
        found = judge(chosen.model, known, learnt, public(chosen.public), judged.asked(), 1, progress)
    judged.write(found, known)


if __name__ == "__main__":
    main()
