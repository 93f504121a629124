"""More files than there are papers: each paper again with another page left out, so that no two are the same."""

from __future__ import annotations

import shutil
from pathlib import Path

from eval.runs import baseline


def more(documents: Path, folder: Path, copies: int) -> Path:
    """Fill `folder` with the documents and `copies` of each; the folder.

    A PDF loses one of the pages after its first (the last often say nothing of the area), a text one of the paragraphs
    from its middle on; what has too few of them, and files of other kinds, are not copied. Raises EvalError where there
    are no documents.
    """
    folder.mkdir(parents=True)
    for path in baseline.files_of(documents):
        shutil.copyfile(path, folder / path.name)
        for copy in range(1, copies + 1):
            target = folder / f"{path.stem}-{copy}{path.suffix}"
            if path.suffix.lower() == ".pdf":
                _without_page(path, target, copy)
            elif path.suffix.lower() in (".txt", ".md"):
                _without_paragraph(path, target, copy)
    return folder


def _without_page(path: Path, target: Path, left_out: int) -> None:
    from pypdf import PdfReader, PdfWriter

    pages = list(PdfReader(path).pages)
    if len(pages) < left_out + 2:
        return
    writer = PdfWriter()
    for page in (*pages[:left_out], *pages[left_out + 1 :]):
        writer.add_page(page)
    writer.write(target)


def _without_paragraph(path: Path, target: Path, left_out: int) -> None:
    paragraphs = path.read_text(encoding="utf-8", errors="replace").split("\n\n")
    place = len(paragraphs) // 2 + left_out - 1
    if place >= len(paragraphs) - 1:
        return
    del paragraphs[place]
    target.write_text("\n\n".join(paragraphs), encoding="utf-8")
