"""An area by theme: inspectors' words beside those of families, and the areas like it that were praised."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot import wording
from chatbot.national.areas import AreaRow
from chatbot.national.themes import Said
from chatbot.national.voices import alike, of_area
from chatbot.page.service import Service, document_id
from chatbot.page.views.markup import Html, path
from chatbot.page.views.templates import render
from prompts import words

MOST, SHORTEST = 2, 4  # quotes of a voice on a theme, and words of one


def say(key: str, **values: object) -> str:
    """A text of [voices] in national.toml."""
    return words("national", f"voices.{key}", **{name: str(value) for name, value in values.items()})


def view(service: Service, row: AreaRow) -> Html | None:
    """The table with what it rests on; None where nobody is heard on any theme."""
    found = of_area(row, service.library)
    if not found:
        return None
    near = alike(row, service.library)
    return render(
        "voices",
        told=say,
        rows=[
            (
                each.name,
                [(*quote, say(f"sign_{one.sign}")) for quote, one in _quotes(each.inspectors)],
                [(*quote, _paper(service, one)) for quote, one in _quotes(each.families)],
                [(name, path("areas", name)) for name in each.alike],
            )
            for each in found
        ],
        rule=say("alike_rule", areas=wording.listed([other.area for other in near])) if near else say("alike_none"),
    )


def _quotes(said: Sequence[Said]) -> list[tuple[tuple[str, str], Said]]:
    whole = [one for one in said if len(one.quote.split()) >= SHORTEST]
    return [((one.quote, _address(one)), one) for one in whole[:MOST]]


def _address(said: Said) -> str:
    place = path("documents", document_id(said.passage.document), "passages", said.passage.id)
    return f"{place}?quote={said.start}-{said.end}"


def _paper(service: Service, said: Said) -> str:
    facts = service.library.by_name[said.passage.document].facts
    return wording.document(facts.kind, "", facts.date, facts.date_basis)
