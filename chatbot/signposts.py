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
    """What is said to the person who asks, then who can help; `name` is its name in replies.toml.

    `helpers` is said of those people, where they stand; it may be empty, as they may.
    """

    name: str
    say: str
    helpers: str = ""
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """What is said of an answer in the language that was asked in; `language` is its code ("pl")."""

    language: str
    text: str
