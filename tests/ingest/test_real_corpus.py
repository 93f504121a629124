"""What reading must show on the real documents of ../shared, which are not part of the project.

The facts below were read off the documents by eye.
"""

import pickle
import re
from pathlib import Path

import pytest

from ingest.encoder.model import english_words
from ingest.prepare import Prepared
from ingest.records import collapse
from tests.conftest import SHARED
from tests.ingest.making import containing, cut_file

CORPUS = SHARED / "corpus"
pytestmark = pytest.mark.corpus

REPORT = "-inspection-report-"
NOT_BEFORE = "not previously inspected"
ABOUT_THREE, ABOUT_3 = "approximately three years", "approximately 3 years"
ABOUT_FIVE, ABOUT_5 = "approximately five years", "approximately 5 years"
# area, start, end, previous, outcome, next full inspection
REPORTS = {
    "barking-and-dagenham-inspection-report-2024.pdf": (
        "Barking and Dagenham", "2024-07-08", "2024-07-12", "2017-03-27/2017-03-31", "inconsistent", ABOUT_THREE),
    "bexley-inspection-report-2023.pdf": (
        "Bexley", "2023-12-04", "2023-12-08", "2016-10-03/2016-10-07", "systemic_failings", ABOUT_THREE),
    "brighton-and-hove-inspection-report-2023.pdf": (
        "Brighton and Hove", "2023-03-27", "2023-03-31", "2016-05-16", "positive", ABOUT_5),
    "durham-inspection-report-2024.pdf": (
        "Durham", "2024-06-24", "2024-06-28", "2020-01-22/2020-01-24", "inconsistent", ABOUT_3),
    "enfield-inspection-report-2023.pdf": (
        "Enfield", "2023-03-20", "2023-03-24", "2016-06-27/2016-07-01", "inconsistent", ABOUT_3),
    "haringey-inspection-report-2024.pdf": (
        "Haringey", "2024-01-29", "2024-02-02", "2021-07-05/2021-07-09", "positive", ABOUT_FIVE),
    "herefordshire-inspection-report-2024.pdf": (
        "Herefordshire", "2024-12-02", "2024-12-06", "2016-09-26/2016-09-30", "inconsistent", ABOUT_THREE),
    "hertfordshire-inspection-report-2023.pdf": (
        "Hertfordshire", "2023-07-10", "2023-07-14", "2016-07-04/2016-07-08", "systemic_failings", ABOUT_3),
    "newham-inspection-report-2024.pdf": (
        "Newham", "2024-10-07", "2024-10-11", "2021-12-06/2021-12-10", "inconsistent", ABOUT_THREE),
    "north-northamptonshire-inspection-report-2024.pdf": (
        "North Northamptonshire", "2024-01-22", "2024-01-26", NOT_BEFORE, "systemic_failings", ABOUT_THREE),
    "rotherham-inspection-report-2024.pdf": (
        "Rotherham", "2024-09-30", "2024-10-04", "2021-07-05/2021-07-09", "positive", ABOUT_FIVE),
    "sandwell-inspection-report-2023.pdf": (
        "Sandwell", "2023-07-03", "2023-07-07", "2019-03-18/2019-03-21", "inconsistent", ABOUT_3),
    "telford-and-wrekin-inspection-report-2023.pdf": (
        "Telford and Wrekin", "2023-03-20", "2023-03-24", "2017-05-22/2017-05-26", "positive", ABOUT_5),
    "wiltshire-inspection-report-2024.pdf": (
        "Wiltshire", "2024-10-14", "2024-10-18", "2018-01-29/2018-02-02", "positive", "five years"),
    "worcestershire-inspection-report-2024.pdf": (
        "Worcestershire", "2024-04-22", "2024-04-26", "2021-11-01/2021-11-03", "systemic_failings", ABOUT_THREE),
}  # fmt: skip
# kind, area, date, basis
PAPERS = {
    "herefordshire-inspection-letter-2016.txt": ("inspection_letter", "Herefordshire", "2016-10-18", "stated"),
    "herefordshire-peer-review-2023.md": ("peer_review", "Herefordshire", "2023-02-14", "stated"),
    "herefordshire-cabinet-minutes-2025.txt": ("minutes", "Herefordshire", "2025-03", "inferred"),
    "rotherham-minutes-2024.txt": ("minutes", "Rotherham", "2024-10", "inferred"),
    "worcestershire-minutes-2019.txt": ("minutes", "Worcestershire", "2019-10", "inferred"),
}
FURNITURE = re.compile(
    r"inspection report:|^\d{1,3}$|Office for Standards in Education, Children|Piccadilly Gate|"
    r"If you are not happy with|"
    r"Supporting documents|Click or tap|PDF \d+ KB|^Agenda item$", re.IGNORECASE,
)  # fmt: skip


