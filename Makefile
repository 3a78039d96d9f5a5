# The two commands of a newcomer are `make run` and `make test`; `make help` lists the rest.

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# Tests run in as many processes as there are cores; `make test JOBS=0` runs them in one.
JOBS ?= auto
GENERATED := docs/settings.md docs/commands.md docs/routes.md docs/api.md

.PHONY: help run test lint types layers postgres docs locale format clean
.DEFAULT_GOAL := help

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Open the reading room in a browser; the first time with a sample of papers
	@tools/venv.sh run
	@exec $(BIN)/bookwheel serve

test: lint types layers postgres ## Run all tests: lint, types, layers, then pytest on both databases
	$(PYTEST) --numprocesses $(JOBS)

lint: .dev ## Look for mistakes and check the formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .dev ## Check the types
	$(BIN)/mypy

layers: .dev ## Check that imports point down only
	$(BIN)/lint-imports --no-cache --no-logo

postgres: .dev ## Run the tests of changes, reads and pages on PostgreSQL, where its server is installed
	@if [ -z "$$CI" ] && ! $(BIN)/python tests/postgres.py; then \
		echo "No PostgreSQL server on this machine: these tests run on SQLite only"; \
	else \
		TEST_DATABASE=postgres $(PYTEST) --numprocesses $(JOBS) -q -m "not slow and not sqlite" \
			tests/models tests/actions tests/queries tests/web; \
	fi

docs: .dev ## Write the generated parts of the documentation again
	$(BIN)/cog -I tools -r $(GENERATED)

locale: .dev ## Bring the translations up to the sources and compile them
	$(BIN)/python tools/catalogue.py

format: .dev ## Format the sources
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean: ## Remove what these commands made here (papers are kept elsewhere)
	rm -rf .venv build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: .dev
.dev:
	@tools/venv.sh dev
