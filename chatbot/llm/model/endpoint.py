"""Where a question would go: the chosen provider's settings checked, and said in words. Imports no provider."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.errors import SettingsError
from ingest.settings import LanguageModel, Settings
from prompts import words

PROVIDERS = ("none", "ollama", "openai-like", "gguf")
EXAMPLES = {"ollama": "http://127.0.0.1:11434", "openai-like": "http://127.0.0.1:8080/v1"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A place a model runs at: its name, its address as people see it, and whether that is another machine."""

    model: str
    url: str
    remote: bool

    @property
    def where(self) -> str:
        """The machine in a word or two."""
        return self.url or "this machine"


def endpoint(settings: LanguageModel) -> Endpoint | None:
    """The place the settings choose, None where they choose none. Raises SettingsError where they cannot be used."""
    if settings.provider not in PROVIDERS:
        raise _fault("provider", provider=settings.provider, known=", ".join(PROVIDERS))
    _check_numbers(settings)
    if settings.provider == "none":
        return None
    if not settings.model:
        raise _fault("no_model", provider=settings.provider)
    if settings.provider == "gguf":
        return Endpoint(settings.model.replace("\\", "/").rsplit("/", 1)[-1], "", False)
    if not settings.url:
        raise _fault("no_url", example=EXAMPLES[settings.provider])
    remote = not _on_this_machine(settings.url)
    if remote and not settings.allow_remote:
        raise _fault("remote", url=settings.url)
    return Endpoint(settings.model, settings.url.rstrip("/"), remote)


def notice(settings: Settings) -> str:
    """What a page has to say before a question is typed: that and where a model sees it; empty without a model.

    Raises SettingsError where the settings cannot be used.
    """
    place = endpoint(settings.llm)
    if place is None:
        return ""
    key = "gguf" if not place.url else "remote" if place.remote else "local"
    return f"{words('model', f'notice.{key}', model=place.model, url=place.url)} {words('model', 'notice.checked')}"


def _on_this_machine(url: str) -> bool:
    """Whether an address is a loopback one. Raises SettingsError where it is none of a web server."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise _fault("bad_url", url=url) from error
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password or "\\" in url:
        raise _fault("bad_url", url=url)
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_numbers(settings: LanguageModel) -> None:
    for key, least, most in (("timeout", 1, 600), ("retries", 0, 5), ("context", 512, 1_000_000), ("reply", 50, 8000)):
        if not least <= getattr(settings, key) <= most:
            raise _fault("number", setting=key, wanted=f"from {least} to {most}", value=getattr(settings, key))
    if not 0 <= settings.min_survival <= 1:
        raise _fault("number", setting="min_survival", wanted="from 0 to 1", value=settings.min_survival)


def _fault(key: str, **values: object) -> SettingsError:
    return SettingsError(words("model", f"fault.{key}", **values))
