"""Weights of the retrieval features."""

WEIGHTS: dict[str, float] = {
    "near": 3.0, "lexical": 0.8, "text": 2.0, "sentence": 1.6, "context": 0.8, "asked": 0.5, "form": 0.5, "form_anywhere": 0.2,
    "kind": 0.35, "year": 0.35, "speaker": 0.2, "formal": 0.8, "low_part": -0.6, "short": -0.4, "newness": 0.2,
}
