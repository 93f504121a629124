"""What all tests share: no network, and indexes that are built once a session."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from ingest.cli import hush

hush()  # before any test imports a library that reads these variables
settings.register_profile("untimed", deadline=None)  # no test may fail because the machine is busy
settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "ingest" / "sample" / "documents"
SHARED = ROOT.parent / "shared"
BUILT_ONCE = "SEND_TEST_FOLDER"  # names a folder whose indexes several runs of the tests share
LOCAL = ("127.", "::1", "localhost")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of the real documents, which are no part of the project, are not chosen where those are not here."""
    if not SHARED.is_dir():
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("corpus")])
        items[:] = [item for item in items if not item.get_closest_marker("corpus")]


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine: nothing in the product may need one."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refused(address: object) -> bool:
        return isinstance(address, tuple) and not str(address[0]).startswith(LOCAL)

    def guarded(self: socket.socket, address: object) -> None:
        if refused(address):
            raise OSError(f"the tests allow no connection to {address}")
        return connect(self, address)  # type: ignore[arg-type]

    def guarded_ex(self: socket.socket, address: object) -> int:
        if refused(address):
            raise OSError(f"the tests allow no connection to {address}")
        return connect_ex(self, address)  # type: ignore[arg-type]

    socket.socket.connect, socket.socket.connect_ex = guarded, guarded_ex  # type: ignore[method-assign]
    yield
    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    if BUILT_ONCE in os.environ:
        return Path(os.environ[BUILT_ONCE])
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def sample_index(shared_folder: Path) -> Path:
    """An index of the sample documents, read-only: copy it before you change it."""
    return _built_once(SAMPLE, shared_folder / "sample-index")


@pytest.fixture(scope="session")
def corpus_index(shared_folder: Path) -> Path:
    """An index of the real documents, read-only."""
    return _built_once(SHARED / "corpus", shared_folder / "corpus-index")


def _built_once(documents: Path, index: Path) -> Path:
    from filelock import FileLock

    from ingest import pipeline
    from ingest.settings import Settings

    with FileLock(f"{index}.lock"):
        if not (index / "CURRENT").exists():
            result = pipeline.add([documents], index, Settings())
            assert not result.failed, [row for row in result.rows if row.status == "failed"]
    return index
