"""Questions put to a system, and what it answered."""
