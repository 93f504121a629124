"""Fits the encoder, the reader and the classifiers of questions: `python -m eval train`."""
