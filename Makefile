# One command for each thing people do here. A fresh machine needs Python 3.11 or newer, make and a package index.
.PHONY: demo test check bench clean
.DEFAULT_GOAL := check

# The first Python at hand that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready

# Without compiled bytecode every command would compile the database library again.
unexport PYTHONDONTWRITEBYTECODE

# uv lives in the environment it fills; --inexact lets it stay there.
$(READY): pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv sync --quiet --frozen --inexact --compile-bytecode
	@touch $@

demo: $(READY)  ## two periods of really published figures, from plan to briefing
	$(BIN)/diaodu demo

test: $(READY)  ## everything that can fail, static checks included
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist worksteal

check: test

bench: $(READY)  ## speed, as ratios in one run
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv .diaodu-demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
