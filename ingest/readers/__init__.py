"""One module a format, each turning bytes into a `ReadDocument`; `read.py` chooses between them."""
