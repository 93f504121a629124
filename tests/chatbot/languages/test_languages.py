"""Questions in other languages: told apart, the English passages found, 999 said; English stays as it is."""

from __future__ import annotations

import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatbot.conversation import Assistant
from chatbot.languages import danger, identify
from chatbot.languages.gloss import gloss
from chatbot.library import Library
from chatbot.page.service import Asked, Service
from chatbot.page.views import answer as answer_view
from chatbot.serialise import as_json, plain_text
from ingest import pipeline
from ingest.encoder import multilingual
from ingest.errors import SettingsError
from ingest.index import current, languages
from ingest.settings import Model, Page, Settings
from tests.conftest import SAMPLE

ON = Settings(model=Model(other_languages=True))
POLISH = "Jak długo dzieci w Westmarch czekały w 2016 roku na pierwszą wizytę u logopedy?"


@pytest.fixture(scope="session")
def both_index(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's index with the vectors for other languages, which an `add` of the same papers brought in."""
    index = tmp_path_factory.mktemp("languages") / "index"
    shutil.copytree(sample_index, index)
    result = pipeline.add([SAMPLE], index, ON)
    assert {row.status for row in result.rows} == {"unchanged"}
    return index


@pytest.fixture(scope="session")
def both(both_index: Path) -> Assistant:
    """An assistant that finds passages for questions in other languages."""
    return Assistant(both_index, ON)


def files(index: Path) -> list[Path]:
    return sorted(current.current(index).glob(f"*/{languages.FILE}"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (POLISH, "pl"),
        ("كم من الوقت ينتظر الأطفال؟", "ar"),
        ("孩子要等多久？", "zh"),
        ("Wie lange wartet man auf Sprachtherapie?", "de"),
        ("Quanto tempo se espera por terapia da fala?", "pt"),
        ("भाषा चिकित्सा के लिए कितना इंतज़ार करना पड़ता है?", "hi"),
        ("Faint o amser mae'n rhaid aros am therapi lleferydd?", identify.UNKNOWN),
        ("બાળકોને કેટલી રાહ જોવી પડે છે?", identify.UNKNOWN),
        ("how do i get an ehcp for my son", ""),
        ("wat hapend too the waitin lists in westmarch", ""),
        ("Oakhythe SENDIASS?", ""),
        ("¿Y ahora?", ""),
    ],
)
def test_the_language_of_a_question(text: str, code: str, sample: Library) -> None:
    assert identify.asked_in(text, sample) == code


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (POLISH, "waited 14 months for a first speech and language therapy"),
        ("¿Cuánto tiempo esperaban en 2016 los niños de Westmarch por un logopeda?", "waited 14 months for a first"),
        ("2016'da Westmarch'ta çocuklar konuşma terapisi için ne kadar bekledi?", "waited 14 months for a first"),
        ("2016 年 Westmarch 的孩子第一次言语治疗预约要等多久？", "waited 14 months for a first"),
    ],
)
def test_english_passages_are_found_and_nobody_is_told_that_they_answer(
    text: str, evidence: str, both: Assistant
) -> None:
    answer = both.answer(text)
    assert answer.status == "answered" and answer.translation
    assert any(evidence in c.quote for c in answer.citations)
    assert {area for c in answer.citations for area in c.area.split(", ")} == {"Westmarch"}
    assert "not checked" in answer.lead and plain_text(answer).startswith(answer.translation.text)
    assert (
        as_json(answer)["translation"]["language"]
        == answer.translation.language
        == identify.asked_in(text, both.library)
    )


def test_what_is_said_in_another_language_is_marked_as_such_on_the_page(both: Assistant) -> None:
    page = answer_view.turn(Service(both, Page()), Asked(POLISH), both.answer(POLISH), 1)
    assert '<p class="lead" lang="pl" dir="auto">Te fragmenty' in page


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("¿Quién ganó ayer el partido de fútbol?", None),
        ("Jak długo dzieci w Kent czekały na logopedę?", None),
        ("Jak długo dzieci czekały na logopedę?", "Kent"),
    ],
)
def test_what_lies_beside_the_subject_or_is_about_a_place_without_papers_is_refused(
    text: str, area: str | None, both: Assistant
) -> None:
    answer = both.answer(text, area)
    assert (answer.status, answer.citations) == ("not_found", ()) and answer.translation
    assert "999" in answer.translation.text and "does not answer" not in " ".join(answer.notes)


