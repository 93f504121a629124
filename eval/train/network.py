"""The models as torch sees them while they learn. `ingest.encoder.transformer` gives the same when they serve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from chatbot.reader.inputs import Pair
from ingest.encoder import model

# A graphics processor where there is one: what the reader learns from a larger model (teacher.py) asks for one. What is
# shipped is made on any processor, and the same bytes are promised for the same machine only.
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
TOKENS = 128  # of a text while the encoder learns; longer ones are rare
CHUNKS = 5  # a step's texts are read in so many groups of like length: less padding
INNER = 192  # width of the layer over a sentence's features


def bert(folder: Path | None = None) -> torch.nn.Module:
    """The model of a folder (by default the packaged one) ready to learn: no dropout, its word embeddings fixed."""
    from transformers import AutoModel

    # Written out, attention learns twice as fast here as torch's fused kernel for processors.
    made: Any = AutoModel.from_pretrained(
        str(folder or model.packaged_folder()), attn_implementation="eager", add_pooling_layer=False
    ).to(DEVICE)
    for module in made.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    for parameter in made.embeddings.parameters():
        parameter.requires_grad = False
    return made


def tokenizer() -> Tokenizer:
    """The packaged model's tokenizer, cutting at TOKENS."""
    made = Tokenizer.from_file(str(model.packaged_folder() / "tokenizer.json"))
    made.no_padding()
    made.enable_truncation(TOKENS)
    return made


def half_precision() -> torch.autocast:
    """Matrix products with 16 bits, several times as fast on processors made for it."""
    return torch.autocast(DEVICE.type, dtype=torch.bfloat16)


def padded(ids: Sequence[Sequence[int]], filler: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and their mask as two rectangles (texts x longest), what is left over filled with the id `filler`."""
    longest = max(map(len, ids))
    rows = torch.full((len(ids), longest), filler, dtype=torch.long)
    mask = torch.zeros(len(ids), longest, dtype=torch.long)
    for n, own in enumerate(ids):
        rows[n, : len(own)] = torch.tensor(own)
        mask[n, : len(own)] = 1
    return rows.to(DEVICE), mask.to(DEVICE)


def vectors(net: torch.nn.Module, ids: Sequence[Sequence[int]]) -> torch.Tensor:
    """Unit vectors of some texts (texts x 384): the means of their last hidden states."""
    order = sorted(range(len(ids)), key=lambda n: len(ids[n]))
    size = -(-len(order) // CHUNKS)
    made = []
    for start in range(0, len(order), size):
        rows, mask = padded([ids[n] for n in order[start : start + size]])
        hidden = net(input_ids=rows, attention_mask=mask).last_hidden_state.float()
        weight = mask.unsqueeze(-1).float()
        made.append((hidden * weight).sum(1) / weight.sum(1))
    back = torch.tensor(np.argsort(order), device=DEVICE)
    return torch.nn.functional.normalize(torch.cat(made), dim=-1)[back]


def embedded(net: torch.nn.Module, texts: Sequence[str], cutter: Tokenizer) -> np.ndarray:
    """The vectors of many texts, without learning."""
    ids = [e.ids for e in cutter.encode_batch(list(texts))]
    order = sorted(range(len(ids)), key=lambda n: len(ids[n]))
    made = np.zeros((len(ids), 384), dtype=np.float32)
    with torch.inference_mode(), half_precision():
        for start in range(0, len(order), 64):
            part = order[start : start + 64]
            made[part] = vectors(net, [ids[n] for n in part]).cpu().numpy()
    return made


def nearest(
    passages: np.ndarray, asked: np.ndarray, pools: Iterable[Sequence[int] | np.ndarray], most: int
) -> list[np.ndarray]:
    """For each question the passages of its pool nearest to it by number, best first; one vector a row."""
    found = []
    for vector, own in zip(asked, pools, strict=True):
        pool = np.asarray(own)
        found.append(pool[np.argsort(-(passages[pool] @ vector), kind="stable")[:most]])
    return found


class CrossEncoder(torch.nn.Module):
    """Scores each sentence of a passage that it reads together with the question."""

    def __init__(self, net: torch.nn.Module) -> None:
        super().__init__()
        self.bert = net
        settings: Any = net.config
        self._filler = int(settings.pad_token_id or 0)
        self.inner = torch.nn.Linear(int(settings.hidden_size) * 3, INNER).to(DEVICE)
        self.outer = torch.nn.Linear(INNER, 1).to(DEVICE)

    def forward(self, pairs: Sequence[Pair]) -> list[torch.Tensor]:
        """The scores of each pair's sentences, pair by pair."""
        order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids))
        size = -(-len(order) // CHUNKS)
        scores: list[torch.Tensor] = [torch.empty(0)] * len(pairs)
        for start in range(0, len(order), size):
            part = order[start : start + size]
            rows, mask = padded([pairs[n].ids for n in part], self._filler)
            hidden = self.bert(input_ids=rows, attention_mask=mask).last_hidden_state.float()
            features, counts = [], []
            for row, n in enumerate(part):
                asked = hidden[row, slice(*pairs[n].question)].mean(0)
                for a, b in pairs[n].sentences:
                    mean = hidden[row, a:b].mean(0)
                    features.append(torch.cat([mean, hidden[row, 0], mean * asked]))
                counts.append(len(pairs[n].sentences))
            inner = torch.nn.functional.gelu(self.inner(torch.stack(features)))
            for n, own in zip(part, torch.split(self.outer(inner).squeeze(-1).float(), counts), strict=True):
                scores[n] = own
        return scores