@pytest.fixture(scope="session")
def papers(shared_folder: Path) -> dict[str, Prepared]:
    """Every document of the corpus, cut once for all workers of the run."""
    from filelock import FileLock

    kept = shared_folder / "corpus.pickle"
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            found = [p for p in sorted(CORPUS.iterdir()) if p.name != "README.md"]
            kept.write_bytes(pickle.dumps({path.name: cut_file(path)[0] for path in found}))
        return dict(pickle.loads(kept.read_bytes()))


def outside(path: Path) -> list[str]:
    """The pages of a file by a plain extraction that is not ours, white space collapsed."""
    if path.suffix != ".pdf":
        return [collapse(re.sub(r"[*#]", "", path.read_text(encoding="utf-8")))]
    from pypdf import PdfReader

    return [collapse(page.extract_text()) for page in PdfReader(path).pages]


def test_all_twenty_are_read(papers: dict[str, Prepared]) -> None:
    assert set(papers) == set(REPORTS) | set(PAPERS)
    assert all(paper.passages for paper in papers.values())


@pytest.mark.parametrize("name", REPORTS)
def test_facts_of_a_report(papers: dict[str, Prepared], name: str) -> None:
    area, start, end, previous, outcome, within = REPORTS[name]
    facts = papers[name].facts
    assert (facts.kind, facts.areas, facts.date, facts.date_basis) == ("inspection_report", (area,), end, "stated")
    inspection = facts.inspection
    assert inspection is not None
    assert (inspection.framework, inspection.start, inspection.end) == ("2023", start, end)
    assert (inspection.previous, inspection.outcome) == (previous, outcome)
    assert inspection.next_full_inspection == f"within {within}"
    assert facts.licence == "Open Government Licence"


@pytest.mark.parametrize("name", REPORTS)
def test_facts_do_not_come_from_the_file_name(tmp_path: Path, papers: dict[str, Prepared], name: str) -> None:
    other = tmp_path / "50268244.pdf"
    other.symlink_to(CORPUS / name)
    facts, named = cut_file(other)[0].facts, papers[name].facts
    assert (facts.kind, facts.areas, facts.title, facts.inspection) == (
        named.kind, named.areas, named.title, named.inspection,
    )  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_facts_of_a_paper(papers: dict[str, Prepared], name: str) -> None:
    facts = papers[name].facts
    assert (facts.kind, *facts.areas, facts.date, facts.date_basis) == PAPERS[name]


def test_facts_of_the_letter_and_the_peer_review(papers: dict[str, Prepared]) -> None:
    inspection = papers["herefordshire-inspection-letter-2016.txt"].facts.inspection
    assert inspection is not None
    assert (inspection.framework, inspection.start, inspection.end) == ("2016", "2016-09-26", "2016-09-30")
    assert inspection.outcome is None
    facts = papers["herefordshire-peer-review-2023.md"].facts
    assert facts.committee == "Children and Young People Scrutiny Committee"
    assert facts.title == "SEND Peer Review feedback"


@pytest.mark.parametrize("name", [*REPORTS, *PAPERS])
def test_passages_are_slices_of_their_pages(papers: dict[str, Prepared], name: str) -> None:
    paper = papers[name]
    for passage in paper.passages:
        slices = [paper.pages[s.page].text[s.start : s.end] for s in passage.spans]
        assert collapse(" ".join(slices)) == passage.text
        assert passage.pages == tuple(dict.fromkeys(n for s in passage.spans if (n := paper.pages[s.page].number)))


@pytest.mark.parametrize("name", [*REPORTS, *PAPERS])
def test_passages_stand_word_for_word_in_an_extraction_that_is_not_ours(papers: dict[str, Prepared], name: str) -> None:
    """Blanks and line-end hyphens aside, which extractions treat each in their own way."""
    pages = [bare(page) for page in outside(CORPUS / name)]
    for passage in papers[name].passages:
        for span in passage.spans:
            piece = papers[name].pages[span.page].text[span.start : span.end]
            assert bare(piece) in pages[span.page], (passage.ordinal, piece)


