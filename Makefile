# Everything sets itself up: Python >= 3.11, git and make are enough.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO ?= draftwg-demo
# Half of what a test of the console does is waiting: two for each processor, on a small machine.
WORKERS ?= $(shell $(PYTHON) -c 'import os; n = os.cpu_count() or 1; print(max(n, min(8, 2 * n)))')

.DEFAULT_GOAL := help
.PHONY: help demo test lint types bench torture keys screenshots gallery wheel check clean

help: ## list what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

demo: $(VENV)/.ready ## play the sample meeting into ./draftwg-demo and open it
	@rm -rf '$(DEMO)'
	@$(BIN)/draftwg demo '$(DEMO)'

test: $(VENV)/.ready-dev ## run the tests
	@$(BIN)/python -m pytest -n $(WORKERS) -q

lint: $(VENV)/.ready-dev ## check style and formatting
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.ready-dev ## check types, strictly
	@$(BIN)/mypy

bench: $(VENV)/.ready-dev ## measure, write docs/benchmarks.md, and hold every property on 10,000 cases
	@DRAFTWG_CASES=10000 $(BIN)/python -m pytest -n auto -q tests/redline tests/scenarios/test_random_walk.py
	@$(BIN)/python benchmarks/run.py

torture: $(VENV)/.ready-dev ## prove that nothing is lost: kills, full disks, damage; figures into docs/reliability.md
	@$(BIN)/python benchmarks/torture.py

screenshots: $(VENV)/.ready-dev ## make the pictures of the console from the program itself
	@$(BIN)/python docs/make_screenshots.py

gallery: $(VENV)/.ready ## make every paper of the sample meeting in docs/gallery
	@$(BIN)/python docs/make_gallery.py

wheel: $(VENV)/.ready-dev ## build the wheel into dist/
	@$(BIN)/python -m build --wheel --outdir dist . >/dev/null && ls dist/*.whl

check: lint types test ## all three

clean: ## remove what make made
	rm -rf '$(VENV)' build dist src/*.egg-info '$(DEMO)' '$(DEMO)-redline.html'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'draftwg needs Python 3.11 or newer; name it: make PYTHON=python3.12 …' >&2; exit 2; }
	@git --version >/dev/null || { echo 'draftwg needs git.' >&2; exit 2; }
	@$(PYTHON) -m venv '$(VENV)'

$(VENV)/.ready: pyproject.toml $(VENV)/bin/python
	@echo 'Setting up $(VENV) …'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-dev: pyproject.toml $(VENV)/bin/python
	@echo 'Setting up $(VENV) for development …'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.ready
