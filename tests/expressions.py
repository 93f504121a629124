"""Every regular expression of the product, and texts made to keep each of them busy."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import prompts
from chatbot.vocabulary.patterns import pattern
from tests.conftest import ROOT

PACKAGES = ("ingest", "chatbot", "prompts")
MARKS = re.compile(r"[\\|?*+\[]")  # a list without any holds plain words
EXAMPLES = {"area_questions", "asked_facts", "follow_ups", "question_kinds"}  # questions to learn from, no expressions
ANCHORED = {"match", "fullmatch"}
CALLS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
FILLERS = (
    "a",
    "A",
    "a ",
    "A ",
    " ",
    "1",
    "1 ",
    "-",
    ".",
    "A. ",
    "a-",
    "\u201ca",
    "(",
    "<",
    "</",
    "[a](",
    "*a",
    "'",
    ", a",
    "£1,",
    "\u2022 ",
)


def modules() -> Iterator[tuple[Path, ModuleType]]:
    """Our modules, imported."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "sample" not in path.parts and path.stem != "__main__":
                name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
                yield path, importlib.import_module(name)


@dataclass(frozen=True)
class Expression:
    """An expression, where it stands, and whether it is only tried at the start of a text."""

    where: str
    pattern: re.Pattern[str]
    anchored: bool

    def try_on(self, text: str) -> None:
        """Use it as the product does."""
        if self.anchored:
            self.pattern.match(text)
            return
        for _ in self.pattern.finditer(text):
            pass


@cache
def all_expressions() -> tuple[Expression, ...]:
    """Each expression of the product once."""
    found: dict[str, Expression] = {}
    uses = _uses()
    for path, module in modules():
        where = path.relative_to(ROOT).as_posix()
        for name, value in vars(module).items():
            anchored = bool(uses.get(name)) and uses[name] <= ANCHORED
            for one in _patterns(value):
                found.setdefault(one.pattern, Expression(where, one, anchored))
        for one, anchored in _inline(path, module):
            found.setdefault(one.pattern, Expression(where, one, anchored))
    for file in sorted(f for f in prompts.FOLDER.glob("*.toml") if f.stem not in EXAMPLES):
        for one in _listed(file.stem, prompts.table(file.stem)):
            found.setdefault(one.pattern, Expression(f"prompts/{file.name}", one, False))
    return tuple(found.values())


def _uses() -> dict[str, set[str]]:
    """By the name of an expression, the methods that are called on it anywhere."""
    found: dict[str, set[str]] = {}
    for path, _ in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
                name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                found.setdefault(name, set()).add(node.attr)
    return found


def _patterns(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _patterns(inner)
    elif isinstance(value, (tuple, list, frozenset, set)):
        for inner in value:
            yield from _patterns(inner)


def _inline(path: Path, module: ModuleType) -> Iterator[tuple[re.Pattern[str], bool]]:
    """Expressions written where they are used; names in them stand for the module's own values."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
            continue
        try:
            source = eval(compile(ast.Expression(node.args[0]), str(path), "eval"), dict(vars(module)))
            flags = [k.value for k in node.keywords if k.arg == "flags"]
            flags += [a for a in node.args[1:] if "re." in ast.unparse(a)]
            set_ = eval(compile(ast.Expression(flags[0]), str(path), "eval"), {"re": re}) if flags else 0
        except NameError:  # made of what is known only when it runs
            continue
        if isinstance(source, str):
            yield re.compile(source, set_), node.func.attr in ANCHORED


def _listed(name: str, table: dict[str, Any], place: str = "") -> Iterator[re.Pattern[str]]:
    """The lists of a file of prompts that are expressions: those that the engine can compile."""
    for row in (r for rows in table.values() if isinstance(rows, list) for r in rows if isinstance(r, dict)):
        yield from (re.compile(v, re.IGNORECASE) for key in ("title", "says") for v in row.get(key, []))
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _listed(name, value, f"{place}{key}.")
        elif isinstance(value, list) and all(isinstance(v, str) for v in value) and MARKS.search("".join(value)):
            try:
                yield pattern(name, place + key)
            except (re.error, prompts.PromptError, AttributeError, TypeError, KeyError):
                continue


def attacks(expression: re.Pattern[str], letters: int) -> Iterator[str]:
    """Texts that keep an expression busy: repetitions of what it nearly matches, ended by what it cannot."""
    starts = {example[:cut] for example in _examples(expression.pattern) for cut in _cuts(example)} - {""}
    for unit in sorted(starts | set(FILLERS)):
        yield (unit * (letters // len(unit) + 1))[:letters] + "\x01"
    for start, filler in product(sorted(starts)[:6], (" ", "a", "1", "a ")):
        yield start + (filler * letters)[:letters] + "\x01"


def _cuts(example: str) -> set[int]:
    return {c for c in (1, len(example) // 3, 2 * len(example) // 3, len(example) - 1, len(example)) if 0 < c <= 120}


@cache
def _examples(source: str) -> tuple[str, ...]:
    """Some texts that an expression nearly matches: the first and the last of all choices, twice what repeats."""
    parsed = re._parser.parse(source)  # type: ignore[attr-defined]
    return tuple(dict.fromkeys(_made(parsed, last, times) for last in (False, True) for times in (1, 3)))


def _made(parsed: Any, last: bool, times: int) -> str:
    text = ""
    for operation, argument in parsed:
        name = str(operation)
        if name == "LITERAL":
            text += chr(argument)
        elif name == "NOT_LITERAL":
            text += "a" if argument != ord("a") else "b"
        elif name == "ANY":
            text += "a"
        elif name == "IN":
            text += _one_of(argument, last)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = argument
            text += _made(inner, last, times) * min(max(low, times), int(high))
        elif name == "BRANCH":
            text += _made(argument[1][-1 if last else 0], last, times)
        elif name == "SUBPATTERN":
            text += _made(argument[-1], last, times)
        elif name == "ATOMIC_GROUP":
            text += _made(argument, last, times)
    return text


def _one_of(choices: Any, last: bool) -> str:
    usual = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "a"}
    chosen = [c for c in choices if str(c[0]) != "NEGATE"]
    operation, argument = chosen[-1 if last else 0]
    if any(str(c[0]) == "NEGATE" for c in choices):
        taken = {chr(a) for o, a in chosen if str(o) == "LITERAL"}
        return next(letter for letter in "a1 .;" if letter not in taken)
    if str(operation) == "RANGE":
        return chr(argument[0])
    return chr(argument) if str(operation) == "LITERAL" else usual.get(str(argument), ".")
