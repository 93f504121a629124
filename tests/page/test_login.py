"""Who is let in, and how passwords are kept from others."""

from __future__ import annotations

import base64
import subprocess
import sys

import pytest

from chatbot.page import check_access
from chatbot.page.access.limit import TooManyError
from chatbot.page.access.login import TRIES, Login, line
from chatbot.page.service import Service
from ingest.errors import SettingsError
from ingest.settings import Access
from tests.page.visiting import QUESTION, page, run

PASSWORD = "three plain words"


def basic(name: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_with_users_everything_wants_a_login_but_the_probes(service: Service) -> None:
    paths = ["/", "/documents", "/config", "/gradio_api/info", "/own/page.css", "/nope", "/gradio_api/mcp", "/plain"]
    with page(service, users=(line("zoë", PASSWORD),)) as client:
        for path in paths:
            response = client.get(path)
            assert response.status_code == 401 and response.headers["www-authenticate"].startswith("Basic")
        assert client.post("/api/answer", json={"question": QUESTION}).status_code == 401
        assert client.get("/health").status_code == client.get("/ready").status_code == 200
        assert client.get("/documents", headers=basic("zoë", PASSWORD)).status_code == 200
        assert client.get("/documents", headers=basic("zoë", PASSWORD + "x")).status_code == 401
        assert client.get("/documents", headers=basic("anna", PASSWORD)).status_code == 401
        for broken in (
            "Basic",
            "Basic ???",
            "Bearer x",
            "Basic " + base64.b64encode(b"\xff\xfe").decode(),
            "Basic Og==",
        ):
            assert client.get("/documents", headers={"authorization": broken}).status_code == 401


def test_guessing_is_slowed_and_does_not_lock_out_who_is_in() -> None:
    login = Login((line("anna", PASSWORD),))
    right = basic("anna", PASSWORD)["authorization"]

    async def guess() -> int:
        assert await login.allows(right, "v")
        for number in range(TRIES * 2):
            try:
                assert not await login.allows(basic("anna", f"guess number {number}")["authorization"], "v")
            except TooManyError:
                assert await login.allows(right, "v")
                return number
        return -1

    assert 0 < run(guess()) < TRIES * 2


@pytest.mark.parametrize("user", ["anna", "anna:secret", "anna:scrypt$short$short", ":scrypt$a$b", "anna:$2b$12$x"])
def test_only_lines_of_the_command_are_users(user: str) -> None:
    with pytest.raises(SettingsError, match=r"Line 1 of the setting access\.users") as error:
        Login((user,))
    assert "secret" not in str(error.value)


def test_the_command_makes_a_line_that_works() -> None:
    def made(password: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "chatbot", "password", "anna"]
        return subprocess.run(command, input=password + "\n", capture_output=True, text=True, timeout=120)

    found = made(PASSWORD)
    assert PASSWORD not in found.stdout + found.stderr
    allowed = Login((found.stdout.strip(),)).allows(basic("anna", PASSWORD)["authorization"], "v")
    assert run(allowed)
    assert made("short").returncode == 1


def test_no_login_in_the_clear_over_the_network() -> None:
    users = (line("anna", PASSWORD),)
    for host in ("127.0.0.1", "::1", "localhost"):
        check_access(Access(users=users), host)
    check_access(Access(users=users, behind_tls=True), "0.0.0.0")
    for host in ("0.0.0.0", "10.0.0.1", "::", "machine"):
        with pytest.raises(SettingsError, match="TLS"):
            check_access(Access(users=users), host)
    with pytest.raises(SettingsError, match="proxies"):
        check_access(Access(proxies=("nginx",)), "127.0.0.1")
