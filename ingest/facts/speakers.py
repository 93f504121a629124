"""Who is speaking: the hardest questions are about the gaps between the voices."""

from __future__ import annotations

import re

from ingest.registry import kinds, sections


def _any(*alternatives: str) -> str:
    return f"(?:{'|'.join(alternatives)})"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_any(*alternatives)}", re.IGNORECASE)


_FORUM = r"(?:the )?(?:local )?(?:parent carer forum|PCF|RPCF|forum|parent carer voice\b.{0,16})"
_HOW_MANY = _any(
    "some", "many", "most", "few", "several", "other", "these", "those", "too many", "parents? and carers?",
    "a (?:few|small number|minority|majority) of", "the (?:majority|views) of", _FORUM,
)  # fmt: skip
_FAMILY = _any(
    "parents?(?:,? (?:and|or) carers?)?(?: and (?:children|families|young people))?", "famil(?:y|ies)", "carers",
    "parent carers?", "children and young people", "young people", "children", "parent carer forum",
    "parent carer voice", "forum members", "PCF", "they",
)  # fmt: skip
_SAY = _any(
    "told (?:the )?inspectors?", "say", "said", "report", "reported", "feel", "felt", "describe[ds]?", "speak", "spoke",
    "value", "appreciate", "believe", "find", "found", "express(?:ed)?", "raise[ds]? concerns", "think", "thought",
    "complain(?:ed)?",
    "are (?:concerned|frustrated|unhappy|happy|dissatisfied)", "commented", "shared", "explained", "would like",
    "indicated", "know and trust", "highlighted",
)  # fmt: skip
FAMILIES = _pattern(rf"(?:{_HOW_MANY}\s)*{_FAMILY}\b[^.;]{{0,45}}?\b{_SAY}\b")
LEADERS = _pattern(
    r"(?:leaders|partnership leaders|area leaders)\b[^.;]{0,20}\b"
    + _any(
        "acknowledge", "recognise", "told", "say", "said", "report", "accept", "offered assurance", "are aware",
        "know that", "explained",
    )
)  # fmt: skip
_RAISED = _any("asked", "queried", "commented", "raised", "suggested", "noted", "felt", "thanked", "expressed")
COUNCILLOR = _pattern(
    r"(?:councillor|cllr\.?) [A-Z]\w+",
    rf"(?:a|one|the|another) (?:panel )?members? (?:of the (?:panel|committee|commission) )?{_RAISED}",
    r"(?:cabinet |lead )?member for\b",
    r"cabinet member\b",
    r"group leaders\b",
    r"members (?:asked|queried|commented|raised|suggested|felt|expressed|were concerned)\b",
)
SCRUTINY = _pattern(
    r"(?:scrutiny|the (?:panel|committee|commission|select commission)) (?:\w+ )?"
    r"(?:noted|considered|recommended|resolved|agreed|requested|heard|thanked)\b",
    r"noted by scrutiny\b",
)
_OFFICER = _any(
    "(?:assistant |service |corporate |strategic |executive )?director",
    "head of [a-z]+",
    "officers?",
    "manager",
    "commissioner",
)
OFFICERS = _pattern(
    r"it was (?:confirmed|explained|advised|clarified|reinforced|acknowledged)",
    r"members were (?:informed|advised|told|reminded)",
    r"in response to (?:a |the )?(?:quer|question)",
    rf"{_OFFICER}\b[^.]{{0,60}}\b(?:said|advised|confirmed|explained|reported|stated|told|replied|gave|presented)",
)
PEERS = _pattern(
    r"(?:peer|review) team\b",
    r"the team (?:also )?(?:found|saw|heard|noted|reviewed|identified|recommended|praised|described|suggested)\b",
    r"the team was (?:told|struck)\b",
)
SAID_OR_DID = re.compile(r"^(?P<who>you|we) (?:said|did|asked)\b", re.IGNORECASE)


def speaker(kind: str, text: str, part: str = "") -> str:
    """Who speaks in `text`, a passage or a sentence of a document of this kind.

    Families are "families" only where inspectors (or others) report what they said. Falls back to the
    kind's own voice: "minutes" for a record whose speaker is not named.
    """
    default = kinds.kind(kind).speaker
    if kind == "minutes":
        return _minuted(text)
    if kind == "peer_review":
        return "peer_team" if PEERS.search(text) or part in sections.having("peers") else default
    if kind == "local_offer" and (match := SAID_OR_DID.match(text)):
        return "families" if match["who"].lower() == "you" else default
    if default == "inspectors":
        match = FAMILIES.search(text)
        if match and match.start() < 60:
            return "families"
        match = LEADERS.search(text)
        return "leaders" if match and match.start() < 40 else default
    return default


def _minuted(text: str) -> str:
    """Who speaks in a line of minutes; the table of who was there is nobody's speech."""
    if " | " in text:
        return "minutes"
    for name, pattern in (
        ("scrutiny", SCRUTINY),
        ("councillor", COUNCILLOR),
        ("officers", OFFICERS),
        ("families", FAMILIES),
    ):
        match = pattern.search(text)
        if match and match.start() < 160:
            return name
    return "minutes"
