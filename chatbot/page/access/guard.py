"""What stands between the network and the page: who is let in, an allow-list, security headers, one line of log.

It also makes Gradio's first page ours.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from chatbot.page import log
from chatbot.page.access.limit import TooManyError
from chatbot.page.access.login import CHALLENGE
from chatbot.page.access.patience import UPLOAD
from chatbot.page.service import Service, say
from chatbot.page.views import layout
from chatbot.page.views.layout import bottom, head, top
from chatbot.page.views.markup import Html, hidden, join, tag
from chatbot.page.work_queue import LEFT
from ingest.errors import IndexFault

OURS = re.compile(
    r"^/(own/[\w.-]+|(documents|promises)(/.*)?|(areas|themes)(\.\w+|/.*)?|new(\.(atom|csv))?|compare|enquiry|"
    r"help(/\w+)?|plain|take-away|feedback|health|ready|metrics|api/answer|upload(/undo)?)$"
)
GRADIO = re.compile(
    r"^/(|config/?|theme\.css|assets/[\w.-]+|static/(js|fonts|img)/[\w./-]+|gradio_api/(info|heartbeat/\w+|startup-events|app_id"
    r"|queue/(join|data)|call/\w+(/\w+)?|call/v2/\w+(/\w+)?|run/\w+|api/\w+))$"
)
MCP = re.compile(r"^/gradio_api/mcp(/.*)?$")
PROBES = ("/health", "/ready", "/metrics")  # asked by machines: without login, by any name
KEEPABLE = re.compile(r"^/(own/|assets/|static/|theme\.css$|documents/\w+/(page/|file$))")
READING = ("GET", "HEAD", "OPTIONS")
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
    # Not no-referrer: with that, a browser hides where a form of our own comes from.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000"
Next = Callable[[Request], Awaitable[Response]]


def install(app: FastAPI, service: Service) -> None:
    """Put the guard before everything the app answers, Gradio's mounted part included."""

    @app.exception_handler(TooManyError)
    async def too_many(request: Request, error: Exception) -> Response:
        return asked_too_much(service, request, error)

    @app.exception_handler(RequestValidationError)
    @app.exception_handler(HTTPException)
    async def not_so(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400
        return _told(
            service, request, status, say("guard.not_found" if status in (404, 405) else "guard.unreadable"), {}
        )

    @app.middleware("http")
    async def guard(request: Request, call_next: Next) -> Response:
        started = time.perf_counter()
        LEFT.set(request.is_disconnected)
        # Gradio would believe it; the name of the page is its Host, which is checked.
        request.scope["headers"] = [h for h in request.scope["headers"] if h[0] != b"x-forwarded-host"]
        try:
            response = await _checked(request, service) or await call_next(request)
            if response.status_code == 404 and _is_untaken(request, response):
                response = HTMLResponse(layout.nowhere(service), 404)
            if request.url.path == "/" and response.headers.get("content-type", "").startswith("text/html"):
                response = await _dressed(response, service)
        except TooManyError as error:
            response = asked_too_much(service, request, error)
        except ClientDisconnect:
            response = Response(status_code=400)  # nobody reads it
        except IndexFault as error:
            log.failed(error, log.route(request.url.path))
            response = _told(service, request, 503, say("guard.renewed"), {"Retry-After": "10"})
        except Exception as error:
            response = went_wrong(service, request, log.failed(error, log.route(request.url.path)))
        with_headers(response, request.url.path, service.access.behind_tls)
        log.event(
            "request",
            logging.INFO,
            method=request.method if request.method in ("POST", *READING) else "other",
            route=log.route(request.url.path),
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000),
        )
        return response


async def _checked(request: Request, service: Service) -> Response | None:
    """The refusal of a request that goes no further; None for one that may. Raises TooManyError."""
    path, headers = request.url.path, request.headers
    if path not in PROBES:
        if not known_host(headers.get("host", ""), service.access.hosts):
            return _refused("host", 400)
        if service.login.wanted:
            if not await service.login.allows(headers.get("authorization", ""), service.who(request) or "here"):
                return _refused("login", 401, CHALLENGE)
    operating = path == UPLOAD or path.startswith(f"{UPLOAD}/")
    if operating and service.operators.wanted:
        if not await service.operators.allows(headers.get("authorization", ""), service.who(request) or "here"):
            return _refused("operators", 401, CHALLENGE)
    if not (OURS.match(path) or GRADIO.match(path) or (service.page.mcp and MCP.match(path))):
        if "text/html" in headers.get("accept", ""):
            return HTMLResponse(layout.nowhere(service), 404)
        return _refused("not_found", 404)
    if request.method not in READING and not own_origin(request):
        return _refused("other_site", 403)
    # A body of untold length could fill the memory.
    size = headers.get("content-length", "0")
    if "transfer-encoding" in headers:
        return _refused("no_length", 411)
    most = MOST_BODY + service.most_uploaded if operating else MOST_BODY
    return None if size.isdecimal() and int(size) <= most else _refused("too_large", 413)


