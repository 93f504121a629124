"""What must be known of the places and health boards that a question names, whatever the papers say."""

from __future__ import annotations

from chatbot import wording
from chatbot.library import Library
from chatbot.records import Question
from ingest.facts import boards, places
from prompts import words

MOST = 8  # areas of a region that are named


def told(question: Question, library: Library) -> list[str]:
    """Where a town lies, which areas a region holds, which board took another's place; mostly nothing."""
    return [*_places(question, library), *_boards(question)]


def _places(question: Question, library: Library) -> list[str]:
    said = []
    for place, areas in question.lie_in:
        known = places.known_place(place)
        loaded = [own for own in library.areas if any(places.full_name(own) == area for area in areas)]
        if known is not None and known.sort == "region":
            if place in question.unknown_areas:
                say = "note.region_loaded" if loaded else "note.region"
                said.append(words("answers", say, place=place, areas=_few(areas), loaded=_few(loaded)))
        elif places.fold(place) not in places.fold(areas[0]):  # "Windsor" needs no word on Windsor and Maidenhead
            say = "note.towns_papers" if loaded else "note.town"
            said.append(words("answers", say, place=place, areas=wording.listed(list(loaded or areas))))
    return said


def _few(areas: tuple[str, ...] | list[str]) -> str:
    more = [words("answers", "count.others", count=len(areas) - MOST + 1)] if len(areas) > MOST else []
    return wording.listed([*areas[: MOST - len(more)], *more])


def _boards(question: Question) -> list[str]:
    said = []
    for board in boards.named(question.text):
        if board.after:
            after = wording.listed([f"NHS {name} ICB" for name in board.after])
            said.append(words("answers", "note.board_ended", board=board.name, after=after))
        else:
            before = [
                words("answers", "note.board_part", board=f"NHS {name} ICB") if divided else f"NHS {name} ICB"
                for name, divided in board.before
            ]
            said.append(words("answers", "note.board_begun", board=board.name, before=wording.listed(before)))
    return said
