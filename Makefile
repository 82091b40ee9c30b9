# Two commands do everything on a fresh machine: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BENCH_STAMP := $(VENV)/.installed-bench
MUTANTS_STAMP := $(VENV)/.installed-mutants
BUNDLE := rtwidget/static/widget.js
JS := rtwidget/js
JS_SOURCES := $(shell find $(JS) -path $(JS)/node_modules -prune -o -type f \( -name '*.ts' -o -name '*.css' -o -name '*.mjs' -o -name '*.json' \) -print)

.PHONY: demo test quick lint types js unit integration convergence browser notebooks sim oracle soak bench mutants clean

demo: $(STAMP) $(BUNDLE)
	$(BIN)/rtwidget demo

test: $(STAMP)
	$(BIN)/python scripts/check.py all

quick: $(STAMP)
	$(BIN)/python scripts/check.py quick

lint types js unit integration convergence browser notebooks: $(STAMP)
	$(BIN)/python scripts/check.py $@

# make sim runs 10,000 fresh seeds; make sim SEED=n replays one with its trace; SOURCE=postgres plays on PostgreSQL itself.
sim: $(STAMP)
	$(BIN)/python -m scripts.sim $(if $(SEED),--seed $(SEED) --verbose,--seeds 10000 --jobs 2) $(if $(SOURCE),--$(SOURCE))

# make oracle N=2000 runs more batches than make test does.
oracle: $(STAMP)
	RTWIDGET_ORACLE_BATCHES=$(or $(N),1000) $(BIN)/python -m pytest -q --timeout 3600 tests/oracle

# make soak MINUTES=30 PAGE_MINUTES=0 leaves the browser out.
soak: $(STAMP) $(BUNDLE)
	$(BIN)/python -m scripts.soak $(or $(MINUTES),10) --page $(or $(PAGE_MINUTES),10)

# make bench CASE=memory runs one case; python -m bench runs several.
bench: $(BENCH_STAMP)
	$(MAKE) $(BUNDLE)
	$(BIN)/python -m bench $(CASE)

# make mutants SEED=7 SAMPLE=150 JS_SAMPLE=60 puts small faults into a copy, and tells which of them no test notices.
mutants: $(MUTANTS_STAMP) $(BUNDLE)
	$(BIN)/python -m scripts.mutants --seed $(or $(SEED),1) --sample $(or $(SAMPLE),150) --js-sample $(or $(JS_SAMPLE),60)

$(STAMP): pyproject.toml scripts/hatch_build.py
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

# The extras hold all of dev, so both stamps are fresh after them.
$(BENCH_STAMP): pyproject.toml scripts/hatch_build.py
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	touch $(STAMP) $@

$(MUTANTS_STAMP): pyproject.toml scripts/hatch_build.py
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[mutants]'
	touch $(STAMP) $@

# The install builds the bundle where it is missing; here it is built again when a source changed.
$(BUNDLE): $(STAMP) $(JS_SOURCES)
	$(BIN)/python -m scripts.build_js

clean:
	rm -rf $(VENV) $(BUNDLE) labextension/static labextension/package.json $(JS)/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
