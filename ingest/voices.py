"""Who is speaking: the hardest questions are about the gaps between the voices."""

from __future__ import annotations

import re

DEFAULTS = {
    "inspection_report": "inspectors",
    "inspection_letter": "inspectors",
    "revisit_letter": "inspectors",
    "monitoring_report": "inspectors",
    "minutes": "minutes",
    "cover_report": "council",
    "peer_review": "council",
    "action_plan": "council",
    "local_offer": "council",
    "other": "document",
}
_WHO = (
    r"(?:(?:some|many|most|few|several|other|a (?:few|small number|minority|majority) of|these|those|too many|"
    r"the (?:majority|views) of|parents? and carers?|(?:the )?(?:local )?(?:parent carer forum|PCF|RPCF|forum|parent carer voice\b.{0,16}))\s)*"
    r"(?:parents?(?:,? (?:and|or) carers?)?(?: and (?:children|families|young people))?|famil(?:y|ies)|carers|parent carers?"
    r"|children and young people|young people|children|parent carer forum|forum members|PCF|they)"
)
_SAY = (
    r"(?:told (?:the )?inspectors?|say|said|report|reported|feel|felt|describe[ds]?|speak|spoke|value|appreciate|"
    r"believe|find|found|express(?:ed)?|raise[ds]? concerns|are (?:concerned|frustrated|unhappy|happy|dissatisfied)|"
    r"think|complain(?:ed)?|commented|shared|explained|would like|indicated|know and trust|highlighted)"
)
FAMILIES = re.compile(rf"\b{_WHO}\b[^.;]{{0,45}}?\b{_SAY}\b", re.IGNORECASE)
LEADERS = re.compile(
    r"\b(?:leaders|partnership leaders|area leaders)\b[^.;]{0,20}\b(?:acknowledge|recognise|told|say|said|report|accept|"
    r"offered assurance|are aware|know that|explained)",
    re.IGNORECASE,
)
COUNCILLOR = re.compile(
    r"\b(?:councillor|cllr\.?) [A-Z]\w+|\b(?:a|one|the|another) (?:panel )?member(?:s)? (?:of the (?:panel|committee|commission) )?"
    r"(?:asked|queried|commented|raised|suggested|noted|felt|thanked|expressed)|\bcabinet member\b|\bgroup leaders\b|"
    r"\bmembers (?:asked|queried|commented|raised|suggested|felt|expressed)\b",
    re.IGNORECASE,
)
SCRUTINY = re.compile(
    r"\b(?:scrutiny|the (?:panel|committee|commission|select commission)) (?:\w+ )?(?:noted|considered|recommended|resolved|agreed|requested|heard|thanked)\b|\bnoted by scrutiny\b",
    re.IGNORECASE,
)
OFFICERS = re.compile(
    r"\b(?:it was (?:confirmed|explained|advised|clarified|reinforced|acknowledged)|members were (?:informed|advised|told|reminded)|"
    r"in response to (?:a |the )?(?:quer|question)|(?:assistant |service |corporate |strategic )?director\b[^.]{0,60}\b(?:said|advised|"
    r"confirmed|explained|reported|stated|told)|officers? (?:said|advised|confirmed|explained|reported))",
    re.IGNORECASE,
)
PEERS = re.compile(
    r"\b(?:peer|review) team\b|\bthe team (?:also )?(?:found|saw|heard|noted|reviewed|identified|recommended)\b",
    re.IGNORECASE,
)


def speaker(kind: str, text: str, part: str = "") -> str:
    """Who speaks in `text`, a passage or a sentence of a document of this kind.

    Families are "families" only where inspectors (or others) report what they said. Falls back to the
    kind's own voice: "minutes" for a record whose speaker is not named.
    """
    default = DEFAULTS.get(kind, "document")
    if kind == "minutes":
        for name, pattern in (
            ("scrutiny", SCRUTINY),
            ("councillor", COUNCILLOR),
            ("officers", OFFICERS),
            ("families", FAMILIES),
        ):
            match = pattern.search(text)
            if match and match.start() < 160:
                return name
        return default
    if kind == "peer_review":
        return "peer_team" if PEERS.search(text) or part in ("findings", "recommendations", "finding") else default
    if default == "inspectors":
        match = FAMILIES.search(text)
        if match and match.start() < 60:
            return "families"
        match = LEADERS.search(text)
        return "leaders" if match and match.start() < 40 else default
    return default
