"""Whose a paper is: the area that its title block, its publisher or most of its text names; never a mere mention."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import prompts
from ingest.encoder.model import english_words
from ingest.facts import places
from ingest.facts.front import Front, is_prose, plain_case

_PART = r"[A-Z][a-z’'][\w’']*"
_LINK = r"(?:on|upon|under|le|by)"
_NAME = (
    rf"(?P<name>(?!\w+ed by ){_PART}(?:(?:-| ){_LINK}(?:-| ){_PART}|(?:-| ){_PART}){{0,2}}"
    rf"(?: and {_PART}(?: {_PART})?)?)"
)
_STYLE = r"(?:(?:County|City|Borough|District|Metropolitan|Unitary|Combined) ){0,2}"
_OWN = (
    r"(?:[Ll]ocal [Aa]rea(?: [Pp]artnership)?|SENDIASS|(?:SEND )?Local Offer|"
    r"Parents?(?:[’']s?)? ?(?:and )?Carers?[’']? (?:Forum|Voice|Council)|Famil(?:y|ies) (?:Forum|Voice)|Voices?|"
    r"Parents Together|Local SEND|(?:Area )?SEND\b|[Cc]hildren[’']s [Ss]ervices|"
    r"Schools?[’']? Forum|Health and Wellbeing|Safeguarding|Children’s Trust|Inclusion Partnership)"
)
_BESIDE = re.compile(rf"(?:[’']s?)?,? (?:{_STYLE}Council|{_OWN})\b")
_LABEL = r"^(?:Local [Aa]uthority|LA|Local [Aa]rea|Area|Council) ?[|:] ?"
_BEFORE = re.compile(rf"(?:Borough|City|County|[Ii]nspection|SEND (?:in|of)) (?:of )?(?:the )?$|{_LABEL}$")
_SUBJECT = re.compile(
    r"(?:^|[.!?:] )(?:(?:The|At|In|For) )?(?:the )?(?:London |Royal )?(?:Borough|City|County)?(?: of )?(?:the )?$"
)
# Where the name of an area no list knows may stand: councils reorganise, and the sample's areas are invented.
COUNCIL = re.compile(rf"\b{_NAME} {_STYLE}(?:Council|MBC)\b")
BOROUGH = re.compile(rf"\b(?:Borough|City|County) of {_NAME}\b")
SURE_BODY = re.compile(rf"\b{_NAME} (?:SENDIASS|Local Area Partnership|Parent Carer (?:Forum|Voice))\b")
OWN_BODY = re.compile(rf"\b{_NAME}(?:[’']s?)? {_OWN}\b")
LIVES = re.compile(
    r"\b(?:(?:[Ll]ocal )?[Aa]rea (?:[Pp]artnership )?(?:of|in)|SEND (?:services )?(?:in|across|of)|"
    r"(?:lives?|living|resident) in|(?:[Ii]nspection|[Rr]eview|[Rr]evisit|families)\b[\w ,()/-]{0,60}? in|"
    rf"(?:Partnership|Improvement|Programme) Board (?:for|of|in)|Healthwatch|(?i:to): ) ?{_NAME}\b"
)
LABELLED = re.compile(rf"{_LABEL}{_NAME}$")
VENUE = re.compile(
    r"\b(?i:school|academy|college|nursery|hall|guildhall|centre|chamber|house|offices|federation|trust)"
    rf"(?: \([^)]{{1,30}}\))?,? {_NAME}(?: \(|,|\.?$)"
)
OWNED = re.compile(
    r"\b(?:[Oo]wned|[Pp]ublished|[Pp]roduced|[Pp]repared|[Ww]ritten|[Ii]ssued) by:? (?:the )?"
    rf"{_NAME} {_STYLE}Council\b"
)
SCHOOL = re.compile(r"\b(?:school|academy|college|nursery|infants?|juniors?|primary|federation|trust)\b", re.IGNORECASE)
ALONE = re.compile(rf"^{_NAME}$")
# What standing in a title, beside its body's name, or in the title block weighs, and being named in the text at most.
TITLE, LETTERHEAD, NAMED, MOST = 8, 6, 2, 12
# What a name needs that only the text has: blocks that name it, its share of all names, and of all blocks.
MANY_BLOCKS, SHARE, ENOUGH, DENSITY = 3, 0.5, 0.1, 0.5
NOT_A_PLACE = frozenset(
    "the this that county city borough district parish town local full our your each any every arts british research "
    "youth health metropolitan cabinet design general medical privy family families and parent parents carer carers "
    "voice area joint year years january february march april may june july august september october november "
    "december part section appendix england britain london reception key school schools education children "
    "children’s young people budget annual send sen primary secondary special academy college nhs national overview "
    "scrutiny dear new old draft minutes agenda governing student pupil combined committee subcommittee panel "
    "board forum executive".split()
)


@dataclass
class _Evidence:
    """What speaks for an area: its weight in the head, blocks that name it, names of its bodies, times it is named."""

    head: float = 0
    blocks: int = 0
    bodies: int = 0
    times: int = 0


@dataclass
class _Court:
    """All names that a paper could be of, with what speaks for each."""

    found: dict[str, _Evidence] = field(default_factory=dict)

    def of(self, name: str) -> _Evidence:
        """The evidence for a name; begun where there is none."""
        return self.found.setdefault(name, _Evidence())


def area_of(title: str, publisher: str, front: Front, texts: list[str], local: bool) -> str | None:
    """The area of a paper; None where it is of none.

    `local` papers are always some area's own: there the only area whose bodies are named is enough.
    """
    court = _Court()
    titles = [(title, TITLE), (publisher, TITLE)]
    for line, weight in [*titles, *((line, NAMED) for line in front.head), (front.crumbs, NAMED)]:
        _hear_head(court, _plain(plain_case(line)), weight)
    _hear_text(court, [_plain(text) for text in texts])
    _join_parts(court)
    best = max(court.found, key=lambda name: _weight(court.found[name]), default=None)
    if best is None or _is_one_of_several(court, best, title):
        return None
    return best if _is_enough(court, best, len(texts), local) else None


def _is_one_of_several(court: _Court, best: str, title: str) -> bool:
    """Whether a title names other areas beside it, as that of a joint committee, and nothing sets it apart."""
    titled = {name for name, _, _ in places.mentions(_plain(plain_case(title)))}
    rivals = [name for name in titled - {best} if court.of(best).head - court.of(name).head < LETTERHEAD]
    return best in titled and bool(rivals)


def _plain(text: str) -> str:
    """The text without the bodies that bear the names of several areas."""
    return places.BODIES.sub(" ; ", text)


def _hear_head(court: _Court, line: str, weight: float) -> None:
    """What a title or a line of the head says."""
    known = places.mentions(line)
    for name, start, end in known:
        before = line[max(0, start - 40) : start]
        own = not is_prose(line) or _SUBJECT.search(before)  # what others gave or said is no letterhead
        beside = own and (_BESIDE.match(line, end) or _BEFORE.search(before))
        court.of(name).head += weight + (LETTERHEAD if beside else 0)
    for mention in places.named(line, capitals=True):  # a county that was split, a district: its council had papers too
        place = mention.place
        if place.sort in ("region", "town") and _BESIDE.match(line, mention.end):
            court.of(place.name if place.sort == "region" else place.areas[0]).head += weight + LETTERHEAD
    masked = _masked(line, known)
    for pattern in (COUNCIL, BOROUGH, SURE_BODY, OWN_BODY, VENUE, LABELLED, LIVES, ALONE):
        for match in pattern.finditer(masked):
            if pattern is ALONE and SCHOOL.search(line):
                continue
            if name := _unlisted(match["name"], sure=pattern in (COUNCIL, BOROUGH, SURE_BODY)):
                court.of(name).head += weight + (LETTERHEAD if pattern is not ALONE else 0)


def _hear_text(court: _Court, texts: list[str]) -> None:
    """What the text says: which blocks name an area, and whose bodies it names."""
    learned = {name for name in court.found if not places.is_area(name)}
    for text in texts:
        known = places.mentions(text)
        masked = _masked(text, known)
        for pattern in (COUNCIL, OWN_BODY, LIVES, OWNED):
            for match in pattern.finditer(masked):
                if name := _unlisted(match["name"], sure=False):
                    learned.add(name)
                    court.of(name).bodies += 1
                    court.of(name).head += LETTERHEAD if pattern is OWNED else 0
        for name, _, end in known:
            court.of(name).bodies += bool(_BESIDE.match(text, end))
            court.of(name).times += 1
        for name in {name for name, _, _ in known}:
            court.of(name).blocks += 1
    for name in learned:
        word = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        counts = [len(word.findall(text)) for text in texts]
        court.of(name).blocks, court.of(name).times = sum(map(bool, counts)), sum(counts)


def _masked(text: str, known: list[tuple[str, int, int]]) -> str:
    """The text with the names the list knows blotted out, so that no part of one is taken for a name."""
    parts, at = [], 0
    for _, start, end in known:
        parts += [text[at:start], "_" * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _unlisted(printed: str, sure: bool) -> str:
    """A place that no list has; empty where all its words are ordinary and it is not `sure` to be a council's."""
    words = re.sub(r"[’']s?$", "", printed).split()
    while words and _bare(words[0]) in NOT_A_PLACE:
        words = words[1:]
    while words and _bare(words[-1]) in NOT_A_PLACE:
        words = words[:-1]
    plain = [_bare(word) for word in re.split(r"[ -]", " ".join(words)) if word]
    if not plain or plain[-1] in NOT_A_PLACE or places.listed(" ".join(words)) or plain[0] in _bodies():
        return ""
    ordinary = all(word in english_words() or word in NOT_A_PLACE for word in plain)
    return "" if ordinary and not sure else " ".join(words)


