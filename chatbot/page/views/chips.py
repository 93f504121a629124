"""What was understood of a question, above its answer: each part can be taken away, and the question is asked again."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chatbot import wording
from chatbot.page.service import Asked, filters_in_words, say
from chatbot.page.views.markup import Html, hidden, tag
from chatbot.records import Question
from chatbot.search.filters import Filters
from ingest.registry import kinds as registry


def chips(asked: Asked, question: Question, earlier: Sequence[Asked]) -> Html | None:
    """A button for each part; without script the form asks again on the plain page. None where there is no part."""
    parts = [(name, words) for name, words in _parts(asked, question, bool(earlier)).items() if words]
    if not parts:
        return None
    buttons = [
        tag(
            "li",
            tag(
                "button",
                say(f"chip.{name}", what=words),
                " ",
                tag("span", "×", aria_hidden="true", class_="cross"),
                hidden(f" ({say('chip.remove')})"),
                name="leave",
                value=name,
                class_="chip",
                dir="auto",
            ),
        )
        for name, words in parts
    ]
    turns = json.dumps([a.as_json() for a in (*earlier, asked)])
    return tag(
        "form",
        tag("input", type="hidden", name="turns", value=turns),
        tag("ul", *buttons, role="list", aria_label=say("chip.understood")),
        class_="chips",
        method="post",
        action="/plain",
    )


def carried(question: Question) -> bool:
    """Whether the question was completed from the one before it."""
    named = (*question.areas, *question.unknown_areas)
    return question.resolved.removesuffix(f" ({' and '.join(named)})") != question.text


def _parts(asked: Asked, question: Question, follows: bool) -> dict[str, str]:
    """The parts by their names in question/leave.py; an empty text where there is none."""
    kinds = dict.fromkeys((*asked.filters.kinds, *question.kinds))
    years = filters_in_words(None, Filters((), asked.filters.first, asked.filters.last))
    return {
        "before": question.resolved if follows and carried(question) else "",
        "area": wording.listed(list(dict.fromkeys((*question.areas, *question.unknown_areas)))),
        "kinds": wording.listed([registry.called(kind) for kind in kinds]),
        "years": years or wording.listed([str(year) for year in question.years]),
        "speakers": wording.listed([wording.speaker(name, "") for name in question.speakers]),
    }
