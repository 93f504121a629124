"""The address of a Chroma server, and whether something answers there. It imports no Chroma."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ingest.errors import IndexFault, SettingsError

PORT = 8000  # of `chroma run`
REACH_SECONDS = 5
HEARTBEAT = "/api/v2/heartbeat"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Chroma server listens."""

    host: str
    port: int
    tls: bool

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"


def address(url: str) -> Address:
    """The parts of an address like http://127.0.0.1:8000. Raises SettingsError saying what is wrong with it."""
    form = "it must be like http://127.0.0.1:8000, without a path, a name or a password."
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SettingsError(f"{url!r} is not the address of a Chroma server: {form}") from error
    extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in ("http", "https") or not parts.hostname or extra:
        raise SettingsError(f"{url!r} is not the address of a Chroma server: {form}")
    tls = parts.scheme == "https"
    return Address(parts.hostname, port or (443 if tls else PORT), tls)


def reach(place: Address) -> None:
    """Ask the server for its heartbeat, past any proxy. Raises IndexFault saying why there is none."""
    import ssl
    import urllib.error

    _past_proxies(place.host)
    what, opener = f"The Chroma server at {place}", _opener()
    try:
        with opener.open(f"{place}{HEARTBEAT}", timeout=REACH_SECONDS) as response:
            if "nanosecond heartbeat" in json.loads(response.read(10_000)):
                return
    except urllib.error.HTTPError as error:
        raise IndexFault(
            f"What answers at {place} is no Chroma server (error {error.code}): correct the address."
        ) from error
    except OSError as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ssl.SSLError):
            told = reason.reason or reason
            raise IndexFault(f"{what} gives no valid https ({told}): use http, or mend its certificate.") from error
        why = getattr(reason, "strerror", None) or reason
        raise IndexFault(f"{what} cannot be reached ({why}): start it, or correct its address.") from error
    except (ValueError, TypeError):
        pass
    raise IndexFault(f"What answers at {place} is no Chroma server: correct the address.")


def _opener() -> Any:
    """Opens addresses past any proxy and follows no redirection: the server is where the operator says."""
    from urllib import request

    opener = request.OpenerDirector()
    for handler in (
        request.HTTPHandler(), request.HTTPSHandler(), request.HTTPDefaultErrorHandler(), request.HTTPErrorProcessor(),
    ):  # fmt: skip
        opener.add_handler(handler)
    return opener


def _past_proxies(host: str) -> None:
    """Chroma's client reads proxies from the environment; questions must not travel over one."""
    for key in ("NO_PROXY", "no_proxy"):
        hosts = [h for h in os.environ.get(key, "").split(",") if h]
        if host not in hosts:
            os.environ[key] = ",".join([*hosts, host])
