"""Training: what is learned from, what is refused, and that the same inputs give the same weights."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from chatbot.question.kinds import KINDS
from chatbot.reader.inputs import Inputs
from eval.errors import EvalError
from eval.train import encoder, examples, fit, judged, reader, teacher, twins, write
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


def test_what_a_larger_model_judged_is_read_again(tmp_path: Path, known: list[examples.Piece]) -> None:
    scores = [tuple(n / 4 - k for k in range(len(p.sentences))) for n, p in enumerate(known[:3])]
    said = [judged.Judged("Why?", ((0, scores[0]), (2, scores[2]))), judged.Judged("Who?", ((1, scores[1]),))]
    judged.write(said, known, tmp_path / "judged.npz")
    assert judged.read(["Who?", "Why?", "How?"], known, tmp_path / "judged.npz") == said
    later = [known[2], known[0]]  # one passage reads otherwise by now, the others have other numbers
    assert judged.read(["Who?", "Why?"], later, tmp_path / "judged.npz") == [
        judged.Judged("Why?", ((1, scores[0]), (0, scores[2])))
    ]


def test_twins_are_read_again_and_set_aside_with_their_papers(tmp_path: Path, known: list[examples.Piece]) -> None:
    asked = questions(tmp_path, known)
    made = examples.examples([asked], known)
    file, papers = tmp_path / "twins.jsonl", {piece.document for piece in known}
    twins.write([asked], known, file)
    found = twins.read(known, papers, file)
    assert found == made and {bool(one.right) for one in found} == {True, False}
    assert not any(piece.sentences[0] in file.read_text(encoding="utf-8") for piece in known)
    assert twins.read(known, papers - {known[0].document}, file) == []
    gone = {n for one in found for n in one.right}
    later = [replace(p, sentences=("It reads otherwise by now.",)) if n in gone else p for n, p in enumerate(known)]
    assert len(twins.read(later, papers, file)) == 10  # those that nothing answers


def test_the_reader_comes_nearer_to_what_was_judged(known: list[examples.Piece]) -> None:
    start = base_weights(model.packaged_folder())
    inputs, rng = Inputs(model.packaged_folder()), random.Random(1)
    several = [n for n, p in enumerate(known) if len(p.sentences) > 1][:2]
    said = judged.Judged(
        "Why?", tuple((n, tuple(4.0 - 8 * k for k in range(len(known[n].sentences)))) for n in several)
    )
    torch.manual_seed(1)
    small = reader.begun(start)
    group = reader._judged(said, known, inputs, rng)
    before = float(reader._loss(small, [group]).detach())
    reader._learn(small, [[group]] * 6, 6, 1e-4, lambda *_: None)
    assert float(reader._loss(small, [group]).detach()) < before * 0.7


def test_a_larger_model_judges_where_nobody_marked_an_answer(
    tmp_path: Path, known: list[examples.Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "EPOCHS", 1)
    learnt = examples.examples([questions(tmp_path, known)], known)[:6]
    own = [replace(q, pool=tuple(sorted(q.right))) if q.right else q for q in learnt]
    others = examples.public([public_set(tmp_path)])
    found = teacher.judge(model.packaged_folder(), known, own, others, ["Who helps?"], 1, lambda *_: None)
    assert [f.text for f in found][-2:] == ["Who helps?"] * 2  # two papers
    for one in found:
        assert all(len(scores) == len(known[n].sentences) for n, scores in one.pieces)
    asked = next(q for q in own if q.right)
    beside = next(f for f in found if f.text == asked.text)
    assert not {n for n, _ in beside.pieces} & set(asked.pool)