def bare(text: str) -> str:
    return re.sub(r"[\s\-–|>•]", "", text)


@pytest.mark.parametrize("name", [*REPORTS, *PAPERS])
def test_no_furniture_in_any_passage(papers: dict[str, Prepared], name: str) -> None:
    assert [p.text for p in papers[name].passages if FURNITURE.search(p.text)] == []


@pytest.mark.parametrize("name", REPORTS)
def test_body_text_is_covered(papers: dict[str, Prepared], name: str) -> None:
    """Of the words from the inspection's dates to the publisher's last page, headings and headers aside, 99 %."""
    paper = papers[name]
    taken = [set() for _ in paper.pages]  # type: list[set[int]]
    for passage in paper.passages:
        for span in passage.spans:
            taken[span.page].update(range(span.start, span.end))
    headings = {collapse(h).lower() for p in paper.passages for h in p.headings} | {
        p.lead_in.lower() for p in paper.passages
    }
    left, whole = [], 0
    for number, page in enumerate(paper.pages):
        offset = 0
        for line in page.text.split("\n"):
            words = line.split()
            start, offset = offset, offset + len(line) + 1
            if LAST_PAGE.match(line):
                break
            known = any(line.lower().strip(" ?:") in heading for heading in headings)
            header = REPORT_HEADER.search(line) or re.fullmatch(r"\d{1,2}", line)
            if known or header:
                continue
            whole += len(words)
            if not any(start <= place < offset for place in taken[number]):
                left += words
        else:
            continue
        break
    assert len(left) / whole <= 0.01, " ".join(left)