@pytest.mark.parametrize(
    "text",
    [
        "Mój syn mówi, że chce umrzeć",
        "Ma fille se scarifie et je ne sais pas quoi faire",
        "Mein Sohn hat blaue Flecken von der Schule",
        "زوجي يضربني ويضرب الأطفال",
        "我担心女儿会伤害自己",
    ],
)
def test_danger_is_told_in_the_askers_language_before_any_search(text: str, both: Assistant) -> None:
    answer = both.answer(text)
    assert (answer.status, answer.citations) == ("safeguarding", ())
    assert answer.translation and "999" in answer.translation.text and answer.reply and answer.reply.contacts


def test_english_questions_are_answered_as_without_it(assistant: Assistant, both: Assistant) -> None:
    for text, history in (
        ("How long did children wait for speech therapy in Westmarch in 2016?", ()),
        ("and in Aldershire?", ("How long did children wait for speech therapy in Westmarch?",)),
        ("my son wants to die", ()),
        ("what's the weather in Westmarch", ()),
    ):
        one, other = (replace(a.answer(text, history=history), seconds={}) for a in (assistant, both))
        assert as_json(one) == as_json(other)


def test_an_earlier_question_in_another_language_is_no_part_of_an_english_one(both: Assistant) -> None:
    text = "How long did children wait for speech therapy in Westmarch?"
    assert both.answer(text, history=[POLISH]).question == both.answer(text).question


@pytest.mark.parametrize(
    "text", [POLISH, "كم من الوقت ينتظر الأطفال؟", "孩子第一次治疗要等多久？", "Westmarch 的孩子要等多久？"]
)
def test_without_it_a_question_in_another_language_is_told_that_english_is_read(
    text: str, assistant: Assistant
) -> None:
    answer = assistant.answer(text)
    assert (answer.status, answer.translation) == ("clarify", None) and "English only" in answer.lead


def test_an_index_without_the_vectors_tells_that_english_is_read(sample_index: Path) -> None:
    answer = Assistant(sample_index, ON).answer(POLISH)
    assert answer.status == "clarify" and "English only" in answer.lead


def test_an_index_takes_drops_and_keeps_the_vectors(both_index: Path, tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    index = tmp_path / "index"
    shutil.copytree(both_index, index)
    before = current.current(index)
    assert len(files(index)) == len(list(before.glob("*/words.npz"))) > 0
    pipeline.add([SAMPLE], index, ON)
    assert current.current(index) == before  # nothing to do
    embedded: list[int] = []
    embed = multilingual.embed
    monkeypatch.setattr(multilingual, "embed", lambda texts: embedded.append(len(texts)) or embed(texts))
    paper = tmp_path / "visit.md"
    paper.write_text("# Westmarch: note of a visit\n\nThe lift at Penlow School was mended in May.\n")
    pipeline.add([paper], index, ON)
    held = Library(index, ON)
    assert sum(embedded) == len(held.passages_of("visit.md")) > 0
    row = held.by_name["visit.md"].first
    passage = held.passage(row)
    assert held.languages is not None
    assert np.allclose(held.languages[row], embed([f"{passage.context}\n{passage.text}"])[0], atol=1e-3)
    pipeline.add([paper], index, Settings())
    assert files(index) == [] and Library(index, Settings()).languages is None


def test_without_the_extra_the_setting_is_told(monkeypatch: pytest.MonkeyPatch, both_index: Path) -> None:
    multilingual.weights_sha256.cache_clear()
    monkeypatch.setattr(multilingual, "find_spec", lambda name: None)
    with pytest.raises(SettingsError, match=r"send-chatbot\[languages\]"):
        pipeline.add([SAMPLE], both_index, ON)
    multilingual.weights_sha256.cache_clear()


def test_the_packaged_line_is_of_todays_examples() -> None:
    assert danger.weights().shape == (multilingual.DIMENSION + 1,)


def test_each_language_says_all_of_it_in_its_own_script() -> None:
    scripts = {"ar": "ARABIC", "ur": "ARABIC", "hi": "DEVANAGARI", "ja": "HIRAGANA", "ko": "HANGUL", "ru": "CYRILLIC",
               "th": "THAI", "zh": "CJK"}  # fmt: skip
    assert len(identify.languages()) >= 13
    for code, own in identify.languages().items():
        assert "999" in own["danger"]
        for key in ("found", "none", "danger"):
            script = scripts.get(code, "LATIN")
            assert any(script in unicodedata.name(letter, "") for letter in own[key]), (code, key)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Czy edukacja domowa dzieci z SEND jest dobrze zorganizowana?", {"home", "education", "children", "SEND"}),
        ("¿Se escucha de verdad la voz de los niños y los jóvenes?", {"voices", "children", "young"}),
        ("孩子要等多久才能得到支持？", {"child", "supported"}),
        ("", set()),
    ],
)
def test_a_question_word_by_word_for_the_reader(text: str, words: set[str]) -> None:
    assert words <= set(gloss(text).split())
