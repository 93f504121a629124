"""Names and passwords for a pilot: HTTP Basic against salted scrypt hashes of the settings.

It is for a few people and a short time. Anything larger belongs to the sign-on of the proxy in front.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence

from fastapi.concurrency import run_in_threadpool

from chatbot.page.access.limit import Limit
from ingest.errors import SettingsError

COST, BLOCK, LANES = 2**15, 8, 1  # 32 MB and a twentieth of a second a try
MEMORY = 64 * 1024 * 1024
LINE = re.compile(r"^([^:\s]+):scrypt\$([A-Za-z0-9_-]{22,})\$([A-Za-z0-9_-]{43})$")
TRIES = 20  # wrong passwords a minute from one address
MOST_KNOWN = 1000  # passwords remembered as right, each as a keyed hash
CHALLENGE = {"WWW-Authenticate": 'Basic realm="send-chatbot", charset="UTF-8"'}


def line(name: str, password: str) -> str:
    """A line for access.users. Raises SettingsError for a name or password that cannot be used."""
    if not re.fullmatch(r"[^:\s]+", name):
        raise SettingsError("A user's name must not be empty and must hold no colon and no white space.")
    if len(password) < 12:
        raise SettingsError("A password must have at least 12 characters: three or four words do well.")
    salt = secrets.token_bytes(16)
    return f"{name}:scrypt${_text(salt)}${_text(_hash(password, salt))}"


class Login:
    """The users of the settings. With none there is no login."""

    def __init__(self, users: Sequence[str], setting: str = "access.users") -> None:
        """Raises SettingsError for a line that `python -m chatbot password` did not make."""
        self._users: dict[str, tuple[bytes, bytes]] = {}
        for number, user in enumerate(users, 1):
            match = LINE.match(user)
            if match is None:
                raise SettingsError(
                    f"Line {number} of the setting {setting} is not one that `python -m chatbot password` made."
                )
            self._users[match[1]] = _bytes(match[2]), _bytes(match[3])
        self._nobody = secrets.token_bytes(16), secrets.token_bytes(32)
        self._key = secrets.token_bytes(32)
        self._known: set[bytes] = set()
        self._tries = Limit(TRIES)

    @property
    def wanted(self) -> bool:
        """Whether anybody has to log in."""
        return bool(self._users)

    async def allows(self, header: str, visitor: str) -> bool:
        """Whether an Authorization header names a user with the right password.

        A wrong one takes as long for a name that exists as for one that does not. Raises TooManyError for a visitor
        who tries too many; a password found right before is never held up by that.
        """
        name, password = _basic(header)
        if not name:
            return False
        seal = hmac.digest(self._key, f"{name}:{password}".encode(), "sha256")
        if any(hmac.compare_digest(seal, known) for known in tuple(self._known)):
            return True
        self._tries.take(visitor)
        salt, stored = self._users.get(name, self._nobody)
        given = await run_in_threadpool(_hash, password, salt)
        if not hmac.compare_digest(given, stored):
            return False
        if len(self._known) < MOST_KNOWN:
            self._known.add(seal)
        return True


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=MEMORY, dklen=32)


def _basic(header: str) -> tuple[str, str]:
    """Name and password of a Basic header; empty where it is none."""
    kind, _, value = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(value.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password[:1000]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
