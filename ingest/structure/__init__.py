"""From lines to blocks under headings: what is text, what is a list, where a sentence ends."""
