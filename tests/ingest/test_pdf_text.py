"""PDFs of other producers: what is drawn in odd orders, twice, raised, unseen, in columns, tables and form fields."""

import io
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.parsers.pdf import pdf
from ingest.records import ReadDocument
from tests.ingest.making import Pdf, cut, texts

FONT, SIZE = "Helvetica", 11
FILLER = "Elmshire Council keeps this paper for families, schools and all who work with them."


def read(draw: Callable[[Canvas], None], filler: bool = True) -> ReadDocument:
    return pdf.read(drawn(draw, filler), "x.pdf")


def drawn(draw: Callable[[Canvas], None], filler: bool = True) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0)
    canvas.setFont(FONT, SIZE)
    if filler:
        canvas.drawString(60, 780, FILLER)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def text_of(draw: Callable[[Canvas], None]) -> str:
    return read(draw).pages[0].text.removeprefix(FILLER).strip()


def letters(canvas: Canvas, text: str, x: float, y: float) -> list[tuple[float, float, str]]:
    return [(x + canvas.stringWidth(text[:n], FONT, SIZE), y, sign) for n, sign in enumerate(text) if sign != " "]


@pytest.mark.parametrize("seed", range(4))
def test_letters_that_are_objects_of_their_own_are_joined_by_position(seed: int) -> None:
    lines = ["There are 31 places at Elm School", "and 12 more will open in spring."]

    def draw(canvas: Canvas) -> None:
        found = [one for n, line in enumerate(lines) for one in letters(canvas, line, 60, 700 - 15 * n)]
        if seed:
            random.Random(seed).shuffle(found)
        for x, y, sign in found:
            canvas.drawString(x, y, sign)

    assert text_of(draw).split("\n") == lines


