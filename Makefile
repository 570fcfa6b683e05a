# How is pledger run, tested and checked from a fresh clone? Needs make and Python 3.11 or newer with venv.
# Every path is relative, so a checkout may lie in a folder with spaces. No package index is named: pip's own
# configuration says where packages come from, the hashes in requirements/ say which.

PYTHON ?= python3
VENV ?= .venv
JOBS ?= auto
LOCK ?= --upgrade

PY = $(VENV)/bin/python
PLEDGER = $(VENV)/bin/pledger --ledger build/example.db
STORY = events/histories/azerbaijan-kazakhstan
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check
PROJECT = $(INSTALL) --no-deps --no-build-isolation --editable .
PINS = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--annotation-style line --custom-compile-command "make lock" pyproject.toml requirements/build.in

.PHONY: help run test check format format-check lint types imports docs-check docs schemas i18n histories \
	lock bench bench-peers soak mutants judges clean
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1	\2/p' Makefile | while IFS='	' read -r target what; do \
		printf '  make %-12s %s\n' "$$target" "$$what"; done
	@echo
	@echo "  PYTHON=python3.12 VENV=.venv/3.12   another Python, in a folder of its own"
	@echo "  JOBS=0                              tests one after another"
	@echo "  LOCK=                               keep the pins that still fit"

# ---- Installing. A stamp is as new as the pins it was made from. The pins are complete, so nothing is resolved again:
# for an extra of a pinned package (coverage[toml]) pip would look for the newest release, and find no hash for it.

$(PY):
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "pledger needs Python 3.11 or newer, and '$(PYTHON)' was not found: install it, or name another with 'make PYTHON=...'." >&2; \
		exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "pledger needs Python 3.11 or newer, and '$(PYTHON)' is `"$(PYTHON)" -V 2>&1`: name another with 'make PYTHON=...'." >&2; \
		exit 1; }
	@echo "Making $(VENV) …"
	@"$(PYTHON)" -m venv --clear "$(VENV)" || { rm -rf "$(VENV)"; exit 1; }

$(VENV)/.run: $(PY) requirements/run.txt pyproject.toml
	@echo "Installing pledger and what it runs on …"
	@$(INSTALL) --require-hashes --no-deps --requirement requirements/run.txt
	@$(PROJECT)
	@touch $@

$(VENV)/.dev: $(PY) requirements/dev.txt pyproject.toml
	@echo "Installing pledger and what tests it …"
	@$(INSTALL) --require-hashes --no-deps --requirement requirements/dev.txt
	@$(PROJECT)
	@touch $@

# ---- Using

run: $(VENV)/.run ## An example ledger: its status board, what is due, what to try next
	@rm -rf build/example.* && mkdir -p build
	@$(PLEDGER) import $(STORY)/events.jsonl
	@echo && $(PLEDGER) status
	@echo && $(PLEDGER) due
	@echo && echo "Three commands to try next:"
	@echo "  $(PLEDGER) show fibre"
	@echo "  $(PLEDGER) why council-steps"
	@echo "  $(PLEDGER) status --as-of 2027-01-01"

# ---- Checking

test: $(VENV)/.dev ## The whole test suite, with branch coverage of src/
	@$(PY) -m pytest -n $(JOBS) --maxprocesses 4 --cov --cov-report=term

check: format-check lint types imports docs-check test ## Everything CI asks for; the tests come last

format: $(VENV)/.dev ## Put the code into its form
	@$(VENV)/bin/ruff check --select I --fix --quiet
	@$(VENV)/bin/ruff format

format-check: $(VENV)/.dev
	@$(VENV)/bin/ruff format --check

lint: $(VENV)/.dev ## ruff
	@$(VENV)/bin/ruff check

types: $(VENV)/.dev ## mypy --strict, tests and benchmarks too
	@$(VENV)/bin/mypy

imports: $(VENV)/.dev ## The directions in which imports may run
	@$(VENV)/bin/lint-imports --no-logo --no-cache

docs-check: $(VENV)/.dev ## Generated pages are up to date, links lead somewhere
	@$(PY) -m events.generate --check
	@$(PY) -m docs.generate --check
	@$(PY) -m docs.catalogues --check
	@$(PY) -m pytest -q tests/test_docs.py

soak: $(VENV)/.dev ## Tests that run at length, with their counts
	@$(PY) -m pytest -m soak -s --hypothesis-profile=soak $(SOAK)

mutants: $(VENV)/.dev ## Break src/domain in every small way and see whether its tests notice
	@$(VENV)/bin/mutmut run
	@$(VENV)/bin/mutmut results

judges: $(VENV)/.dev ## Who judges what goes out: outside programs over all formats, with their planted faults
	@$(PY) -m tests.exchange.judges

bench: $(VENV)/.dev ## The table of speeds, with its bars and misses
	@$(PY) -m benchmarks.run $(BENCH)

bench-peers: $(VENV)/.dev ## The same beside hledger, beancount, Taskwarrior, fossil and the library's own loop
	@$(PY) -m benchmarks.peers $(BENCH)

# ---- Writing what is generated

docs: schemas ## Reference pages
	@$(PY) -m docs.generate

schemas: $(VENV)/.dev ## events/schemas and the catalogue in events/README.md
	@$(PY) -m events.generate

i18n: $(VENV)/.dev ## The catalogues of words, extracted and compiled; fails while a word is missing in a language
	@$(PY) -m docs.catalogues

histories: $(VENV)/.dev ## events/histories, recorded anew: the same bytes each time
	@$(PY) -m events.histories.record

lock: $(VENV)/.dev ## Renew the pins, for every supported Python and system
	@index="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-`$(PY) -m pip config get global.index-url 2>/dev/null`}}"; \
	if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
	$(PINS) $(LOCK) --extra holidays --extra i18n --extra proofs --extra postgres --extra report --extra xlsx \
		requirements/dev.in --output-file requirements/dev.txt && \
	$(PINS) $(LOCK) --extra proofs --constraint requirements/dev.txt --output-file requirements/run.txt

clean: ## Remove all that was made here, the installation too
	@rm -rf build dist mutants htmlcov .coverage .coverage.* src/*.egg-info $(VENV)
	@rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find src tests events benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +
