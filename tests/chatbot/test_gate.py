"""The gate refuses by what is not there: a topic, a form, a year, a kind of paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatbot.gate import GATE, judge, measure, recorded
from tests.chatbot.making import concept, hit, question, weighted

THRESHOLD = 0.5
WAITS = hit("The average wait for speech therapy is 22 weeks.", "Leaders know this.")


def features(asked: object, *hits: object) -> dict[str, float]:
    return measure(asked, hits, weighted(*asked.concepts))[0]  # type: ignore[attr-defined,arg-type]


def test_what_is_there_passes() -> None:
    asked = question("How long is the wait for speech therapy?", concept("speech therapy"), wants="duration")
    verdict = judge(asked, [WAITS], weighted(*asked.concepts), THRESHOLD)
    assert verdict.passes and not verdict.missing and not verdict.no_form


def test_nothing_found_is_refused() -> None:
    asked = question("speech therapy", concept("speech therapy"))
    verdict = judge(asked, [], weighted(*asked.concepts), 3.0)
    assert not verdict.passes and verdict.missing == ("speech therapy",)


def test_missing_form_is_seen() -> None:
    asked = question("How much does speech therapy cost?", concept("speech therapy"), wants="money")
    assert features(asked, WAITS)["no_form"] == 1.0


def test_figure_beside_another_topic_does_not_count() -> None:
    asked = question("How many pupils cycle?", concept("cycle"), wants="number")
    said = hit("Pupils cycle to school.", "They like it.", "They learn a lot.", "The hall has 31 chairs.")
    assert features(asked, said)["no_form"] == 1.0


def test_figure_in_a_passage_that_goes_on_from_the_topic_counts() -> None:
    asked = question("How long is the wait for a voice clinic?", concept("voice clinic"), wants="duration")
    topic = hit("Leaders know this.", "Some families need the voice clinic.", id_="p0")
    figure = hit("In these cases they wait a further 15 months.", id_="p1", score=4.0)
    figure = replace(figure, passage=replace(figure.passage, ordinal=1))
    assert features(asked, topic, figure)["no_form"] == 0.0
    elsewhere = replace(figure, passage=replace(figure.passage, ordinal=7))
    assert features(asked, topic, elsewhere)["no_form"] == 1.0


def test_figure_for_a_thing_never_mentioned_is_refused() -> None:
    asked = question("How many horses are there?", concept("horses"), wants="number")
    found = features(asked, hit("There would be 40 places in all."))
    assert found["no_form"] == 1.0 and found["absent"] == 1.0


def test_named_thing_of_which_nothing_is_said_is_refused() -> None:
    ideas = concept("famili"), concept("windmill"), concept("scheme")
    found = hit("The gardening scheme helps 34 families.")
    assert features(question("How many families does the windmill scheme help?", *ideas), found)["absent_name"] == 1.0
    assert features(question("How many families does the scheme help?", *ideas), found)["absent_name"] == 0.0
    there = hit("The windmill scheme helps 34 families.")
    assert features(question("How many families does the windmill scheme help?", *ideas), there)["absent_name"] == 0.0


def test_where_nothing_asked_about_is_spoken_of_it_is_refused() -> None:
    asked = question("What is said about trampolines?", concept("trampolines"))
    assert features(asked, WAITS)["all_absent"] == 1.0
    assert features(question("Trampolines?", concept("trampolines"), concept("leaders")), WAITS)["all_absent"] == 0.0
    carried = question("And trampolines?", concept("trampolines"), concept("leaders", 0.6, asked=False))
    assert features(carried, WAITS)["all_absent"] == 0.0


def test_carried_topic_may_answer_a_bare_follow_up() -> None:
    asked = question("How many?", concept("internships", 0.6, asked=False), wants="number")
    assert features(asked, hit("In 2024 there were 31 internships."))["no_form"] == 0.0


def test_missing_year_is_seen() -> None:
    asked = question("waits in 2019", concept("wait"), years=(2019,))
    assert features(asked, WAITS)["no_year"] == 1.0
    assert features(asked, hit("In 2019 the wait was short."))["no_year"] == 0.0


def test_missing_kind_is_seen() -> None:
    asked = question("What did the peer review say about waits?", concept("wait"), kinds=("peer_review",))
    assert features(asked, WAITS)["no_kind"] == 1.0
    assert features(asked, hit("The peer team saw the wait."))["no_kind"] == 0.0


def test_dropped_hits_do_not_count() -> None:
    asked = question("speech therapy", concept("speech therapy"))
    assert measure(asked, [hit("Speech therapy.", dropped="twin")], weighted(*asked.concepts))[1] == ("speech therapy",)


def test_score_is_the_weighted_sum_of_the_features() -> None:
    asked = question("speech therapy", concept("speech therapy"))
    verdict = judge(asked, [WAITS], weighted(*asked.concepts), THRESHOLD)
    assert verdict.score == pytest.approx(sum(GATE[k] * v for k, v in verdict.features.items()), abs=1e-4)


def test_record_is_of_the_best_side() -> None:
    asked = question("speech therapy", concept("speech therapy"))
    good = judge(asked, [WAITS], weighted(*asked.concepts), THRESHOLD)
    bad = judge(asked, [hit("Ponies.", near=0.1)], weighted(*asked.concepts), THRESHOLD)
    assert recorded([bad, good])["score"] == good.score
    assert recorded([]) == {}
