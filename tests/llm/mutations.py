"""Sentences of papers made false by one small change, as a model might change them."""

from __future__ import annotations

import re
from collections.abc import Iterator

SWAPS = (
    ("some", "most"), ("some", "all"), ("many", "most"), ("most", "all"), ("few", "many"), ("too many", "many"),
    ("not always", "always"), ("not", ""), ("no", ""), ("too", ""), ("should", ""), ("should", "do"), ("may", "will"),
    ("some", ""), ("many", ""), ("most", ""), ("often", "always"), ("often", ""), ("sometimes", "often"),
    ("is", "is not"), ("are", "are not"), ("has", "has not"), ("have", "have never"), ("is", "was"), ("are", "were"),
    ("was", "is"), ("were", "are"), ("will", "did"), ("better", "worse"), ("increase", "decrease"), ("long", "short"),
    ("effective", "ineffective"), ("strong", "weak"), ("before", "after"), ("children", "parents"),
    ("parents", "leaders"), ("leaders", "parents"), ("health", "education"), ("council", "school"),
    ("recently", ""), ("only", ""), ("usually", ""), ("almost", ""), ("up to", ""), ("at least", ""), ("but", "so"),
    ("although", "because"), ("if", "because"), ("without", "with"), ("from", "to"),
)  # fmt: skip


def mutations(sentence: str) -> Iterator[tuple[str, str]]:
    """(what was done, the false sentence), one for every change that fits."""
    for old, new in SWAPS:
        changed = re.sub(rf"(?<![\w-]){old}(?![\w-]) ?", f"{new} " if new else "", sentence, count=1)
        changed = " ".join(changed.split()).replace(" ,", ",").replace(" .", ".")
        if changed != sentence:
            yield f"{old} to {new or 'nothing'}", changed
    for match in list(re.finditer(r"\d+", sentence))[:2]:
        yield "another number", f"{sentence[: match.start()]}{int(match.group()) + 1}{sentence[match.end() :]}"
        yield "number left out", f"{sentence[: match.start()]}{sentence[match.end() :]}".replace("  ", " ")
    bare = sentence.rstrip(".")
    yield "added cause", f"{bare} because leaders did not act."
    yield "added place", f"{bare} in Kent."
    yield "added year", f"{bare} in 2021."
    yield "added praise", f"{bare}, which is excellent."
    yield "not true", f"It is not true that {sentence[:1].lower()}{sentence[1:]}"
