"""The pages are self-contained, hold text as text, and are built so that a screen reader can use them."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.report import compare
from eval.report.report import write_report as write_run_report
from eval.report.verdict import verdict
from eval.scoring import stages
from eval.threshold.calibrate import calibrate, write_report
from tests.eval.building import NOISE, OTHER, WAITS, Scripted, answer
from tests.eval.test_calibrate import scored
from tests.eval.test_runs import GOOD, run

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Structure(HTMLParser):
    """What a page is made of; raises where elements are not closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(params=["report", "beside", "compare", "calibrate"])
def page(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Each page there is, with hostile text in it."""
    hostile = answer(("<script>alert(1)</script>",), ("<img src=x onerror=alert(1)>", NOISE))
    first = run(tmp_path, Scripted(GOOD | {"q3": hostile}), "a")
    second = run(tmp_path, Scripted(GOOD), "b")
    path = tmp_path / "page.html"
    if request.param == "compare":
        compare.write(compare.compare(first, second), tmp_path)
        path = tmp_path / "compare.html"
    elif request.param == "calibrate":
        write_report(calibrate(scored([0.8], [0.1])), path, {"date": "now"})
    else:
        write_run_report(replace(first, baseline=second) if request.param == "beside" else first, path)
    return path.read_text(encoding="utf-8")


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    structure = Structure(page)
    assert not structure.all("script") and not structure.all("link") and not structure.all("img")
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)|url\(|@import", page)
    assert "<script>alert" not in page and "onerror=alert(1)>" not in page


def test_structure_for_screen_readers(page: str) -> None:
    structure = Structure(page)
    assert structure.all("html") == [{"lang": "en-GB"}]
    levels = [int(tag[1]) for tag, _ in structure.found if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = [attributes["id"] for _, attributes in structure.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert structure.all("a")[0] == {"class": "skip", "href": "#verdict"} and "verdict" in ids
    assert len(structure.all("main")) == 1 and structure.all("title")
    assert len(structure.all("caption")) == len(structure.all("table"))
    assert all(cell.get("scope") in ("col", "row") for cell in structure.all("th"))
    for plot in structure.all("svg"):
        assert plot["role"] == "img"
        assert set(str(plot["aria-labelledby"]).split()) <= set(ids)
    for section in structure.all("section"):
        assert section["aria-labelledby"] in ids


def luminance(colour: str) -> float:
    """Relative luminance as WCAG has it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_enough_contrast(scheme: int) -> None:
    from eval.report.pages import FOLDER

    roots = re.findall(r":root \{([^}]*)\}", (FOLDER / "report.css").read_text(encoding="utf-8"))
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", roots[scheme]))
    for name in ("ink", "soft", "link", "good", "bad"):
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    assert contrast(colours["ink"], colours["band"]) >= 4.5
    for name in ("first", "second", "line"):
        assert contrast(colours[name], colours["paper"]) >= 3, name


def test_the_verdict_is_three_sentences(tmp_path: Path) -> None:
    told = verdict(run(tmp_path, Scripted(GOOD | {"q1": answer((NOISE,), (NOISE,))})))
    assert told[0].startswith("Of 2 questions that the documents answer, 2 (100%) were answered, and 1 (50%)")
    assert told[1].startswith("Of 1 question that should be refused, 1 (100%) were")
    assert "Evidence not found" in told[2]


def test_every_planted_stage_is_named_in_the_report(tmp_path: Path) -> None:
    planted = {
        "understood": answer((NOISE,), (NOISE,), document=OTHER, understood={"areas": ["Bramley"]}),
        "retrieved": answer((NOISE,), (NOISE,)),
        "chosen": answer((NOISE,), (WAITS, NOISE)),
        "gate": answer(status="not_found", passages=(WAITS,), reason="gate"),
    }
    for stage, row in planted.items():
        found = run(tmp_path, Scripted(GOOD | {"q1": row}), stage)
        assert found.scores.stages == {"right": 2, stage: 1}
        write_run_report(found, found.folder / "report.html")
        title = stages.found(stages.RIGHT).title if stage == "right" else found.scores.results[0].finding.title
        page = (found.folder / "report.html").read_text(encoding="utf-8")
        assert f'<span class="stage bad">{title}</span>' in page
