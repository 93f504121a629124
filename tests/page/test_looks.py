"""Contrast of the theme's colours, light and dark; and that our own words stay plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

import prompts
from chatbot.page.app import STATIC

CSS = (STATIC / "page.css").read_text(encoding="utf-8")
TEXT = [  # words on ground, at least 4.5
    ("ink", "ground"), ("ink", "soft"), ("faint", "ground"), ("faint", "soft"), ("link", "ground"), ("link", "soft"),
    ("accent-ink", "accent"), ("ok", "ground"), ("mark-ink", "mark"), ("ink", "warn-ground"), ("top-ink", "top"),
    ("accent", "ground"), ("ground", "ink"),
]  # fmt: skip
SIGNS = [("edge", "ground"), ("focus", "ground"), ("warn-edge", "warn-ground"), ("accent", "ground")]  # at least 3


def palette(dark: bool) -> dict[str, str]:
    light, after = CSS.split("@media (prefers-color-scheme: dark)", 1)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", after.split("}")[0])) if dark else found


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_contrast(dark: bool) -> None:
    colours = palette(dark)
    assert [(a, b, contrast(colours[a], colours[b])) for a, b in TEXT if contrast(colours[a], colours[b]) < 4.5] == []
    assert [(a, b, contrast(colours[a], colours[b])) for a, b in SIGNS if contrast(colours[a], colours[b]) < 3] == []


def test_nothing_comes_from_another_host() -> None:
    for name in ("page.css", "page.js"):
        text = (STATIC / name).read_text(encoding="utf-8")
        assert "http" not in text and "@import" not in text and "url(" not in text


def texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)


@pytest.mark.parametrize("name", ["page", "help", "enquiry", "examples", "replies"])
def test_our_words_are_plain(name: str) -> None:
    """Sentences of 20 words or so at most; the whole at a reading age of about 9 to 11 (Flesch-Kincaid)."""
    written = " ".join(t if t.endswith((".", "?", "!")) else f"{t}." for t in texts(prompts.table(name)))
    written = re.sub(r"\{\w+\}", "it", written)
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", written) if re.search(r"\w", s)]
    long = [s for s in sentences if len(s.split()) > 27]
    assert long == []
    words = re.findall(r"[A-Za-z’']+", written)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    assert grade < 6.5, grade


def test_every_word_used_is_there_and_every_word_there_is_used() -> None:
    files = [
        *STATIC.parent.rglob("*.py"),
        *STATIC.parent.rglob("*.html"),
        *(STATIC.parent.parent / "export").glob("*.py"),
    ]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    keys = {f"{section}.{key}" for section, found in prompts.table("page").items() for key in found}
    used = set(re.findall(r"""(?:say|sentence_with)\(\s*["'](\w+\.\w+)["']""", code))
    assert used <= keys
    named = set(re.findall(r"""["'](\w+\.\w+)["']""", code))
    named |= {f"paper.{key}" for key in re.findall(r"""_say\(\s*["'](\w+)["']""", code)}
    worked_out = re.findall(r"""(?:say\(|words\("page", )f?["'](\w+)\.(?:\{|" ~)""", code)
    chosen = {*worked_out, "outcome"}
    assert [key for key in sorted(keys - named) if key.split(".")[0] not in chosen] == []
