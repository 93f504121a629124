"""Jargon explained where it stands: the words stay as they are, a line of ours is shown on hover, focus or tap."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from chatbot.page.service import say
from chatbot.page.views.markup import Html, join, tag, text
from chatbot.vocabulary import thesaurus

BULLET = re.compile(r"(?<= )([▪•●◼] )")  # a list that runs on in a quote is shown in lines; no letter changes
MOST = 8  # explained in one answer; more would be noise


@cache
def _forms() -> dict[str, tuple[str, str]]:
    """Printed forms worth explaining to (name, plain line): the name of an idea and its short forms."""
    found: dict[str, tuple[str, str]] = {}
    for term in thesaurus.terms():
        if term.means:
            short = [form for form in (*term.printed, *term.exact) if sum(c.isupper() for c in form) >= 2]
            for form in (term.name, *short):
                found.setdefault(form if _is_short(form) else form.lower(), (term.name, term.means))
    return found


def _is_short(form: str) -> bool:
    return sum(c.isupper() for c in form) >= 2


@cache
def _pattern() -> re.Pattern[str]:
    """All forms, longest first; long ones in any case, short ones as printed."""
    written = sorted(_forms(), key=len, reverse=True)
    parts = [re.escape(form) if _is_short(form) else f"(?i:{re.escape(form)})" for form in written]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")


@dataclass
class Glossary:
    """The terms met in one answer. `prefix` keeps ids of several answers on a page apart."""

    prefix: str
    met: dict[str, str] = field(default_factory=dict)

    def mark(self, words: str) -> Html:
        """The words with each term's first appearance made explainable. The text itself does not change."""
        parts: list[object] = []
        end = 0
        for match in _pattern().finditer(words):
            form = match.group()
            name, means = _forms()[form if _is_short(form) and form in _forms() else form.lower()]
            if name in self.met or len(self.met) >= MOST:
                continue
            self.met[name] = means
            parts += [words[end : match.start()], self._term(form, len(self.met))]
            end = match.end()
        return Html(BULLET.sub(r"<br>\1", join([*parts, words[end:]])))

    def _term(self, form: str, number: int) -> Html:
        # Not a <button>: that would be one box that cannot break over lines in the middle of a quote.
        return tag(
            "span",
            text(form),
            role="button",
            tabindex="0",
            class_="term",
            aria_describedby=f"{self.prefix}-term-{number}",
        )

    def listing(self) -> Html | None:
        """The terms met, with their lines; the buttons are described by these. None where none was met."""
        if not self.met:
            return None
        rows = [
            join([tag("dt", name), tag("dd", means, id=f"{self.prefix}-term-{number}")])
            for number, (name, means) in enumerate(self.met.items(), 1)
        ]
        return tag("details", tag("summary", say("turn.terms")), tag("dl", *rows, class_="terms"), class_="more")
