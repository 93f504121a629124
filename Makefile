# make run    try it: sets up, reads the sample documents, opens the page
# make test   what CI runs
PYTHON ?= $(shell command -v python3.11 || command -v python3)
INDEX ?= index
BIN := .venv/bin

.PHONY: setup run test lint format clean

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

test: setup
	$(BIN)/python -m pytest -n 2

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv build index *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
