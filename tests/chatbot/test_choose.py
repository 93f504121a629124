"""The sentences that are quoted: short passages whole, long ones around the sentence that answers."""

from __future__ import annotations

from dataclasses import replace

from chatbot.choose import BUDGET, MOST, WHOLE, choose, leans
from tests.chatbot.making import concept, hit, question, weighted

FILLER = "This part of the page goes on about many other things that nobody asked for in any way at all today."
WAIT = "The wait for speech therapy is 22 weeks."
ASKED = question("How long is the wait for speech therapy?", concept("speech therapy"), wants="duration")


def chosen(*hits: object, intent: str = "fact") -> list:
    return list(choose(ASKED, hits, weighted(*ASKED.concepts), intent, 6).picks)  # type: ignore[arg-type]


def test_short_passage_is_quoted_whole() -> None:
    (pick,) = chosen(hit("Leaders know this well.", WAIT))
    assert pick.text == f"Leaders know this well. {WAIT}"


def test_long_passage_is_cut_around_the_sentence_that_answers() -> None:
    (pick,) = chosen(hit(*[FILLER] * 6, WAIT, *[FILLER] * 6))
    assert WAIT in pick.text
    assert pick.words <= WHOLE[0]


def test_a_leaning_sentence_is_not_quoted_alone() -> None:
    leaning = "However, the wait for speech therapy there is 22 weeks."
    pick = chosen(hit(*[FILLER] * 6, "Hallowford has a new team.", leaning, *[FILLER] * 6))[0]
    assert "Hallowford has a new team." in pick.text
    assert leans(leaning) and not leans("Waits are long.") and not leans("Thistle House opened.")


def test_what_a_passage_points_back_to_is_quoted_before_it() -> None:
    before, after = hit(FILLER, "Two clinics closed.", id_="p0"), hit("In these cases the wait is 22 weeks.", id_="p1")
    after = replace(after, passage=replace(after.passage, ordinal=1))
    assert [p.text for p in chosen(after, replace(before, score=1.0))] == ["Two clinics closed.", after.passage.text]
    assert len(chosen(after, replace(before, score=1.0, passage=replace(before.passage, headings=("Elsewhere",))))) == 1
    plain = hit(WAIT, id_="p1")
    plain = replace(plain, passage=replace(plain.passage, ordinal=1))
    assert [p.text for p in chosen(plain, replace(before, score=1.0))] == [WAIT]


def test_where_a_figure_is_asked_for_passages_without_one_are_left() -> None:
    talk = "Speech therapy waits trouble many families in this area."
    assert [p.text for p in chosen(hit(talk), hit(WAIT, score=4.0, id_="p2"))] == [WAIT]
    assert chosen(hit(talk), hit(WAIT, score=2.0, id_="p2"))[0].text == talk  # too far behind to be the answer


def test_much_weaker_passages_are_left() -> None:
    assert len(chosen(hit(WAIT), hit("Speech therapy waits differ.", score=1.0, id_="p2"))) == 1


def test_labels_and_twins_are_never_quoted() -> None:
    assert chosen(hit("Speech therapy")) == []
    assert chosen(hit(WAIT, dropped="twin")) == []
    assert chosen() == []


def test_no_more_quotes_than_the_form_allows() -> None:
    many = [replace(hit(WAIT, id_=f"p{n}")) for n in range(12)]
    for intent in BUDGET:
        picks = chosen(*many, intent=intent)
        assert len(picks) <= MOST[intent]
        assert sum(p.words for p in picks) <= BUDGET[intent] + 25
