"""Questions of ours on the papers that are learned from: one that a paper answers, and its twin that it does not.

A reader that learned from whole questions takes a passage on the same subject for an answer; between twins only what is
asked for differs. Sentences that answer stand in the file by hashes of their words, as no sentence of a real paper may:
`python -m eval.train.twins --papers ... QUESTIONS` makes it of golden files. A sentence that is read in other words by
now is left out, and its question where none is left.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from eval.train.examples import Example, Piece, examples, pieces
from eval.train.judged import key

FILE = Path(__file__).parent / "twins.jsonl"


def write(files: Sequence[Path], known: Sequence[Piece], file: Path = FILE) -> None:
    """Write the questions of golden files."""
    rows = []
    for made in examples(files, known):
        answers = sorted({key(known[n].sentences[k]) for n, own in made.right.items() for k in own})
        papers = sorted({known[n].document for n in made.pool})
        rows.append({"question": made.text, "papers": papers, "answers": [f"{answer:016x}" for answer in answers]})
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(known: Sequence[Piece], papers: set[str], file: Path = FILE) -> list[Example]:
    """The questions on these papers (file stems) alone, so that whoever sets papers aside sets theirs aside too."""
    keys = [[key(sentence) for sentence in piece.sentences] for piece in known]
    found = []
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        if not papers.issuperset(row["papers"]):
            continue
        pool = tuple(n for n, piece in enumerate(known) if piece.document in row["papers"])
        wanted = {int(answer, 16) for answer in row["answers"]}
        right = {n: own for n in pool if (own := frozenset(k for k, each in enumerate(keys[n]) if each in wanted))}
        if pool and bool(right) == bool(wanted):
            found.append(Example(row["question"], "", pool, right))
    return found


def main() -> None:
    """Make the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, nargs="+", required=True)
    parser.add_argument("questions", type=Path, nargs="+")
    chosen = parser.parse_args()
    write(chosen.questions, pieces(chosen.papers))


if __name__ == "__main__":
    main()
