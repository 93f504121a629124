"""From questions that the papers answer to near ones that they do not, by the rules in `prompts/perturb.toml`.

Each made question names its twin, the question it was made from, and how it was made. A third is set aside: whole
areas, so that what is learned from the others says nothing about it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import prompts
from chatbot.vocabulary import thesaurus
from eval.errors import EvalError
from eval.records import GoldenQuestion
from eval.runs.runs import write_questions
from eval.runs.snapshot import IndexView

KINDS = ("year", "group", "place", "service", "premise", "presupposition", "name", "unit")
ASIDE = 3  # one of so many areas is set aside
YEARS = range(1996, 2016)
SHORTEST, LONGEST = 6, 32  # words of a claim that can be turned round
ADULT = 50  # years by which an age is raised
AGE = re.compile(r"\b(\d{1,2})(?=[- ]years?[- ]old)", re.IGNORECASE)
GENDERED = re.compile(r"\bmy (son|lad|boy|daughter|girl)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Papers:
    """The texts of an area's papers, a page each, and places without papers."""

    area: str
    pages: tuple[str, ...]
    elsewhere: tuple[str, ...]

    def name(self, words: str) -> bool:
        """Whether the papers hold these words."""
        return any(words.lower() in page.lower() for page in self.pages)

    def together(self, one: str, other: str) -> bool:
        """Whether two expressions are met in one line, or in neighbouring lines, of the papers."""
        for page in self.pages:
            lines = page.split("\n")
            for n in range(len(lines)):
                near = " ".join(lines[max(0, n - 1) : n + 2])
                if re.search(one, near, re.IGNORECASE) and re.search(other, near, re.IGNORECASE):
                    return True
        return False


