"""The systems a question can be put to. Each takes what a user's question is and gives the contract's answer."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Protocol

from eval.errors import ServerError
from ingest.settings import Settings

# Public question sets: whether a question is put to all passages of its set, or only to those that it came with.
WHOLE = {"clapnq": False, "mtrag": True, "or_sharc": True}
SECONDS = 120
PATH = "/api/answer"


class System(Protocol):
    """Something that answers questions. `name` is shown in reports."""

    name: str

    def identity(self) -> dict[str, Any]:
        """What decides its answers besides the question; answers saved under another identity are not reused."""
        ...

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to {id, question, area, history}, as the contract's JSON. May raise anything."""
        ...


class OurAssistant:
    """The product in this process, through the entry that the page and `chatbot ask` use."""

    name = "send-chatbot"

    def __init__(self, index: Path, settings: Settings, name: str = name) -> None:
        """Open the index and load the model. Raises SendError."""
        from chatbot.conversation import Assistant
        from eval.runs.provenance import prompt_versions, source_hash
        from eval.runs.snapshot import IndexView, settings_as_json

        self.name = name
        self._assistant = Assistant(index, settings)
        self._identity = {
            "system": self.name,
            "index": IndexView(index).fingerprint,
            "settings": settings_as_json(settings),
            "source": source_hash(),
            "prompts": prompt_versions(),
        }

    def identity(self) -> dict[str, Any]:
        """See System."""
        return self._identity

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """See System."""
        from chatbot.serialise import as_json

        answer = self._assistant.answer(question["question"], question["area"], tuple(question["history"]))
        return {**as_json(answer), "id": question["id"]}


class Served:
    """A running server: what is served is what counts. No proxy is used, and no redirection followed elsewhere."""

    def __init__(self, url: str) -> None:
        """Take the address; nothing is sent yet. Raises ServerError where it is not one of a web server."""
        if not url.startswith(("http://", "https://")):
            raise ServerError(f"{url} is not the address of a server: it must begin with http:// or https://.")
        self.url = url.rstrip("/")
        self.name = f"server at {self.url}"
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open

    def identity(self) -> dict[str, Any]:
        """See System. What runs behind an address can change, so each run of it is new."""
        return {"system": self.name}

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """See System. Raises ServerError."""
        request = urllib.request.Request(
            self.url + PATH, json.dumps(question).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        try:
            with self._open(request, timeout=SECONDS) as response:
                data = json.loads(response.read())
        except urllib.error.HTTPError as error:
            raise ServerError(f"{self.url}{PATH} answered with the error {error.code}.") from error
        except (OSError, ValueError) as error:
            raise ServerError(f"{self.url}{PATH} did not give an answer ({error}).") from error
        if not isinstance(data, dict) or "status" not in data:
            raise ServerError(f"{self.url}{PATH} gave something that is not an answer.")
        return {**data, "id": question["id"]}
