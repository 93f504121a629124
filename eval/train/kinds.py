"""Fits the classifiers of questions: what kind one is, and whether it needs the one before it.

Learned from the examples in prompts/ and from the training questions, which are all of the kind "search".
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
import torch

import prompts
from chatbot.question.kinds import KINDS, SEARCH, sentences
from eval.train import network
from eval.train.encoder import Progress
from eval.train.examples import Example

BATCH, EPOCHS, RATE, HEAD_RATE = 48, 8, 6e-5, 2e-3
SMOOTHING, DROPOUT = 0.05, 0.1
SEARCHES = 500  # training questions shown as searches
WARM = 0.1
UNSAID = -1  # of an example that says nothing of one of both

Labelled = tuple[str, int, int]


def fit(
    start: Mapping[str, np.ndarray], learnt: Sequence[Example], seed: int, progress: Progress
) -> dict[str, np.ndarray]:
    """The classifiers' weights by name, begun from the encoder's; those of their heads begin with "head."."""
    rng = random.Random(seed + 2)
    torch.manual_seed(seed + 2)
    net, cutter = network.bert(), network.tokenizer()
    net.load_state_dict({name: torch.from_numpy(value) for name, value in start.items()}, strict=False)
    for module in net.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = DROPOUT
    net.train()
    kind, depends = torch.nn.Linear(384, len(KINDS)), torch.nn.Linear(384, 2)
    heads = [*kind.parameters(), *depends.parameters()]
    parameters = [p for p in net.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW([{"params": parameters}, {"params": heads}], weight_decay=0.01)
    shown = _labelled(learnt, rng)
    steps = EPOCHS * len(shown) // BATCH
    queue: list[int] = []
    for step in range(steps):
        if len(queue) < BATCH:
            queue = rng.sample(range(len(shown)), len(shown))
        batch = [shown[queue.pop()] for _ in range(BATCH)]
        rows, mask = network.padded([e.ids for e in cutter.encode_batch([text for text, _, _ in batch])])
        with network.half_precision():
            hidden = net(input_ids=rows, attention_mask=mask).last_hidden_state.float()
        weight = mask.unsqueeze(-1).float()
        mean = (hidden * weight).sum(1) / weight.sum(1)
        loss = _loss(kind(mean), [k for _, k, _ in batch]) + _loss(depends(mean), [d for _, _, d in batch])
        share = min(1.0, (step + 1) / max(1.0, WARM * steps)) * max(0.02, 1 - step / steps)
        for group, rate in zip(optimiser.param_groups, (RATE, HEAD_RATE), strict=True):
            group["lr"] = rate * share
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        progress("Kinds of question", 1, steps)
    made = {name: value.float().numpy() for name, value in net.state_dict().items() if value.is_floating_point()}
    for name, head in (("kind", kind), ("depends", depends)):
        made |= {f"head.{name}.{part}": value.float().numpy() for part, value in head.state_dict().items()}
    return made


def _loss(scores: torch.Tensor, wanted: Sequence[int]) -> torch.Tensor:
    """Cross entropy over the examples that say something; zero where none does."""
    target = torch.tensor(wanted)
    if bool((target == UNSAID).all()):
        return scores.sum() * 0.0
    return torch.nn.functional.cross_entropy(scores, target, ignore_index=UNSAID, label_smoothing=SMOOTHING)


def _labelled(learnt: Sequence[Example], rng: random.Random) -> list[Labelled]:
    """(text, kind, whether it needs the one before) of all examples; each sentence of a search is a search too."""
    search = KINDS.index(SEARCH)
    found: list[Labelled] = []
    for kind, texts in _examples().items():
        found += [(text, KINDS.index(kind), UNSAID) for text in texts]
        if kind == SEARCH:
            found += [(part, search, UNSAID) for text in texts if len(parts := sentences(text)) > 1 for part in parts]
    found += [(turn["now"], UNSAID, int(turn["depends"])) for turn in prompts.table("follow_ups")["turn"]]
    alone = [q for q in learnt if not q.before]
    found += [(q.asked, search, 0) for q in rng.sample(alone, min(SEARCHES, len(alone)))]
    found += [(q.asked, UNSAID, 1) for q in learnt if q.before]
    return found


def _examples() -> dict[str, list[str]]:
    """The examples of each kind of question."""
    found: dict[str, list[str]] = prompts.table("question_kinds")["examples"]
    return found