@pytest.mark.parametrize(
    ("before", "mark", "after", "expected"),
    [
        ("In May 150", "2", " children waited.", "In May 150 children waited."),
        ("On the 25", "th", " of May", "On the 25th of May"),
        ("A hall of 40 m", "2", " was built.", "A hall of 40 m2 was built."),
        ("", "3", " Without pupils seen once.", "3 Without pupils seen once."),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_raised_signs(before: str, mark: str, after: str, expected: str, apart: bool) -> None:
    def draw(canvas: Canvas) -> None:
        at = 60 + canvas.stringWidth(before, FONT, SIZE)
        then = at + canvas.stringWidth(mark, FONT, 6.5)
        canvas.drawString(60, 700, before)
        if not apart:
            raise_mark(canvas, at, mark)
        canvas.drawString(then, 700, after)
        canvas.drawString(60, 680, "Another line stands below it.")
        if apart:
            raise_mark(canvas, at, mark)

    assert text_of(draw).split("\n")[0] == expected


def raise_mark(canvas: Canvas, x: float, mark: str) -> None:
    canvas.setFont(FONT, 6.5)
    canvas.drawString(x, 704, mark)
    canvas.setFont(FONT, SIZE)


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 700, "Secret words.")


def white_on_a_dark_head(canvas: Canvas) -> None:
    canvas.rect(50, 690, 300, 30, fill=1, stroke=0)
    white(canvas)


def under_a_white_box(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Secret words.")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(50, 690, 300, 30, fill=1, stroke=0)


def under_a_black_box(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Secret words.")
    canvas.rect(50, 690, 300, 30, fill=1, stroke=0)


def under_a_yellow_mark(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Secret words.")
    canvas.setFillColorRGB(1, 1, 0)
    canvas.rect(50, 690, 300, 30, fill=1, stroke=0)


def without_ink(canvas: Canvas) -> None:
    words = canvas.beginText(60, 700)
    words.setTextRenderMode(3)
    words.textOut("Secret words.")
    canvas.drawText(words)


def tiny(canvas: Canvas) -> None:
    canvas.setFont(FONT, 0.6)
    canvas.drawString(60, 700, "Secret words.")


def off_the_page(canvas: Canvas) -> None:
    canvas.drawString(-300, 700, "Secret words.")


@pytest.mark.parametrize(
    ("draw", "seen"),
    [
        (white, False), (white_on_a_dark_head, True), (under_a_white_box, False), (under_a_black_box, False),
        (under_a_yellow_mark, True), (without_ink, False), (tiny, False), (off_the_page, False),
    ],
)  # fmt: skip
def test_what_nobody_can_see_is_not_read(draw: Callable[[Canvas], None], seen: bool) -> None:
    assert text_of(draw) == ("Secret words." if seen else "")


def picture() -> ImageReader:
    return ImageReader(Image.new("RGB", (60, 80), (200, 190, 180)))


def test_words_that_were_read_in_a_scan_are_kept_although_they_have_no_ink() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, 595, 842)
        words = canvas.beginText(60, 700)
        words.setFont(FONT, SIZE)
        words.setTextRenderMode(3)
        words.textLines(f"{FILLER}\nThere are 12 beds.")
        canvas.drawText(words)

    assert read(draw, filler=False).pages[0].text.split("\n") == [FILLER, "There are 12 beds."]


def test_pages_that_are_pictures_are_told_by_number() -> None:
    def draw(canvas: Canvas) -> None:
        for scanned in (True, True, False, True):
            canvas.showPage()
            canvas.setFont(FONT, SIZE)
            if scanned:
                canvas.drawImage(picture(), 0, 100, 595, 700)
                canvas.drawString(280, 30, "Agenda page 7")
            else:
                canvas.drawString(60, 700, FILLER)

    (told,) = read(draw).warnings
    assert told.startswith("Pages 2-3 and 5 of x.pdf are pictures")


@pytest.mark.parametrize("offset", [(0.0, 0.0), (0.4, 0.0), (0.5, 0.5)])
def test_what_is_printed_twice_to_look_bold_is_read_once(offset: tuple[float, float]) -> None:
    def draw(canvas: Canvas) -> None:
        for x, y in ((0.0, 0.0), offset):
            for n, word in enumerate("All illness is told to Ann".split()):
                canvas.drawString(60 + x + 50 * n, 700 + y, word)

    assert text_of(draw).split() == "All illness is told to Ann".split()


LEFT = ("Elm School opened a base for", "pupils with autism last year and", "has room for 14 of them.")
RIGHT = ("Therapists now visit all of the", "nurseries each term and they leave", "a plan behind for the staff.")


def test_columns_that_are_drawn_line_by_line_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            canvas.drawString(60, 700 - 15 * n, left)
            canvas.drawString(310, 700 - 15 * n, right)
        canvas.drawString(60, 620, "A line that runs across both of the columns stands below them, as a foot.")

    assert text_of(draw).split("\n")[:-1] == [*LEFT, *RIGHT]


ROWS = [
    (["Item"], ["Notes"], ["Action"]),
    (["Waiting", "times"], ["The wait for speech", "therapy is 14 weeks."], ["Ann Lee to", "report in May"]),
    (["Transport"], ["Taxis are late", "on most days."], ["Bo Hill"]),
]


@pytest.mark.parametrize(("by_cell", "ruled"), [(False, False), (False, True), (True, True)])
def test_a_row_of_a_table_is_one_passage_with_its_heads(tmp_path: Path, by_cell: bool, ruled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        top = 700.0
        for row in ROWS:
            height = 14 * max(map(len, row)) + 10
            places = [(column, line, text) for column, cell in enumerate(row) for line, text in enumerate(cell)]
            for column, line, text in places if by_cell else sorted(places, key=lambda place: place[1]):
                canvas.setFont("Helvetica-Bold" if row is ROWS[0] else FONT, SIZE)
                canvas.drawString(64 + 150 * column, top - 14 * (line + 1), text)
            if ruled:
                for column in range(3):
                    canvas.rect(60 + 150 * column, top - height, 150, height)
            top -= height

    (document,) = cut(tmp_path, "plan.pdf", drawn(draw))
    found = {passage.text: passage.lead_in for passage in document.passages if " | " in passage.text}
    assert found == {
        "Waiting times | The wait for speech therapy is 14 weeks. | Ann Lee to report in May": "Item | Notes | Action",
        "Transport | Taxis are late on most days. | Bo Hill": "Item | Notes | Action",
    }


def test_values_of_form_fields_stand_behind_or_under_their_labels() -> None:
    def draw(canvas: Canvas) -> None:
        form = canvas.acroForm
        canvas.drawString(60, 700, "Children in the club:")
        form.textfield(name="a", x=200, y=695, width=200, height=18, value="24 children")
        canvas.drawString(60, 650, "Agreed by parents")
        form.checkbox(name="b", x=200, y=648, size=14, checked=True)
        form.checkbox(name="c", x=300, y=648, size=14, checked=False)
        canvas.drawString(60, 625, "Transport:")
        for x, name in ((230, "yes"), (330, "no")):
            form.radio(name="e", x=x - 30, y=622, size=14, value=name, selected=name == "yes")
            canvas.drawString(x, 625, name)
        canvas.drawString(80, 605, "Photographs may be taken")
        form.checkbox(name="f", x=60, y=603, size=14, checked=True)
        canvas.drawString(60, 580, "Day of the club")
        form.choice(name="d", x=60, y=550, width=100, height=18, options=[("Monday", "m"), ("Friday", "f")], value="f")

    assert text_of(draw).split("\n") == [
        "Children in the club: 24 children", "Agreed by parents \N{BALLOT BOX WITH X}",
        "Transport: \N{BALLOT BOX WITH X} yes no", "\N{BALLOT BOX WITH X} Photographs may be taken",
        "Day of the club", "Friday"
    ]  # fmt: skip


def test_slides_in_large_type_and_bold_paragraphs_can_be_quoted(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 28)
        canvas.drawString(60, 720, "Elmshire Council: our year")
        canvas.showPage()
        canvas.setFont("Helvetica-Bold", 28)
        canvas.drawString(60, 720, "What is better")
        canvas.setFont(FONT, 18)
        for n, text in enumerate(("Waits fell to 14 weeks in all clinics", "Every school has a named nurse now")):
            canvas.drawString(60, 660 - 40 * n, text)
        canvas.showPage()
        canvas.setFont("Helvetica-Bold", SIZE)
        canvas.drawString(60, 700, "A member asked how many pupils wait for a place and")
        canvas.drawString(60, 686, "was told that there were 31.")
        canvas.setFont(FONT, SIZE)
        canvas.drawString(60, 650, "The report was noted.")

    (document,) = cut(tmp_path, "slides.pdf", drawn(draw, filler=False))
    whole = " ".join(texts(document))
    for words in ("14 weeks in all clinics", "a named nurse", "asked how many pupils wait for a place and was told"):
        assert words in whole


@pytest.mark.parametrize(
    ("wide", "y", "pen", "seen"),
    [
        (61.0, 703.0, 1.0, "stays open."),  # through the words
        (61.0, 703.0, 2.0, "stays open."),  # with a thick pen
        (61.0, 698.5, 1.0, "The old club stays open."),  # under them
        (400.0, 703.0, 1.0, "The old club stays open."),  # a line of a chart
    ],
)
def test_words_that_a_line_goes_through_are_not_read(wide: float, y: float, pen: float, seen: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(pen)
        canvas.drawString(60, 700, "The old club stays open.")
        canvas.line(60, y, 60 + wide, y)

    assert text_of(draw) == seen


def test_a_table_goes_on_over_its_page_break_and_a_merged_cell_stands_for_each_row(tmp_path: Path) -> None:
    def grid(canvas: Canvas, top: float, rows: list[tuple[str, str, str]], merged: bool = False) -> None:
        for n, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.setFont("Helvetica-Bold" if row[0] == "Area" else FONT, SIZE)
                canvas.drawString(64 + 150 * column, top - 20 * n - 14, text)
                tall = 40 if merged and not column and n == len(rows) - 2 else 20
                if tall == 40 or not (merged and not column and n == len(rows) - 1):
                    canvas.rect(60 + 150 * column, top - 20 * n - tall, 150, tall)

    def draw(canvas: Canvas) -> None:
        grid(canvas, 700, [("Area", "School", "Places"), ("North", "Elm", "40"), ("", "Ash", "55")], merged=True)
        canvas.showPage()
        grid(canvas, 780, [("South", "Oak", "12"), ("East", "Yew", "9")])

    (document,) = cut(tmp_path, "plan.pdf", drawn(draw))
    rows = [(p.lead_in, p.text) for p in document.passages if " | " in p.text]
    heads = "Area | School | Places"
    assert rows == [
        (heads, "North | Elm | 40"), (heads, "North | Ash | 55"), (heads, "South | Oak | 12"), (heads, "East | Yew | 9")
    ]  # fmt: skip


def test_wide_and_narrow_setting_parts_no_words() -> None:
    def draw(canvas: Canvas) -> None:
        for y, size, between, blank, scale, text in (
            (700, 14, 3.0, 0.0, 100, "WAITING TIMES"), (660, 11, 0.0, 8.0, 100, "Justified words stand far apart"),
            (640, 11, 0.0, 0.0, 80, "Narrow words stand close"),
        ):  # fmt: skip
            words = canvas.beginText(60, y)
            words.setFont(FONT, size)
            words.setCharSpace(between)
            words.setWordSpace(blank)
            words.setHorizScale(scale)
            words.textOut(text)
            canvas.drawText(words)

    assert text_of(draw).split("\n") == ["WAITING TIMES", "Justified words stand far apart", "Narrow words stand close"]


def test_spaced_letters_that_a_browser_draws_one_by_one_are_words() -> None:
    def draw(canvas: Canvas) -> None:
        for y, text in ((620, "BRIGHTON AND HOVE"), (600, "0123456789")):
            for n, sign in enumerate(text):
                canvas.drawString(60 + canvas.stringWidth(text[:n], FONT, SIZE) + 3 * n, y, sign.strip())

    assert text_of(draw).split("\n") == ["BRIGHTON AND HOVE", "0 1 2 3 4 5 6 7 8 9"]


@pytest.mark.parametrize("kind", [3, 42])
def test_ligatures_and_raised_signs_of_another_producer(kind: int) -> None:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"pdf.fonttype": kind}):
        sheet = Figure(figsize=(8, 11))
        sheet.text(0.1, 0.9, "A difficult office: fine flows, – “soon”. On the 25$^{th}$ there were 150$^2$ of them.")
        file = io.BytesIO()
        sheet.savefig(file, format="pdf")
    text = pdf.read(file.getvalue(), "x.pdf").pages[0].text
    assert text == "A difficult office: fine flows, – “soon”. On the 25th there were 150 of them."


def test_ligatures_of_a_page_printed_by_a_browser() -> None:
    def draw(canvas: Canvas) -> None:
        words = canvas.beginText(60, 700)
        for part in re.split(r"(ffi|fi)", "Officers find a first file at the office"):
            letter = {"ffi": "W", "fi": "H"}.get(part)  # as wide as the ligature it stands for
            words._code.append(f"/Span<</ActualText ({part})>> BDC" if letter else "")
            words.textOut(letter or part)
            words._code.append("EMC" if letter else "")
        canvas.drawText(words)

    assert text_of(draw) == "Officers find a first file at the office"


def test_points_whose_marks_are_shapes_are_points(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for n, (x, text) in enumerate(
            [(60, "Who can apply for a short break in the area"), (80, "children with a plan of the council who live"),
             (80, "at home in the area"), (110, "aged 5 to 17"), (80, "families of two or more children"),
             (60, "Ring the team on Mondays.")]
        ):  # fmt: skip
            canvas.drawString(x, 700 - 14 * n, text)
            if n in (1, 4):
                canvas.circle(71, 704 - 14 * n, 2, stroke=0, fill=1)
            elif n == 3:
                canvas.circle(101, 704 - 14 * n, 2)

    (document,) = cut(tmp_path, "p.pdf", drawn(draw))
    assert [(p.kind, p.text) for p in document.passages][-4:] == [
        ("bullet", "children with a plan of the council who live at home in the area"), ("bullet", "aged 5 to 17"),
        ("bullet", "families of two or more children"), ("paragraph", "Ring the team on Mondays."),
    ]  # fmt: skip


def test_a_row_that_goes_on_overleaf_keeps_its_label(tmp_path: Path) -> None:
    def page(canvas: Canvas, rows: list[tuple[str, str, str]]) -> None:
        canvas.grid([60, 160, 380, 480], [780 - 30 * n for n in range(len(rows) + 1)])
        for n, row in enumerate(rows):
            for x, text in zip((64, 164, 384), row, strict=True):
                canvas.setFont("Helvetica-Bold" if row[0] == "Item" else FONT, SIZE)
                canvas.drawString(x, 760 - 30 * n, text)

    def draw(canvas: Canvas) -> None:
        heads = ("Item", "Notes", "Action")
        page(canvas, [heads, ("1. Waits", "They are long.", "Ann Penn"), ("2. Plans", "Few are late.", "Bo Lamb")])
        canvas.showPage()
        page(canvas, [heads, ("", "Parents are told so.", ""), ("3. Taxis", "They are shared.", "Cy Moss")])

    (document,) = cut(tmp_path, "minutes.pdf", drawn(draw, filler=False))
    heads = "Item | Notes | Action"
    assert [(p.lead_in, p.text) for p in document.passages][1:] == [
        (heads, "2. Plans | Few are late. | Bo Lamb"), (f"{heads}: 2. Plans", "Parents are told so."),
        (heads, "3. Taxis | They are shared. | Cy Moss"),
    ]  # fmt: skip


RULED = [["Action", "Progress", "Owner"], ["Open Hill", "Places:", "Ann Penn"], ["Publish", "Done in May", "Bo Lamb"]]
INSIDE = [["School", "Places"], ["Hill Primary", "40"], ["Dale Primary", "25"]]


@pytest.mark.parametrize("gap", [2.5, 6.0])
@pytest.mark.parametrize("filling", [False, True])
def test_a_ruled_table_inside_a_cell_keeps_its_own_heads(tmp_path: Path, gap: float, filling: bool) -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas, RULED, [60, 160, 380, 480], [740, 720, 600, 580])
        table(canvas, INSIDE, [160 + gap, 270, 380 if filling else 370], [690, 670, 650, 630])

    def table(canvas: Canvas, rows: list[list[str]], xs: list[float], ys: list[float]) -> None:
        canvas.grid(xs, ys)
        for row, y in zip(rows, ys, strict=False):
            for text, x in zip(row, xs, strict=False):
                canvas.drawString(x + 8, y - 14, text)

    (document,) = cut(tmp_path, "plan.pdf", drawn(draw))
    assert [(p.lead_in, p.text) for p in document.passages if p.kind == "row"] == [
        (" | ".join(RULED[0]), " | ".join(RULED[1])), (" | ".join(RULED[0]), " | ".join(RULED[2])),
        ("School | Places", "Hill Primary | 40"), ("School | Places", "Dale Primary | 25"),
    ]  # fmt: skip


@pytest.mark.parametrize("heads", [("Clinic", "Seen", "Longest wait"), ()])
def test_figures_keep_their_label_where_no_rule_is_drawn(tmp_path: Path, heads: tuple[str, ...]) -> None:
    def draw(canvas: Canvas) -> None:
        for n, row in enumerate(
            [heads, ("Elm House", "61", "19 weeks"), ("Ash House", "9", "7 weeks"), ("Oak", "4", "2")]
        ):
            for column, text in enumerate(row):
                canvas.drawString(60 + 150 * column, 700 - 15 * n, text)
        canvas.drawString(60, 600, "The clinics are open all year round for families and for schools in the area.")

    (document,) = cut(tmp_path, "waits.pdf", drawn(draw))
    rows = [(p.lead_in, p.text) for p in document.passages if " | " in p.text]
    assert rows[1] == (" | ".join(heads), "Ash House | 9 | 7 weeks")
    assert "The clinics are open" in texts(document)[-1]


@pytest.mark.parametrize("heads", [("Measure", "2023", "2024"), ("", "2023", "2024"), ()])
def test_figures_set_to_the_right_keep_their_label(tmp_path: Path, heads: tuple[str, ...]) -> None:
    rows = [
        heads,
        ("Plans in twenty weeks", "48.2", "1"),
        ("Children who wait", "1,204", "980"),
        ("Appeals", "", "102"),
    ]

    def draw(canvas: Canvas) -> None:
        for n, row in enumerate(rows):
            for text, end in zip(row, (0, 300, 335), strict=False):
                if text:
                    canvas.drawRightString(end, 700 - 15 * n, text) if end else canvas.drawString(
                        60, 700 - 15 * n, text
                    )
        canvas.drawString(60, 600, "The figures are counted each spring by the schools and by the council.")

    (document,) = cut(tmp_path, "waits.pdf", drawn(draw))
    found = [(p.lead_in, p.text) for p in document.passages if " | " in p.text]
    assert [text for _, text in found] == [" | ".join(row).replace("  ", " ") for row in rows[1:]]
    assert {lead for lead, _ in found} == {" | ".join(heads).removeprefix(" | ")}


def test_an_address_that_a_line_end_breaks_is_one_word(tmp_path: Path) -> None:
    sheet = Pdf().paragraph(
        "The board is at elmshireandaldershire.icb.nhs.", "uk and the report at https://www.elmshire.gov.uk/send/"
    )
    sheet.line("report for all. It lists the steps, e.g.").line("the first of them.")
    (text,) = texts(cut(tmp_path, "p.pdf", sheet.data())[0])
    assert "elmshireandaldershire.icb.nhs.uk and" in text and "gov.uk/send/report for" in text and "e.g. the" in text
