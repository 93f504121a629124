"""The Ask view as Gradio Blocks: layout and events. What is shown is made in the *_view modules.

The conversation is our own HTML and not Gradio's Chatbot, whose messages screen readers have trouble with. The
answers come once, whole; page.js announces them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from chatbot.page import log
from chatbot.page.access.limit import TooManyError
from chatbot.page.ask import endpoints
from chatbot.page.pinned import pinned
from chatbot.page.service import (
    KEPT_SECONDS,
    MOST_LETTERS,
    MOST_TURNS,
    Asked,
    Service,
    asked_from,
    earlier_from,
    say,
    turned_round,
    turns_from,
    work,
)
from chatbot.page.views import answer as answer_view
from chatbot.page.views import ask as ask_view
from chatbot.page.views.markup import Html, tag
from chatbot.page.work_queue import BusyError

COLLECT = """(question, filters, kept, turns) => window.sendPage
  ? [question, window.sendPage.filters(), window.sendPage.kept(), turns] : [question, '', '', turns]"""
RESTORE = "() => [window.sendPage ? window.sendPage.kept() : '']"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer as shown; `number` counts all questions of a conversation."""

    number: int
    asked: Asked
    shown: Html


Turns = list[Turn]


def build(service: Service) -> gr.Blocks:
    """The Blocks; nothing is loaded and no port opened here."""
    plain: dict[str, Any] = {"apply_default_css": False}
    built = service.library.fingerprint
    with gr.Blocks(title=service.page.title, analytics_enabled=False, fill_width=True) as blocks:
        intro = gr.HTML(ask_view.intro(service), elem_id="intro", **plain)
        turns = gr.State([], time_to_live=KEPT_SECONDS)
        with gr.Row(elem_id="asking"):
            question = gr.Textbox(
                label=say("ask.box"), info=say("ask.hint"), lines=1, max_lines=6, elem_id="question", autofocus=False
            )
            with gr.Row(elem_id="buttons"):
                send = gr.Button(say("ask.button"), variant="primary", elem_id="send")
                fresh = gr.Button(say("ask.fresh"), elem_id="fresh")
        chosen = gr.Textbox(visible="hidden", elem_id="chosen", label=say("filters.heading"))
        kept = gr.Textbox(visible="hidden", elem_id="kept", label=say("ask.conversation"))
        filters = gr.HTML(ask_view.filters(service), elem_id="filter-box", **plain)
        gr.HTML(tag("div", id="working"), elem_id="working-box", **plain)
        examples = gr.HTML(ask_view.example_list(service), elem_id="examples-box", **plain)
        shown = gr.HTML("", elem_id="conversation", **plain)

        async def ask(
            text: str, choices: str, before_here: str, before: Turns, request: gr.Request
        ) -> tuple[Html, Turns, str, Any]:
            async with pinned(service):
                if not before:  # of a conversation that this process does not know, as after a restart
                    before = await _again(service, turns_from(before_here), request)
                return await _turn(service, text, choices, before, request)

        async def restore(questions: str, request: gr.Request) -> tuple[Any, Any, Any, Any, Any]:
            # What is as it was sent stays untouched: on a slow machine somebody has asked or chosen by now.
            same = gr.skip()
            async with pinned(service):
                found = await _again(service, turns_from(questions), request)
                renewed = service.library.fingerprint != built
                intro, filters = (ask_view.intro(service), ask_view.filters(service)) if renewed else (same, same)
                if found:
                    return _shown(service, found), found, gr.update(visible=False), intro, filters
                return same, same, ask_view.example_list(service) if renewed else same, intro, filters

        common: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
        gr.on(
            [send.click, question.submit],
            ask,
            [question, chosen, kept, turns],
            [shown, turns, question, examples],
            js=COLLECT,
            trigger_mode="once",
            **common,
        ).then(None, js="() => { window.sendPage && window.sendPage.finished(); }", api_visibility="private")
        fresh.click(
            lambda: (Html(""), [], "", gr.update(visible=True)),
            None,
            [shown, turns, question, examples],
            js="() => { window.sendPage && window.sendPage.forget(); }",
            **common,
        )
        blocks.load(restore, [kept], [shown, turns, examples, intro, filters], js=RESTORE, **common)
        endpoints.add_endpoints(service)
    return blocks


async def _turn(
    service: Service, text: str, filters: str, before: Turns, request: gr.Request
) -> tuple[Html, Turns, str, Any]:
    """One more question: the conversation, its turns, what stays in the box, and the examples gone."""
    choices = _choices(filters)
    left = [n for n, turn in enumerate(before) if turn.number == choices.get("turn")]
    asked = None
    if left:
        asked = before[left[0]].asked.leaving(str(choices.get("leave")))
    elif len(text) > MOST_LETTERS:
        return _shown(service, before, say("ask.too_long", most=MOST_LETTERS)), before, text, gr.update()
    elif text.strip():
        asked = asked_from({**choices, "question": text, "leave": None})
    if asked and turned_round(asked.filters):
        return _shown(service, before, say("filters.turned_round")), before, text, gr.update()
    if asked is None:
        return _shown(service, before), before, text, gr.update(visible=not before)
    try:
        earlier = before[: left[0]] if left else before
        service.charge(request, work(asked, earlier_from([t.asked.question for t in earlier])))
        found = await _answered(service, asked, earlier)
    except Exception as error:
        return _shown(service, before, endpoints.told(error)), before, text, gr.update()
    if left:  # asked again in its place; what is being typed stays
        turns = [found if turn.number == found.number else turn for turn in before]
        return _shown(service, turns), turns, text, gr.update(visible=False)
    turns = [*before, found][-MOST_TURNS:]
    return _shown(service, turns), turns, "", gr.update(visible=False)


def _choices(text: str) -> dict[str, Any]:
    """What was chosen beside the box, as page.js sends it; empty where it is not that."""
    try:
        data = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


async def _answered(service: Service, asked: Asked, before: Turns) -> Turn:
    earlier, number = [t.asked for t in before], before[-1].number + 1 if before else 1
    answer = await service.queue.run(service.answer, asked, [a.question for a in earlier])
    return Turn(number, asked, answer_view.turn(service, asked, answer, number, earlier))


async def _again(service: Service, questions: Sequence[Asked], request: gr.Request) -> Turns:
    """A conversation made again from its questions, as when the visitor comes back from another view.

    It ends where the page is too busy, the visitor has asked too much or something went wrong.
    """
    turns: Turns = []
    try:
        for asked in questions:
            service.charge(request)
            turns.append(await _answered(service, asked, turns))
    except (BusyError, TooManyError):
        pass
    except Exception as error:
        log.failed(error, "restore")
    return turns


def _shown(service: Service, turns: Turns, problem: str = "") -> Html:
    """The conversation, with a problem above it where there is one; empty where nothing was asked."""
    if not turns and not problem:
        return Html("")
    notice = tag("p", problem, class_="problem", id="problem") if problem else None
    return tag(
        "section",
        tag("h2", say("ask.conversation"), class_="unseen"),
        notice,
        ask_view.conversation([(t.asked, t.shown) for t in turns], service.library.fingerprint),
    )
