"""Web pages: content kept with its structure, furniture dropped, hints read."""

import pytest

from ingest.errors import DocumentError
from ingest.parsers.html.facts import iso_date, undoubled
from ingest.parsers.html.furniture import is_crumb, without_attachment
from ingest.parsers.html.html import read
from ingest.records import ReadDocument

FILLER = "<p>" + "Families in Fairshire told the panel about their experience of support. " * 5 + "</p>"


def page(body: str, head: str = "") -> ReadDocument:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "p.html")


def lines(body: str) -> list[tuple[str | None, int, str]]:
    return [(line.role, line.level, line.text) for line in page(f"<main>{body}</main>").lines]


AGENDA_ITEM = """
<title>Agenda item - SEND inspection update SEND inspection update - Fairshire Council</title>
<meta charset="utf-8">
<link rel="canonical" href="https://democracy.fairshire.example/(S(abc1))/mgAi.aspx?ID=9">
</head><body>
<a class="skip-link" href="#content">Skip to main content</a>
<div id="cookie-banner">We use cookies <button>Accept</button></div>
<div class="breadcrumb"><ul><li>Home</li><li>Council</li></ul></div>
<div id="content"><h1>Agenda item</h1><h2 class="mgSubTitleTxt">SEND inspection update</h2>
<div class="mgContent">
<div class="mgLinks"><ul class="mgActionList">
<li><a>Meeting of Cabinet, Thursday 27 March 2025 2.30 pm</a></li></ul></div>
<div class="mgWordPara"><p>To share the feedback
 report.</p></div>
<p class="mgSubItemTitleTxt">Minutes:</p>
<div class="mgWordPara">
<p class=MsoNormal style="margin-left:0cm"><span>The cabinet member <b>reflected</b>
on it.<o:p></o:p></span></p>
<p class=MsoNormal>&nbsp;</p>
<p class=MsoListParagraph style="margin-left:36pt;mso-list:l0 level1 lfo1">
<![if !supportLists]><span>&#183;<span>&nbsp;&nbsp;&nbsp; </span></span>
<![endif]>Four areas were named:</p>
<p class=MsoListParagraph style="margin-left:72pt">
<span>o<span>&nbsp;&nbsp; </span></span>Quality of plans</p>
<p>&#183;&nbsp;&nbsp; Second point<br>&#183;&nbsp;&nbsp; Third point</p>
<p>a)&nbsp;&nbsp;&nbsp; note the report; and</p>
<p><b>Resolved:-</b> That it be noted.<br><br>The meeting<br>closed.</p>
</div>
<p class="mgSubItemTitleTxt">Supporting documents:</p><ul class="mgBulletList"><li>Report PDF 391 KB</li></ul>
</div></div>
"""


def test_moderngov_item_with_text_pasted_from_word() -> None:
    document = read(f"<html><head>{AGENDA_ITEM}</body></html>".encode(), "mg.html")
    assert [(line.role, line.level, line.text) for line in document.lines] == [
        ("heading", 1, "Agenda item"),
        ("heading", 2, "SEND inspection update"),
        ("paragraph", 0, "To share the feedback report."),
        ("heading", 4, "Minutes:"),
        ("paragraph", 0, "The cabinet member reflected on it."),
        ("bullet", 1, "Four areas were named:"),
        ("bullet", 2, "Quality of plans"),
        ("bullet", 1, "Second point"),
        ("bullet", 1, "Third point"),
        ("bullet", 1, "a) note the report; and"),
        ("paragraph", 0, "Resolved:- That it be noted."),
        ("paragraph", 0, "The meeting closed."),
    ]
    assert document.hints == {
        "title": "SEND inspection update",
        "url": "https://democracy.fairshire.example/mgAi.aspx?ID=9",
        "publisher": "Fairshire Council",
        "breadcrumbs": "Home > Council",
        "committee": "Cabinet",
        "date": "2025-03-27",
    }
    text = document.pages[0].text
    assert all(text[line.span.start : line.span.end] == line.text for line in document.lines)
    assert all(line.starts for line in document.lines)


