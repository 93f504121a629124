"""Weights of the retrieval features, fitted on questions of our own (two thirds of them; the rest set aside).

The fit maximises the share of the evidence passages in a softmax over all passages of the areas asked for.
"""

WEIGHTS: dict[str, float] = {
    "near": 4.8,
    "lexical": 1.4,
    "text": 1.8,
    "sentence": 1.5,
    "context": 1.0,
    "asked": 0.4,
    "form": 0.6,
    "form_anywhere": 1.6,
    "kind": 0.65,
    "other_kind": -0.3,
    "year": 0.65,
    "other_year": -0.3,
    "speaker": 0.3,
    "formal": 0.8,
    "formal_unasked": 0.1,
    "low_part": -0.8,
    "short": -0.65,
    "long": 0.45,
    "newness": 0.6,
}
