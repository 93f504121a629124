"""One registry of the kinds of paper and their sections, for all who ask."""
