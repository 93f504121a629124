"""How long a sender may take over one request: a connection that is held half-sent is closed."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

UPLOAD = "/upload"  # papers take longer: there the clock begins anew with every part that comes
SECONDS = 30.0  # from the first byte of a request, or the opening of its connection, to the last


class PatientProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """Uvicorn's protocol with an end to its patience; Uvicorn itself only ends connections that are idle."""

    seconds = SECONDS
    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """The clock runs from here: who connects and sends nothing is let go too."""
        super().connection_made(transport)
        self._end = self.loop.call_later(self.seconds, transport.close)

    def data_received(self, data: bytes) -> None:
        """A byte now and then gives no more time: the clock stops only when a request is whole."""
        super().data_received(data)
        if not self._expecting():
            self._stop()
        elif self._uploading():
            self._stop()
            self._end = self.loop.call_later(self.seconds, self.transport.close)
        elif self._end is None:
            self._end = self.loop.call_later(self.seconds, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left to wait for."""
        self._stop()
        super().connection_lost(exc)

    def _expecting(self) -> bool:
        """Whether a request has begun, or has to begin, that is not whole."""
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body

    def _uploading(self) -> bool:
        """Whether papers of an operator are on their way: whoever is none has been answered by now."""
        return self.cycle is not None and not self.cycle.response_complete and self.cycle.scope["path"] == UPLOAD

    def _stop(self) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None
