# Needs Python 3.11 and make. Each target sets up what it needs in .venv, and does nothing twice.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
LEXICON := src/rawabit/lexicon
LANGUAGES := $(patsubst $(LEXICON)/%/language.yml,%,$(wildcard $(LEXICON)/*/language.yml))
ROWS := $(wildcard $(LEXICON)/shared/*.yml $(foreach own,$(LANGUAGES),$(addprefix $(LEXICON)/$(own)/,*.yml *.json *.txt *.tsv)))
COMPILER := $(wildcard $(LEXICON)/*.py) src/rawabit/text/normalise.py
COMPILED := $(LANGUAGES:%=$(LEXICON)/compiled/%.json)
INSTALLED := $(VENV)/installed.stamp
DEV := $(VENV)/dev.stamp
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test lint types tests gate lexicon bench docs clean

help:
	@echo "make demo      read one bundled report and print its table"
	@echo "make test      lint, types, tests and the gate"
	@echo "make lexicon   compile the lexicon again"
	@echo "make bench     speed on the reports of the corpus"
	@echo "make docs      write docs/cli.md from the commands' help"
	@echo "make clean     remove .venv and the compiled lexicon"

demo: $(INSTALLED) $(COMPILED)
	@$(BIN)/rawabit demo demo-cas-01

test: lint types tests gate

lint: $(DEV)
	$(BIN)/ruff check .

types: $(DEV)
	$(BIN)/mypy

tests: $(DEV) $(COMPILED)
	$(BIN)/pytest

gate: $(DEV) $(COMPILED)
	$(BIN)/rawabit gate

lexicon: $(INSTALLED)
	$(BIN)/python -m rawabit.lexicon.build

bench: $(DEV) $(COMPILED)
	$(BIN)/python bench/speed.py

docs: $(DEV)
	$(BIN)/python docs/make_cli.py

clean:
	rm -rf $(VENV) $(LEXICON)/compiled

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Rawabit needs Python 3.11. Name yours: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml hatch_build.py | $(BIN)/python
	$(PIP) --editable '.[lexicon]'
	@touch $@

$(DEV): pyproject.toml hatch_build.py | $(BIN)/python
	$(PIP) --editable '.[dev]'
	@touch $(INSTALLED) $@

# A lexicon row that is newer than the compiled tables compiles them again; the compiler itself counts as a row. Installing compiles too.
$(COMPILED): $(ROWS) $(COMPILER) | $(INSTALLED)
	$(BIN)/python -m rawabit.lexicon.build
