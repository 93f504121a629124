"""Whether a claim is borne out by its quote. Trusts nothing that a model says of itself."""
