"""Logistic regression; alone knows scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

STRENGTH = 10.0  # the inverse of the regularisation: of 1, 10 and 100 the best on sentences left out
OF_WORDS = 30.0  # the same where words are counted
STEPS = 1000
FOLDS = 5


@dataclass(frozen=True, slots=True)
class OfWords:
    """A classifier of each class by its words: `weights` has a row a word and a column a class."""

    vocabulary: tuple[str, ...]
    rarity: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def tensors(self) -> dict[str, np.ndarray]:
        """What is stored of it, small."""
        words = np.frombuffer("\n".join(self.vocabulary).encode(), np.uint8)
        return {
            "vocabulary": words, "rarity": self.rarity.astype(np.float16),
            "weights": np.ascontiguousarray(self.weights, dtype=np.float16), "bias": self.bias.astype(np.float32),
        }  # fmt: skip


def softmax(vectors: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Weights of a classifier of many classes, a row each, the last column its bias (float32)."""
    fitted = LogisticRegression(C=STRENGTH, max_iter=STEPS, class_weight="balanced").fit(vectors, classes)
    return np.ascontiguousarray(np.hstack([fitted.coef_, fitted.intercept_[:, None]]), dtype=np.float32)


def words(texts: Sequence[Sequence[str]], wanted: np.ndarray) -> OfWords:
    """A classifier fitted on texts as lists of words; `wanted` has a row a text and a column of 0 and 1 a class."""
    counter, counted = _counted(texts)
    fitted = [_one(counted, wanted[:, k]) for k in range(wanted.shape[1])]
    weights = np.stack([one.coef_[0] if one else np.zeros(counted.shape[1]) for one in fitted], axis=1)
    bias = np.asarray([one.intercept_[0] if one else -1e3 for one in fitted])
    return OfWords(tuple(counter.get_feature_names_out()), counter.idf_, weights, bias)


def left_out(texts: Sequence[Sequence[str]], wanted: np.ndarray, papers: Sequence[str]) -> np.ndarray:
    """The score of each text by a classifier that saw none of its paper; all learn from those without a paper."""
    real = np.asarray([n for n, paper in enumerate(papers) if paper])
    always = np.asarray([n for n, paper in enumerate(papers) if not paper], dtype=np.int64)
    _, counted = _counted(texts)
    scores = np.zeros(wanted.shape)
    for shown, hidden in GroupKFold(FOLDS).split(real, groups=[papers[n] for n in real]):
        learnt = np.concatenate([always, real[shown]])
        for k in range(wanted.shape[1]):
            if one := _one(counted[learnt], wanted[learnt, k]):
                scores[real[hidden], k] = one.decision_function(counted[real[hidden]])
    return scores


def _counted(texts: Sequence[Sequence[str]]) -> tuple[Any, Any]:
    counter = TfidfVectorizer(analyzer=lambda text: text, sublinear_tf=True, min_df=2)
    return counter, counter.fit_transform(texts).tocsr()


def _one(counted: Any, wanted: np.ndarray) -> Any:
    """A fitted classifier of one class; None where every text is of it, or none."""
    if len(np.unique(wanted)) < 2:
        return None
    return LogisticRegression(C=OF_WORDS, class_weight="balanced", solver="liblinear").fit(counted, wanted)
