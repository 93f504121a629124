"""Our figures and the contract's own scorer agree on everything that both measure."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.questions import golden
from eval.records import Corpus, GoldenQuestion
from eval.runs.answers import answer_from
from eval.scoring import scoring
from tests.conftest import SHARED
from tests.eval.building import write_jsonl

SCORER = SHARED / "tools" / "score.py"
SAME = {
    "recall@1": "rec@1", "recall@3": "rec@3", "recall@5": "rec@5", "recall@10": "rec@10", "recall@300w": "rec@300w",
    "recall@1000w": "rec@1000w", "reciprocal_rank_passage": "mrr", "citation_recall": "cite_rec",
    "citation_precision": "cite_prec", "facts": "facts", "wrong_document": "wrong_doc", "citations": "cites",
    "quoted_words": "quote_words", "answer_words": "words", "answered_when_answerable": "answered_when_answerable",
    "refused_when_not": "refused_when_not", "seconds_median": "p50_s", "seconds_p95": "p95_s",
}  # fmt: skip


def piece(chance: random.Random, words: str) -> str:
    """Evidence as a system may give it: whole, cut at either end, in other quotation marks, or buried."""
    parts = words.split()
    cut = parts[chance.randrange(0, 4) : len(parts) - chance.randrange(0, 6)]
    text = chance.choice([words, " ".join(cut), words.replace("'", "’").upper(), "word " * 280 + words])
    return chance.choice(["", "The report says this. "]) + text


def some_answer(chance: random.Random, question: GoldenQuestion, others: list[str]) -> dict[str, Any]:
    """An answer between perfect and useless."""
    pool = [(e.document, piece(chance, e.words)) for e in question.gold if chance.random() < 0.8]
    pool += [
        (chance.choice(question.gold).document if question.gold else "other", chance.choice(others)) for _ in range(9)
    ]
    chance.shuffle(pool)
    answered = chance.random() < 0.8
    quotes = chance.sample(pool, min(3, len(pool))) if answered else []
    return {
        "id": question.id, "status": "answered" if answered else "not_found",
        "answer": " ".join(["In short:", *(wordings[0] for wordings in question.must_include[:1])]),
        "citations": [{"document": f"{d}.PDF", "page": 1, "quote": text} for d, text in quotes],
        "passages": [{"document": f"{d}.pdf", "page": 1, "text": text} for d, text in pool[:10]],
        "seconds": {"total": round(chance.random(), 3)},
    }  # fmt: skip


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["dev", "dev_areas"])
def test_agreement(name: str, tmp_path: Path) -> None:
    file = SHARED / "golden" / f"{name}.jsonl"
    questions = golden.load(file)
    chance = random.Random(name)
    others = [e.words for q in questions for e in q.gold]
    rows = [some_answer(chance, q, others) for q in questions]
    answers = write_jsonl(tmp_path / "answers.jsonl", rows)
    done = subprocess.run(
        [sys.executable, str(SCORER), str(file), str(answers)], capture_output=True, text=True, check=True
    )
    theirs = json.loads(done.stdout)
    ours = scoring.score(questions, {row["id"]: answer_from(row) for row in rows}, Corpus()).overall
    assert theirs["rec@5"] not in (0, 1)
    for our_name, their_name in SAME.items():
        assert ours[our_name].value == pytest.approx(theirs[their_name], abs=0.001), our_name
