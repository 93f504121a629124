# make run        try it: sets up, reads the sample documents, opens the page
# make test       every test; `make ci` is what CI runs: lint, audit, gate, test
# make mutations  put known faults in, one by one: a test must see each
# make hooks      check every commit before it is made
PYTHON ?= $(shell command -v python3.11 || command -v python3)
INDEX ?= index
BIN := .venv/bin

.PHONY: setup run ci test lint format audit gate mutations answers hooks clean

setup: .venv/.done

# torch goes first: with it in place nothing else asks for a build with CUDA.
.venv/.done: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	$(BIN)/python -c "import gradio.components.api_component"  # Gradio writes stubs at the first import: not when it serves
	touch $@

run: setup
	$(BIN)/python -m ingest add ingest/sample/documents --index $(INDEX)
	$(BIN)/python -m chatbot serve --index $(INDEX)

# The tests come last: their closing lines are what a log ends with. Types and the gate each keep one processor busy.
ci: setup
	$(MAKE) --jobs 2 --output-sync lint audit gate
	$(MAKE) test

# Each worker begins with tests of its own files, whose fixtures it then need not share, and helps the other at the end.
test: setup
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Licences, and known weaknesses of the pinned packages; says so and goes on where no advisories can be reached.
audit: setup
	$(BIN)/python .ci/licences.py
	timeout 900 $(BIN)/python .ci/audit.py

# The sample's questions, held to eval/gate.toml.
gate: setup
	$(BIN)/python -m ingest add ingest/sample/documents --index build/ci-index
	$(BIN)/python -m eval run --golden eval/golden/sample.jsonl --index build/ci-index --output build/ci-run \
	  --gate eval/gate.toml

mutations: setup
	$(BIN)/python -m tests.mutations

# After a change of what people are told that was meant: read the difference before it is committed.
answers: setup
	$(BIN)/python -m tests.stored_answers --renew

hooks: setup
	$(BIN)/pre-commit install

clean:
	rm -rf .venv build index *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
