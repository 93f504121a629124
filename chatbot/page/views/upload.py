"""Bringing papers in: the form, how far the newest upload is, what became of each paper, and its undoing."""

from __future__ import annotations

from chatbot.page.adding import Upload
from chatbot.page.service import Service, document_id, say
from chatbot.page.views.markup import Html, path
from chatbot.page.views.templates import render
from ingest.intake.discover import TYPES


def view(service: Service, newest: Upload, problem: str = "") -> Html:
    """The whole view; `problem` is why what was just sent was not taken."""
    return render(
        "upload",
        problem=problem,
        megabytes=service.most_uploaded // 1_000_000,
        endings=",".join(sorted(TYPES)),
        state=state(service, newest),
        works=newest.works,
    )


def state(service: Service, newest: Upload) -> Html:
    """How far the newest upload is, and what became of its papers; empty where nothing was brought in yet."""
    there = service.library.by_name
    return render(
        "upload_state",
        newest=newest,
        said=say(f"upload.{newest.state}"),
        stage=say(f"upload.stage_{newest.stage.lower()}") if newest.stage else "",
        rows=[
            (
                row.document,
                path("documents", document_id(row.document)) if row.document in there else "",
                say(f"upload.was_{row.status}"),
                row.passages,
                row.reason,
            )
            for row in newest.rows
        ],
    )
