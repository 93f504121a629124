"""The benchmark: copies keep every offset, a measurement runs apart, the page tells ratios first."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from eval.bench import growth, papers, report
from eval.bench.apart import apart
from eval.bench.asking import Arms, Asking, arms, questions
from eval.bench.copies import copies
from eval.bench.ingesting import Ingest
from eval.bench.measure import Bench, Size
from eval.errors import EvalError
from eval.runs import baseline
from ingest.encoder import model
from ingest.errors import IndexFault
from ingest.index import reuse, store
from ingest.settings import Settings
from tests.conftest import SAMPLE


@pytest.fixture(scope="module")
def originals(sample_index: Path) -> list[reuse.Prepared]:
    old = reuse.load(sample_index, model.locate(Settings().model).sha256, Settings())
    return growth.whole(old)


def slices(document: reuse.Prepared) -> list[str]:
    """What each passage's spans cut out of the pages, white space collapsed."""
    return [
        " ".join(" ".join(document.pages[s.page].text[s.start : s.end] for s in p.spans).split())
        for p in document.passages
    ]


def test_copies_stand_on_their_pages_under_other_names(originals: list[reuse.Prepared]) -> None:
    assert copies(originals, 0) == originals
    for document, copy in zip(originals, copies(originals, 3), strict=True):
        assert copy.facts.document != document.facts.document and copy.sha256 != document.sha256
        assert not set(copy.facts.areas) & set(document.facts.areas)
        assert [len(p.text) for p in copy.passages] == [len(p.text) for p in document.passages]
        assert all(p.sentences == q.sentences for p, q in zip(copy.passages, document.passages, strict=True))
        exact = [p.text == cut for p, cut in zip(document.passages, slices(document), strict=True)]
        assert [p.text == cut for p, cut in zip(copy.passages, slices(copy), strict=True)] == exact and any(exact)
        assert not any(area in p.text for p in copy.passages for area in document.facts.areas)


def test_copies_differ_from_each_other_and_are_the_same_each_time(originals: list[reuse.Prepared]) -> None:
    first, second = copies(originals, 1), copies(originals, 2)
    assert first == copies(originals, 1)
    texts = [{p.text for d in made for p in d.passages if len(p.text) > 100} for made in (originals, first, second)]
    assert len(texts[0] & texts[1]) < 0.15 * len(texts[0]) and len(texts[1] & texts[2]) < 0.15 * len(texts[1])


def test_an_index_grows_to_the_size_asked_for(
    sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "EMBEDDED", 0)
    told = growth.grow(sample_index, tmp_path / "ix", 600, Settings())
    rows = store.Rows(store.current(tmp_path / "ix"))
    assert 600 <= len(rows) < 700 and told["documents"] == len(rows.documents) and told["writing"] > 0
    found = arms(tmp_path / "ix", Settings())
    assert found.agree > 0.9 and found.compared > 0 and found.chroma > 0
    more = growth.one_more(sample_index, tmp_path / "ix", Settings())
    assert len(store.Rows(store.current(tmp_path / "ix")).documents) == told["documents"] + 1
    assert more["one_more"] > 0 and more["one_more_mb"] > 0


def test_questions_name_areas_that_are_there() -> None:
    asked = questions(["Aldershire", "Brackwater", "Elmshire", "Westmarch"])
    named = {area for _, area in asked if area}
    assert named == {"Aldershire", "Elmshire", "Westmarch"}
    assert all((area in text) if area else ("{" not in text) for text, area in asked)
    assert all(area is None for _, area in questions([]))


def wait_and_grow(megabytes: int) -> int:
    """Hold memory for a while."""
    held = bytearray(megabytes * 1_000_000)
    held[::4096] = b"x" * len(held[::4096])
    time.sleep(0.5)
    return len(held)


def fail() -> None:
    raise IndexFault("There is no index.")


def test_a_measurement_runs_apart_and_its_memory_is_seen() -> None:
    small, large = apart(wait_and_grow, 1), apart(wait_and_grow, 150)
    assert large.value == 150_000_000 and large.seconds > 0.5
    assert small.peak_mb == 0 or 100 < large.peak_mb - small.peak_mb < 250


def test_a_failed_measurement_is_told() -> None:
    with pytest.raises(EvalError, match="There is no index."):
        apart(fail)