@cache
def _bodies() -> frozenset[str]:
    """Names that stand where a place would and are none."""
    return frozenset(map(places.fold, prompts.table("places")["no_places"]))


def _bare(word: str) -> str:
    """A word in small letters without the sign of whose it is."""
    return re.sub(r"[’']s?$", "", word.lower())


def _join_parts(court: _Court) -> None:
    """ "Carer Voice and Westmarch" is no place, "Telford and Wrekin" is one: the part goes with what is named more."""
    for name in sorted(court.found, key=len, reverse=True):
        for last in {name.rsplit(" and ", 1)[-1], name.split(" and ", 1)[0]} - {name}:
            if last in court.found and not places.listed(name):
                loser = name if court.of(name).times * 2 < court.of(last).times else last
                court.found.pop(loser, None)
                if loser == name:
                    break


def _weight(evidence: _Evidence) -> float:
    return evidence.head + min(MOST, evidence.times + evidence.bodies)


def _is_enough(court: _Court, name: str, blocks: int, local: bool) -> bool:
    """Whether what speaks for the best name makes the paper its."""
    evidence = court.found[name]
    share = evidence.times / max(1, sum(other.times for other in court.found.values()))
    if evidence.head >= LETTERHEAD:
        return True
    if share < SHARE:
        return False
    if evidence.head and evidence.blocks >= 2 or local and (evidence.bodies or evidence.blocks >= MANY_BLOCKS):
        return True
    enough = ENOUGH / 2 if evidence.bodies >= 2 else ENOUGH
    often = evidence.blocks >= MANY_BLOCKS and evidence.blocks >= enough * blocks
    return often or evidence.blocks >= max(min(blocks, 2), DENSITY * blocks) and evidence.bodies > 0
