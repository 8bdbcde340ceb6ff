# Two commands do everything: `make run` serves the seed documents, `make test` checks all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
export JIXIAO_DATA ?= data
SOURCES := ontology ingest search web

.PHONY: run test install install-test browser lint types unit lock screenshots clean

run: install  ## ingest seeds/ if the data directory is empty, then serve
	@test -e "$(JIXIAO_DATA)/current" || $(BIN)/jixiao ingest seeds
	$(BIN)/jixiao serve --host $(HOST) --port $(PORT)

test: install-test browser lint types unit  ## lint, types, all tests with the browser's

install: $(VENV)/.installed
$(VENV)/.installed: requirements/core.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/core.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

install-test: $(VENV)/.installed-test
$(VENV)/.installed-test: $(VENV)/.installed requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[models]"
	touch $@

browser:  ## Chromium and a CJK font for the browser tests, from the system's packages
	@sh tests/browser/install.sh

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types:
	$(BIN)/mypy

unit:
	$(BIN)/pytest

lock:  ## resolve the pinned versions anew (needs uv in the environment)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" -o requirements/core.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" --extra dev -c requirements/core.lock -o requirements/dev.lock pyproject.toml

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
