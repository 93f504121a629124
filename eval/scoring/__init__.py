"""Answers held to what is expected of them."""
