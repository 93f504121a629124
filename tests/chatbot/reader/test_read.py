"""The reader: what its model sees, that its scores depend on nothing else, and when it says that nothing answers."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatbot.reader import model as module
from chatbot.reader.inputs import TOKENS, Inputs
from chatbot.reader.model import WEIGHTS, ReaderModel
from chatbot.reader.read import DEPTH, USUAL, Reader, none, sentences
from chatbot.records import Question
from ingest.encoder import model as packaged
from ingest.encoder import tuning
from ingest.encoder.model import packaged_folder
from ingest.encoder.transformer import base_weights
from ingest.errors import SettingsError
from tests.chatbot.making import hit

ASKED = "How long do children wait for speech therapy?"
RIGHT = ("Waits for speech and language therapy are now 14 months.", "Staff are proud of their work.")
WRONG = ("The playground was painted in spring.", "Parents ran a cake stall.")
BEGIN, END = 101, 102  # the packaged model's own marks


@pytest.fixture(scope="module")
def model() -> ReaderModel:
    return ReaderModel()


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return Inputs(packaged_folder())


def question(text: str) -> Question:
    return Question(text, text, "finding", standalone=text)


def test_a_pair_is_question_context_and_sentences_in_order(inputs: Inputs) -> None:
    pair = inputs.pair("Why?", "Report 2024", RIGHT)
    bounds = [pair.question, *pair.sentences]
    assert bounds == sorted(bounds) and pair.ids[-1] == END
    assert pair.sentences[0][1] == pair.sentences[1][0] and pair.sentences[-1][1] == len(pair.ids) - 1


def test_what_is_too_long_keeps_every_sentence_a_place(inputs: Inputs) -> None:
    pair = inputs.pair("word " * 200, "context " * 200, ["waits " * 300] * 5)
    assert len(pair.sentences) == 5 and len(pair.ids) <= TOKENS + 1
    assert all(0 < a < b <= len(pair.ids) for a, b in pair.sentences)


def test_the_sentence_that_answers_has_the_highest_score(model: ReaderModel) -> None:
    right, wrong = model.scores(ASKED, [("", RIGHT), ("", WRONG)])
    assert right[0] == max(*right, *wrong)


def test_sentences_keep_their_scores_in_their_order(model: ReaderModel) -> None:
    (first,) = model.scores(ASKED, [("", RIGHT)])
    (turned,) = model.scores(ASKED, [("", RIGHT[::-1])])
    assert first[0] > first[1] and turned[1] > turned[0]


def test_a_passage_has_the_same_scores_alone_and_among_others(model: ReaderModel) -> None:
    (alone,) = model.scores(ASKED, [("", RIGHT)])
    among = model.scores(ASKED, [("", WRONG)] * 7 + [("", RIGHT)])[-1]
    assert among == pytest.approx(alone, abs=1e-3)


def test_the_same_pairs_have_the_same_scores_in_another_model(model: ReaderModel) -> None:
    pairs = [("", RIGHT), ("Report 2024", WRONG), ("", WRONG[:1])]
    assert model.scores(ASKED, pairs) == ReaderModel().scores(ASKED, pairs)


def test_the_likelihood_of_none_follows_the_scores() -> None:
    assert none([]) == none([[]]) == 1.0
    assert none([[0.0] * USUAL]) == pytest.approx(1 / (1 + USUAL), abs=1e-3)
    assert none([[5.0], [-3.0]]) < 0.01 < 0.95 < none([[-6.0], [-7.0]])
    few, many = [[-1.0, -3.0]], [[-1.0, -3.0], *[[-3.0]] * (USUAL - 2)]
    assert abs(none(few) - none(many)) < 0.2


def test_right_passages_answer_and_others_do_not(model: ReaderModel) -> None:
    reader = Reader(model, 0.5)
    assert reader.read(question(ASKED), [hit(*RIGHT)]).none < reader.read(question(ASKED), [hit(*WRONG)]).none


def test_the_threshold_decides(model: ReaderModel) -> None:
    found = Reader(model, 0.5).read(question(ASKED), [hit(*RIGHT)])
    answer = 1 - found.none
    assert Reader(model, answer - 0.05).read(question(ASKED), [hit(*RIGHT)]).answers
    assert not Reader(model, answer + 0.05).read(question(ASKED), [hit(*RIGHT)]).answers


def test_hits_come_back_best_first_and_dropped_ones_are_not_read(model: ReaderModel) -> None:
    hits = [hit(*WRONG, id_="w"), hit(*RIGHT, id_="r"), hit(*RIGHT, id_="d", dropped="a twin")]
    assert [h.passage.id for h in Reader(model, 0.5).read(question(ASKED), hits).hits] == ["r", "w"]


def test_no_more_than_the_depth_is_read_and_nothing_answers_where_nothing_is(model: ReaderModel) -> None:
    reader = Reader(model, 0.5)
    many = [hit(*WRONG, id_=f"w{n:02}") for n in range(DEPTH + 5)]
    assert len(reader.read(question(ASKED), many).hits) == DEPTH
    assert not reader.read(question(ASKED), []).answers


def test_a_passage_without_sentences_is_one() -> None:
    assert sentences(hit("One sentence.")) == ["One sentence."]


@pytest.mark.parametrize("damage", ["weights.safetensors", "card.toml"])
def test_altered_weights_are_told(damage: str, tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "w")
    file = tmp_path / "w" / damage
    file.write_bytes(file.read_bytes()[:-9] + b'a = "b"\n\n')
    with pytest.raises(SettingsError, match="eval train"):
        ReaderModel(tmp_path / "w")


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="missing"):
        ReaderModel(tmp_path)


def test_a_pair_holds_nothing_else(inputs: Inputs) -> None:
    """Serving and training share this function: what it leaves out or turns round, neither would miss."""
    pair = inputs.pair("Why?", "Report 2024", RIGHT)
    cut = [inputs._cut(text, 99) for text in ("Why?", "Report 2024", *RIGHT)]
    assert pair.ids == (BEGIN, *cut[0], END, *cut[1], *cut[2], *cut[3], END)
    assert [pair.ids[slice(*bounds)] for bounds in (pair.question, *pair.sentences)] == [cut[0], *cut[2:]]


def test_the_tuned_model_is_what_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Mapping[str, np.ndarray]] = []
    monkeypatch.setattr(module, "Transformer", loaded.append)
    own = ReaderModel().tuning
    encoder = tuning.read(packaged.TUNED).over(base_weights(packaged_folder()))
    changed = [name for name in encoder if name in own.tensors or name + tuning.LEFT in own.tensors]
    assert changed and not any(np.array_equal(loaded[0][name], encoder[name]) for name in changed)


class Level:
    """A model that finds all sentences alike."""

    def scores(self, question: str, passages: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[float, ...]]:
        return [tuple(1.0 for _ in own) for _, own in passages]


def test_the_nearer_of_two_equal_passages_comes_first() -> None:
    hits = [hit("One.", id_="a", near=0.2), hit("Two.", id_="b", near=0.6)]
    found = Reader(Level(), 0.5).read(question(ASKED), hits)  # type: ignore[arg-type]
    assert [h.passage.id for h in found.hits] == ["b", "a"]


def test_equal_passages_stand_in_the_order_of_their_papers() -> None:
    made = [hit("One.", id_=id_) for id_ in "cba"]
    hits = [replace(h, passage=replace(h.passage, document=f"{h.passage.id}.pdf")) for h in made]
    hits.append(replace(hits[-1], passage=replace(hits[-1].passage, id="before", ordinal=-1)))
    found = Reader(Level(), 0.5).read(question(ASKED), hits)  # type: ignore[arg-type]
    assert [h.passage.id for h in found.hits] == ["before", "a", "b", "c"]
