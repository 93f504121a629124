"""Quote exactness: does every quote stand word for word on the page it names?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from eval.metrics.base import Metric
from eval.records import ActualCitation, Case, Corpus, stem
from ingest.records import collapse

# Bullets and item numbers at the beginning of a line: a quote of a whole list may leave them out.
MARKS = re.compile(r"^[ \t]*(?:[•▪◦●○■□*‣⁃·\uf000-\uf0ff–-]|o|\(?[0-9a-z]{1,3}[.)])[ \t]+", re.MULTILINE)
EDGE = 400  # characters that a header or footer may take between the two halves of a quote over a page break


def exact(quote: str, pages: Sequence[str]) -> bool:
    """Whether the quote stands on the first page letter for letter, once white space is collapsed.

    The marks of list items may be left out of it, and it may run on from the foot of the first page to the head
    of the second.
    """
    wanted = collapse(quote)
    if not wanted or not pages:
        return False
    for texts in ([collapse(page) for page in pages], [collapse(MARKS.sub("", page)) for page in pages]):
        if wanted in texts[0] or (len(texts) > 1 and _runs_on(wanted.split(), texts[0], texts[1])):
            return True
    return False


def _runs_on(words: list[str], page: str, following: str) -> bool:
    """Whether the words stand partly at the foot of a page and the rest at the head of the following one."""
    foot, head = page[-EDGE - sum(map(len, words)) * 2 :], following[: EDGE + sum(map(len, words)) * 2]
    return any(" ".join(words[:cut]) in foot and " ".join(words[cut:]) in head for cut in range(1, len(words)))


def pages_for(citation: ActualCitation, corpus: Corpus) -> list[str]:
    """The cited page and the next; empty where the run kept none."""
    document = stem(citation.document)
    numbers = [citation.page] if citation.page is None else [citation.page, citation.page + 1]
    return [corpus.pages[document, n] for n in numbers if (document, n) in corpus.pages]


def measure(case: Case) -> float | None:
    """Share of quotes found on their page."""
    quotes = case.actual.citations
    if not quotes or not case.corpus.pages:
        return None
    return sum(exact(q.quote, pages_for(q, case.corpus)) for q in quotes) / len(quotes)


METRICS = (
    Metric(
        name="quote_exactness",
        title="Quotes found word for word on their page",
        meaning=(
            "Share of the quotes that stand on the page they name, letter for letter once white space is "
            "collapsed. Checked again here, whatever the answer claims."
        ),
        values="0 to 1",
        applies="answers with quotes, when the pages of the index were at hand",
        group="Quoted",
        measure=measure,
    ),
)
