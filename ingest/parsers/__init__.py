"""One module a format, each turning bytes into a `ReadDocument`; `ingest/prepare.py` chooses between them."""
