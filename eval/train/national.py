"""Makes what the national picture has learned: `python -m eval.train.national`.

To be run after the encoder or one of prompts/asked_facts.toml, area_questions.toml and themes.toml changed; what tells
danger in other languages, also after prompts/question_kinds.toml did.
"""

from __future__ import annotations

import sys

from eval.train import area_questions, asked_facts, languages
from ingest.encoder.question_embedder import for_questions
from ingest.settings import Settings


def main() -> None:
    """Make all of it for the packaged encoder."""
    embedder = for_questions(Settings().model)
    for line in (asked_facts.make(embedder), area_questions.fit(embedder), languages.make()):
        sys.stdout.write(f"{line}.\n")


if __name__ == "__main__":
    main()
