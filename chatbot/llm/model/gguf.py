"""A GGUF file run in this process by transformers, as a LlamaIndex model. Imported only when chosen."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core.llms import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    CompletionResponseGen,
    CustomLLM,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.llms.callbacks import llm_chat_callback, llm_completion_callback
from pydantic import PrivateAttr

from ingest.settings import LanguageModel

WHOLE = "}]"  # ends a list of claims; a small model goes on for ever after it


class LocalModel(CustomLLM):
    """One reply at a time, the most likely words first, so that the same question has the same reply."""

    context: int
    reply: int
    seconds: int
    name: str
    _model: Any = PrivateAttr()
    _tokenizer: Any = PrivateAttr()
    _turn: Any = PrivateAttr(default_factory=threading.Lock)

    @classmethod
    def load(cls, path: Path, settings: LanguageModel) -> LocalModel:
        """Read the file; takes some seconds and memory for its weights in full precision."""
        from transformers import AutoModelForCausalLM, AutoTokenizer

        where = {"gguf_file": path.name, "local_files_only": True}
        made = cls(context=settings.context, reply=settings.reply, seconds=settings.timeout, name=path.name)
        made._tokenizer = AutoTokenizer.from_pretrained(str(path.parent), **where)
        made._model = AutoModelForCausalLM.from_pretrained(str(path.parent), **where)
        return made

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex wants to know."""
        return LLMMetadata(context_window=self.context, num_output=self.reply, model_name=self.name, is_chat_model=True)

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The reply to messages, through the template that came with the model."""
        told = [{"role": m.role.value, "content": m.content or ""} for m in messages]
        begun = told[-1]["role"] == MessageRole.ASSISTANT.value
        prompt = self._tokenizer.apply_chat_template(
            told, tokenize=False, add_generation_prompt=not begun, continue_final_message=begun
        )
        return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=self._generate(prompt)))

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """The words that follow a prompt."""
        return CompletionResponse(text=self._generate(prompt))

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        """The whole reply as one piece: a page announces a finished answer once."""
        text = self._generate(prompt)
        yield CompletionResponse(text=text, delta=text)

    def _generate(self, prompt: str) -> str:
        """Stops by itself when its time is over: a thread cannot be stopped from outside."""
        with self._turn:
            tokens = self._tokenizer(
                prompt, return_tensors="pt", truncation=True, max_length=max(64, self.context - self.reply)
            )
            made = self._model.generate(
                **tokens,
                max_new_tokens=self.reply,
                max_time=float(self.seconds),
                do_sample=False,
                stop_strings=[WHOLE],
                tokenizer=self._tokenizer,
                pad_token_id=self._tokenizer.eos_token_id,
            )
        return str(self._tokenizer.decode(made[0][tokens["input_ids"].shape[1] :], skip_special_tokens=True))
