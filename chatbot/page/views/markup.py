"""HTML by construction: text becomes markup only through `tag`, which escapes everything that is not Html already."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote as url_quote
from urllib.parse import urlsplit

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


class Html(str):
    """Markup that may be shown as it is. Made only from constants and by the functions here."""

    __slots__ = ()

    def __html__(self) -> str:
        """Jinja2 asks for this, and then does not escape it again."""
        return str(self)


def text(value: object) -> Html:
    """Any value as text, its markup made harmless; Html stays as it is."""
    return value if isinstance(value, Html) else Html(escape(str(value), quote=True))


def join(parts: Iterable[object], between: str = "") -> Html:
    """Parts one after another, each escaped where it is not Html; None is left out."""
    return Html(text(between).join(text(part) for part in parts if part is not None))


def tag(name: str, /, *children: object, **attributes: object) -> Html:
    """An element. `class_` means class, `aria_label` aria-label; None and False leave an attribute out."""
    written = "".join(
        _attribute(key, value) for key, value in attributes.items() if value is not None and value is not False
    )
    if name in VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'


def hidden(value: object) -> Html:
    """Words for screen readers only."""
    return tag("span", value, class_="unseen")


def web_address(url: str | None) -> str | None:
    """The address where it is an ordinary web address; None for anything a browser might run."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def path(*parts: object) -> str:
    """An address on this page made of parts, each one escaped."""
    return "/" + "/".join(url_quote(str(part), safe="") for part in parts)


def options(choices: Iterable[tuple[str, str]], chosen: str) -> Html:
    """The options of a select as (value, label)."""
    return join(tag("option", label, value=value, selected=value == chosen) for value, label in choices)
