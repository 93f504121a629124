"""Training from end to end: papers and questions in, weights with their cards out. One thread, one seed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from eval.runs.provenance import file_sha256, now
from eval.train import encoder, judged, kinds, reader, twins, write
from eval.train.encoder import Progress
from eval.train.examples import examples, pieces, public
from ingest.encoder import model
from ingest.encoder.transformer import base_weights

ENCODER, READER, KINDS = "encoder", "reader", "kinds"  # folders of the output
RANKS = {ENCODER: 32, READER: 64, KINDS: 16}


def fit(
    questions: Sequence[Path], papers: Sequence[Path], others: Sequence[Path], output: Path, seed: int,
    progress: Progress,
) -> dict[str, str]:  # fmt: skip
    """Fit everything and write it below `output`; the hash of each file of weights by folder.

    The same inputs and seed give the same bytes on the same machine: one thread computes.
    """
    torch.set_num_threads(1)
    known = pieces(papers)
    learnt, general = examples(questions, known), public(others)
    base = base_weights(model.packaged_folder())
    card = _card(questions, papers, others, seed, len(learnt))
    made: dict[str, np.ndarray] = encoder.fit(known, learnt, general, seed, progress)
    encoded = write.write(output / ENCODER, made, base, RANKS[ENCODER], card)
    start = encoded.over(base)
    sorts = write.write(output / KINDS, kinds.fit(start, learnt, seed, progress), start, RANKS[KINDS], card)
    said = judged.read([*(q.text for q in learnt), *judged.asked()], known)
    ours = twins.read(known, {known[n].document for question in learnt for n in question.pool})
    fitted = reader.fit(start, known, learnt, general, said, ours, seed, progress)
    read = write.write(output / READER, fitted, start, RANKS[READER], {**card, "judged": len(said), "twins": len(ours)})
    return {ENCODER: encoded.sha256, KINDS: sorts.sha256, READER: read.sha256}


def _card(
    questions: Sequence[Path], papers: Sequence[Path], others: Sequence[Path], seed: int, count: int
) -> dict[str, Any]:
    files = sorted(f for folder in papers for f in folder.rglob("*") if f.is_file())
    return {
        "base": "sentence-transformers/all-MiniLM-L6-v2 (Apache 2.0)",
        "base_sha256": model.PACKAGED_HASHES["model.safetensors"],
        "questions": [f"{f.name}@{file_sha256(f)[:12]}" for f in questions],
        "papers": [f"{f.name}@{file_sha256(f)[:12]}" for f in files],
        "public_sets": [f"{f.name}@{file_sha256(f)[:12]}" for f in others],
        "licences": "papers: Open Government Licence v3.0 or invented; public sets: Apache 2.0, CC BY 4.0, "
        "CC BY-SA 3.0 and 4.0",
        "examples": count,
        "seed": seed,
        "made": now(),
    }
