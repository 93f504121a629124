"""Fits the reader: which sentences of some passages answer a question, or that none does.

First on public questions alone, from which it learns what answering is; then on ours, on what a larger model judged
(judged.py), and with some public ones among them; last on twins (twins.py), among what it learned before. Loss: all
sentences of a question's passages compete with each other and with a fixed zero that stands for "none" (the marginal
likelihood of the right ones, or the larger model's shares), and each sentence is judged by itself besides.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from chatbot.reader.inputs import Inputs, Pair
from eval.train import network
from eval.train.encoder import Progress
from eval.train.examples import Example, Piece, Public
from eval.train.judged import Judged
from ingest.encoder import model

BEFORE = 16  # public questions a step of the first part
OURS, SAID, OTHERS = 6, 6, 2  # questions a step of the second: of ours, of what was judged, public ones
EPOCHS = 4  # times ours are shown
TWINS, AGAIN, TWICE = 6, 4, 2  # questions a step of the third: twins, of ours; times twins are shown
TWIN_RATE = 3e-5
RATE, HEAD = 4e-5, 10  # the head learns so many times as fast
READ = 4  # passages a question
NEAREST = 16  # wrong passages are taken from so many nearest
TAKEN_AWAY = 0.12  # share of answerable questions that are shown without their evidence
UNANSWERABLE = 2  # times an unanswerable question is shown an epoch
ALONE = 0.5  # weight of judging each sentence by itself
WARM = 0.08


@dataclass(frozen=True, slots=True)
class Group:
    """What competes: pairs of one question, and of each sentence whether it answers, or what it scored where judged."""

    pairs: tuple[Pair, ...]
    marks: tuple[float, ...]
    judged: bool = False


def fit(
    start: Mapping[str, np.ndarray], known: Sequence[Piece], questions: Sequence[Example], others: Sequence[Public],
    said: Sequence[Judged], twins: Sequence[Example], seed: int, progress: Progress,
) -> dict[str, np.ndarray]:  # fmt: skip
    """The reader's weights by name, begun from the encoder's weights `start`; those of its head begin with "head."."""
    torch.manual_seed(seed + 1)
    inputs = Inputs(model.packaged_folder())
    reader = begun(start)
    cutter = network.tokenizer()
    passages = network.embedded(reader.bert, [p.text for p in known], cutter)
    every = [*questions, *twins]
    near = wrong_near(passages, network.embedded(reader.bert, [q.text for q in every], cutter), every)
    on_public(reader, others, inputs, random.Random(seed + 1), progress)
    on_ours(reader, near, known, questions, others, said, inputs, random.Random(seed + 3), progress)
    first, rng = len(questions), random.Random(seed + 5)
    on_twins(reader, near, known, every, first, others, said, inputs, rng, progress)
    learnt = reader.bert.state_dict()
    made = {name: value.float().cpu().numpy() for name, value in learnt.items() if value.is_floating_point()}
    for part in ("inner", "outer"):
        for kind, value in getattr(reader, part).state_dict().items():
            made[f"head.{part}.{kind}"] = value.float().cpu().numpy()
    return made


def begun(start: Mapping[str, np.ndarray]) -> network.CrossEncoder:
    """A reader that has the encoder's weights and a head by chance."""
    net = network.bert()
    net.load_state_dict({name: torch.from_numpy(value) for name, value in start.items()}, strict=False)
    return network.CrossEncoder(net)


def on_public(
    reader: network.CrossEncoder, others: Sequence[Public], inputs: Inputs, rng: random.Random, progress: Progress,
    rate: float = RATE,
) -> None:  # fmt: skip
    """Let it learn from every public question once."""
    order = rng.sample(range(len(others)), len(others))
    batches = [order[n : n + BEFORE] for n in range(0, len(order), BEFORE)]
    _learn(
        reader, ([_public(others[n], inputs, rng) for n in batch] for batch in batches), len(batches), rate, progress
    )


def on_ours(
    reader: network.CrossEncoder, near: Sequence[Sequence[int]], known: Sequence[Piece], questions: Sequence[Example],
    others: Sequence[Public], said: Sequence[Judged], inputs: Inputs, rng: random.Random, progress: Progress,
    rate: float = RATE,
) -> None:  # fmt: skip
    """Let it learn from our questions EPOCHS times, with SAID judged and OTHERS public ones a step."""
    shown = [n for n, q in enumerate(questions) for _ in range(1 if q.right else UNANSWERABLE)]
    steps = EPOCHS * len(shown) // OURS

    def batches() -> Iterator[list[Group]]:
        for turn in _turns(shown, OURS, steps, rng):
            groups = [_ours(questions[n], near[n], known, inputs, rng) for n in turn]
            groups += [_judged(rng.choice(said), known, inputs, rng) for _ in range(SAID if said else 0)]
            yield groups + [_public(other, inputs, rng) for other in rng.sample(others, OTHERS)]

    _learn(reader, batches(), steps, rate, progress)


