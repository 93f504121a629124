"""What of a web page is content: where the content stands and which parts around and in it are furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ingest.parsers.html.styles import Styles

# Where Open Objects directories and council sites keep their content, most telling first.
_ROOTS = (
    "//main | //*[@role='main']",
    "//*[@id='main-content' or @id='maincontent' or @id='mainContent' or @id='main']",
    "//*[@id='content' or @id='page-content' or @id='site-content']",
    "//article",
)
_TAGS = (
    "script style noscript template svg math iframe object embed canvas audio video map head link meta "
    "nav footer dialog input select textarea option datalist progress meter"
)
_DROP_TAGS = frozenset(_TAGS.split())
_ROLES = "navigation search banner contentinfo dialog alertdialog"
# Names of furniture. Some are words of these papers too ("social-care", "parent-feedback", "related-services"), so an
# element with sentences of its own stays, unless they speak of the site.
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:consent|skip(?:link|nav|to)?|share|sharing|social|addthis|leave-?site|feedback|related|pager|"
    r"sidebar|side-?nav|nav|navbar|navigation|menu|toolbar|footer|print-?(?:page|link)|maintenance|add-?shortlist|"
    r"shortlist|noprint)(?:$|[\s_-])",
    re.IGNORECASE,
)
# No words of these papers, whatever stands there.
_SURELY = re.compile(
    r"(?:^|[\s_-])(?:cookies?|breadcrumbs?|quick-?exit|page-?useful|was-?this|pagination|site-?search|"
    r"search-?(?:form|box|bar)|site-?(?:header|footer)|masthead|back-?to-?top|phase-banner|"
    r"mgActionList|mgBulletList|mgLinks|mgHide)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<![^\s.!?])(?:[^\s.!?]++\s++){4}[^\s.!?]++[.!?](?:\s|$)")
_OF_SITE = re.compile(
    r"\bcookies?\b|\b(?:this|our) (?:web ?)?(?:page|site)\b|\bfollow us\b|\ball rights reserved\b|\bsubscribe\b",
    re.IGNORECASE,
)
_SITE_WORDS = 60  # what speaks of the site is short; a longer text only mentions it
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|screen-?reader(?:-text)?|visually-?hidden|element-invisible)(?:$|\s)", re.IGNORECASE
)
_CONTAINERS = "div ul ol form section header button a span p details fieldset"
# Content that a person opens with a click is content, although the page hides it at first.
_COLLAPSED = re.compile(
    r"accordion|collaps|expand|toggle|tab-?pane|tabpanel|details|panel-body|dropdown-content", re.IGNORECASE
)
_CRUMBS = re.compile(
    r"(?:is|was) this (?:page|information|content) (?:useful|helpful)\b.{0,60}|"
    r"did you find what you were looking for\?|skip to (?:main )?(?:content|navigation)|"
    r"(?:rate|share|print|email|bookmark|listen to) this page\b.{0,60}|"
    r"(?:back|return) to (?:the )?top(?: of (?:the )?page)?|quick (?:exit|escape)|"
    r"leave this site(?: quickly)?|report (?:a|this) (?:problem|page)\b.{0,60}|"
    r"(?:supporting|additional) documents:?|view (?:on )?(?:a )?(?:map|directions)|(?:©|copyright\b).{0,80}|"
    r"view the (?:decisions?|reasons?|minutes|declarations?|background|vote)\b.{0,80}|"
    r"(?:update|manage|accept|reject) (?:all )?cookies?(?: preferences)?|"
    r"add to (?:my )?(?:shortlist|favourites)|previous|next|close|menu|search|home|print|share|"
    r"\(?pdf,? ?\(?[\d.,]+ ?[km]b\)?\)?",
    re.IGNORECASE,
)
_ATTACHMENT = re.compile(
    r" ?\(?\bPDF,? ?\(?[\d.,]{1,12} ?[KM]B\)?$|(?<=[a-z\d)])PDF [\d.,]{1,12} ?[KM]B$", re.IGNORECASE
)


def content_root(page: HtmlElement) -> HtmlElement:
    """The element that holds the content; the body where no mark of one holds enough text."""
    body = page.find("body")
    body = page if body is None else body
    if is_moderngov(page) and (root := _moderngov_root(body)) is not None:
        return root
    enough = min(200, text_size(body) // 4)
    for path in _ROOTS:
        found = [element for element in body.xpath(path) if text_size(element) >= enough]
        if found:
            return max(found, key=text_size) if len(found) > 1 else found[0]
    return body


def is_moderngov(page: HtmlElement) -> bool:
    """Whether the page was made by the ModernGov committee system."""
    return bool(
        page.xpath("//*[starts-with(@class, 'mgWordPara') or starts-with(@class, 'mgAiTitle')"
                   " or contains(@class, 'mgItemTable') or contains(@class, 'mgContent') or @id='modgov']")
    )  # fmt: skip


def _moderngov_root(body: HtmlElement) -> HtmlElement | None:
    """The content of a ModernGov page with the headings that name the meeting, which may stand over it."""
    found = body.xpath(".//*[@id='modgov' or @id='mgContent' or contains(concat(' ', @class, ' '), ' mgContent ')]")
    if not found:
        return None
    root = max(found, key=text_size)
    while root is not body and not root.xpath(".//h1 | .//*[contains(@class, 'mgSubTitleTxt')]"):
        root = root.getparent()
    return root


def drop_furniture(root: HtmlElement, styles: Styles) -> None:
    """Remove from `root`, in place, what a reader of the page would not call its content or cannot see.

    An element that holds the first heading or over half of the text stays whatever its name says: sites
    put words like "sidebar" on the element that has one.
    """
    for header in root.xpath(".//table[contains(@class, 'mgItemTable')]//tr[th and not(td)]"):
        remove(header)
    whole = text_size(root)
    bare = root.tag == "body"  # no landmark was found, so menus have to be known by their links
    for element in list(_elements(root)):
        if element is root or element.getparent() is None:
            continue
        small = 2 * text_size(element) <= whole and not element.xpath(".//h1")
        named = small and (_furniture(element) or (bare and _only_links(element)))
        if named or element.tag in _DROP_TAGS or _hidden(element, styles):
            remove(element)


def is_crumb(text: str) -> bool:
    """Whether a whole line is a control or caption of the site."""
    return len(text) < 120 and _CRUMBS.fullmatch(text.strip(" .|>»")) is not None


def without_attachment(text: str) -> str:
    """`text` without the size that ModernGov glues to the title of an attached file."""
    return _ATTACHMENT.sub("", text)


def text_size(element: HtmlElement) -> int:
    """Characters of text without white space, scripts and styles left out."""
    texts = element.xpath(".//text()[not(parent::script or parent::style or parent::noscript)]")
    return sum(len("".join(text.split())) for text in texts)


def remove(element: HtmlElement) -> None:
    """Take `element` out of its tree, leaving the text after it."""
    element.tail = " " + (element.tail or "")
    element.drop_tree()


def _elements(root: HtmlElement) -> Iterator[HtmlElement]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def _names(element: HtmlElement, identity: bool = True) -> str:
    """Class and, with `identity`, id; camel case as ASP.NET sites write it is also given in parts."""
    joined: str = element.get("class", "") + (" " + element.get("id", "") if identity else "")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", joined) + " " + joined


def _furniture(element: HtmlElement) -> bool:
    inside = any(parent.tag in ("main", "article") for parent in element.iterancestors())
    if element.tag == "header":
        return not inside
    if element.get("role", "") in _ROLES.split() or "breadcrumb" in element.get("aria-label", "").lower():
        return True
    if element.tag == "aside" or element.get("role") == "complementary":
        return not (inside and _tells(element))
    if element.tag not in _CONTAINERS.split():
        return False
    # The id of a section is often an anchor named after its subject ("feedback"), that of a div rarely is.
    names = _names(element, element.tag in ("div", "ul", "form"))
    return bool(_SURELY.search(names) or (_NAMES.search(names) and not _tells(element)))


def _tells(element: HtmlElement) -> bool:
    """Whether an element has sentences, captions and links aside, that do not speak of the site itself."""
    texts = element.xpath(".//text()[not(ancestor::button or ancestor::label or ancestor::nav or ancestor::script)]")
    text = " ".join(" ".join(texts).split())
    about_site = _OF_SITE.search(text) is not None and len(text.split()) <= _SITE_WORDS
    return _SENTENCE.search(text) is not None and not about_site


def _only_links(element: HtmlElement) -> bool:
    """Whether an element is a menu by its look: several links and hardly a word besides."""
    links = element.xpath(".//a") if element.tag in ("ul", "ol", "div") else []
    return len(links) > 2 and sum(map(text_size, links)) >= 0.8 * text_size(element)


def _hidden(element: HtmlElement, styles: Styles) -> bool:
    hidden = (
        _UNSEEN.search(element.get("class", "")) is not None
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or styles.unseen(element)
    )
    if not hidden or element.get("hidden") == "until-found":
        return False
    names = " ".join((_names(element), element.get("role", "")))
    return _COLLAPSED.search(names) is None
