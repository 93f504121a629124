"""What is said to the person who asks, and the people who can help: the nouns of prompts/replies.toml. All frozen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """People who can help: what for, and how to reach them as far as it is the same everywhere (else empty)."""

    name: str
    what: str
    phone: str = ""
    web: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to the person who asks, and who can help; `name` is its name in replies.toml."""

    name: str
    say: str
    contacts: tuple[Contact, ...] = ()
