"""How much one visitor may ask: so many answers a minute for each network address, refilled evenly.

Addresses are not kept: a visitor is known by a keyed hash whose key dies with the process, for one minute.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

WINDOW = 60.0  # seconds in which an empty allowance is full again
MOST_VISITORS = 20_000  # known at a time; beyond that those are forgotten who asked longest ago
UNKNOWN = "unknown"
HOUSEHOLD = 64  # bits of an IPv6 address that one connection has to itself


class TooManyError(Exception):
    """A visitor has asked too much; asking again after `seconds` helps."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many questions, wait {seconds} s")
        self.seconds = seconds


class Limit:
    """An allowance of `most` a minute for every visitor. Safe to use from several threads."""

    def __init__(self, most: int, now: Callable[[], float] = time.monotonic) -> None:
        self.most, self._now = most, now
        self._key = secrets.token_bytes(32)
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()  # what was left, and when
        self._lock = threading.Lock()

    def take(self, visitor: str, count: int = 1) -> None:
        """Take `count` from the visitor's allowance. Raises TooManyError where it does not hold so much.

        More than a whole allowance at once counts as a whole one, or it could never be had.
        """
        if not self.most:
            return
        who = hashlib.blake2b(visitor.encode(), key=self._key, digest_size=16).digest()
        wanted = min(count, self.most)
        with self._lock:
            now = self._now()
            self._forget(now)
            left, since = self._left.pop(who, (float(self.most), now))
            left = min(self.most, left + (now - since) * self.most / WINDOW)
            enough = left >= wanted
            self._left[who] = (left - wanted if enough else left, now)
        if not enough:
            raise TooManyError(max(1, math.ceil((wanted - left) * WINDOW / self.most)))

    def _forget(self, now: float) -> None:
        """Drop those whose allowance is full again, and the oldest where there are too many."""
        while self._left:
            _, since = next(iter(self._left.values()))
            if now - since < WINDOW and len(self._left) < MOST_VISITORS:
                return
            self._left.popitem(last=False)

    def __len__(self) -> int:
        """How many visitors are known at the moment."""
        return len(self._left)


def visitor(host: str | None) -> str | None:
    """Who is counted as one visitor: an IPv4 address or an IPv6 household; None for this machine and no address.

    All that a proxy passes on as an address and is none counts as one visitor, or wrong values would never be counted.
    """
    if not host:
        return None
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            if address.is_loopback:
                return None
            return str(ipaddress.ip_network((address, HOUSEHOLD), strict=False))
        address = address.ipv4_mapped
    return None if address.is_loopback else str(address)
