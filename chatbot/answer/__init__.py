"""From what the reader found to what a person reads."""
