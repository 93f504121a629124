"""Quote exactness: does every quote stand word for word on the page it names?"""

from __future__ import annotations

from eval.metrics.base import Metric
from eval.records import ActualCitation, Case, Corpus, stem
from eval.text import WHITE

PIECES = 3


def exact(quote: str, pages: list[str]) -> bool:
    """Whether the quote stands in the pages character for character once white space is collapsed.

    A quote may be broken by a page end or by what a page puts between two lines of it: it then stands there in
    at most three pieces, in order, each broken at a blank.
    """
    texts = [WHITE.sub(" ", page).strip() for page in pages]
    words = quote.split()
    page, place, pieces = 0, 0, 0
    while words and page < len(texts) and pieces < PIECES:
        count = _longest(words, texts[page], place)
        if count == 0:
            page, place = page + 1, 0
            continue
        piece = " ".join(words[:count])
        place = texts[page].index(piece, place) + len(piece)
        words, pieces = words[count:], pieces + 1
    return bool(quote.strip()) and not words


def _longest(words: list[str], text: str, place: int) -> int:
    """How many of the words, from the first, stand together in the text after `place`."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if " ".join(words[:middle]) in text[place:] else (low, middle - 1)
    return low


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
        meaning="Share of the quotes that stand on the page they name, letter for letter once white space is collapsed. "
        "Checked again here, whatever the answer claims.",
        values="0 to 1",
        applies="answers with quotes, when the pages of the index were at hand",
        group="Quoted",
        measure=measure,
    ),
)
