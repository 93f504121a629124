"""An optional language model that puts quotes in short, and is held to them.

Without one (the default) nothing of it is imported but `endpoint`. With one, the way of a summary is:
data (what the model sees) -> asking (one reply in time) -> reply (its claims) -> check (each against its quote).
"""

from chatbot.llm.endpoint import notice

__all__ = ["notice"]
