"""What stands between the network and the page: security headers, an allow-list, and Gradio's first page made ours."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response

from chatbot.page.frame import bottom, head, top
from chatbot.page.markup import Html, join, tag
from chatbot.page.service import Service, say

OURS = re.compile(
    r"^/(own/[\w.-]+|documents(/.*)?|compare|enquiry|help(/\w+)?|plain|take-away|feedback|health|api/answer)$"
)
GRADIO = re.compile(
    r"^/(|config/?|theme\.css|assets/[\w.-]+|static/(js|fonts|img)/[\w./-]+|gradio_api/(info|heartbeat/\w+|startup-events|app_id"
    r"|queue/(join|data)|call/\w+(/\w+)?|call/v2/\w+(/\w+)?|run/\w+|api/\w+))$"
)
MCP = re.compile(r"^/gradio_api/mcp(/.*)?$")
MOST_BODY = 1_000_000  # bytes of a request
STRICT = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Gradio's own page runs inline scripts and compiles its templates in the browser.
LOOSE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; form-action 'self'; "
    "base-uri 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
Next = Callable[[Request], Awaitable[Response]]


def install(app: FastAPI, service: Service) -> None:
    """Put the guard before everything the app answers, Gradio's mounted part included."""

    @app.middleware("http")
    async def guard(request: Request, call_next: Next) -> Response:
        path = request.url.path
        if not (OURS.match(path) or GRADIO.match(path) or (service.page.mcp and MCP.match(path))):
            return with_headers(Response("Not found", 404, media_type="text/plain"), STRICT)
        size = request.headers.get("content-length", "0")
        if not size.isdigit() or int(size) > MOST_BODY:
            return with_headers(Response("Too large", 413, media_type="text/plain"), STRICT)
        response = await call_next(request)
        if path == "/" and response.headers.get("content-type", "").startswith("text/html"):
            response = await _dressed(response, service)
        return with_headers(response, STRICT if OURS.match(path) else LOOSE)


def with_headers(response: Response, policy: str) -> Response:
    """The response with the security headers it has not set itself."""
    for name, value in {**HEADERS, "Content-Security-Policy": policy}.items():
        response.headers.setdefault(name, value)
    return response


async def _dressed(response: Response, service: Service) -> Response:
    """Gradio's first page with our frame around it, ready to be read before any script runs."""
    body = b"".join([part async for part in response.body_iterator])  # type: ignore[attr-defined]
    page = dress(body.decode("utf-8"), service)
    return Response(page, response.status_code, media_type="text/html", headers={"Cache-Control": "no-store"})


def dress(page: str, service: Service) -> str:
    """The page in British English, without addresses of other hosts, with our head, header and footer."""
    page = page.replace('lang="en"', 'lang="en-GB"', 1)
    page = re.sub(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>', "", page)
    page = re.sub(r'\s*<link rel="manifest"[^>]*>', "", page)
    page = re.sub(r"\s*<script>\s*\(\(\) => \{(?:(?!</script>).)*?iframeResizer.*?</script>", "", page, flags=re.DOTALL)
    page = page.replace("</head>", f"{head()}</head>", 1)
    page = page.replace("<gradio-app", f"{top(service, 'ask')}{_no_script()}<gradio-app", 1)
    return page.replace("</gradio-app>", f"</gradio-app>{_panel()}{bottom(service)}", 1)


def _no_script() -> Html:
    link = tag("a", say("frame.no_script_link"), href="/plain")
    return tag("noscript", tag("p", say("frame.no_script"), " ", link, class_="wide"))


def _panel() -> Html:
    """Where the page of a citation is shown beside the answer, and where the finished answer is announced."""
    close = tag("button", say("evidence.close"), type="button", id="evidence-close", class_="second")
    return join(
        [
            tag(
                "dialog",
                tag("div", close, class_="bar"),
                tag("div", id="evidence-body"),
                id="evidence",
                aria_labelledby="evidence-heading",
            ),
            tag("div", id="announce", class_="unseen", role="status", aria_live="polite"),
            tag("div", id="tip", role="tooltip", hidden=True),
            tag(
                "div",
                id="texts",
                hidden=True,
                data_looking=say("ask.looking"),
                data_slow=say("ask.slow"),
                data_failed=say("ask.failed"),
                data_busy=say("ask.busy"),
            ),
        ]
    )
