"""The chat page: `serve_page` opens it. Words stand in prompts/page.toml and help.toml, looks in static/."""

from __future__ import annotations

import ipaddress
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from ingest.errors import SettingsError
from ingest.settings import Access, Settings

MOST_OPEN = 1000  # connections at a time; a page that is open keeps one


def serve_page(index: Path, settings: Settings, host: str, port: int) -> int:
    """Load the index and the model, then open the port and serve until stopped; the exit code.

    Raises IndexFault where the index cannot be used and SettingsError where the address is taken or not safe.
    """
    check_access(settings.access, host)
    _free(host, port)
    sys.stderr.write("Loading the papers and the model ...\n")
    from chatbot.conversation import Assistant
    from chatbot.page import log
    from chatbot.page.service import Service

    assistant = Assistant(index, settings)
    for question in ("What did inspectors say about waiting times?", "Thank you"):
        assistant.answer(question)  # the first answer and the first reply are the slow ones
    service = Service(assistant, settings.page, settings.access)
    service.watch()
    import uvicorn

    from chatbot.page.access.patience import PatientProtocol
    from chatbot.page.app import build_app

    app = build_app(service)
    log.start(settings.log)
    library = service.library
    log.event("started", index=library.fingerprint, documents=len(library.documents))
    sys.stderr.write(
        f"Ready: {len(library.documents)} papers, collection {library.fingerprint}. "
        f"Open http://{host}:{port}/ (stop with Ctrl+C).\n"
    )
    # Uvicorn's access log would hold addresses. X-Forwarded-For is read by our app, from the settings' proxies only.
    quiet: dict[str, Any] = {
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "ws": "none",
        "http": PatientProtocol,
    }
    bounds: dict[str, Any] = {"limit_concurrency": MOST_OPEN, "timeout_graceful_shutdown": 10}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # to be told to stop is no failure, and leaves nothing behind
    try:
        uvicorn.run(app, host=host, port=port, proxy_headers=False, **quiet, **bounds)
    finally:
        log.event("stopped")
    return 0


def check_access(access: Access, host: str) -> None:
    """Raises SettingsError for proxies that are no addresses, and for a login that others could overhear."""
    for proxy in access.proxies:
        try:
            ipaddress.ip_network(proxy)
        except ValueError as error:
            raise SettingsError(
                f"The setting access.proxies wants addresses or networks; {proxy!r} is none."
            ) from error
    if (access.users or access.operators) and not access.behind_tls and not _at_home(host):
        raise SettingsError(
            "Passwords would cross the network in the clear: put a proxy with TLS in front (docs/deploy.md) and set "
            "access.behind_tls, or leave --host at 127.0.0.1."
        )


def _at_home(host: str) -> bool:
    """Whether only this machine itself can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _free(host: str, port: int) -> None:
    """Raises SettingsError where the address cannot be listened on, before anything slow is done."""
    try:
        kind = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind[0], kind[1]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(kind[4])
    except OSError as error:
        raise SettingsError(
            f"The page cannot be opened at {host}:{port} ({error.strerror or error}): choose another --port."
        ) from error
