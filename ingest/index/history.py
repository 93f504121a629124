"""What a run does to the papers of an index, put after what earlier runs did: so people can be told what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ingest.index.manifest import Run
from ingest.index.reuse import file_of
from ingest.prepare import Prepared


def gone_on(
    runs: tuple[Run, ...], old: Mapping[str, Prepared], new: Mapping[str, Prepared], at: str
) -> tuple[Run, ...]:
    """The runs, oldest first, and what happens from `old` to `new` at that time after them.

    A paper under another name goes on under it; the names of papers that have gone are forgotten. What was only read
    anew is not new. A run that did nothing to papers leaves nothing.
    """
    renamed = _renamed(old, new)
    moved = {*renamed, *renamed.values()}
    stay = {name for name in old if name in new and name not in moved}
    come = {name for name in new if name not in old or name in renamed} - set(renamed.values())
    gone = [name for name in old if name not in stay and name not in renamed]
    run = Run(
        at,
        tuple(sorted(come)),
        tuple(sorted(name for name in stay if new[name].sha256 != old[name].sha256)),
        tuple(sorted(old[name].facts.kind for name in gone)),
    )
    now = {name: name for name in stay} | renamed
    known = (replace(r, added=_known(r.added, now), changed=_known(r.changed, now)) for r in runs)
    return tuple(r for r in (*known, run) if r.added or r.changed or r.removed)


def _known(names: tuple[str, ...], now: dict[str, str]) -> tuple[str, ...]:
    return tuple(now[name] for name in names if name in now)


def _renamed(old: Mapping[str, Prepared], new: Mapping[str, Prepared]) -> dict[str, str]:
    """Papers that go on under another name: those of the same file, and those that another file says word for word."""
    files = {_file(n, d): n for n, d in new.items() if n not in old or old[n].sha256 != d.sha256}
    lost = {n: d for n, d in old.items() if n not in new or new[n].sha256 != d.sha256}
    found = {n: files[_file(n, d)] for n, d in lost.items() if _file(n, d) in files}
    gone = [n for n in lost if n not in new and n not in found]
    fresh = [n for n in new if n not in old and n not in found.values()]
    texts = {_words(new[n]): n for n in fresh} if gone else {}
    return found | {n: texts[own] for n in gone if texts and (own := _words(old[n])) in texts}


def _file(name: str, document: Prepared) -> tuple[str, str]:
    """Its file, and which of the papers in it."""
    return document.sha256, name.removeprefix(file_of(name))


def _words(document: Prepared) -> tuple[str, ...]:
    return tuple(passage.text for passage in document.passages)
