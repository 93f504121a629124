"""Rich text (.rtf): what is seen of it, line by line. The only module that imports striprtf.

That library knows the format's signs and alphabets but neither hidden, struck and deleted text nor tables and headings:
these are taken out, or marked with signs of our own, before it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.errors import DocumentError
from ingest.parsers.build import PageBuilder
from ingest.parsers.labels import looks_like_heading
from ingest.parsers.marks import raised
from ingest.parsers.tables import Row, write_rows
from ingest.parsers.text.text import PROMPTS, visible
from ingest.records import ReadDocument, collapse

# Signs of our own, from the part of Unicode that is left to private use.
_LEVEL, _ROW, _BOLD, _ITEM, _LIFT, _DROP, _ABOVE, _CELL = map(chr, range(0xE001, 0xE009))
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|(\\'[0-9a-fA-F]{2})|(\\[^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_DATA = frozenset(
    "pict objdata themedata colorschememapping datastore datafield fontemb latentstyles xmlnstbl passwordhash".split()
)
_SHOWN = frozenset("tab line emdash endash emspace enspace qmspace bullet lquote rquote ldblquote rdblquote u".split())
_GLYPH = re.compile(r"^[\u00b7\u2022\uf0b7\u25cf\u25aao§-]\s+")
_RAISED = re.compile(f"{_LIFT}([^{_LIFT}{_DROP}]*){_DROP}")
_MARKS = re.compile(f"[{_LEVEL}-{_CELL}]")
_DEEPEST = 2_000
NOTES = "{name} has comments, footnotes or endnotes; their text was left out."


@dataclass(slots=True)
class _State:
    """How the text of a group looks."""

    hidden: bool = False
    deleted: bool = False
    struck: bool = False
    white: bool = False
    painted: bool = False  # something stands behind
    bold: bool = False
    raised: bool = False
    table: bool = False
    level: int | None = None
    label: bool = False


def read(data: bytes, name: str) -> ReadDocument:
    """The paragraphs and tables as one page; headers, comments, notes, hidden and deleted text are left out.

    Raises DocumentError where it cannot be read or holds no text.
    """
    from striprtf.striprtf import rtf_to_text

    source = data.decode("latin-1").replace("\x00", "")
    try:
        # Addresses behind links are not part of what is seen; the library would write them into the text.
        text = rtf_to_text(_marked(source).replace("HYPERLINK", "LINK"), errors="replace")
    except (ValueError, LookupError, IndexError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise DocumentError(f"{name} is not rich text that can be read; open it and save it as .docx.") from error
    builder = PageBuilder()
    rows: list[Row] = []
    for line in text.split("\n"):
        if _ROW in line:
            rows.append(_row(line, rows[-1].cells if rows else ()))
            continue
        if rows and not _plain(line):
            continue
        write_rows(builder, rows)
        rows = []
        _write(builder, line)
    write_rows(builder, rows)
    if not builder.lines:
        raise DocumentError(f"{name} holds no text; if it is a scanned picture, add a version with text.")
    noted = re.search(r"\\(?:annotation|footnote)\b", source) is not None
    return builder.document("rtf", warnings=(NOTES.format(name=name),) if noted else ())


def _plain(text: str) -> str:
    text = _RAISED.sub(lambda hit: raised(text[max(0, hit.start() - 9) : hit.start()], hit[1]), text)
    return collapse(PROMPTS.sub(" ", visible(_MARKS.sub("", text))))


def _row(line: str, above: Sequence[str]) -> Row:
    """The row of a line; a cell merged with the one `above` it has that one's text."""
    cells = line.rstrip(_ROW + _BOLD + _LEVEL).split(_CELL)
    cells = cells[:-1] if len(cells) > 1 else cells
    texts = [above[n] if _ABOVE in cell and n < len(above) else _plain(cell) for n, cell in enumerate(cells)]
    return Row(tuple(texts), header=_BOLD in line)


def _write(builder: PageBuilder, line: str) -> None:
    """One paragraph in its role: by its outline level or list label, or because it is short and bold throughout."""
    text = _plain(line)
    if not text:
        builder.blank()
    elif _LEVEL in line:
        builder.add(text, role="heading", level=min(6, max(1, line.count(_LEVEL))), starts=True)
    elif _ITEM in line:
        builder.add(_GLYPH.sub("", text), role="bullet", level=1, starts=True)
    elif _BOLD in line and looks_like_heading(text):
        builder.add(text, role="heading", level=2, starts=True)
    else:
        builder.add(text, role="paragraph", starts=True)


