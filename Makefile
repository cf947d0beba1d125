# Everything a person or CI does here. `make` alone prints this list.

PYTHON    ?= python3
VENV      := .venv
BIN       := $(VENV)/bin
STAMP     := $(VENV)/.ready
DEMO_LANG ?= zh
KILLS     ?= 500
export DEMO_LANG

.DEFAULT_GOAL := help
.PHONY: help setup demo serve neo4j test check crash mutants bench lock clean

help:
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP)  ## create .venv from requirements.lock (once; instant afterwards)

# uv installs the same hashed lock in 4 s where pip needs 50 s, so one that is not on
# PATH is fetched first, itself pinned by the lock. Where uv finds no packages (a mirror
# that only pip knows of) or does not run, pip alone does the same work.
UV_LOCK := awk '/^[^ ]/ {p = /^uv==/} p' requirements.lock
INSTALL := install --quiet --require-hashes -r requirements.lock
PROJECT := install --quiet --no-deps --no-build-isolation -e .

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.x" >&2; exit 1; }
	@echo "Installing the packages of requirements.lock into $(VENV) ..."
	@rm -f $@
	@if command -v uv >/dev/null; then \
	  test -x $(BIN)/python || uv venv --quiet --seed --python $(PYTHON) $(VENV); \
	  uv pip $(INSTALL) --compile-bytecode --python $(BIN)/python && \
	  uv pip $(PROJECT) --python $(BIN)/python; \
	else \
	  test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV); \
	  $(UV_LOCK) > $(VENV)/uv.lock && \
	  $(BIN)/pip install --quiet --require-hashes -r $(VENV)/uv.lock && \
	  $(BIN)/uv pip $(INSTALL) --compile-bytecode --python $(BIN)/python && \
	  $(BIN)/uv pip $(PROJECT) --python $(BIN)/python; \
	fi || { echo "uv did not manage; trying with pip alone" >&2; \
	  test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV); \
	  $(BIN)/pip $(INSTALL) && $(BIN)/pip $(PROJECT); }
	@touch $@

demo: setup  ## load the sample city and walk through it (DEMO_LANG=zh|en)
	@$(BIN)/python -m api.cli demo

serve: setup  ## page and API on loopback, with the sample city
	@$(BIN)/creditgraph serve --demo

neo4j: setup  ## run a real Neo4j Community server in the foreground (needs Java 17 and Maven)
	@$(BIN)/python -m deploy.neo4j.run

check: setup  ## everything that needs no server: format, lint, types, imports, law
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/creditgraph law check

test: check  ## check, then all tests (with Neo4j when Java 17 and Maven are there)
	$(BIN)/pytest -n auto --dist loadgroup

crash: setup  ## kill a writer 500 times and look for lost or doubled facts (KILLS=n)
	$(BIN)/pytest tests/crash --kills $(KILLS) --timeout 7200

mutants: setup  ## break lines that matter, one at a time: each property must fail
	$(BIN)/python -m tests.mutants

bench: setup  ## print the speed table, peers measured in the same run
	$(BIN)/python -m bench

lock: setup  ## pin requirements.lock again from the bounds in pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' \
	  --extra test --group build pyproject.toml -o requirements.lock

clean:  ## remove .venv, caches and build results (never data folders)
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
