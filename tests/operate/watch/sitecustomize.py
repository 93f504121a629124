"""Put first on PYTHONPATH, watches a Python process and its children: what they write, whom they call, what they start.

Calls to other hosts are noted and refused. One JSON line an event goes to the file that SEND_WATCH names.
"""

import json
import os
import sys

LOG = os.open(os.environ["SEND_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
HERE = ("127.", "::1", "localhost", "0.0.0.0")
NEW = {"os.mkdir": 0, "os.rename": 1, "os.link": 1, "os.symlink": 1, "sqlite3.connect": 0, "tempfile.mkstemp": 0}


def note(kind: str, what: object) -> None:
    os.write(LOG, (json.dumps([kind, str(what), os.getpid()]) + "\n").encode())


def elsewhere(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    return isinstance(name, str) and name != "" and not name.startswith(HERE)


def call(kind: str, host: object) -> None:
    """Note a call; refuse it where it leaves this machine."""
    note("call", f"{kind} {host}")
    if elsewhere(host):
        note("left", f"{kind} {host}")
        raise PermissionError(f"no call to {host} in this test")


def watch(event: str, arguments: tuple) -> None:  # type: ignore[type-arg]
    if event == "open":
        path, mode, flags = arguments
        writes = bool(flags & WRITING) if isinstance(flags, int) else False
        if isinstance(path, (str, bytes)) and (writes or (isinstance(mode, str) and set(mode) & set("wax+"))):
            note("write", os.path.abspath(os.fsdecode(path)))
    elif event in NEW:
        note("write", os.path.abspath(os.fsdecode(arguments[NEW[event]])))
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        call(event, arguments[0])
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg") and isinstance(arguments[1], tuple):
        call(event, arguments[1][0])
    elif event == "subprocess.Popen":
        note("start", arguments[0])
    elif event in ("os.exec", "os.posix_spawn", "os.system"):
        note("start", arguments[0])


note("start", sys.executable)
sys.addaudithook(watch)
