"""Where the line between answer and refusal lies."""
