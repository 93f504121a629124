"""Word documents: what a person sees with all changes accepted, numbers included; dangerous files refused."""

import io
import zipfile

import pytest

from ingest.errors import DocumentError
from ingest.parsers.labels import letters, repeated_letter, roman
from ingest.parsers.office import docx as reader
from ingest.records import ReadDocument

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"

STYLES = """
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Report heading"/><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="Part"><w:name w:val="Part"/>
<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Num"><w:name w:val="Numbered"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="5">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="5"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>
"""


def package(body: str, doctype: str = "") -> bytes:
    """The smallest archive that Word would open."""

    def part(kind: str, tag: str, inside: str) -> str:
        head = doctype if kind == "document" else ""
        return f'<?xml version="1.0"?>{head}<w:{tag} xmlns:w="{W}">{inside}</w:{tag}>'

    kinds = ("document", "styles", "numbering")
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" '
        f'ContentType="{MAIN}.{kind}{".main" if kind == "document" else ""}+xml"/>'
        for kind in kinds
    )
    xml = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{xml}{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in kinds[1:])
        + "</Relationships>",
        "word/document.xml": part("document", "document", f"<w:body>{body}</w:body>"),
        "word/styles.xml": part("styles", "styles", STYLES),
        "word/numbering.xml": part("numbering", "numbering", NUMBERING),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def p(text: str, style: str = "", num: tuple[int, int] | None = None, bold: bool = False) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    face = "<w:b/>" if bold else ""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{face}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}" + "".join(cells) + "</w:tr>"


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def read(body: str) -> ReadDocument:
    return reader.read(package(body), "r.docx")


def lines(body: str) -> list[tuple[str | None, int, str]]:
    return [(line.role, line.level, line.text) for line in read(body).lines]


def test_headings_by_style_base_outline_and_bold() -> None:
    assert lines(
        p("Findings", "H2")
        + p("Waiting times", "Part")
        + p("Key points", bold=True)
        + p("A bold sentence.", bold=True)
        + p("By base", "Sub")
        + p("Text", "Loop")
    ) == [
        ("heading", 2, "Findings"),
        ("heading", 3, "Waiting times"),
        ("heading", 4, "Key points"),
        ("paragraph", 0, "A bold sentence."),
        ("heading", 2, "By base"),
        ("paragraph", 0, "Text"),
    ]


def test_bold_particulars_of_a_report_are_no_headings() -> None:
    assert lines(p("Meeting date: 14 February 2023", bold=True) + p("Report by:", bold=True)) == [
        ("paragraph", 0, "Meeting date: 14 February 2023"),
        ("heading", 2, "Report by:"),
    ]


def test_automatic_numbers_are_counted() -> None:
    assert lines(
        p("one", num=(1, 0))
        + p("sub", num=(1, 1))
        + p("sub", num=(1, 1))
        + p("deep", num=(1, 2))
        + p("break")
        + p("two", "Num")
        + p("sub again", num=(1, 1))
        + p("restarted", num=(3, 0))
        + p("next", num=(3, 0))
    ) == [
        ("bullet", 1, "1. one"),
        ("bullet", 2, "a) sub"),
        ("bullet", 2, "b) sub"),
        ("bullet", 3, "1.b.i deep"),
        ("paragraph", 0, "break"),
        ("bullet", 1, "2. two"),
        ("bullet", 2, "a) sub again"),
        ("bullet", 1, "9. restarted"),
        ("bullet", 1, "10. next"),
    ]


def test_bullets_have_levels_and_no_glyph() -> None:
    assert lines(p("outer", num=(2, 0)) + p("inner", num=(2, 1)) + p("none", num=(0, 0))) == [
        ("bullet", 1, "outer"),
        ("bullet", 2, "inner"),
        ("paragraph", 0, "none"),
    ]


def test_changes_are_accepted_and_hidden_text_is_dropped() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    assert lines(
        "<w:p>"
        + run.format("The plan ")
        + '<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run.format("now ")}</w:ins>'
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        + '<w:r><w:rPr><w:rStyle w:val="Gone"/></w:rPr><w:t>hidden</w:t></w:r>'
        + f"<w:hyperlink>{run.format('works')}</w:hyperlink>"
        "<w:r><w:noBreakHyphen/><w:t>well</w:t><w:br/><w:t>here</w:t></w:r>" + "</w:p>"
    ) == [("paragraph", 0, "The plan now works-well here")]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    first = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>One half</w:t></w:r></w:p>'
    assert lines(first + p("and the other.")) == [("paragraph", 0, "One half and the other.")]


def test_prompts_of_unfilled_forms_are_dropped() -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    filled = f"<w:sdt><w:sdtContent>{p('Filled in')}</w:sdtContent></w:sdt>"
    assert lines(control.format(p("Type here")) + p("Click or tap here to enter text.") + filled) == [
        ("paragraph", 0, "Filled in")
    ]


