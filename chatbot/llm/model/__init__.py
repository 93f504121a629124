"""The way to a model: where it is, what it is shown, one reply in time, the claims in it. Must not know the check."""
