"""Evaluation: golden questions in, figures and a report out. Uses the chat as a person does; nothing uses it."""