def test_what_a_form_lets_choose_is_read() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{}<w:listEntry w:val="None"/>'
        '<w:listEntry w:val="Speech therapy"/></w:ddList></w:ffData></w:fldChar></w:r>'
    )
    chosen = [f"<w:p><w:r><w:t xml:space='preserve'>Help: </w:t></w:r>{field.format(one)}</w:p>" for one in
              ('<w:result w:val="1"/>', "", '<w:result w:val="9"/>')]  # fmt: skip
    assert [text for _, _, text in lines("".join(chosen))] == ["Help: Speech therapy", "Help: None", "Help:"]
    box = field.replace("ddList", "checkBox").split("{}")[0] + "{}</w:checkBox></w:ffData></w:fldChar></w:r>"
    boxes = [("<w:checked/>", "Agreed"), ('<w:default w:val="1"/>', "Sent"), ('<w:checked w:val="0"/>', "Refused")]
    written = "".join(f"<w:p>{box.format(state)}<w:r><w:t> {word}</w:t></w:r></w:p>" for state, word in boxes)
    assert [text for _, _, text in lines(written)] == ["\u2612 Agreed", "\u2612 Sent", "\u2610 Refused"]


def test_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent>" + p("Boxed") + "</w:txbxContent>"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = (
        f'<mc:AlternateContent xmlns:mc="{compatibility}"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(f"<w:p><w:r><w:t>Anchor</w:t>{both}</w:r></w:p>") == [
        ("paragraph", 0, "Anchor"),
        ("paragraph", 0, "Boxed"),
    ]


def test_tables_in_order_with_merged_cells_once_and_colour_told() -> None:
    red = '<w:shd w:val="clear" w:fill="FF0000"/>'
    document = read(
        p("Before")
        + "<w:tbl>"
        + row(*(cell(p(text, bold=True)) for text in ("Action", "Lead", "RAG")))
        + row(cell(p("Train staff"), "<w:vMerge w:val='restart'/>"), cell(p("Ann")), cell("<w:p/>", red))
        + row(
            cell("<w:p/>", "<w:vMerge/>"), cell(p("first", num=(2, 0)) + p("second", num=(2, 0))), cell(p("Green"), red)
        )
        + row(cell(p("Whole width"), '<w:gridSpan w:val="2"/>'), cell(p("Amber")))
        + row(cell(p("Dropped")), cell(p("row")), properties='<w:trPr><w:del w:id="1"/></w:trPr>')
        + "</w:tbl>"
        + p("After")
    )
    assert [(line.role, line.text, line.bold) for line in document.lines] == [
        ("paragraph", "Before", None),
        ("row", "Action | Lead | RAG", True),
        ("row", "Train staff | Ann", None),
        ("row", "Train staff | first • second | Green", None),
        ("row", "Whole width | Amber", None),
        ("paragraph", "After", None),
    ]
    assert "colour is not readable" in document.warnings[0]
    text = document.pages[0].text
    assert all(text[line.span.start : line.span.end] == line.text for line in document.lines)


def test_a_frame_of_one_column_is_read_as_text() -> None:
    assert lines("<w:tbl>" + row(cell(p("Purpose", "H2") + p("To share."))) + "</w:tbl>") == [
        ("heading", 2, "Purpose"),
        ("paragraph", 0, "To share."),
    ]


def test_footnotes_left_out_are_told() -> None:
    body = "<w:p><w:r><w:t>Noted</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
    assert "footnotes" in read(body).warnings[0]


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    data = package("<w:p><w:r><w:t>safe &a;&f;</w:t></w:r></w:p>", bomb)
    try:
        text = reader.read(data, "r.docx").pages[0].text
    except DocumentError:
        return
    assert text == "safe"


def _archive(*sizes: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"word/{number}.xml", b"0" * size)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not a Word document"),
        (b"plain text", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or password-protected"),
        (_archive(10), "not a Word document"),
        (_archive(30_000_000), "more than is safe"),
        (_archive(*[0] * 5_001), "more than is safe"),
        (package("<w:p/>"), "holds no text"),
        (package("<w:sdt><w:sdtContent>" * 300), "not a Word document"),
        (package("<w:p/>")[:-40], "not a Word document"),
    ],
)
def test_bad_files_are_refused_in_one_sentence(data: bytes, told: str) -> None:
    with pytest.raises(DocumentError, match=told) as caught:
        reader.read(data, "r.docx")
    assert str(caught.value).startswith("r.docx ")
    assert str(caught.value).endswith(".")


def test_labels() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 1999, 0, 4000)] == [
        "i",
        "iv",
        "ix",
        "xiv",
        "xl",
        "mcmxcix",
        "0",
        "4000",
    ]
    assert [letters(number) for number in (1, 26, 27, 52, 53, 0)] == ["a", "z", "aa", "az", "ba", "0"]
    assert [repeated_letter(number) for number in (1, 26, 27, 28, 0)] == ["a", "z", "aa", "bb", "0"]