def on_twins(
    reader: network.CrossEncoder, near: Sequence[Sequence[int]], known: Sequence[Piece], questions: Sequence[Example],
    first: int, others: Sequence[Public], said: Sequence[Judged], inputs: Inputs, rng: random.Random,
    progress: Progress,
) -> None:  # fmt: skip
    """Let it learn from twins, which are the questions from the number `first` on, among some of the others."""
    steps = TWICE * (len(questions) - first) // TWINS

    def batches() -> Iterator[list[Group]]:
        for turn in _turns(range(first, len(questions)), TWINS, steps, rng):
            shown = [*turn, *rng.sample(range(first), AGAIN)]
            groups = [_ours(questions[n], near[n], known, inputs, rng) for n in shown]
            groups += [_judged(rng.choice(said), known, inputs, rng) for _ in range(AGAIN if said else 0)]
            yield groups + [_public(other, inputs, rng) for other in rng.sample(others, OTHERS)]

    _learn(reader, batches(), steps, TWIN_RATE, progress)


def _turns(numbers: Sequence[int], most: int, steps: int, rng: random.Random) -> Iterator[list[int]]:
    """So many numbers a step: all in an order by chance before any comes again."""
    queue: list[int] = []
    for _ in range(steps):
        if len(queue) < most:
            queue = rng.sample(numbers, len(numbers))
        yield [queue.pop() for _ in range(most)]


def _learn(
    reader: network.CrossEncoder, batches: Iterable[list[Group]], steps: int, rate: float, progress: Progress
) -> None:
    parameters = [p for p in reader.bert.parameters() if p.requires_grad]
    head = [*reader.inner.parameters(), *reader.outer.parameters()]
    optimiser = torch.optim.AdamW([{"params": parameters}, {"params": head}], lr=rate, weight_decay=0.01)
    for step, groups in enumerate(batches):
        loss = _loss(reader, groups)
        share = min(1.0, (step + 1) / max(1.0, WARM * steps)) * max(0.02, 1 - step / steps)
        for group, own in zip(optimiser.param_groups, (rate, HEAD * rate), strict=True):
            group["lr"] = own * share
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimiser.step()
        progress("Reader", 1, steps)


def wrong_near(passages: np.ndarray, asked: np.ndarray, questions: Sequence[Example]) -> list[list[int]]:
    """For each question the wrong passages among those of its pool nearest to it, best first; by their vectors."""
    near = network.nearest(passages, asked, [q.pool for q in questions], NEAREST)
    return [[int(n) for n in own if int(n) not in q.right] for q, own in zip(questions, near, strict=True)]


def _ours(question: Example, near: Sequence[int], known: Sequence[Piece], inputs: Inputs, rng: random.Random) -> Group:
    """Right passages among near wrong ones; only wrong where it has no answer or its evidence is taken away."""
    first: list[int] = []
    if question.right and rng.random() > TAKEN_AWAY:
        right = sorted(question.right)
        chosen = rng.sample(right, min(2, len(right))) if rng.random() < 0.5 else [rng.choice(right)]
        pool = near[:8]
    elif question.right:
        chosen, pool = [], near[2:12]
    else:
        chosen, pool, first = [], near[1:8], list(near[:1])
    wrong = first + rng.sample(pool, min(READ - len(chosen) - len(first), len(pool)))
    pairs, marks = [], []
    for number in [*chosen, *wrong]:
        piece, answers = known[number], question.right.get(number, frozenset())
        pairs.append(inputs.pair(question.text, piece.context, piece.sentences))
        marks += [float(n in answers) for n in range(len(piece.sentences))]
    return Group(tuple(pairs), tuple(marks))


def _judged(one: Judged, known: Sequence[Piece], inputs: Inputs, rng: random.Random) -> Group:
    """Some of the passages that were judged beside a question."""
    shown = rng.sample(one.pieces, min(READ, len(one.pieces)))
    pairs = tuple(inputs.pair(one.text, known[n].context, known[n].sentences) for n, _ in shown)
    return Group(pairs, tuple(score for _, scores in shown for score in scores), judged=True)


def _public(other: Public, inputs: Inputs, rng: random.Random) -> Group:
    right = [(s, [float(n in marks) for n in range(len(s))]) for s, marks in other.right]
    wrong = rng.sample(other.wrong, min(2 if right else 3, len(other.wrong)))
    shown = [*right, *((s, [0.0] * len(s)) for s in wrong)]
    pairs = tuple(inputs.pair(other.text, "", sentences) for sentences, _ in shown)
    return Group(pairs, tuple(mark for _, marks in shown for mark in marks))


def _loss(reader: network.CrossEncoder, groups: Sequence[Group]) -> torch.Tensor:
    with network.half_precision():
        scores = reader([pair for group in groups for pair in group.pairs])
    together, alone, place = [], [], 0
    none = torch.zeros(1, device=network.DEVICE)
    for group in groups:
        own = torch.cat(scores[place : place + len(group.pairs)])
        place += len(group.pairs)
        shares = torch.log_softmax(torch.cat([own, none]), 0)
        marks = torch.tensor(group.marks, device=network.DEVICE)
        if group.judged:
            wanted = torch.log_softmax(torch.cat([marks, none]), 0)
            together.append(torch.nn.functional.kl_div(shares, wanted, reduction="sum", log_target=True))
            marks = torch.sigmoid(marks)
        else:
            right = torch.cat([marks > 0, ~(marks > 0).any(0, keepdim=True)])
            together.append(-torch.logsumexp(shares[right], 0))
        alone.append(torch.nn.functional.binary_cross_entropy_with_logits(own, marks))
    return torch.stack(together).mean() + ALONE * torch.stack(alone).mean()
