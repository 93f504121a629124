"""Lines to blocks: headings, paragraphs, bullets and table rows, each whole across page breaks.

Formats with markup say what a line is; for PDF and plain text it is inferred from where the line stands,
how it begins and how the one before it ended.
"""

from __future__ import annotations

import re

from ingest.records import BORDER, Block, Line, ReadDocument
from ingest.registry.sections import having, is_whole, known
from ingest.structure import spilled
from ingest.structure.collect import OPENS_LIST, Collector
from ingest.structure.headings import is_heading, level_of, with_idle_headings
from ingest.structure.lists import with_short_lists
from ingest.structure.numbering import printed_number

GLYPH = re.compile(r"^(?:[◼▪■□●•◦‣·∙⁃➢✓\uf0b7\uf0a7\uf0a8\uf06e]|[-–*](?=\s)|[o§](?=\s+[A-Z(‘“a-z]))\s*(?=\S)")
TERMINATED = re.compile(r"[.!?:;][\"'”’)\]]*$|[-–]$")
SUBJECT_AGAIN = re.compile(r"^(They|This|These|It|In addition|Additionally|As a result|However|Also|Including)\b")
CELL_PARTS, ROW_PARTS = frozenset(having("cells")), frozenset(having("rows"))
PERSON_ENDS = re.compile(r"\b(inspector|HMI|Ofsted|CQC)$", re.IGNORECASE)  # one line a person in the team's table
COLUMN_STEP = 90.0  # points between two columns; no indent is that deep
LEADING_STEP = 0.35  # points by which the line after a table rule stands lower than a line of the same cell
OWN_LINE = re.compile(
    r"^((Inspection dates?|Dates? of (the )?previous inspections?)\b.{0,12}:|Dear [A-Z]|Yours (sincerely|faithfully)|"
    r"CC:)",
    re.IGNORECASE,
)
GREETING = re.compile(r"(Dear .{2,60}|Yours (sincerely|faithfully),?)", re.IGNORECASE)
COLUMN_TOP = -100.0  # points: from the foot of a column to the head of the next, no cell of a table is so high
SAME_X = 2.0  # points: glyphs of one list
OUTSIDE = 6.0  # points left of a point: there its list is over
FULL_LINE = 0.8  # share of the longest line from which on a line counts as running to the margin


