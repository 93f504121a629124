"""Makes the line that tells danger in other languages; only where the extra `languages` is installed."""

from __future__ import annotations

from chatbot.languages.danger import WEIGHTS, examples, made_of
from chatbot.national import packaged
from eval.train import linear
from ingest.encoder import multilingual


def make() -> str:
    """Write it; a line on how many examples there were. Raises SettingsError where the extra is not installed."""
    texts, danger = examples()
    weights = linear.softmax(multilingual.embed(texts), danger)[0]
    packaged.write(WEIGHTS, "weights", weights, made_of())
    return f"{len(texts)} examples, {danger.sum()} of danger: {WEIGHTS.name}"
