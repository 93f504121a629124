"""Makes the chosen model ready, through LlamaIndex's interface. Its package is imported here and only when chosen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatbot.llm.model.client import Client
from chatbot.llm.model.endpoint import Endpoint, endpoint
from ingest.errors import SettingsError
from ingest.settings import LanguageModel
from prompts import words

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


def connect(settings: LanguageModel) -> tuple[Client, Endpoint] | None:
    """The model to ask and where it is, None where none is chosen. A server is not spoken to yet; a file is loaded.

    Raises SettingsError where the settings cannot be used or the provider's packages are missing.
    """
    place = endpoint(settings)
    if place is None:
        return None
    _key(settings)  # a key that is not there is told before packages that are not
    make = {"ollama": _ollama, "openai-like": _openai_like, "gguf": _gguf}[settings.provider]
    try:
        llm = make(settings, place)
    except ImportError as error:
        raise SettingsError(
            words("model", "fault.missing", provider=settings.provider, extra=settings.provider)
        ) from error
    return Client(llm, settings.timeout, settings.retries, goes_on=settings.provider == "gguf"), place


def _ollama(settings: LanguageModel, place: Endpoint) -> LLM:
    import ollama
    from llama_index.llms.ollama import Ollama

    # A redirection or a proxy of the environment would take the question to another machine.
    client = ollama.Client(
        host=place.url, timeout=settings.timeout, follow_redirects=False, trust_env=False, headers=_authorised(settings)
    )
    return Ollama(
        model=settings.model,
        base_url=place.url,
        client=client,
        temperature=0.0,
        context_window=settings.context,
        request_timeout=float(settings.timeout),
        additional_kwargs={"num_predict": settings.reply, "seed": 0},
        is_function_calling_model=False,
    )


def _openai_like(settings: LanguageModel, place: Endpoint) -> LLM:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

    # Not every class of the chain declares the client it takes.
    client: Any = {"http_client": httpx.Client(timeout=settings.timeout, follow_redirects=False, trust_env=False)}
    return OpenAILike(
        model=settings.model,
        api_base=place.url,
        api_key=_key(settings) or "none",
        **client,
        temperature=0.0,
        max_tokens=settings.reply,
        context_window=settings.context,
        timeout=float(settings.timeout),
        max_retries=0,
        is_chat_model=True,
        is_function_calling_model=False,
    )


def _gguf(settings: LanguageModel, place: Endpoint) -> LLM:
    path = Path(settings.model)
    if path.suffix != ".gguf" or not path.is_file():
        raise SettingsError(words("model", "fault.no_file", model=settings.model))
    import accelerate  # noqa: F401  transformers needs both and says so only in the midst of loading
    import gguf  # noqa: F401

    from chatbot.llm.model.gguf import LocalModel

    try:
        return LocalModel.load(path, settings)
    except ImportError:
        raise
    except Exception as error:
        # A damaged file raises whatever its reader stumbles over.
        reason = type(error).__name__
        raise SettingsError(words("model", "fault.unloadable", model=place.model, reason=reason)) from error


def _key(settings: LanguageModel) -> str:
    """The server's key from the environment; it never stands in a settings file. Raises SettingsError."""
    if not settings.key_variable:
        return ""
    key = os.environ.get(settings.key_variable, "")
    if not key:
        raise SettingsError(words("model", "fault.no_key", variable=settings.key_variable))
    return key


def _authorised(settings: LanguageModel) -> dict[str, str]:
    key = _key(settings)
    return {"Authorization": f"Bearer {key}"} if key else {}
