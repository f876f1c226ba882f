# make serve: set up, build and serve the site. make test: set up and run the tests.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Where this is set, each program that the tests start would compile the whole package again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: serve test test-all soak check lint format build install lock audit clean help

serve: $(VENV)/serve.done ## set up if needed, build what changed, serve on http://127.0.0.1:8000 (PORT= changes it)
	$(BIN)/catalogue serve --port $(PORT)

test: $(VENV)/test.done ## set up if needed, run the tests on all cores, but for those of servers, killed builds and survival
	$(BIN)/python -m pytest -n auto -m "not process and not soak"

test-all: test ## make test, then the tests that start servers, kill builds or ask for survival, one at a time
	$(BIN)/python -m pytest -m "process or soak"

soak: $(VENV)/test.done ## set up if needed, run the tests of survival at full length (about a quarter of an hour)
	SOAK=1 $(BIN)/python -m pytest -m soak

check: $(VENV)/serve.done ## check all method files
	$(BIN)/catalogue check

build: $(VENV)/serve.done ## build the database and the index
	$(BIN)/catalogue build

lint: $(VENV)/test.done ## check style, types and the order of imports
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-logo --no-cache

format: $(VENV)/test.done ## put the code into its standard form
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

install: ## put into .venv what a public server needs, every package checked by its hash
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: \
		--require-hashes --requirement requirements.lock

lock: $(VENV)/upkeep.done ## write requirements.lock, what production installs, from setup.cfg and constraints.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --constraints constraints.txt --output-file requirements.lock setup.cfg

audit: $(VENV)/upkeep.done ## ask whether a locked version has a known fault (needs the network)
	$(BIN)/python tools/audit.py

clean: ## remove everything that can be made again
	rm -rf $(VENV) search_index/builds search_index/current search_index/.lock

help: ## list what make can do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/'

$(VENV)/serve.done: setup.cfg pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/test.done: $(VENV)/serve.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@

$(VENV)/upkeep.done: $(VENV)/serve.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[upkeep]'
	touch $@
