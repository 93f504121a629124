"""What holds for every reader: lines are slices of the page, and only DocumentError ever gets out."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import DocumentError
from ingest.parsers import services
from ingest.parsers.html import html
from ingest.parsers.office import docx
from ingest.parsers.text import markdown, text
from ingest.records import ReadDocument, collapse

NAMES = "p div ul ol li table tr td th dl dt dd h1 h2 br span b a pre main nav button details summary"
TAGS = NAMES.split()
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        ["# ", "- ", "  1. ", "|", "---", "**", "[a](b)", "\n", "\n\n", "\u00a0\u00a0", "· ", "a) ", "`", "<!--"]
    ),
    st.text(max_size=12),
)
SOURCES = st.lists(PIECES, max_size=40).map("".join)


def check(document: ReadDocument) -> None:
    for line in document.lines:
        assert document.pages[line.span.page].text[line.span.start : line.span.end] == line.text
        assert line.text == collapse(line.text) != ""
    assert all(page.number is None for page in document.pages)


@pytest.mark.parametrize("read", [text.read, markdown.read, html.read])
@settings(max_examples=150)
@given(source=SOURCES)
def test_any_text(read: Callable[[bytes, str], ReadDocument], source: str) -> None:
    try:
        check(read(source.encode("utf-8", "replace"), "x"))
    except DocumentError as error:
        assert str(error).startswith("x ")


@pytest.mark.parametrize("read", [text.read, markdown.read, html.read, docx.read, services.read])
@settings(max_examples=80)
@given(data=st.binary(max_size=200))
def test_any_bytes(read: Callable[[bytes, str], object], data: bytes) -> None:
    try:
        read(data, "x")
    except DocumentError as error:
        assert str(error).endswith(".")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["contacts", "phones", "schedules", "languages", "location", "name"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=150)
@given(fields=st.dictionaries(st.sampled_from(sorted(services._TELLING.split())), JSON), extra=JSON)
def test_any_service(fields: dict[str, object], extra: object) -> None:
    record = {**fields, "id": extra, "name": "Service", "email": "a@b.example"}
    try:
        for _, document in services.read(json.dumps(record).encode(), "x"):
            check(document)
    except DocumentError:
        assert str(record.get("status", "")).strip()