def bench() -> Bench:
    """Figures that are easy to reckon with: ours takes 10 s and reads 2,000 words, the other 20 s and 1,000."""
    stages = dict.fromkeys(
        ("looking", "reading", "loading", "embedding", "rows", "words", "chroma", "proof", "switching"), 1.0
    )
    ingests = (
        Ingest("send-chatbot", 2, 20, 200, 2_400, 2_000, {**stages, "embedding": 2.0}, 10.0, 500.0),
        Ingest("send-chatbot, half precision", 2, 20, 200, 2_400, 2_000, {**stages, "embedding": 1.0}, 5.0, 450.0),
        Ingest("LlamaIndex, every setting at its default", 2, 20, 40, 2_000, 1_000, {"reading": 20.0}, 20.0, 400.0),
    )
    sizes = tuple(
        Size(
            n, 10.0, 5.0, 80.0, 1.5, 0.5, 2.0,
            Asking("send-chatbot", n, 4.0, 0.5, 0.2, (base, base, base * 2), 700.0),
            Asking("LlamaIndex", n, 0.0, 0.0, 0.3, (0.05, 0.05, 0.06), 650.0) if n < 9_000 else None,
            Arms(0.01, 0.02, 0.98, 90.0),
        )
        for n, base in ((500, 0.05), (50_000, 0.1))
    )  # fmt: skip
    machine = {
        "date": "1 May 2025", "cpu": "a processor", "cores": "2", "memory": "8", "system": "Linux",
        "documents": "papers", "load": "0.1",
    }  # fmt: skip
    larger = tuple(replace(i, documents=8, seconds=i.seconds * 3) for i in ingests)
    return Bench(machine, ingests, larger, sizes)


def test_the_page_tells_ratios_first() -> None:
    page = report.page(bench())
    head = page.split("## ")[1]
    plain = "against LlamaIndex, every setting at its default"
    assert f"send-chatbot {plain}: 2.00 times as fast for the same files" in head  # 20 s against 10 s
    assert f"Ingest of 8 papers, send-chatbot {plain}: 2.00 times" in head
    assert f"half precision {plain}: 4.00 times as fast for the same files" in head
    assert "4.00 times as many words" in head  # 200 against 50 words a second
    assert "30% of our ingest's time with 2 papers" in head  # reading 1 s and the model 2 s of 10 s
    assert "500 passages: 1.00 times as fast as LlamaIndex by the median, 0.60 times by the 95 % mark" in head
    assert "with 100 times as many passages, the median question takes 2.0 times" in head
    assert "| 50,000 | send-chatbot | 100 ms | 200 ms | 200 ms |" in page
    assert page.count("| 500 | LlamaIndex |") == 1 and "| 50,000 | LlamaIndex |" not in page


def test_page_plot_and_figures_are_written(tmp_path: Path) -> None:
    report.write(bench(), tmp_path / "out")
    assert (tmp_path / "out" / report.PLOT).read_text().startswith("<?xml")
    assert json.loads((tmp_path / "out" / report.DATA).read_text())["sizes"][1]["ours"]["passages"] == 50_000
    assert f"]({report.PLOT})" in (tmp_path / "out" / report.PAGE).read_text()


def test_more_papers_are_all_different_and_all_read(tmp_path: Path) -> None:
    original = SAMPLE / "westmarch-area-send-report-2024.pdf"
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / original.name).write_bytes(original.read_bytes())
    (tmp_path / "from" / "note.txt").write_text("A note about Elmshire.\n\nOne.\n\nTwo.\n\nThree.\n\nThe end.\n")
    (tmp_path / "from" / "short.txt").write_text("A note about Elmshire in one paragraph.\n")
    folder = papers.more(tmp_path / "from", tmp_path / "to", 2)
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 7 and "note-1.txt" in names and "short-1.txt" not in names
    pages = [len(baseline.pages_of(path)) for path in sorted(folder.glob("*.pdf"))]
    assert sorted(pages) == [max(pages) - 1, max(pages) - 1, max(pages)]
    notes = [(folder / f"note-{n}.txt").read_text() for n in (1, 2)]
    assert ["Two." in note for note in notes] == [False, True]
    assert ["Three." in note for note in notes] == [True, False]
