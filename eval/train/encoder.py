"""Fits the encoder: questions near the passages that answer them, far from their neighbours.

In-batch negatives (Henderson et al. 2017) with harder ones from the same papers (Karpukhin et al. 2020).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from eval.train import network
from eval.train.examples import Example, Piece, Public

TEMPERATURE = 0.05
BATCH, EPOCHS, RATE = 32, 3, 5e-5
HARD, NEAREST = 2, 20  # negatives a question, from so many nearest to it
PUBLIC = 6  # public questions a step
WARM = 0.1  # share of the steps in which the rate rises

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Step:
    """What one step compares: questions, texts, which text answers which, and pairs that must not count as wrong."""

    questions: list[str]
    texts: list[str]
    target: list[int]
    mask: torch.Tensor


def fit(
    known: Sequence[Piece], questions: Sequence[Example], others: Sequence[Public], seed: int, progress: Progress
) -> dict[str, np.ndarray]:
    """The encoder's weights after learning, by name."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    net, cutter = network.bert(), network.tokenizer()
    learnt = [q for q in questions if q.right]
    plain = [o for o in others if o.right]
    parameters = [p for p in net.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    size = min(BATCH, len(learnt))
    steps = EPOCHS * len(learnt) // BATCH
    queue: list[int] = []
    near: list[np.ndarray] = []
    for step in range(steps):
        if len(queue) < size:  # an epoch: look again which passages lie near
            near = _nearest(net, cutter, known, learnt)
            queue = rng.sample(range(len(learnt)), len(learnt))
        batch = [queue.pop() for _ in range(size)]
        made = _step([learnt[n] for n in batch], [near[n] for n in batch], rng.sample(plain, PUBLIC), known, rng)
        loss = _loss(net, cutter, made)
        rate = RATE * min(1.0, (step + 1) / max(1.0, WARM * steps)) * max(0.02, 1 - step / steps)
        for group in optimiser.param_groups:
            group["lr"] = rate
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        progress("Encoder", 1, steps)
    return {name: value.float().numpy() for name, value in net.state_dict().items() if value.is_floating_point()}


def _nearest(
    net: torch.nn.Module, cutter: network.Tokenizer, known: Sequence[Piece], questions: Sequence[Example]
) -> list[np.ndarray]:
    """For each question the passages of its pool nearest to it, best first."""
    passages = network.embedded(net, [p.text for p in known], cutter)
    asked = network.embedded(net, [q.text for q in questions], cutter)
    return network.nearest(passages, asked, [q.pool for q in questions], NEAREST)


def _step(
    questions: Sequence[Example], near: Sequence[np.ndarray], plain: Sequence[Public], known: Sequence[Piece],
    rng: random.Random,
) -> _Step:  # fmt: skip
    texts: list[str] = []
    numbers: list[int] = []
    target = []
    for question, neighbours in zip(questions, near, strict=True):
        wrong = [int(n) for n in neighbours if int(n) not in question.right]
        chosen = [rng.choice(sorted(question.right)), *rng.sample(wrong, min(HARD, len(wrong)))]
        target.append(len(texts))
        numbers += chosen
        texts += [known[n].text for n in chosen]
    for other in plain:
        chosen_texts = [" ".join(other.right[0][0]), *(" ".join(w) for w in other.wrong[:1])]
        target.append(len(texts))
        numbers += [-1] * len(chosen_texts)
        texts += chosen_texts
    mask = torch.zeros(len(target), len(texts), dtype=torch.bool)
    for row, question in enumerate(questions):
        for column, number in enumerate(numbers):
            mask[row, column] = column != target[row] and number in question.right
    return _Step([q.text for q in questions] + [o.text for o in plain], texts, target, mask)


def _loss(net: torch.nn.Module, cutter: network.Tokenizer, made: _Step) -> torch.Tensor:
    with network.half_precision():
        texts = network.vectors(net, [e.ids for e in cutter.encode_batch(made.texts)])
        asked = network.vectors(net, [e.ids for e in cutter.encode_batch(made.questions)])
    scores = ((asked @ texts.T) / TEMPERATURE).masked_fill(made.mask, -1e4)
    return torch.nn.functional.cross_entropy(scores, torch.tensor(made.target))
