"""The model that turns words into vectors."""
