"""Questions made unanswerable: by rules that the papers bear out, with their twins, a part of the areas sealed."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

import prompts
from eval.errors import EvalError
from eval.metrics.refusal import corrected
from eval.questions import golden, perturb
from eval.questions.perturb import RULES, Papers
from eval.records import Evidence, GoldenQuestion
from tests.eval.building import answer, case

SAID = "Too many children wait a long time for speech and language therapy."


def asked(
    text: str = "Why do children wait for speech and language therapy?", evidence: str = SAID, **more: Any
) -> GoldenQuestion:
    """An answerable question about Ashby."""
    values = {"area": "Ashby", "gold": (Evidence("ashby", 1, evidence, 1),), **more}
    return GoldenQuestion(values.pop("id", "q1"), text, "finding", True, **values)


def made(kind: str, twin: GoldenQuestion, *pages: str) -> str | None:
    """What a rule makes of a question about papers with these pages."""
    return RULES[kind](twin, Papers("Ashby", pages or (SAID,), ("Borchester",)), random.Random(1))


@pytest.mark.parametrize(
    ("kind", "question", "expected"),
    [
        ("place", "How are schools in Ashby?", "How are schools in Borchester?"),
        ("place", "How are schools?", "How are schools in Borchester?"),
        ("group", "My 7 year old waits", "My 57 year old waits"),
        ("premise", "", "hardly any children wait a long time"),
    ],
)
def test_what_rules_make(kind: str, question: str, expected: str) -> None:
    assert expected in str(made(kind, asked(question)))


def test_a_rule_that_the_papers_contradict_is_not_used() -> None:
    spoken = " ".join(word for kind in ("group", "service") for word in perturb._rules(kind)["put"])
    assert made("group", asked()) and not made("group", asked(), SAID, spoken)
    assert made("service", asked()) and not made("service", asked(), SAID, spoken)
    assert made("year", asked()) and not made("year", asked(), SAID, " ".join(map(str, perturb.YEARS)))
    assert made("unit", asked())
    figures = "Speech and language therapy cost £3 million, 7 weeks, 40% of families, 3 staff, 9 complaints."
    assert not made("unit", asked(), f"{SAID}\n{figures}")


@pytest.mark.parametrize(
    "evidence",
    ["Leaders should ensure that too many plans are late and wrong.", "They are well liked by everybody here too."],
)
def test_claims_that_cannot_be_turned(evidence: str) -> None:
    assert made("premise", asked(evidence=evidence)) is None


def _view(pages: Mapping[str, str]) -> Any:
    facts = [SimpleNamespace(document=area, areas=(area,)) for area in pages]
    return SimpleNamespace(facts=facts, areas=frozenset(pages), pages=lambda document: {1: pages[document]})


def test_pairs_are_kept_together_and_a_third_of_the_areas_is_sealed(tmp_path: Any) -> None:
    pages = {area: SAID for area in ("Ashby", "Bramley", "Cressing")}
    questions = [asked(id=f"{area}-{n}", area=area) for area in pages for n in range(4)]
    found = perturb.perturbed(questions, _view(pages), 5, 1)
    by_id = {q.id: q for q in found}
    new = [q for q in found if q.perturbation]
    assert {q.perturbation for q in new} == set(perturb.KINDS) and all(not q.answerable for q in new)
    assert all(by_id[q.twin].sealed is q.sealed and by_id[q.twin].answerable for q in new)
    assert len({q.twin.split("-")[0] for q in new if q.sealed}) == 1
    assert found == perturb.perturbed(questions, _view(pages), 5, 1) != perturb.perturbed(questions, _view(pages), 5, 2)
    rows = perturb.write(tmp_path, found)
    read = [*golden.load(tmp_path / "perturbed.jsonl"), *golden.load(tmp_path / "set-aside.jsonl")]
    assert sorted(q.id for q in read) == sorted(by_id) and [len(row) for row in rows] == [2 + len(perturb.KINDS)] * 2
    with pytest.raises(EvalError):
        perturb.perturbed([asked(area=None)], _view(pages), 5, 1)


def test_a_turned_premise_is_corrected_by_the_words_it_was_made_from() -> None:
    def judged(kind: str, **reply: Any) -> float | None:
        question = GoldenQuestion(
            "q1", "Why?", "unanswerable", False, "Ashby", near_miss=SAID, twin="q0", perturbation=kind
        )
        return corrected(case(question, answer(**reply)))

    assert judged("premise", quotes=(SAID,)) == 1 and judged("premise", quotes=("Other words are here.",)) == 0
    assert judged("year", quotes=(SAID,)) == 0 and judged("year", status="not_found") == 1
    assert judged("", quotes=(SAID,)) is None


def test_every_subject_is_a_term_of_the_thesaurus() -> None:
    for name in prompts.table("perturb")["topics"].values():
        assert re.search(perturb._wordings(name), f"about {name} here")