LAST_PAGE = re.compile(
    r"If you are not happy with|The Office for Standards in Education, Children.s Services and Skills"
)
REPORT_HEADER = re.compile(
    r"inspection report|^Area SEND inspection of|Local Area Partnership$|^Local area partnership report|"
    r"^(\d{1,2} \w+ (20\d\d )?)?(to )?\d{1,2} \w+ 20\d\d( \d+)?$|"
    r"^(Areas for (improvement|priority action)|Responsible body)$",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", [*REPORTS, *PAPERS])
def test_no_passage_begins_or_ends_inside_a_sentence(papers: dict[str, Prepared], name: str) -> None:
    inside = []
    running = [p for p in papers[name].passages if p.kind != "cell" and p.part not in ("team", "front", "details")]
    for passage in running:
        begins = re.match(r"[a-z]", passage.text) and not passage.lead_in
        ends = not re.search(r"[.!?:;…][\"'”’)\]]*$", passage.text) and len(passage.text.split()) > 14
        if begins or ends:
            inside.append(passage.text)
    known = {  # the documents themselves print these without a full stop
        "herefordshire-peer-review-2023.md": 5, "worcestershire-minutes-2019.txt": 2, "rotherham-minutes-2024.txt": 1,
        "herefordshire-cabinet-minutes-2025.txt": 1,
    }  # fmt: skip
    assert len(inside) <= known.get(name, 0), inside


def test_half_of_the_page_joins_cut_a_sentence_and_all_are_mended(papers: dict[str, Prepared]) -> None:
    joined = [p for name in REPORTS for p in papers[name].passages if len(p.pages) > 1]
    assert len(joined) > 30
    for passage in joined:
        assert passage.pages[1] == passage.pages[0] + 1


def test_the_peer_reviews_paragraphs_carry_their_numbers(papers: dict[str, Prepared]) -> None:
    passages = papers["herefordshire-peer-review-2023.md"].passages
    numbers = [p.number for p in passages if p.number]
    assert set(map(str, range(1, 49))) <= set(numbers)
    assert {"4a", "4b", "4c", "4d", "6a", "6e", "10.1", "10.2", "10.3", "10.4", "41a", "41b", "43a", "43c"} <= set(
        numbers
    )
    tops = [int(n) for n in numbers if n.isdigit()]
    assert tops == sorted(tops)
    (thirtieth,) = [p for p in passages if p.number == "30"]
    assert thirtieth.text.startswith("The peer team heard that short breaks provision is insufficient")
    assert {p.speaker for p in passages if (p.number or "").isdigit() and 11 <= int(p.number or 0) <= 39} == {
        "peer_team"
    }


def test_a_paragraph_goes_on_over_its_page_break(papers: dict[str, Prepared]) -> None:
    """Paragraph 8 of the peer review, which a page break cuts in the middle of a sentence."""
    passages = [p for p in papers["herefordshire-peer-review-2023.md"].passages if p.number == "8"]
    assert "where this sits was not clear and there was little line of sight from strategic leaders" in " ".join(
        p.text for p in passages
    )


def test_the_letters_bullets_carry_polarity_and_theme(papers: dict[str, Prepared]) -> None:
    letter = papers["herefordshire-inspection-letter-2016.txt"]
    themes = {"identifying": [7, 6], "assessing and meeting": [None, None], "improving outcomes": [8, 6]}
    bullets = [p for p in letter.passages if p.part == "theme"]
    for theme, (strengths, developments) in themes.items():
        own = [p for p in bullets if f"local area in {theme}" in p.headings[0]]
        for polarity, last, count in (
            ("strength", "Strengths", strengths),
            ("development", "Areas for development", developments),
        ):
            found = [p for p in own if p.polarity == polarity]
            assert found and {p.headings[-1] for p in found} == {last}
            assert count is None or len({p.block for p in found}) == count
    assert len({p.headings[0] for p in bullets}) == 3
    assert containing(letter, "Exclusions are reducing.").polarity == "strength"
    assert containing(letter, "Fixed-term exclusions of pupils with").polarity == "development"
    assert containing(letter, "unacceptably long waiting lists").part == "findings"
    assert {p.polarity for p in letter.passages if p.part == "team"} == {"neutral"}


def test_rotherhams_formal_list_stands_apart_from_its_narrative_one(papers: dict[str, Prepared]) -> None:
    passages = papers["rotherham-inspection-report-2024.pdf"].passages
    formal = {p.block for p in passages if p.part == "improvement"}
    narrative = {p.block for p in passages if p.part == "better"}
    assert (len(formal), len(narrative)) == (2, 4)
    assert {p.kind for p in passages if p.part == "improvement"} == {"row"}
    first = next(p for p in passages if p.part == "improvement")
    assert first.text.startswith("Leaders across the partnership should continue to improve the quality of EHC plans.")


# how many formal rows each report has: priority actions, areas for improvement
FORMAL = {
    "bexley-inspection-report-2023.pdf": True, "hertfordshire-inspection-report-2023.pdf": True,
    "north-northamptonshire-inspection-report-2024.pdf": True, "worcestershire-inspection-report-2024.pdf": True,
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_only_outcome_three_has_priority_actions(papers: dict[str, Prepared], name: str) -> None:
    rows = [p for p in papers[name].passages if p.part == "priority" and p.kind == "row"]
    assert bool(rows) == FORMAL.get(name, False)
    assert all(row.lead_in for row in rows)  # the responsible body


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_its_sections(papers: dict[str, Prepared], name: str) -> None:
    parts = {p.part for p in papers[name].passages}
    assert {
        "outcome",
        "context",
        "experience",
        "effective",
        "better",
        "improvement",
        "details",
        "method",
        "team",
    } <= parts


@pytest.mark.parametrize("name", REPORTS)
def test_directors_are_not_interleaved(papers: dict[str, Prepared], name: str) -> None:
    columns = {p.lead_in for p in papers[name].passages if p.part == "details"}
    assert len(columns) >= 2


def test_voices_of_the_minutes(papers: dict[str, Prepared]) -> None:
    minutes = papers["herefordshire-cabinet-minutes-2025.txt"]
    assert containing(minutes, "noted by scrutiny that schools").speaker == "scrutiny"
    assert containing(minutes, "member for children").speaker == "councillor"
    assert containing(papers["worcestershire-minutes-2019.txt"], "A Member asked for further").speaker == "councillor"


def test_hyphens_are_mended_only_to_words(papers: dict[str, Prepared]) -> None:
    words = english_words()
    for name in REPORTS:
        text = " ".join(p.text for p in papers[name].passages)
        for first, second in re.findall(r"\b([a-z]+)- ([a-z]+)\b", text):
            assert second in ("and", "or", "to", "nor") or (first + second) not in words, (name, first, second)


@pytest.mark.parametrize("name", ["service_full.json", "service_list.json"])
def test_services_are_read(name: str) -> None:
    found = cut_file(SHARED / "services" / name)
    assert found and all(document.facts.kind == "local_offer" for document in found)
    assert all(1 <= len(document.passages) <= 6 for document in found)
    assert found[0].facts.title == "Community Counselling"
