# What users and CI run. Everything is set up on first use; nothing but Python >= 3.11 is needed.
PYTHON ?= python3
PORT ?= 8000
ENV := .venv
BIN := $(ENV)/bin
READY := $(ENV)/ready
TESTS ?= tests
# More than there are cores: many tests wait for processes that start, or end.
JOBS ?= $(shell expr 2 + $$(nproc 2>/dev/null || echo 2))
# They start hundreds of processes, each of which would compile the whole program.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest

.PHONY: help demo test check format lint types contracts prove bench lock clean

help: ## What can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(ENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@# Once, and not by each of the processes that then begin at the same time.
	$(BIN)/python -m compileall -q -j 0 app migrations
	@touch $@

demo: $(READY) ## Start the server with a demo newsroom (PORT=8000)
	$(BIN)/masthead demo --port $(PORT)

test: $(READY) ## Run the tests
	$(PYTEST) -n $(JOBS) --dist worksteal -m "not prove" $(TESTS)

check: $(READY) format lint types contracts test ## Format, lint, types, import contracts, tests

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

prove: $(READY) ## The long forms of the promises (an hour or so)
	$(PYTEST) -n 0 -m prove --timeout 3600 $(TESTS)

bench: $(READY) ## Measure against a bare server, one core each
	$(BIN)/python -m bench

lock: $(READY) ## Pin the dependencies anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group dev pyproject.toml -o requirements-dev.lock

clean: ## Remove the environment and all caches; ./var (your data) stays
	rm -rf $(ENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
