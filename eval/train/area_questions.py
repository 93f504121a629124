"""Fits the classifier of questions about all areas from prompts/area_questions.toml."""

from __future__ import annotations

import random

import numpy as np

import prompts
from chatbot.national import packaged
from chatbot.national.wanted import CLASSES, OTHER, SUBJECT, WEIGHTS, made_of, sentences
from eval.train import linear
from ingest.encoder.embedder import Embedder

SUBJECTS = 8  # of each sentence
OTHERS = 60  # examples of each other kind of question
ACROSS = "across"  # examples of this kind are not told apart by what they ask, so they are not shown


def fit(embedder: Embedder, seed: int = 0) -> str:
    """Write the weights; a line on how many examples there were."""
    texts, wanted = examples(random.Random(seed))
    vectors = np.asarray(embedder.embed_texts(texts), dtype=np.float32)
    weights = linear.softmax(vectors, np.asarray(wanted))
    packaged.write(WEIGHTS, "weights", weights, made_of(embedder.sha256))
    return f"{len(texts)} examples of questions about all areas: {WEIGHTS.name}"


def examples(rng: random.Random) -> tuple[list[str], list[int]]:
    """Every sentence with some subjects, and examples of other kinds of question, each with its class."""
    texts: list[str] = []
    wanted: list[int] = []
    subjects = prompts.table("area_questions")["subjects"]
    for name, own in sentences().items():
        for sentence in own:
            for subject in rng.sample(subjects, SUBJECTS) if SUBJECT in sentence else ("",):
                texts.append(sentence.replace(SUBJECT, subject, 1))
                wanted.append(CLASSES.index(name))
    for kind, own in prompts.table("question_kinds")["examples"].items():
        if kind != ACROSS:
            shown = rng.sample(own, min(OTHERS, len(own)))
            texts += shown
            wanted += [CLASSES.index(OTHER)] * len(shown)
    return texts, wanted
