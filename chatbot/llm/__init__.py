"""An optional language model that puts quotes in short, and is held to them.

Without one (the default) nothing of it is imported but `endpoint`. With one, the way of a summary is:
prompt (what the model sees) -> client (one reply in time) -> reply (its claims) -> check (each against its quote).
"""

from chatbot.llm.model.endpoint import notice

__all__ = ["notice"]
