# Two commands: `make assess` shows what transborder does, `make test` checks all of it.
# Both need Python 3.11+, make and a package index, and install into .venv only.

PYTHON ?= python3
BIN := .venv/bin
AS_OF := 2026-11-23
RECORDS := $(shell find country_reports clauses transfers -name '*.yaml') $(wildcard country_reports/*.py clauses/*.py)

.PHONY: assess test clean

assess: .venv/compiled
	rm -rf out
	$(BIN)/transborder assess examples/*.yaml --workspace examples/workspace --as-of $(AS_OF) -o out/

test: .venv/test .venv/compiled
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadfile $(PYTEST_ARGS)

clean:
	rm -rf .venv out build dist

.venv/python:
	$(PYTHON) -c 'import sys; sys.exit("transborder needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	touch $@

.venv/assess: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

# What pip makes of a wheel, made of the clone: both are only faster to read, and are passed over where they are stale.
.venv/compiled: .venv/assess $(RECORDS)
	$(BIN)/python -m transfers.compiling
	$(BIN)/python -m compileall -q country_reports clauses transfers
	touch $@

.venv/test: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ .venv/assess
