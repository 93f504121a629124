"""Journey 1: from a file to stored passages that can be quoted and traced."""
