"""Lays out the PDF and Word files of the sample from the texts in `source/`.

Run from the top of the repository, with the development requirements installed:

    python -m ingest.sample.make_documents

The results are committed, so only somebody who changes a text needs to run it. The page, text, Markdown and JSON files
in `documents/` are written by hand.
"""

from __future__ import annotations

from pathlib import Path

from ingest.sample.docx_layout import write_docx
from ingest.sample.markup import read_blocks
from ingest.sample.pdf_layout import Look, letter_pages, report_pages, write_pdf

HERE = Path(__file__).parent
SENDER = "Ofsted and the Care Quality Commission"

PDFS = {
    "westmarch-joint-inspection-letter-2016": Look(
        "Joint local area SEND inspection in Westmarch",
        letter_pages("Joint local area SEND inspection in Westmarch, December 2016", SENDER),
        size=10.5,
    ),
    "westmarch-revisit-letter-2018": Look(
        "Joint area SEND revisit in Westmarch",
        letter_pages("Joint area SEND revisit in Westmarch, November 2018", SENDER),
        size=10.5,
    ),
    "westmarch-area-send-report-2024": Look(
        "Area SEND inspection of Westmarch Local Area Partnership",
        report_pages(
            ("Area SEND inspection report: Westmarch Local Area Partnership", "10 to 14 June 2024"),
            "Local area partnership report",
        ),
        size=11,
    ),
    "aldershire-area-send-report-2023": Look(
        "Area SEND inspection of Aldershire Local Area Partnership",
        report_pages(
            ("Area SEND inspection report: Aldershire Local Area Partnership, 16 to 20 October 2023", ""),
            "Local Area Partnership report",
        ),
        size=11,
    ),
}
WORD_FILES = {
    "westmarch-peer-review-2022": "Feedback from the SEND peer review",
    "westmarch-action-plan-2025": "Westmarch SEND action plan 2025",
}


def main() -> None:
    """Writes every PDF and Word file into `documents/`."""
    for stem, look in PDFS.items():
        write_pdf(read_blocks(HERE / "source" / f"{stem}.txt"), look, HERE / "documents" / f"{stem}.pdf")
    for stem, title in WORD_FILES.items():
        blocks = read_blocks(HERE / "source" / f"{stem}.txt")
        write_docx(blocks, title, HERE / "documents" / f"{stem}.docx", landscape="plan" in stem)


if __name__ == "__main__":
    main()
