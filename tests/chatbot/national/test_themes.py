"""Themes of the reports: which sentences count, for which theme, where they stand, and within what a share lies."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from chatbot.__main__ import main
from chatbot.library import Library
from chatbot.national import themes
from chatbot.national.theme_model import ThemeModel, features, figures, ids, shown
from chatbot.national.themes import IMPROVE, PRIORITY, STRENGTH, Share
from eval.train import linear
from eval.train.themes import LABELS, PRECISION, RECALL, SET_ASIDE, hash_of, least
from ingest.settings import Settings


@pytest.fixture(scope="module")
def library(sample_index: Path) -> Library:
    return Library(sample_index, Settings())


@pytest.mark.parametrize(
    ("sentence", "theme"),
    [
        ("The quality of EHC plans varies from officer to officer.", "qual"),
        ("CAMHS sees young people in crisis on the same day.", "mh"),
        ("Too many pupils are on part-time timetables after a suspension.", "absent"),
        ("There are not enough short breaks for families.", "short"),
    ],
)
def test_a_sentence_is_given_to_its_theme(sentence: str, theme: str) -> None:
    assert theme in ThemeModel().of(sentence)


@pytest.mark.parametrize("sentence", ["", "The moon is round.", "zzz qqq"])
def test_a_sentence_on_none_of_them_has_none(sentence: str) -> None:
    assert ThemeModel().of(sentence) == ()


def test_only_themes_that_were_right_often_enough_are_shown() -> None:
    assert set(figures()) == set(ids()) and 10 <= len(shown()) < len(ids())
    for name in shown():
        own = figures()[name]
        assert own["precision"] >= PRECISION - 0.005 and own["recall"] >= RECALL - 0.005
        assert own["set_aside_right"] >= SET_ASIDE * own["set_aside_found"] > 0


def test_every_count_is_of_sentences_that_stand_where_they_count(library: Library) -> None:
    found = themes.rows(themes.chosen(library))
    assert {report.about.facts.kind for report in themes.reports(library)} <= {"inspection_report", "inspection_letter"}
    wanted = {STRENGTH: {"strength"}, IMPROVE: {"development", "improvement"}, PRIORITY: {"priority"}}
    seen = set()
    for row in found:
        for sign, share in zip(themes.SIGNS, row.shares, strict=True):
            assert share.of == len(themes.reports(library))
            for report in share.reports:
                said = report.on(row.theme, sign)
                assert said and {one.passage.polarity for one in said} <= wanted[sign]
                assert all(one.quote in one.passage.text for one in said)
                seen.add((row.theme, sign, report.about.facts.areas))
    assert ("short", IMPROVE, ("Westmarch",)) in seen and ("ap", PRIORITY, ("Aldershire",)) in seen


def test_reports_are_chosen_by_outcome_year_and_area(library: Library) -> None:
    every = themes.chosen(library)
    systemic = themes.chosen(library, outcome="systemic_failings")
    assert [r.about.facts.areas for r in systemic] == [("Aldershire",)]
    assert {r.about.year for r in themes.chosen(library, year="2016")} == {2016}
    assert 0 < len(themes.chosen(library, area="Westmarch")) < len(every) and not themes.chosen(library, region="Wales")


def test_the_interval_of_a_share() -> None:
    """Wilson's interval of 0 and of 5 in 10, as tables give it."""
    none, half = Share((), 10), Share((None,) * 5, 10)  # type: ignore[arg-type]
    assert none.interval == pytest.approx((0.0, 0.2775), abs=1e-3)
    assert half.interval == pytest.approx((0.2366, 0.7634), abs=1e-3) and Share((), 0).interval == (0.0, 1.0)


def test_as_data(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["themes", "--index", str(sample_index), "--area", "Aldershire"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["theme"] for row in told] == list(shown())
    for row in told:
        assert {quote["sign"] for quote in row["quotes"]} == {sign for sign in themes.SIGNS if row[sign]}
    assert main(["themes", "--index", str(sample_index), "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("theme,name,reports,strength,strength_share,")
    assert main(["themes", "--index", str(sample_index), "--area", "Nowhere"]) == 1


def test_labels_hold_no_sentence_and_judges_are_papers_of_their_own() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    assert {frozenset(row) for row in rows} <= {
        frozenset({"document", "sentence", "themes"}), frozenset({"document", "sentence", "themes", "judge"}),
    }  # fmt: skip
    assert all(len(row["sentence"]) == 16 and set(row["themes"]) <= set(ids()) for row in rows)
    judges = {row["document"] for row in rows if row.get("judge")}
    assert sum(bool(row.get("judge")) for row in rows) == 300
    assert not judges & {row["document"] for row in rows if not row.get("judge")}
    assert hash_of("a") != hash_of("b")


def test_the_threshold_is_the_lowest_that_is_precise_enough() -> None:
    wanted = np.asarray([1] * 9 + [0, 1])
    scores = np.asarray([*range(20, 11, -1), 5, 4])
    threshold, precision, recall = least(scores, wanted)
    assert (threshold, precision, recall) == (4.0, 10 / 11, 1.0)
    assert least(scores, np.asarray([1] * 3 + [0] * 8))[0] == float("inf")  # too few to tell


def test_what_is_served_is_what_was_fitted() -> None:
    texts = [features(text) for text in ("short breaks help", "short breaks", "wait long", "they wait long")]
    wanted = np.asarray([[1, 1], [1, 1], [0, 1], [0, 1]])
    fitted = linear.words(texts, wanted)
    assert fitted.weights.shape == (len(fitted.vocabulary), 2) and fitted.bias[1] < -100  # no class of one value
    assert "short break" in fitted.vocabulary and fitted.weights[fitted.vocabulary.index("short break"), 0] > 0
    scores = linear.left_out(texts * 3, np.vstack([wanted] * 3), [*"abcdeabcde", "", ""])
    assert (scores[:10, 0] > 0).tolist() == (wanted[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1], 0] == 1).tolist()
