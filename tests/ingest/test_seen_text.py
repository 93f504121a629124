"""What a person sees of a page or paper is read, and nothing else: marks, struck and hidden words, other signs."""

import gzip
import io
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from docx.text.run import Run

from ingest.errors import DocumentError
from ingest.index.words import tokens
from ingest.parsers import disguise
from ingest.parsers.html import html
from ingest.parsers.marks import raised
from ingest.parsers.text import markdown, text
from ingest.parsers.text.front_matter import front_matter
from ingest.parsers.text.garbled import mended
from tests.ingest.making import Pdf, cut, texts


def page(body: str, head: str = "") -> str:
    document = html.read(f"<html><head>{head}</head><body><main>{body}</main></body></html>".encode(), "p.html")
    return " / ".join(line.text for line in document.lines)


@pytest.mark.parametrize(
    ("before", "mark", "kept"),
    [
        ("150", "2", ""), ("weeks", "[3]", ""), ("plans", "a", ""), ("waited", "1,2", ""), ("cost", "*", ""),
        ("teams", "note 4", ""), ("25", "th", "th"), ("1", "st", "st"), ("40 m", "2", "2"), ("Makaton", "TM", "TM"),
        ("M", "c", "c"), ("", "7", "7 "),
    ],
)  # fmt: skip
def test_raised_marks(before: str, mark: str, kept: str) -> None:
    assert raised(before, mark) == kept


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<p>There were 150<sup><a href='#n'>2</a></sup> children.</p>", "There were 150 children."),
        ("<p>On <b>25<sup>th</sup></b> May</p>", "On 25th May"),
        ("<p>Seen: 31<span style='vertical-align:super'>4</span> pupils</p>", "Seen: 31 pupils"),
        ("<table><tr><td>Plans<td>64<sup>1</sup><td>9</table>", "Plans | 64 | 9"),
        ("<p>Up to <s>48</s> 60 hours</p>", "Up to 60 hours"),
        ("<p>Up to <span style='text-decoration: line-through red'>48</span> 60 hours</p>", "Up to 60 hours"),
        ("<ul><li><del>Old club</del></li><li>New club</li></ul>", "New club"),
        ("<p>Seen</p><p style='color:#FFF'>Not</p>", "Seen"),
        ("<p>Seen</p><div style='background:navy'><p style='color:white'>Seen too</p></div>", "Seen / Seen too"),
        ("<p>Seen</p><p style='opacity:0'>Not</p><p style='font-size:0'>Not</p>", "Seen"),
        ("<p>Seen</p><p style='position:absolute;left:-9999px'>Not</p>", "Seen"),
        ("<p>Seen</p><p><font color='white'>Not</font></p>", "Seen"),
        ("<p>Seen</p><p style='position:absolute;clip:rect(0 0 0 0)'>Not</p>", "Seen"),
        ("<p>Seen<span style='clip-path:inset(50%)'> not</span></p>", "Seen"),
    ],
)
def test_pages(body: str, seen: str) -> None:
    assert page(body) == seen


@pytest.mark.parametrize(
    ("sheet", "body", "seen"),
    [
        (".x{display:none}", "<p>Seen</p><p class='y x'>Not</p>", "Seen"),
        ("/* a */ main > p#n , .z { visibility : hidden }", "<p>Seen</p><p id='n'>Not</p>", "Seen"),
        ("@media print{.x{display:none}}", "<p class='x'>Seen</p>", "Seen"),
        ("@media screen{.x{display:none}}", "<p>Seen</p><p class='x'>Not</p>", "Seen"),
        (".x{display:none} .x.open{display:block}", "<p class='x open'>Seen</p><p class='x'>Not</p>", "Seen"),
        (".x:hover{display:none}", "<p class='x'>Seen</p>", "Seen"),
        (".gone{text-decoration:line-through}", "<p>Ten <span class='gone'>nine</span></p>", "Ten"),
        (".a .b{color:#fefefe}", "<p class='b'>Seen</p><div class='a'><p class='b'>Not</p></div>", "Seen"),
        (".accordion-panel{display:none}", "<div class='accordion-panel'><p>Seen</p></div>", "Seen"),
    ],
)
def test_pages_with_a_style_sheet(sheet: str, body: str, seen: str) -> None:
    assert page(body, f"<style>{sheet}</style>") == seen


