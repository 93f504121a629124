"""What is quoted: the best sentences in order, with those they lean on, whole lists, within the room there is."""

from __future__ import annotations

from dataclasses import replace

from chatbot.answer.select import BELOW, MOST, WORDS, select
from chatbot.library import Library
from chatbot.records import Hit, Question, Reading
from tests.chatbot.making import hit

FINDING = Question("q", "q", "finding", standalone="q")


def read(*scored: tuple[Hit, tuple[float, ...]]) -> Reading:
    hits = tuple(replace(h, sentences=scores, score=max(scores)) for h, scores in scored)
    return Reading(hits, 0.1, 0.5)


def quoted(reading: Reading, library: Library, **room: int) -> list[str]:
    return [p.text for p in select(FINDING, reading, library, **room)]


def test_best_sentences_first(sample: Library) -> None:
    one, two = (
        hit("Waits are very long here.", "The hall was painted green.", id_="a"),
        hit("Nobody was ever told why.", id_="b"),
    )
    assert quoted(read((one, (2.0, -9.0)), (two, (3.0,))), sample) == [
        "Nobody was ever told why.",
        "Waits are very long here.",
    ]


def test_far_worse_sentences_stay_out(sample: Library) -> None:
    one, two = hit("Waits are very long here.", id_="a"), hit("The hall was painted green.", id_="b")
    assert len(quoted(read((one, (2.0,)), (two, (2.0 - BELOW - 0.1,))), sample)) == 1
    assert len(quoted(read((one, (2.0,)), (two, (2.0 - BELOW + 0.1,))), sample)) == 2


def test_a_sentence_that_points_back_has_the_one_before_it(sample: Library) -> None:
    both = hit("Families wait for a plan.", "This means that help comes late.", id_="a")
    assert quoted(read((both, (-9.0, 2.0))), sample) == ["Families wait for a plan. This means that help comes late."]


def test_half_a_sentence_has_its_beginning(sample: Library) -> None:
    both = hit("Leaders should now reduce:", "speech therapy waits here.", id_="a")
    assert quoted(read((both, (-9.0, 2.0))), sample) == ["Leaders should now reduce: speech therapy waits here."]


def test_labels_are_no_quotes(sample: Library) -> None:
    assert quoted(
        read((hit("Waits", id_="a"), (5.0,)), (hit("Waits are very long here.", id_="b"), (1.0,))), sample
    ) == ["Waits are very long here."]


def test_no_more_than_the_room_there_is(sample: Library) -> None:
    many = [(hit(f"Sentence number {n} speaks of long waits.", id_=str(n)), (3.0,)) for n in range(9)]
    assert len(quoted(read(*many), sample)) == MOST
    assert len(quoted(read(*many), sample, most=2)) == 2
    long = [(hit("word " * WORDS + f"{n}.", id_=str(n)), (3.0,)) for n in range(3)]
    assert len(quoted(read(*long), sample)) == 1


def test_a_list_is_given_whole_where_one_is_asked_for(sample: Library) -> None:
    papers = (sample.passages_of(d.facts.document) for d in sample.documents)
    lists = ([p for p in rows if p.part == "improvement" and p.kind != "cell"] for rows in papers)
    items = next(rows for rows in lists if len(rows) > 2)
    best = read((Hit(items[1], 1.0, kind="inspection_report"), tuple(2.0 for _ in items[1].sentences)))
    whole = select(replace(FINDING, intent="list"), best, sample)
    assert [p.hit.passage.ordinal for p in whole] == sorted(p.hit.passage.ordinal for p in whole)
    assert {i.id for i in items if i.kind != "paragraph"} <= {p.hit.passage.id for p in whole} and len(whole) > 1
    assert len(select(FINDING, best, sample)) == 1


def test_more_goes_on_below_what_was_shown(sample: Library) -> None:
    one, two = hit("Waits are very long here.", id_="a"), hit("The hall was painted green.", id_="b")
    reading = read((one, (2.0,)), (two, (2.0 - BELOW - 0.1,)))
    assert [p.text for p in select(replace(FINDING, more=1), reading, sample)] == ["The hall was painted green."]
    assert select(replace(FINDING, more=2), reading, sample) == []
