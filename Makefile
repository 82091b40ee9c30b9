# Two commands do everything on a fresh machine: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BUNDLE := rtwidget/static/widget.js
JS := rtwidget/js
JS_SOURCES := $(shell find $(JS) -path $(JS)/node_modules -prune -o -type f \( -name '*.ts' -o -name '*.css' -o -name '*.mjs' -o -name '*.json' \) -print)

.PHONY: demo test quick lint types js unit integration browser notebooks bench clean

demo: $(STAMP) $(BUNDLE)
	$(BIN)/rtwidget demo

test: $(STAMP)
	$(BIN)/python scripts/check.py all

quick: $(STAMP)
	$(BIN)/python scripts/check.py quick

lint types js unit integration browser notebooks: $(STAMP)
	$(BIN)/python scripts/check.py $@

bench: $(STAMP) $(BUNDLE)
	$(BIN)/python -m bench

$(STAMP): pyproject.toml scripts/hatch_build.py
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

# The install builds the bundle where it is missing; here it is built again when a source changed.
$(BUNDLE): $(STAMP) $(JS_SOURCES)
	$(BIN)/python -m scripts.build_js

clean:
	rm -rf $(VENV) $(BUNDLE) $(JS)/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
