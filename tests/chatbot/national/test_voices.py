"""An area by theme: inspectors beside families, and areas like it that were praised where it was not."""

from __future__ import annotations

from types import SimpleNamespace

from chatbot.national import voices
from chatbot.national.areas import row_of
from chatbot.national.themes import STRENGTH
from tests.chatbot.national.test_areas import paper, report
from tests.chatbot.national.test_areas import row as made


def test_each_voice_is_quoted_from_where_it_speaks(assistant) -> None:  # type: ignore[no-untyped-def]
    library = assistant.library
    found = voices.of_area(row_of("Westmarch", library), library)
    last = row_of("Westmarch", library).last
    assert found and all(said.passage.document == last.facts.document for one in found for said in one.inspectors)
    families = [said for one in found for said in one.families]
    assert families and all(said.passage.speaker == "families" for said in families)
    assert any("Families spoke warmly about Saturday clubs" in said.quote for said in families)
    assert not any(
        "Portage workers know" in said.quote for said in families
    )  # of a passage in which families speak too


def test_alike_is_of_one_framework_and_of_one_region_or_outcome(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def row(area: str, outcome: str, kind: str = "inspection_report"):  # type: ignore[no-untyped-def]
        own = report("2024-12-06", outcome).facts.inspection
        return made(paper(kind, "2024-12-06", area, own, outcome=outcome))

    rows = (
        row("Kent", "positive"),
        row("Surrey", "inconsistent"),
        row("Leeds", "positive"),
        row("Durham", "inconsistent"),
    )
    monkeypatch.setattr(voices, "areas", lambda library: rows)
    assert [r.area for r in voices.alike(rows[0], SimpleNamespace())] == ["Surrey", "Leeds"]  # type: ignore[arg-type]
    assert voices.alike(made(paper("minutes", None)), SimpleNamespace()) == ()  # type: ignore[arg-type]


def test_areas_alike_are_named_where_their_report_praises_what_this_one_does_not(assistant, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    library = assistant.library
    own, other = row_of("Aldershire", library), row_of("Westmarch", library)
    monkeypatch.setattr(voices, "alike", lambda row, library: (other,))
    for one in voices.of_area(own, library):
        praised = any(said.sign == STRENGTH for said in one.inspectors)
        assert not (praised and one.alike)
    assert any(one.alike == ("Westmarch",) for one in voices.of_area(own, library))
