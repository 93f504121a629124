"""Rich text with our own marks: what is not seen taken out, the ends of paragraphs, cells and rows told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

# Signs of our own, from the part of Unicode that is left to private use.
LEVEL, ROW, BOLD, ITEM, LIFT, DROP, ABOVE, CELL = map(chr, range(0xE001, 0xE009))
INNER, INNER_CELL, INNER_ROW = map(chr, range(0xE009, 0xE00C))  # of a table inside a cell
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|(\\'[0-9a-fA-F]{2})|(\\[^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_DATA = frozenset(
    "pict objdata themedata colorschememapping datastore datafield fontemb latentstyles xmlnstbl passwordhash".split()
)
_SHOWN = frozenset("tab line emdash endash emspace enspace qmspace bullet lquote rquote ldblquote rdblquote u".split())
_HEADING = re.compile(r"\{\\s(\d+)\b[^{};]*?\bheading ([1-6]);", re.IGNORECASE)  # of the table of styles
_DEEPEST = 2_000


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


@dataclass
class _Marker:
    """Walks the tokens of a file once and writes those that are seen, with our marks.

    `white` are the numbers of the colours that show on no paper, `headings` the levels of styles by their numbers.
    """

    white: frozenset[str]
    headings: dict[str, int]
    out: list[str] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    bold: bool = True  # whether all words of the paragraph so far are
    words: bool = False
    row_bold: bool = True
    inside: bool = False  # in a table inside a cell...
    deep: bool = False  # ...to which this paragraph belongs
    inner_bold: bool = True
    inner_row: bool = False  # between what is told of the row of such a table and the end of that group
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
                self.out.append(DROP)
            inside = self.state
            self.state = above if inside.label else replace(above, table=inside.table, level=inside.level)
        self.out.append(sign)
        if self.inner_row and sign == "}":  # the end of an inner row stands in a group that the library passes over
            self.out.append(f"{BOLD * self.inner_bold}{INNER_ROW}")
            self.inner_row, self.inner_bold = False, True

    def write(self, text: str) -> None:
        """Text or a sign that is seen, if it is."""
        if self.unseen():
            return
        if text.strip():
            self.inside = self.inside and self.deep
            self.words, self.bold = True, self.bold and self.state.bold
        self.out.append(text)

    def word(self, word: str, number: str | None, token: str) -> None:
        """A control word."""
        if word in _SHOWN:
            self.write(token)
            return
        if not self._looks(word, number):
            self._stands(word, number)
        self.end(word, token)

    def _looks(self, word: str, number: str | None) -> bool:
        """Whether a word says how what follows looks; it does from now on."""
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
        else:
            return False
        return True

    def _stands(self, word: str, number: str | None) -> None:
        """What a word says of where what follows stands: in a table, a list or a heading."""
        state = self.state
        if word == "pard":
            state.table, state.level, state.painted, self.deep = False, None, False, False
        elif word == "intbl":
            state.table = True
        elif word == "itap":
            self.enter_inner(int(number or 1) > 1)
        elif word == "nesttableprops":
            self.inner_row = True
        elif word in ("trowd", "clvmrg", "cellx"):
            self.row_begins(word)
        elif word == "outlinelevel":
            state.level = int(number or 0)
        elif word == "s" and number in self.headings:
            state.level = self.headings[number]
        elif word in ("listtext", "pntext"):
            self.out.append(f"{ITEM} ")
            state.label = True

    def paint(self, word: str, number: str | None) -> None:
        """The colour of what follows, or of what stands behind it."""
        if word == "cf":
            self.state.white = number in self.white
        else:
            self.state.painted = number not in (None, "0")

    def enter_inner(self, deep: bool) -> None:
        """A paragraph that belongs to a table inside a cell, or not."""
        self.deep = deep
        if deep and not self.inside:
            self.row_bold = self.row_bold and (self.bold or not self.words)
            self.inside, self.inner_bold, self.bold, self.words = True, True, True, False
            self.out.append(INNER)

    def row_begins(self, word: str) -> None:
        """What is told of the cells of a row before they are written."""
        if self.inner_row:
            return
        if word == "trowd":
            self.merged, self.merges, self.cell = [], False, 0
        elif word == "cellx":
            self.merged, self.merges = [*self.merged, self.merges], False
        else:
            self.merges = True

    def lift(self, up: bool) -> None:
        """Begin or end raised text."""
        if up != self.state.raised and not self.unseen():
            self.out.append(LIFT if up else DROP)
            self.state.raised = up

    def end(self, word: str, token: str) -> None:
        """The end of a paragraph, cell or row, marked with what it was; any other word as it is."""
        if word == "nestcell":
            self.inner_bold = self.inner_bold and (self.bold or not self.words)
            self.out.append(INNER_CELL)
            self.bold, self.words = True, False
        elif word == "cell":
            self.row_bold = self.row_bold and (self.bold or not self.words)
            merged = self.cell < len(self.merged) and self.merged[self.cell]
            self.cell += 1
            self.out.append(f"{ABOVE * merged}{CELL}")
            self.bold, self.words, self.inside = True, False, False
        elif word == "row":
            self.out.append(f"{BOLD * self.row_bold}{ROW}\\par ")
            self.row_bold, self.bold, self.words = True, True, False
        elif word == "par" and self.state.table:
            self.out.append(" ")
        elif word in ("par", "sect", "page"):
            if self.state.deleted:
                return
            level = self.state.level
            marks = LEVEL * (level + 1) if level is not None and 0 <= level < 9 else ""
            self.out.append(f"{marks}{BOLD * (self.bold and self.words)}{token}")
            self.bold, self.words = True, False
        else:
            self.out.append(token)


def _white(source: str) -> frozenset[str]:
    """The numbers of the colours of a file that are white."""
    table = re.search(r"\\colortbl([^{}]*)", source)
    colours = table[1].split(";")[:-1] if table else []
    return frozenset(str(n) for n, colour in enumerate(colours) if colour.count("255") == 3)


def marked(source: str) -> str:
    """The file without what is not seen, and with our marks where paragraphs, cells and rows end."""
    headings = {style: int(level) - 1 for style, level in _HEADING.findall(source)}
    marker, position = _Marker(_white(source), headings), 0
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
