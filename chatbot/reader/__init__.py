"""The learned reader: how well each sentence of some passages answers a question, and how likely none does."""