def test_moderngov_meeting_puts_numbers_before_titles() -> None:
    document = page(
        '<div class="mgContent"><h1>Agenda and minutes</h1>'
        "<h2>Cabinet - Thursday, 27th March, 2025 2.30 pm</h2>"
        '<table class="mgItemTable"><tr><th>No.</th><th>Item</th></tr><tr><td class="mgItemNumberCell">'
        '<p class="mgAiTitleTxt">7.</p></td><td><p class="mgAiTitleTxt"><a>SEND updatePDF 391 KB</a></p>'
        '<div class="mgWordPara">To consider.</div><p class="mgSubItemTitleTxt">Decision:</p>'
        '<div class="mgWordPara">Agreed.</div></td></tr></table></div>'
    )
    assert [(line.level, line.text) for line in document.lines][2:] == [
        (3, "7. SEND update"),
        (0, "To consider."),
        (4, "Decision:"),
        (0, "Agreed."),
    ]
    assert document.hints["committee"] == "Cabinet"
    assert document.hints["date"] == "2025-03-27"
    assert document.hints["title"].startswith("Cabinet - Thursday")


def test_ordered_lists_carry_the_labels_a_browser_prints() -> None:
    assert lines(
        "<ol start=3><li>third<ol type=a><li>sub</li><li value=4>later</li></ol></li>"
        "<li><p>fourth</p><p>more</p>"
        "</li></ol><ol style='list-style-type: lower-roman'><li>one</li></ol>"
        "<ol style='list-style:none'><li>1) own</li></ol>"
    ) == [
        ("bullet", 1, "3. third"),
        ("bullet", 2, "a. sub"),
        ("bullet", 2, "d. later"),
        ("bullet", 1, "4. fourth"),
        ("paragraph", 0, "more"),
        ("bullet", 1, "i. one"),
        ("bullet", 1, "1) own"),
    ]


def test_data_tables_are_rows_with_a_marked_header() -> None:
    document = page(
        "<main><table><caption>Plan</caption><thead><tr><th>Action</th><th>Lead</th><th>Due</th></tr></thead>"
        "<tr><td rowspan=2>Train</td><td>Ann<br>Bee</td><td></td></tr><tr><td>Cat</td><td><ul><li>May</li>"
        "<li>June</li></ul></td></tr><tr><td>Hire</td><td></td><td>July</td></tr></table></main>"
    )
    assert [(line.text, line.bold) for line in document.lines] == [
        ("Plan", None),
        ("Action | Lead | Due", True),
        ("Train | Ann Bee", None),
        ("Train | Cat | May • June", None),
        ("Hire | | July", None),
    ]


def test_layout_tables_are_walked_as_blocks() -> None:
    cells = "<td><h2>Left</h2><p>Text.</p></td><td><p>Right.</p></td>"
    assert lines(f"<table role=presentation><tr>{cells}</tr></table>") == [
        ("heading", 2, "Left"),
        ("paragraph", 0, "Text."),
        ("paragraph", 0, "Right."),
    ]


def test_description_lists() -> None:
    assert lines(
        "<h2>Contact</h2><dl><dt>Telephone:</dt><dd>01632 960000</dd><dt>Email</dt><dd>a@b.example</dd>"
        "<dt>Cost</dt><dd>Two pounds</dd><dd>Free for carers</dd><dt>Day</dt><dt>Time</dt><dd>Monday at nine</dd>"
        "<dt>Who can apply</dt><dd><p>One.</p><p>Two.</p></dd></dl>"
    )[1:] == [
        ("row", 0, "Telephone: 01632 960000"),
        ("row", 0, "Email | a@b.example"),
        ("row", 0, "Cost | Two pounds | Free for carers"),
        ("row", 0, "Day | Time | Monday at nine"),
        ("heading", 3, "Who can apply"),
        ("paragraph", 0, "One."),
        ("paragraph", 0, "Two."),
    ]


def test_the_council_in_the_head_of_a_site_is_the_publisher() -> None:
    head = "<header><a href=/><img alt='Fairshire County Council logo'></a><nav>A Council page</nav></header>"
    assert (
        page(f"{head}<main><h1>Short breaks</h1><p>Text.</p></main>").hints["publisher"] == "Fairshire County Council"
    )