def known_host(host: str, names: tuple[str, ...]) -> bool:
    """Whether the page may be called by this name: an address, a name without a dot, or one of the settings.

    Any other name could be a stranger's that was turned to point here, to read the page from a visitor's browser.
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return bool(name) and ("." not in name or name in {n.lower() for n in names})


def own_origin(request: Request) -> bool:
    """Whether a request that does something comes from our own pages, or from a program that is no browser."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()


def _refused(key: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(say(f"guard.{key}"), status, headers, "text/plain; charset=utf-8")


def asked_too_much(service: Service, request: Request, error: Exception) -> Response:
    """What a visitor is told who has asked too much: a page, or JSON for programs."""
    seconds = error.seconds if isinstance(error, TooManyError) else 1
    return _told(service, request, 429, say("guard.too_many", seconds=seconds), {"Retry-After": str(seconds)})


def went_wrong(service: Service, request: Request, id_: str) -> Response:
    """What a visitor is told about a fault of ours; the id stands in the log too."""
    return _told(service, request, 500, say("guard.failed", id=id_), {})


def _told(service: Service, request: Request, status: int, sentence: str, headers: dict[str, str]) -> Response:
    path = request.url.path
    if path.startswith(("/api/", "/gradio_api/")):
        return JSONResponse({"error": sentence}, status, headers)
    body = tag("p", sentence, class_="problem", role="alert")
    title = say("guard.title")
    if "part" in request.query_params:
        return HTMLResponse(body, status, headers)
    return HTMLResponse(layout.page(service, title, body), status, headers)


def with_headers(response: Response, path: str, tls: bool) -> Response:
    """The response with the security headers it has not set itself, and closed to other sites."""
    headers = response.headers
    policy = STRICT if OURS.match(path) or not GRADIO.match(path) else LOOSE
    for name, value in {**HEADERS, "Content-Security-Policy": policy}.items():
        headers.setdefault(name, value)
    if tls:
        headers.setdefault("Strict-Transport-Security", HSTS)
    if headers.get("content-type", "").startswith("text/event-stream"):
        headers.setdefault("X-Accel-Buffering", "no")  # a proxy must hand answers on at once
    elif not KEEPABLE.match(path):
        headers["Cache-Control"] = "no-store"
    for name in [name for name in headers if name.lower().startswith("access-control-")]:
        del headers[name]  # Gradio lets every site read its answers where the host is not localhost
    return response


def _is_untaken(request: Request, response: Response) -> bool:
    """Whether none of our routes took a request for a page of ours, so that Gradio refused it as it does."""
    json = response.headers.get("content-type", "").startswith("application/json")
    return json and bool(OURS.match(request.url.path)) and not request.url.path.startswith("/api/")


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


def _step() -> Html:
    """The one control that leads through all quotes of an answer; shown where there are several."""
    before, after = (
        tag("button", say(f"evidence.{key}"), type="button", data_step=by, class_="second")
        for key, by in (("quote_before", -1), ("quote_after", 1))
    )
    at = tag("span", hidden(say("evidence.quote_at")), " ", tag("span", id="evidence-at", role="status"))
    return tag(
        "div", before, at, after, id="evidence-step", role="group", aria_label=say("evidence.quotes"), hidden=True
    )


def _panel() -> Html:
    """Where the page of a citation is shown beside the answer, and where the finished answer is announced."""
    close = tag("button", say("evidence.close"), type="button", id="evidence-close", class_="second")
    return join(
        [
            tag(
                "dialog",
                tag("div", _step(), close, class_="bar"),
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
                data_copied=say("copy.done"),
                data_uncopied=say("copy.failed"),
                data_offline=say("ask.offline"),
                data_slow=say("ask.slow"),
                data_failed=say("ask.failed"),
                data_busy=say("ask.busy"),
            ),
        ]
    )
