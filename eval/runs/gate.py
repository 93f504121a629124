"""Thresholds that a run has to keep, from a TOML file with the sections [minimum] and [maximum]."""

from __future__ import annotations

import tomllib
from pathlib import Path

from eval.errors import EvalError
from eval.metrics import BY_NAME
from eval.runs.runs import Run
from eval.wording import number

SECTIONS = ("minimum", "maximum")
_ROUNDING = 1e-9


def thresholds(path: Path) -> dict[str, dict[str, float]]:
    """The thresholds of a file. Raises EvalError where it is missing or names an unknown figure."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EvalError(f"The gate file {path} cannot be read: {error}.") from error
    for section, values in data.items():
        if section not in SECTIONS or not isinstance(values, dict):
            raise EvalError(f"{path}: there is no section [{section}]; known are [minimum] and [maximum].")
        for name, value in values.items():
            if name not in BY_NAME:
                raise EvalError(f"{path}: {name!r} is not a figure; known are {', '.join(BY_NAME)}.")
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise EvalError(f"{path}: {section}.{name} must be a number, not {value!r}.")
    return data


def fallen(run: Run, limits: dict[str, dict[str, float]]) -> list[str]:
    """A sentence for every threshold that the run does not keep; a figure that could not be measured is not kept."""
    told = []
    if run.scores.missing:
        told.append(f"{run.scores.missing} questions have no answer.")
    for section, values in limits.items():
        for name, limit in values.items():
            estimate, metric = run.scores.overall[name], BY_NAME[name]
            wanted = f"{'at least' if section == 'minimum' else 'at most'} {number(limit, metric.unit)}"
            if estimate.value is None:
                told.append(f"{metric.title} ({name}) could not be measured; wanted {wanted}.")
            elif (estimate.value < limit - _ROUNDING) if section == "minimum" else (estimate.value > limit + _ROUNDING):
                told.append(f"{metric.title} ({name}) is {number(estimate.value, metric.unit)}; wanted {wanted}.")
    return told
