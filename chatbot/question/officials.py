"""People who act for a public body: papers print who inspected and who leads, so asking who they are is not private."""

from __future__ import annotations

import re

import numpy as np

from chatbot.library import Library
from ingest.index.words import tokens

LISTS = frozenset({"team", "details"})  # parts of a report that print people with their posts
NAME = re.compile(r"\b[A-Z][\w'’-]{1,30}+(?: [A-Z][\w'’-]{1,30}+){1,2}(?=,)")
LOOKED = 20  # passages with most of the question's words


def unnamed(text: str, library: Library) -> str:
    """The text with the names of such people put as a post, so that what is asked of them is judged and not the name.

    Where they live stays private.
    """
    stems = sorted(set(tokens(text)))
    scores = library.words.scores(stems, [1.0] * len(stems))
    for row in np.argsort(-scores, kind="stable")[:LOOKED].tolist():
        passage = library.passage(row)
        for name in NAME.findall(passage.text) if passage.part in LISTS else ():
            text = re.sub(rf"\b{re.escape(name)}\b", "the director", text, flags=re.IGNORECASE)
    return text
