"""Journey 2: from a question in anyone's words to a cited answer, or an honest refusal."""