@dataclass
class _Marker:
    """Walks the tokens of a file once and writes those that are seen, with our marks.

    `white` are the numbers of the colours that show on no paper.
    """

    white: frozenset[str] = frozenset()
    out: list[str] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    bold: bool = True  # whether all words of the paragraph so far are
    words: bool = False
    row_bold: bool = True
    ended_row: bool = False
    merged: list[bool] = field(default_factory=list)  # for each cell of the row whether the one above reaches down
    merges: bool = False
    cell: int = 0
    skip: int = 0  # depth of the group of data that is being passed over

    def unseen(self) -> bool:
        state = self.state  # in tables white is left alone: their cells can be painted
        inkless = state.white and not state.painted and not state.table
        return state.hidden or state.deleted or state.struck or inkless

    def brace(self, sign: str) -> None:
        """Enter or leave a group; what it changed ends with it."""
        if sign == "{":
            self.stack.append(replace(self.state))
            if len(self.stack) > _DEEPEST:
                raise ValueError("nested too deeply")
        elif self.stack:
            above = self.stack.pop()
            if self.state.raised and not above.raised:
                self.out.append(_DROP)
            inside = self.state
            self.state = above if inside.label else replace(above, table=inside.table, level=inside.level)
        self.out.append(sign)
        if self.ended_row:  # the end of an inner row stands in a group that the library passes over
            self.ended_row = False
            self._end_row()

    def write(self, text: str) -> None:
        """Text or a sign that is seen, if it is."""
        if self.unseen():
            return
        if text.strip():
            self.words, self.bold = True, self.bold and self.state.bold
        self.out.append(text)

    def word(self, word: str, number: str | None, token: str) -> None:
        """A control word."""
        state, on = self.state, number != "0"
        if word in ("v", "strike", "striked", "b", "deleted"):
            name = {"v": "hidden", "deleted": "deleted", "b": "bold"}.get(word, "struck")
            setattr(state, name, on)
        elif word == "plain":
            self.lift(False)
            self.state = _State(table=state.table, level=state.level, label=state.label, painted=state.painted)
        elif word in ("super", "nosupersub", "sub"):
            self.lift(word == "super" and on)
        elif word in ("up", "dn"):
            self.lift(word == "up" and (number or "6").lstrip("0") != "")
        elif word in ("cf", "highlight", "cb", "chcbpat", "cbpat"):
            self.paint(word, number)
        elif word == "pard":
            state.table, state.level, state.painted = False, None, False
        elif word == "intbl":
            state.table = True
        elif word in ("trowd", "clvmrg", "cellx"):
            self.row_begins(word)
        elif word == "outlinelevel":
            state.level = int(number or 0)
        elif word in ("listtext", "pntext"):
            self.out.append(f"{_ITEM} ")
            state.label = True
        elif word in _SHOWN:
            self.write(token)
            return
        self.end(word, token)

    def paint(self, word: str, number: str | None) -> None:
        """The colour of what follows, or of what stands behind it."""
        if word == "cf":
            self.state.white = number in self.white
        else:
            self.state.painted = number not in (None, "0")

    def row_begins(self, word: str) -> None:
        """What is told of the cells of a row before they are written."""
        if word == "trowd":
            self.merged, self.merges, self.cell = [], False, 0
        elif word == "cellx":
            self.merged, self.merges = [*self.merged, self.merges], False
        else:
            self.merges = True

    def lift(self, up: bool) -> None:
        """Begin or end raised text."""
        if up != self.state.raised and not self.unseen():
            self.out.append(_LIFT if up else _DROP)
            self.state.raised = up

    def end(self, word: str, token: str) -> None:
        """The end of a paragraph, cell or row, marked with what it was; any other word as it is."""
        if word in ("cell", "nestcell"):
            self.row_bold = self.row_bold and (self.bold or not self.words)
            merged = word == "cell" and self.cell < len(self.merged) and self.merged[self.cell]
            self.cell += word == "cell"
            self.out.append(f"{_ABOVE * merged}{_CELL}")
            self.bold, self.words = True, False
        elif word == "row":
            self._end_row()
        elif word == "nestrow":
            self.ended_row = True
        elif word == "par" and self.state.table:
            self.out.append(" ")
        elif word in ("par", "sect", "page"):
            if self.state.deleted:
                return
            level = self.state.level
            marks = _LEVEL * (level + 1) if level is not None and 0 <= level < 9 else ""
            self.out.append(f"{marks}{_BOLD * (self.bold and self.words)}{token}")
            self.bold, self.words = True, False
        elif word not in ("row", "cell"):
            self.out.append(token)

    def _end_row(self) -> None:
        self.out.append(f"{_BOLD * self.row_bold}{_ROW}\\par ")
        self.row_bold, self.bold, self.words = True, True, False


def _white(source: str) -> frozenset[str]:
    """The numbers of the colours of a file that are white."""
    table = re.search(r"\\colortbl([^{}]*)", source)
    colours = table[1].split(";")[:-1] if table else []
    return frozenset(str(n) for n, colour in enumerate(colours) if colour.count("255") == 3)


def _marked(source: str) -> str:
    """The file without what is not seen, and with our marks where paragraphs, cells and rows end."""
    marker, position = _Marker(_white(source)), 0
    while hit := _TOKEN.match(source, position):
        position = hit.end()
        word, number, byte, sign, brace, text = hit.groups()
        if word == "bin":
            position += max(0, int(number or 0))
        elif marker.skip:
            marker.skip += (brace == "{") - (brace == "}")
            if not marker.skip:
                marker.brace("}")
        elif brace:
            marker.brace(brace)
        elif word in _DATA and marker.stack:
            marker.skip = 1
        elif word:
            marker.word(word, number, hit[0])
        elif byte or text or sign and sign not in ("\\*", "\\\n", "\\\r"):
            marker.write(hit[0])
        elif sign:
            marker.out.append(hit[0] if sign == "\\*" else "\\par ")
        else:
            marker.out.append("\n")  # it ends the control word before it
    return "".join(marker.out)
