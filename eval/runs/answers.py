"""Saved answers: one JSON object a line as the contract has it, with what only an evaluation knows added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.errors import RunError
from eval.records import ActualAnswer, ActualCitation, ActualClaim, ActualPassage


def read_lines(path: Path) -> dict[str, dict[str, Any]]:
    """Answers by id, the last of each. A torn last line, as a stopped run leaves it, is left out.

    Raises RunError where the file is missing or another line is damaged.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(f"{path} cannot be read: a run folder has one after `python -m eval run`.") from error
    found: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found[str(row["id"])] = row
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            if number < len(lines):
                raise RunError(f"{path} is damaged in line {number}: run the questions again.") from error
    return found


def answer_from(row: Mapping[str, Any]) -> ActualAnswer:
    """The answer behind a line; parts that a system leaves out are empty."""
    gate, extra = row.get("gate") or {}, row.get("evaluation") or {}
    seconds = row.get("seconds")
    return ActualAnswer(
        id=str(row["id"]),
        status=str(row.get("status") or ""),
        text=str(row.get("answer") or ""),
        citations=tuple(
            ActualCitation(
                str(c.get("document") or ""),
                c.get("page"),
                str(c.get("quote") or ""),
                str(c.get("area") or ""),
                str(c.get("title") or ""),
                str(c.get("date") or ""),
            )
            for c in row.get("citations") or ()
        ),
        passages=tuple(
            ActualPassage(
                str(p.get("document") or ""),
                p.get("page"),
                str(p.get("text") or ""),
                p.get("score"),
                str(p.get("dropped") or ""),
            )
            for p in row.get("passages") or ()
        ),
        resolved=str(row.get("resolved_question") or ""),
        understood=row.get("understood") or {},
        reason=str(row.get("reason") or ""),
        gate_score=gate.get("score"),
        gate_threshold=gate.get("threshold"),
        seconds=seconds.get("total") if isinstance(seconds, dict) else seconds,
        waited=extra.get("waited"),
        same_again=extra.get("same_again"),
        error=str(extra.get("error") or ""),
        claims=_claims(row),
        claims_dropped=(row.get("summary") or {}).get("dropped"),
        claims_failed=(row.get("summary") or {}).get("reasons") or {},
    )


def _claims(row: Mapping[str, Any]) -> tuple[ActualClaim, ...]:
    """The claims of a summary, each with the quotes behind its marks; a mark without a quote gives an empty one."""
    quotes = {c.get("marker"): str(c.get("quote") or "") for c in row.get("citations") or ()}
    return tuple(
        ActualClaim(
            str(claim.get("text") or ""),
            tuple(map(str, claim.get("words") or ())),
            tuple(quotes.get(marker, "") for marker in claim.get("markers") or ()),
        )
        for claim in (row.get("summary") or {}).get("claims") or ()
    )


def without_times(row: Mapping[str, Any]) -> str:
    """An answer as one text without its times, to tell whether two are the same."""
    return json.dumps({k: v for k, v in row.items() if k not in ("seconds", "evaluation", "id")}, sort_keys=True)


def write_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    """Replace the file by these answers in one step."""
    part = path.with_suffix(".part")
    part.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    part.replace(path)
