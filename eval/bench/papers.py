"""More files than there are papers: each paper again with another page left out, so that no two are the same."""

from __future__ import annotations

import shutil
from pathlib import Path

from eval import baseline


def more(documents: Path, folder: Path, copies: int) -> Path:
    """Fill `folder` with the documents and `copies` of each; the folder.

    A PDF loses one of its last pages, a text one of its last paragraphs; what has too few of them, and files of other
    kinds, are not copied. Raises EvalError where there are no documents.
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


def _without_page(path: Path, target: Path, from_end: int) -> None:
    from pypdf import PdfReader, PdfWriter

    pages = list(PdfReader(path).pages)
    if len(pages) < from_end + 2:
        return
    writer = PdfWriter()
    for page in (*pages[: len(pages) - from_end], *pages[len(pages) - from_end + 1 :]):
        writer.add_page(page)
    writer.write(target)


def _without_paragraph(path: Path, target: Path, from_end: int) -> None:
    paragraphs = path.read_text(encoding="utf-8", errors="replace").split("\n\n")
    if len(paragraphs) < from_end + 2:
        return
    del paragraphs[-from_end]
    target.write_text("\n\n".join(paragraphs), encoding="utf-8")
