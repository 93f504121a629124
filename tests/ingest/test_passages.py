"""Blocks to passages: verbatim, whole sentences, within the model's reading, never across a heading."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import passages
from ingest.parsers.build import PageBuilder
from ingest.records import Block, DocumentFacts, Passage, ReadDocument, Span, collapse
from ingest.structure import lists, sentences, structure
from ingest.structure.clean import body_lines

FACTS = DocumentFacts(
    "x.pdf", "Area SEND inspection of Elmshire", "inspection_report", ("Elmshire",), date="2024-12-06"
)
WORDS = st.lists(
    st.sampled_from("children wait too long for therapy in Elmshire and families say so".split()),
    min_size=1,
    max_size=60,
)
SENTENCE = WORDS.map(lambda words: " ".join(words).capitalize() + ".")
LINES = st.lists(
    st.one_of(
        st.tuples(st.just("heading"), st.sampled_from(["Strengths", "Areas for development", "Main findings"])),
        st.tuples(st.just("paragraph"), st.lists(SENTENCE, min_size=1, max_size=6).map(" ".join)),
        st.tuples(st.just("bullet"), SENTENCE),
        st.tuples(st.just("row"), st.lists(WORDS.map(" ".join), min_size=2, max_size=4).map(" | ".join)),
        st.tuples(st.just("page"), st.just("")),
    ),
    min_size=1,
    max_size=14,
)


def count_tokens(text: str) -> int:
    return len(text.split())


def document_of(lines: list[tuple[str, str]], media: str = "docx") -> ReadDocument:
    builder = PageBuilder()
    number = 1
    for role, text in lines:
        if role == "page":
            builder.end_page(number)
            number += 1
        else:
            builder.add(text, role=role, level=2, starts=True)
    builder.end_page(number)
    return builder.document(media)


def cut(document: ReadDocument, limit: int = 120) -> tuple[Passage, ...]:
    blocks = lists.with_fields(structure.blocks(document, body_lines(document)), document.media)
    return passages.cut(FACTS, document.pages, blocks, count_tokens, limit).passages


def sliced(document: ReadDocument, passage: Passage) -> str:
    return collapse(" ".join(document.pages[s.page].text[s.start : s.end] for s in passage.spans))


@settings(max_examples=150)
@given(LINES)
def test_invariants(lines: list[tuple[str, str]]) -> None:
    document = document_of(lines)
    found = cut(document)
    for passage in found:
        assert passage.text == sliced(document, passage)
        assert passage.pages == tuple(dict.fromkeys(document.pages[s.page].number for s in passage.spans))
        assert passage.sentences[0][0] == 0 and passage.sentences[-1][1] == len(passage.text)
        fits = count_tokens(f"{passage.context}\n{passage.text}") <= 120
        assert fits or len(passage.sentences) == 1
        headings = {text for role, text in lines if role == "heading"}
        assert not headings & {passage.text[a:b] for a, b in passage.sentences}
    assert len({passage.id for passage in found}) == len(found)
    assert [passage.ordinal for passage in found] == list(range(len(found)))
    body = " ".join(text for role, text in lines if role not in ("heading", "page"))
    assert collapse(" ".join(p.text for p in found)) == collapse(body)


@settings(max_examples=100)
@given(st.lists(SENTENCE, min_size=1, max_size=12))
def test_sentences_stay_whole_and_parts_alike(parts: list[str]) -> None:
    text = " ".join(parts)
    found = cut(document_of([("paragraph", text)]), limit=10_000)
    whole = [text[a:b] for a, b in sentences.split(text)]
    assert [p.text[a:b] for p in found for a, b in p.sentences] == whole


def test_a_long_paragraph_is_cut_into_equal_parts() -> None:
    sentence = "Families in the north of the area wait for a plan for nine weeks."
    found = cut(document_of([("paragraph", " ".join([sentence] * 10))]), limit=10_000)
    assert [len(p.sentences) for p in found] == [5, 5]


def test_ids_are_of_the_text_and_its_place_alone() -> None:
    first = cut(document_of([("heading", "Strengths"), ("bullet", "Plans are clear."), ("bullet", "Plans are clear.")]))
    later = cut(document_of([("paragraph", "New."), ("heading", "Strengths"), ("bullet", "Plans are clear.")]))
    assert first[0].id == later[1].id
    assert first[1].id == f"{first[0].id}-2"
    moved = cut(document_of([("heading", "Areas for development"), ("bullet", "Plans are clear.")]))
    assert moved[0].id != first[0].id


def test_polarity_and_part_come_from_the_heading() -> None:
    found = cut(document_of([
        ("heading", "Strengths"), ("bullet", "Plans are clear."),
        ("heading", "Areas for development"), ("bullet", "Waits are long."),
        ("heading", "What comes next"), ("bullet", "A meeting."),
    ]))  # fmt: skip
    assert [(p.polarity, p.part) for p in found] == [("strength", "theme"), ("development", "theme"), ("neutral", "")]


def test_context_names_area_kind_year_and_section_and_is_not_in_the_text() -> None:
    (passage,) = cut(document_of([("heading", "Strengths"), ("bullet", "Plans are clear.")]))
    assert passage.context == "Elmshire inspection report 2024. Strengths"
    assert passage.text == "Plans are clear."


def test_fields_are_put_together_and_each_is_a_sentence() -> None:
    rows = [("row", "Telephone: 01632 960001"), ("row", "Email: a@b.example.org"), ("row", "Cost: Free")]
    (passage,) = cut(document_of(rows, "services"))
    assert passage.text == "Telephone: 01632 960001 Email: a@b.example.org Cost: Free"
    assert [passage.text[a:b] for a, b in passage.sentences] == [text for _, text in rows]


def test_rows_of_a_plan_stand_alone() -> None:
    block = Block("row", (Span(0, 0, 3),), "word " * 13 + "| end", lead_in="Action | End", group=1)
    assert lists.with_fields([block, block], "docx") == (block, block)


def test_a_sentence_longer_than_the_model_reads_stays_whole_and_is_told() -> None:
    blocks = structure.blocks(d := document_of([("paragraph", "word " * 100 + "end.")]), body_lines(d))
    pieces = passages.cut(FACTS, d.pages, blocks, count_tokens, 90)
    assert (len(pieces.passages), pieces.cut_for_model) == (1, 1)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["children wait", "families say so,", "plans; and", "staff who"]), min_size=60))
def test_a_sentence_too_long_to_be_quoted_is_parted_and_nothing_is_lost(parts: list[str]) -> None:
    text = " ".join(parts).capitalize() + " end."
    found = cut(document_of([("paragraph", text)]), limit=10_000)
    quoted = [p.text[a:b] for p in found for a, b in p.sentences]
    assert " ".join(quoted) == text
    assert max(len(quote.split()) for quote in quoted) <= 110


def test_a_short_row_is_one_quote_and_a_long_one_keeps_its_label() -> None:
    long = "The team meets each week. " * 40
    block = Block("row", (Span(0, 0, 900),), f"2.1 | {long.strip()} | Head of SEND", lead_in="Ref | Action | Owner")
    assert len(passages._pieces(block, lambda text: True)) > 1
    assert passages._row_label(block) == "Ref | Action | Owner: 2.1 | Head of SEND"
    (short,) = passages._pieces(Block("row", (Span(0, 0, 40),), "2.1 | Train. Then hire. | Ann"), lambda text: True)
    assert len(short.sentences) == 1


def test_sentences_are_shared_out_evenly_to_the_end() -> None:
    assert [b - a for a, b in passages._balanced([61] * 10, 7)] == [1, 2, 1, 2, 1, 2, 1]