PROSE = "<h2>More</h2><p>The club in Elmshire opens on Fridays from four.</p>"


@pytest.mark.parametrize(
    ("names", "inside", "kept"),
    [
        ("class='social-care'", PROSE, True), ("id='parental-consent'", PROSE, True), ("class='menu'", PROSE, True),
        ("class='noprint share'", PROSE, True), ("class='sidebar'", "<a>In this section</a>", False),
        ("class='social-share'", "<a>Tweet</a> <a>Mail</a>", False), ("class='cookie-banner'", PROSE, False),
        ("class='feedback'", "<p>Tell us what you think of this page and of our site.</p>", False),
        ("class='related'", "<ul><li><a>Bins</a></li><li><a>Roads</a></li></ul>", False),
    ],
)  # fmt: skip
def test_parts_of_a_page_go_by_what_they_say(names: str, inside: str, kept: bool) -> None:
    filler = "<h1>Short breaks</h1>" + "<p>Families may ask for a break at any time of the year.</p>" * 4
    assert ("Fridays" in page(f"{filler}<div {names}>{inside}</div>")) is (kept and inside == PROSE)
    assert len(page(f"{filler}<div {names}>{inside}</div>")) == len(page(filler + inside * kept))


def strike(run: Run) -> None:
    run.font.strike = True


def double(run: Run) -> None:
    run.font.double_strike = True


def hide(run: Run) -> None:
    run.font.hidden = True


def whiten(run: Run) -> None:
    run.font.color.rgb = RGBColor(255, 255, 255)


def shrink(run: Run) -> None:
    run.font.size = Pt(1)


def lift(run: Run) -> None:
    run.font.superscript = True


def shade(run: Run) -> None:
    whiten(run)
    run._r.get_or_add_rPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="000000"/>'))


@pytest.mark.parametrize(
    ("change", "words", "seen"),
    [
        (strike, "48 ", "There are 60 hours"), (double, "48 ", "There are 60 hours"),
        (hide, "48 ", "There are 60 hours"),
        (whiten, "48 ", "There are 60 hours"), (shrink, "48 ", "There are 60 hours"), (lift, "3", "There are 60 hours"),
        (shade, "48 ", "There are 48 60 hours"), (lift, "th", "There areth 60 hours"),
    ],
)  # fmt: skip
def test_word_runs(tmp_path: Path, change, words: str, seen: str) -> None:  # type: ignore[no-untyped-def]
    document = docx.Document()
    paragraph = document.add_paragraph("There are" if change is lift else "There are ")
    change(paragraph.add_run(words))
    paragraph.add_run(" 60 hours" if change is lift else "60 hours")
    file = io.BytesIO()
    document.save(file)
    assert texts(cut(tmp_path, "a.docx", file.getvalue())[0]) == [seen]


@pytest.mark.parametrize(
    ("marked", "seen"),
    [
        ("On the 25<sup>th</sup> of May", "On the 25th of May"), ("150<sup>[2](#n)</sup> children", "150 children"),
        ("150[^2] children", "150 children"), ("up to ~~48~~ 60 hours", "up to 60 hours"),
        ("up to <del>48</del> 60 hours", "up to 60 hours"), ("R&amp;D&nbsp;at Elm&#8217;s", "R&D at Elm’s"),
        ("![a chart](c.png) Waits fell", "Waits fell"), ("<img src='c.png' alt='chart'> Waits fell", "Waits fell"),
        ("Dear \u00abFirst_Name\u00bb, thank you", "Dear , thank you"),
        ("Dear {{ name }}, thank you", "Dear , thank you"),
        ("fewer than <5 children", "fewer than <5 children"),
    ],
)  # fmt: skip
def test_markdown_signs(marked: str, seen: str) -> None:
    assert " ".join(markdown.plain(marked).split()) == seen


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: 'Elmshire SEND plan: part two'\ndate: 2024-05-03\ntags:\n  - send\n---\n",
        "+++\ntitle = 'Elmshire SEND plan: part two'\ndate = 2024-05-03T10:00:00Z\n+++\n",
    ],
)
def test_front_matter_gives_facts_and_no_text(tmp_path: Path, front: str) -> None:
    (found,) = cut(tmp_path, "a.md", f"{front}\nWaits fell in the spring of that year.\n")
    assert texts(found) == ["Waits fell in the spring of that year."]
    assert (found.facts.title, found.facts.date) == ("Elmshire SEND plan: part two", "2024-05-03")


