"""Questions in other languages than English: an extra that is off by default."""
