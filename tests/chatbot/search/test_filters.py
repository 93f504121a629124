"""A filtered library: what does not pass the filters is never searched, by words or by meaning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chatbot.library import Library
from chatbot.records import Question
from chatbot.search.candidates import DEPTH, candidates
from chatbot.search.filters import Filters, narrowed
from ingest.settings import Settings


@pytest.fixture(scope="module")
def library(sample_index: Path) -> Library:
    return Library(sample_index, Settings())


def test_nothing_chosen_changes_nothing(library: Library) -> None:
    assert narrowed(library, Filters()) is library


def test_only_what_passes_is_left_and_the_areas_stay(library: Library) -> None:
    view = narrowed(library, Filters(kinds=("minutes",)))
    assert {d.facts.kind for d in view.documents} == {"minutes"}
    assert view.areas == library.areas and len(library.documents) == 16
    assert view.by_name == library.by_name  # a quote can still be cited


def test_nearest_neighbours_stay_inside(library: Library) -> None:
    view = narrowed(library, Filters(first=2016, last=2018))
    allowed = set(library.rows_of(view.documents).tolist())
    vector = library.vectors_of(np.arange(1))[0]
    question = Question("speech therapy", "speech therapy", "finding", standalone="speech therapy")
    found = [library.row_of(hit.passage.id) for hit in candidates(question, view.documents, vector, view)]
    assert len(found) == DEPTH and set(found) <= allowed


def test_papers_without_a_date_are_left_out_where_years_are_chosen(library: Library) -> None:
    from dataclasses import replace

    undated = replace(library.documents[0], facts=replace(library.documents[0].facts, date=None))
    assert Filters().passes(undated) and not Filters(first=2000).passes(undated)
