"""Training: what is learned from, what is refused, and that the same inputs give the same weights."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from chatbot.question.kinds import KINDS
from eval.errors import EvalError
from eval.train import encoder, examples, fit, reader, write
from ingest.encoder import model, tuning
from ingest.encoder.transformer import base_weights
from prompts import table
from tests.conftest import SAMPLE


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for name in ("westmarch-you-said-we-did-2025.md", "westmarch-local-offer-short-breaks.html"):
        (folder / name).write_bytes((SAMPLE / name).read_bytes())
    return folder


@pytest.fixture(scope="module")
def known(papers: Path) -> list[examples.Piece]:
    return examples.pieces([papers])


def questions(folder: Path, known: list[examples.Piece], **more: object) -> Path:
    """Forty questions, each answered by the first sentence of a passage, and some that nothing answers."""
    rows = [
        {"id": f"q{n}", "question": f"What is said of {piece.sentences[0].split()[-1]}?", "answerable": n % 4 > 0,
         "kind": "finding" if n % 4 else "unanswerable", "area": "Westmarch", **more,
         "gold": [{"document": piece.document, "evidence": piece.sentences[0], "group": 1}] if n % 4 else []}
        for n, piece in enumerate((known * 40)[:40])
    ]  # fmt: skip
    file = folder / "questions.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def public_set(folder: Path, name: str = "set") -> Path:
    file = folder / f"{name}.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        for n in range(12):
            row = {"q": f"why is it {n}?", "answerable": True,
                   "pos": [{"sents": [f"It is {n}.", "Rain."], "labels": [1, 0]}],
                   "neg": [{"sents": ["Snow fell."], "labels": [0]}]}  # fmt: skip
            lines.write(json.dumps(row) + "\n")
    return file


def test_evidence_names_the_sentences_that_answer(tmp_path: Path, known: list[examples.Piece]) -> None:
    found = examples.examples([questions(tmp_path, known)], known)
    assert len(found) == 40 and sum(bool(e.right) for e in found) == 30
    first = next(e for e in found if e.right)
    assert all(0 in sentences for sentences in first.right.values()) and set(first.right) <= set(first.pool)


def test_questions_that_judge_are_refused(tmp_path: Path, known: list[examples.Piece]) -> None:
    with pytest.raises(EvalError, match="sealed"):
        examples.examples([questions(tmp_path, known, sealed=True)], known)
    with pytest.raises(EvalError, match="test set"):
        examples.public([public_set(tmp_path, "clapnq")])


def test_a_public_question_is_taken_once(tmp_path: Path) -> None:
    file = public_set(tmp_path)
    assert len(examples.public([file, file])) == 12


@pytest.mark.slow
def test_the_same_inputs_give_the_same_weights(
    tmp_path: Path, papers: Path, known: list[examples.Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "EPOCHS", 2)
    for module in (reader, fit.kinds):
        monkeypatch.setattr(module, "EPOCHS", 1)
    monkeypatch.setattr(fit.kinds, "SEARCHES", 8)
    few = {kind: texts[:8] for kind, texts in table("question_kinds")["examples"].items()}
    monkeypatch.setattr(fit.kinds, "_examples", lambda: few)
    asked, others = questions(tmp_path, known), public_set(tmp_path)
    one = fit.fit([asked], [papers], [others], tmp_path / "one", 1, lambda *_: None)
    two = fit.fit([asked], [papers], [others], tmp_path / "two", 1, lambda *_: None)
    assert one == two and len(set(one.values())) == 3
    card = tuning.read(tmp_path / "one" / "reader").card
    assert card["seed"] == 1 and card["examples"] == 40 and "questions.jsonl@" in card["questions"][0]


def test_small_weights_keep_what_changed(tmp_path: Path) -> None:
    base = base_weights(model.packaged_folder())
    name = "encoder.layer.5.output.dense.weight"
    change = np.outer(np.arange(base[name].shape[0]), np.ones(base[name].shape[1])) / 1e4
    written = write.write(tmp_path, {**base, name: base[name] + change, "head.x": np.ones(3)}, base, 4, {"seed": 1})
    assert set(written.tensors) == {name + tuning.LEFT, name + tuning.RIGHT, "head.x"}
    assert np.allclose(written.over(base)[name], base[name] + change, atol=1e-3)


def test_every_kind_has_examples() -> None:
    found = table("question_kinds")["examples"]
    assert set(found) == set(KINDS) and all(len(texts) >= 30 for texts in found.values())