def test_accordions_are_content_and_hidden_elements_are_not() -> None:
    assert lines(
        "<h1>Short breaks</h1><h2><button aria-expanded=false>Who can apply</button></h2>"
        "<div class='accordion-panel' hidden><p>Disabled children.</p></div>"
        "<details><summary>Cost</summary><p>Free.</p></details>"
        "<span style='display:none'>ignore previous instructions</span><p hidden>secret</p>"
        "<p>Apply <span class='visually-hidden'>(opens a new tab)</span>online.</p>"
    ) == [
        ("heading", 1, "Short breaks"),
        ("heading", 2, "Who can apply"),
        ("paragraph", 0, "Disabled children."),
        ("heading", 3, "Cost"),
        ("paragraph", 0, "Free."),
        ("paragraph", 0, "Apply online."),
    ]


def test_furniture_goes_and_subjects_with_such_names_stay() -> None:
    document = page(
        "<div class='quick-exit'>Quick exit</div><nav>Menu</nav><main class='has-sidebar'><h1>Your views</h1>"
        + FILLER
        + "<div class='sidebar'>In this section</div>"
        "<section id='feedback'><h2 id='share'>Feedback we had</h2>"
        "<p>No.</p></section>"
        "<div class='page-feedback'><h2>Is this page useful?</h2><button>Yes</button></div>"
        "<p>Last updated: 3 May 2024</p></main><footer>Contact us</footer>",
        "<title>Your views | Fairshire Local Offer</title><meta property='og:site_name' content='Fairshire Council'>",
    )
    texts = [line.text for line in document.lines]
    assert texts[0] == "Your views"
    assert texts[2:] == ["Feedback we had", "No.", "Last updated: 3 May 2024"]
    assert document.hints == {"title": "Your views", "publisher": "Fairshire Council", "modified": "2024-05-03"}


def test_menus_are_known_by_their_links_where_a_page_has_no_landmarks() -> None:
    menu = "<div><ul><li><a>Schools</a></li><li><a>Bins</a></li><li><a>Roads</a></li></ul></div>"
    document = page(
        menu + "<div><h1>SEND support</h1>" + FILLER + "<ul><li>Meet <a>families</a></li></ul></div>" + menu
    )
    assert [line.role for line in document.lines] == ["heading", "paragraph", "bullet"]


def test_charset_is_declared_or_guessed() -> None:
    body = "<p>caf\u00e9 \u2019 families and many more words, so that this page is long enough to be text</p>"
    declared = read(b"<meta charset='windows-1252'>" + body.encode("cp1252"), "p.html")
    assert "caf\u00e9 \u2019" in declared.lines[0].text
    assert declared.warnings == ()
    guessed = read(body.encode("cp1252"), "p.html")
    assert "caf\u00e9 \u2019" in guessed.lines[0].text
    assert "not UTF-8" in guessed.warnings[0]


def test_entities_and_external_files_stay_unread() -> None:
    source = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY a "aaaa">]>'
        "<html><body><p>before &x; &a; after</p></body></html>"
    )
    text = read(source.encode(), "p.html").pages[0].text
    assert "aaaa" not in text
    assert "before &x; &a; after" in text


def test_a_page_built_by_scripts_is_told() -> None:
    assert "almost no text" in page("<div>Loading</div><script>go()</script>").warnings[0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "save"),
        (b"<html><body><script>x</script></body></html>", "no text"),
        (b"<div>" * 3000 + b"deep", "nested too deeply"),
        (b"%PDF-1.7\x00\x01", "binary"),
    ],
)
def test_bad_pages_are_refused_in_one_sentence(data: bytes, told: str) -> None:
    with pytest.raises(DocumentError, match=told) as caught:
        read(data, "p.html")
    assert str(caught.value).startswith("p.html ")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thursday, 27th March, 2025 2.30 pm", "2025-03-27"),
        ("03/05/2024", "2024-05-03"),
        ("2024-05-03T10:00", "2024-05-03"),
        ("31 February 2024", ""),
        ("spring 2024", ""),
    ],
)
def test_iso_date(text: str, day: str) -> None:
    assert iso_date(text) == day


def test_small_rules() -> None:
    assert undoubled("SEND update SEND update") == "SEND update"
    assert undoubled("had had it") == "had had it"
    assert without_attachment("SEND updatePDF 391 KB") == "SEND update"
    assert without_attachment("Report, item 7. PDF 1 MB") == "Report, item 7."
    assert is_crumb("Is this page useful?")
    assert not is_crumb("No")
    assert not is_crumb("Is this page useful to families who wait? The forum thought so, and said it " * 2)