def perturbed(questions: Sequence[GoldenQuestion], view: IndexView, each: int, seed: int) -> list[GoldenQuestion]:
    """At most `each` questions of every kind with their twins, twins first, in the order of the file.

    A question that is set aside is sealed. Raises EvalError where no rule fits any question.
    """
    rng = random.Random(seed)
    usable = [q for q in questions if q.answerable and q.area and not q.history and q.kind != "meta"]
    papers = {area: _papers(area, view) for area in sorted({q.area for q in usable if q.area})}
    aside = set(rng.sample(sorted(papers), len(papers) // ASIDE))
    made: list[tuple[GoldenQuestion, GoldenQuestion]] = []
    for kind in KINDS:
        count = 0
        for twin in rng.sample(usable, len(usable)):
            text = RULES[kind](twin, papers[twin.area or ""], rng) if count < each else None
            if text:
                count += 1
                made.append((twin, _question(twin, kind, text, twin.area in aside)))
    if not made:
        raise EvalError("No question of this file can be perturbed: answerable questions about one area are needed.")
    order = {q.id: n for n, q in enumerate(questions)}
    twins = {twin.id: replace(twin, sealed=twin.area in aside) for twin, _ in made}
    return sorted([*twins.values(), *(q for _, q in made)], key=lambda q: (order[q.twin or q.id], q.perturbation))


def write(folder: Path, made: Sequence[GoldenQuestion]) -> list[list[str]]:
    """Write the questions to learn from and those set aside; a row a file: name, number of twins, questions by kind."""
    rows = []
    for name, sealed in (("perturbed.jsonl", False), ("set-aside.jsonl", True)):
        own = [q for q in made if q.sealed is sealed]
        write_questions(folder / name, own)
        rows.append([name, *(str(sum(q.perturbation == kind for q in own)) for kind in ("", *KINDS))])
    return rows


def _question(twin: GoldenQuestion, kind: str, text: str, sealed: bool) -> GoldenQuestion:
    return GoldenQuestion(
        f"{twin.id}-{kind}", text[:1].upper() + text[1:], "unanswerable", False, None if kind == "place" else twin.area,
        sealed=sealed, voice=twin.voice, paraphrase=twin.paraphrase, near_miss=twin.gold[0].words, twin=twin.id,
        perturbation=kind,
    )  # fmt: skip


def _papers(area: str, view: IndexView) -> Papers:
    pages = tuple(text for f in view.facts if area in f.areas for text in view.pages(f.document).values())
    known = {name.lower() for name in view.areas}
    places = [name for name in prompts.table("places")["areas"] if name.lower() not in known]
    return Papers(area, pages, tuple(p for p in places if not any(p.lower() in page.lower() for page in pages)))


def _rules(kind: str) -> dict[str, Any]:
    return prompts.table("perturb")[kind]


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _year(twin: GoldenQuestion, papers: Papers, rng: random.Random) -> str | None:
    """The question of a year that the papers do not name."""
    years = [str(y) for y in YEARS if not papers.name(str(y))]
    text = twin.question.rstrip(" ?.!")
    if not years or re.search(r"\b(19|20)\d\d\b|[.?!]", text):
        return None
    template = rng.choice(_rules("year")["ask"])
    return template.format(
        question=text if template.startswith("{") else text[:1].lower() + text[1:], year=rng.choice(years)
    )


def _group(twin: GoldenQuestion, papers: Papers, rng: random.Random) -> str | None:
    """The question of other people than the papers are about."""
    rules = _rules("group")
    if AGE.search(twin.question):
        return AGE.sub(lambda found: str(int(found[1]) + ADULT), twin.question)
    if hit := GENDERED.search(twin.question):
        others = rules["daughter" if hit[1].lower() in ("daughter", "girl") else "son"]
        return GENDERED.sub(rng.choice(others), twin.question)
    return _swapped(twin.question, rules["find"], rules["put"], papers, rng)


def _service(twin: GoldenQuestion, papers: Papers, rng: random.Random) -> str | None:
    """The question of a service that the papers do not name."""
    return _swapped(twin.question, _rules("service")["find"], _rules("service")["put"], papers, rng)


def _swapped(text: str, find: str, put: Sequence[str], papers: Papers, rng: random.Random) -> str | None:
    """The text with the one word found made another that the papers do not hold; None where not one is found."""
    others = [word for word in put if not papers.name(word)]
    if not others:
        return None
    made, count = _whole(find).subn(rng.choice(others), text)
    return re.sub(r"s['’]s\b", "s'", made) if count == 1 else None


def _place(twin: GoldenQuestion, papers: Papers, rng: random.Random) -> str | None:
    """The question of a place without papers."""
    if not papers.elsewhere:
        return None
    place, own = rng.choice(papers.elsewhere), _whole(re.escape(papers.area))
    if own.search(twin.question):
        return own.sub(place, twin.question)
    return f"{twin.question.rstrip(' ?.!')} in {place}?"


def _premise(twin: GoldenQuestion, papers: Papers, rng: random.Random) -> str | None:
    """Why the opposite of the evidence is so."""
    rules = _rules("premise")
    claim = re.sub(rules["connectives"], "", twin.gold[0].words.strip().rstrip("."))
    if not SHORTEST <= len(claim.split()) <= LONGEST:
        return None
    if re.match(rules["leaning"], claim) or re.search(rules["unfit"], claim, re.IGNORECASE):
        return None
    for old, new in rules["turn"]:
        turned, count = _whole(old).subn(new, claim)
        if count == 1:
            first = turned.split()[0]
            proper = first.isupper() or any(c.isupper() for c in first[1:]) or first in papers.area
            text = turned if proper else turned[:1].lower() + turned[1:]
            return rng.choice(rules["ask"]).format(claim=text)
    return None


def _wordings(name: str) -> str:
    """An expression for any wording of a term of the thesaurus."""
    term = next(each for each in thesaurus.terms() if each.name == name)
    return rf"\b(?:{'|'.join(map(re.escape, (*term.printed, *term.exact)))})\b"


def _about(kind: str) -> Callable[[GoldenQuestion, Papers, random.Random], str | None]:
    """A rule that asks something of the question's topic that the papers do not tell."""

    def ask(twin: GoldenQuestion, papers: Papers, rng: random.Random) -> str | None:
        said = f"{twin.question} {twin.gold[0].words}"
        for topic, name in prompts.table("perturb")["topics"].items():
            found = _wordings(name)
            if re.search(found, said, re.IGNORECASE):
                open_ = [a for a in _rules(kind)["ask"] if not papers.together(found, a["unless"])]
                return rng.choice(open_)["text"].format(topic=topic, area=papers.area) if open_ else None
        return None

    return ask


RULES: dict[str, Callable[[GoldenQuestion, Papers, random.Random], str | None]] = {
    "year": _year, "group": _group, "place": _place, "service": _service, "premise": _premise,
    **{kind: _about(kind) for kind in ("presupposition", "name", "unit")},
}  # fmt: skip
