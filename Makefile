# Two commands: `make assess` shows what transborder does, `make test` checks all of it.
# Both need Python 3.11+, make and a package index, and install into .venv only.

PYTHON ?= python3
BIN := .venv/bin
AS_OF := 2026-11-23

.PHONY: assess test clean

assess: .venv/assess
	rm -rf out
	$(BIN)/transborder assess examples/*.yaml --workspace examples/workspace --as-of $(AS_OF) -o out/

test: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(PYTEST_ARGS)

clean:
	rm -rf .venv out build dist

.venv/python:
	$(PYTHON) -c 'import sys; sys.exit("transborder needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	touch $@

.venv/assess: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/test: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ .venv/assess