def test_a_rule_is_no_front_matter() -> None:
    for text_ in ("---\n\nA rule, then text.\n\n---\n", "---\nNot a fact but a sentence\n---\n"):
        assert front_matter(text_)[0] == {}


@pytest.mark.parametrize(
    ("data", "seen", "told"),
    [
        ("café “work”".encode() + b" x\x92s", "café “work” x’s", "1 byte not in UTF-8"),
        ("café work".encode("cp1252"), "café work", "not UTF-8"),
        ("café work".encode().decode("cp1252").encode(), "café work", "garbled letters"),
        (b"plain words " * 60 + b"\x00", "plain words", "no known encoding"),
        ("plain words".encode("utf-16-le"), "plain words", ""),
        ("lost \N{REPLACEMENT CHARACTER} sign".encode(), "lost \N{REPLACEMENT CHARACTER} sign", "no known encoding"),
    ],
)
def test_bytes(data: bytes, seen: str, told: str) -> None:
    document = text.read(data, "a.txt")
    assert document.lines[0].text.startswith(seen)
    assert told in " ".join(document.warnings)


@pytest.mark.parametrize("whole", ["“Well done”, said Zoë’s café – £5", "naïve … façade"])
def test_any_text_garbled_once_or_twice_is_mended(whole: str) -> None:
    once = whole.encode().decode("cp1252", "replace").replace("\N{REPLACEMENT CHARACTER}", "\x9d")
    assert mended(once)[0] == whole
    assert mended(whole) == (whole, 0)


MHTML = (
    b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<html><body><main><p>Elmshire has 62 =\r\nplaces.</p></main></body></html>\r\n--b--\r\n"
)
PAGE = (
    b"\xef\xbb\xbf<!-- saved -->\n<!DOCTYPE html><html><body><main><p>Elmshire has 62 places.</p></main></body></html>"
)


RTF = rb"{\rtf1\ansi Elmshire has 62 places.\par They are all in use at the moment.\par}"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.html", MHTML, "web archive"), ("a.txt", MHTML, "web archive"), ("a.txt", PAGE, "HTML"),
        ("a.md", PAGE, "HTML"), ("a.docx", PAGE, "HTML"), ("a.doc", PAGE, "HTML"),
        ("a.doc", RTF, "RTF"), ("a.html", b"\n " + RTF, "RTF"), ("a.docx", RTF, "RTF"), ("a.xls", PAGE, "HTML"),
        ("a.txt", Pdf().paragraph("Elmshire has 62 places.", "They are all in use at the moment.").data(), "PDF"),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_read_as_that_and_told(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (document,) = cut(tmp_path, name, data)
    assert " ".join(texts(document)).startswith("Elmshire has 62 places.")
    assert told in document.warnings[0]


@pytest.mark.parametrize(
    ("media", "data", "what"),
    [
        ("text", b"\xd0\xcf\x11\xe0rest", "Office"), ("html", b"bplist00rest", "Safari"),
        ("html", gzip.compress(PAGE), "gzip"), ("pdf", b"\x89PNG\r\n", "picture"), ("pdf", PAGE, "HTML"),
        ("markdown", b"PK\x03\x04rest", "archive"), ("text", b'{"title": "x"}', "JSON"),
        ("csv", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "Excel"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_by_what_it_is(media: str, data: bytes, what: str) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.x is .*{what}"):
        disguise.seen_through(data, media, "a.x")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the ﬂexible oﬀer", "the flexible offer"), ("a café for Zoë", "a cafe for Zoe"), ("2½ weeks", "2.5 weeks"),
        ("co‑production", "co-production"), ("swim\u00admers", "swimmers"), ("people’s", "people's"),
    ],
)  # fmt: skip
def test_words_are_found_whatever_letters_they_are_printed_in(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)
