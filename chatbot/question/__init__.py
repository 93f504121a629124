"""From what a person typed to a question that can be searched."""
