"""Every word a person or a model is given, as readable files beside this module.

Files are loaded by name; a missing file or placeholder is told as one sentence naming both.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class PromptError(Exception):
    """A file of words is missing, unreadable or lacks a placeholder; an operator can mend it."""


@cache
def table(name: str) -> dict[str, Any]:
    """The TOML file `name`.toml of this folder. Raises PromptError naming the file and the fault."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PromptError(f"The file of words {path.name} is missing from the prompts folder.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PromptError(f"The file of words {path.name} cannot be read: {error}.") from error


def words(name: str, key: str, **values: object) -> str:
    """The text `key` ("section.name") of `name`.toml with its {placeholders} filled.

    Raises PromptError where the text does not exist or a placeholder has no value.
    """
    node: Any = table(name)
    for part in key.split("."):
        if not isinstance(node, dict) or part not in node:
            raise PromptError(f"The text {key!r} is missing from {name}.toml.")
        node = node[part]
    return fill(str(node), f"{key} in {name}.toml", values)


def fill(template: str, label: str, values: dict[str, object]) -> str:
    """`template` with each {name} replaced by its value; other braces are left as they are.

    Values are put in once and never searched for placeholders themselves. Raises PromptError.
    """
    missing = set(PLACEHOLDER.findall(template)) - set(values)
    if missing:
        raise PromptError(f"The text {label} needs a value for {', '.join(sorted(missing))}.")
    return PLACEHOLDER.sub(lambda match: str(values[match.group(1)]), template)