class _Builder(Collector):
    """Walks the lines once and decides for each: it continues the open block or begins another."""

    def add(self, line: Line, following: Line | None) -> None:
        """Place one line: it continues the open block or begins another."""
        if self._heading_goes_on(line):
            self.extend(line)
            self.previous = line
            return
        if self.open is not None and self.open.kind == "heading":
            self.close()  # only now is it known what part of the document this line stands in
        if is_heading(
            line, self.previous, following, self.document.media, self._is_table_header(line), self.types[line.span.page]
        ):
            self.start("heading", line, level=level_of(line, self.document))
        elif self._is_table_header(line):
            self._table_header(line)
        else:
            self._content(line)
        self.previous = line

    def _heading_goes_on(self, line: Line) -> bool:
        """A heading that wraps: same face, no gap, and neither it nor the line is a whole known heading."""
        if self.open is None or self.open.kind != "heading" or self.document.media != "pdf":
            return False
        previous = self.previous
        if previous is None or line.starts or previous.span.page != line.span.page:
            return False
        if is_whole(self.open.text) or known(line.text):
            return False
        same_face = line.bold == previous.bold and line.size == previous.size
        unfinished = self.open.text.lower().startswith("what is it like")  # until its question mark
        return same_face and bool(line.bold or (line.size or 0) > 16 or unfinished)

    def _is_table_header(self, line: Line) -> bool:
        """The bold cells over a known table; the second of a heading printed twice."""
        if not line.bold or line.role is not None:
            return False
        found = known(line.text)
        repeats = bool(found and found.section == self.part and self.part in ROW_PARTS)
        return repeats or (self.part in CELL_PARTS | ROW_PARTS and found is None and len(line.text) < 60)

    def _table_header(self, line: Line) -> None:
        if self.part == "priority" or self.part in CELL_PARTS:
            if self.open is not None:
                self.close()
            self.columns.append((line.x or 0.0, line.text))
        elif self.open is not None and self.open.kind != "row":
            self.close()

    def _content(self, line: Line) -> None:
        glyph = None if line.role in ("paragraph", "row") else GLYPH.match(line.text)
        if self.columns and self.part in CELL_PARTS:
            self._cell(line)
        elif self.part in ROW_PARTS and self.document.media == "pdf":
            self._row(line, glyph)
        elif glyph or line.role == "bullet":
            self._bullet(line, glyph)
        elif line.role == "row":
            self._table_row(line)
        elif (printed := printed_number(line.text)) and not self._runs_on(line, numbered=self._counts(line, printed)):
            self._numbered(line, printed)
        elif self._runs_on(line):
            self.extend(line)
        else:
            self._end_list(line)
            self.start("paragraph", line)

    def _counts(self, line: Line, printed: tuple[str, int]) -> bool:
        """Whether a number at the start of a line counts a paragraph or item, and is no word of a sentence."""
        unfinished = self.open is not None and not TERMINATED.search(self.open.text)
        return not (unfinished and line.text[printed[1] :][:1].islower()) or self.numbering.expects(printed[0])

    def _bullet(self, line: Line, glyph: re.Match[str] | None) -> None:
        text = line.text[glyph.end() :] if glyph else line.text
        printed = printed_number(text)
        level = line.level or self._glyph_level(line, glyph)
        offset = (glyph.end() if glyph else 0) + (printed[1] if printed else 0)
        number = self.numbering.enter(printed[0], level, self.list_is_open()) if printed else None
        if number is not None and number.isdigit() and not glyph and level <= 1:
            self.start("paragraph", line, offset, level=level, number=number)
        else:
            lead = self.lead_in(level)
            self.start("bullet", line, offset, level=level, number=number, lead_in=lead, group=self.group)

    def _glyph_level(self, line: Line, glyph: re.Match[str] | None) -> int:
        """Nesting by the order in which a list's glyphs first appear."""
        sign = glyph.group().strip() if glyph else ""
        if sign not in self.glyphs:
            self.glyphs.append(sign)
        level = self.glyphs.index(sign) + 1
        del self.glyphs[level:]
        return level

    def _numbered(self, line: Line, printed: tuple[str, int]) -> None:
        number = self.numbering.enter(printed[0], line.level, self.list_is_open())
        nested = number != printed[0]
        item = nested or not number.isdigit() or self._numbers_a_list(int(number))
        lead = self.lead_in(2 if nested else 1) if item else ""
        self.start(
            "bullet" if item else "paragraph",
            line,
            printed[1],
            level=2 if nested else 1,
            number=number,
            lead_in=lead,
            group=self.group if item else None,
        )

    def _numbers_a_list(self, value: int) -> bool:
        """Whether a top-level number counts the items of a list and not the paragraphs of the document."""
        self.close()
        last = self.blocks[-1] if self.blocks else None
        if last is None:
            return False
        if value == 1:
            return last.number is None and bool(OPENS_LIST.search(last.text))
        return last.kind == "bullet" and last.number == str(value - 1) and bool(last.lead_in)

    def _table_row(self, line: Line) -> None:
        """A row that markup tells; each carries the header cells of its table, without which it says little."""
        if line.level or self.open is None or self.open.kind not in ("row", "header"):
            self.header = self.section = ""
            self.group += 1
        if not line.bold:
            lead_in = self._heads() or self.lead_in()
            if label := self._label_overleaf(line):
                lead_in = f"{lead_in}: {label}"
            else:
                self.row = line
            self.start("row", line, group=self.group, lead_in=lead_in)
            return
        above = self.header if self.open is not None and self.open.kind == "header" else ""
        self.start("header", line, group=self.group)
        if BORDER in line.text:
            self.header = f"{above} / {line.text}" if above else line.text
        else:
            self.section = line.text  # one cell across: it heads the rows below

    def _label_overleaf(self, line: Line) -> str:
        """The label of the last row of the page before, where one cell alone overleaf ends it; else nothing."""
        if self.row is None or self.row.span.page == line.span.page or line.level or BORDER not in self.header:
            return ""
        label, border, _ = self.row.text.partition(BORDER)
        return label if border and BORDER not in line.text else ""

    def _heads(self) -> str:
        """What stands over the rows of a table: the heads of its columns, behind the sub-head of these rows."""
        return ": ".join(filter(None, (self.section, self.header)))

    def _cell(self, line: Line) -> None:
        """A cell of a details table: read down its own column."""
        column = self._column(line)
        same = self.open is not None and self.open.kind == "cell" and self.open.column == column
        if same and self.part == "team" and self.open is not None:
            same = not PERSON_ENDS.search(self.open.text)
        if same and not line.starts and (line.gap or 0) < 1.5 * (line.size or 12):
            self.extend(line)
        else:
            self.start("cell", line, column=column, lead_in=self.columns[column][1], group=self.group)

    def _column(self, line: Line) -> int:
        nearest = min(range(len(self.columns)), key=lambda i: abs(self.columns[i][0] - (line.x or 0)))
        return nearest if abs(self.columns[nearest][0] - (line.x or 0)) < COLUMN_STEP else 0

    def _row(self, line: Line, glyph: re.Match[str] | None) -> None:
        """A row of the formal tables; its points stay inside it. Where no table is drawn, each point is a row."""
        two_columns = len(self.columns) > 1
        in_body_column = two_columns and (line.x or 0) < self.columns[1][0] - 20
        current = self.open
        if in_body_column:
            if current is not None and current.kind == "cell":
                self.extend(line)
            else:
                self.start("cell", line, group=self.group, lead_in=self.columns[0][1])
        elif current is None or current.kind not in ("row", "cell"):
            self._point(line, glyph)
        elif glyph and current.level and abs((line.x or 0) - (current.x or 0)) < SAME_X:
            self._point(line, glyph)
        elif current.kind == "cell":
            body = current.text
            self.start("row", line, group=self.group, lead_in=body)
        elif not glyph and not two_columns and self._rule_above(line):
            self.start("row", line, group=self.group)
        else:
            self.extend(line)

    def _point(self, line: Line, glyph: re.Match[str] | None) -> None:
        self.start("row", line, glyph.end() if glyph else 0, level=int(bool(glyph)), group=self.group)

    def _rule_above(self, line: Line) -> bool:
        """Whether a new row of a one-column table begins: a sentence has ended and a subject stands anew."""
        previous = self.previous
        if previous is None or self.open is None or not re.search(r"[.;:]$", self.open.text):
            return False
        if line.starts and line.gap and line.gap > 1.8 * (line.size or 12):
            return True
        if not line.text[:1].isupper() or SUBJECT_AGAIN.match(line.text) or self.open.text.endswith((";", ":")):
            return False
        if line.span.page != previous.span.page:
            return True
        leading = min((g for g in (previous.gap, line.gap) if g and g > 0), default=0.0)
        return bool(line.gap and line.gap >= max(leading, 14.4 / 12 * (line.size or 12)) + LEADING_STEP)

    # --- what went before ----------------------------------------------------------------------------

    def _runs_on(self, line: Line, numbered: bool = False) -> bool:
        """Whether the line goes on with the open block."""
        block, previous = self.open, self.previous
        if block is None or previous is None or block.kind in ("heading", "cell"):
            return False
        if OWN_LINE.match(line.text) or GREETING.fullmatch(block.text):
            return False
        ended = bool(TERMINATED.search(block.text))
        lower = line.text[:1].islower() or line.text[:1] in "(,"
        if line.role is not None or self.document.media == "text":
            return not ended and lower and not numbered and block.kind != "row"
        if line.span.page != previous.span.page:
            if not ended or numbered:
                return not ended and (not numbered or lower)
            indented = block.x is not None and line.x is not None and block.kind == "bullet" and line.x > block.x + 6
            return indented or (block.kind == "paragraph" and self._reaches_margin(previous) and not line.starts)
        if line.starts:
            return not ended and lower
        if line.x is not None and previous.x is not None and abs(line.x - previous.x) > COLUMN_STEP:
            return not ended and lower and (line.gap or 0) < COLUMN_TOP and line.x > previous.x
        if block.kind == "bullet" and block.x is not None and line.x is not None and line.x < block.x - OUTSIDE:
            return not ended and lower
        return not numbered

    def _reaches_margin(self, line: Line) -> bool:
        longest = max(len(other.text) for other in self.document.lines if other.span.page == line.span.page)
        return len(line.text) >= FULL_LINE * longest

    def _end_list(self, line: Line) -> None:
        if self.open is not None and self.open.kind == "bullet":
            self.group += 1
            self.glyphs = []


def blocks(document: ReadDocument, lines: tuple[Line, ...]) -> tuple[Block, ...]:
    """The blocks of a document in reading order; headings are blocks too (kind "heading")."""
    builder = _Builder(document)
    lines = spilled.put_back(lines) if document.media == "pdf" else lines
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        builder.add(line, following)
    builder.close()
    return tuple(with_short_lists(list(with_idle_headings(builder.blocks)), document.pages))
