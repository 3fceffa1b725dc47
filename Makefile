# Weerwoord: `make run`, `make test`, `make check`. Everything else is in the README.
PYTHON ?= python3
BIN := .venv/bin
RUN := .venv/.run
DEV := .venv/.dev
INSTALL := $(BIN)/pip install -qq --disable-pip-version-check --require-hashes
CODE := app.py blog comments moderation examples bench tests

export HOST ?= 127.0.0.1
export PORT ?= 8000
export WORKERS ?= 1
export DEMO ?= 1
export AKISMET ?=

.PHONY: run test check format lint types browser wheel bench lock clean

run: $(RUN)
	@exec $(BIN)/python -m examples.start

test: $(DEV)
	$(BIN)/pytest -q -n auto -m "not browser and not wheel"

check: lint types test browser wheel

lint: $(DEV)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)

types: $(DEV)
	$(BIN)/mypy

browser: $(DEV)
	$(BIN)/pytest -q -n 2 -m browser

wheel: $(DEV)
	$(BIN)/pytest -q -m wheel

format: $(DEV)
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

bench: $(DEV)
	$(BIN)/python -m bench

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra blog --extra many pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra blog --extra many --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv instance dist build .mypy_cache .ruff_cache

$(RUN): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the site needs …"
	@$(INSTALL) -r requirements.lock
	@touch $(RUN)

$(DEV): requirements-dev.lock $(RUN)
	@echo "Installing what the tests need …"
	@$(INSTALL) -r requirements-dev.lock
	@touch $(DEV)
