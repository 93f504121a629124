"""The chat page: `serve_page` opens it. Words stand in prompts/page.toml and help.toml, looks in static/."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from ingest.errors import SettingsError
from ingest.settings import Settings


def serve_page(index: Path, settings: Settings, host: str, port: int) -> int:
    """Load the index and the model, then open the port and serve until stopped; the exit code.

    Raises IndexFault where the index cannot be used and SettingsError where the address is taken.
    """
    _free(host, port)
    sys.stderr.write("Loading the papers and the model ...\n")
    from chatbot.conversation import Assistant
    from chatbot.page.service import Service

    assistant = Assistant(index, settings)
    assistant.answer("What did inspectors say about waiting times?")  # the first answer is the slow one
    service = Service(assistant, settings.page)
    import uvicorn

    from chatbot.page.app import build_app

    app = build_app(service)
    library = service.library
    sys.stderr.write(
        f"Ready: {len(library.documents)} papers, collection {library.fingerprint}. "
        f"Open http://{host}:{port}/ (stop with Ctrl+C).\n"
    )
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)
    return 0


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
