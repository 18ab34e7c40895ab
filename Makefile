# Needs Python 3.11 or newer and make; everything else comes from the Python package registry, pinned by hash.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help serve test check slow faults load reason interoperability bench format lock clean
help:                 ## list what can be made
	@grep -E '^[a-z]+: .*##|^[a-z]+: +##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

serve: $(VENV)/run    ## set everything up, build the graph, serve it on http://127.0.0.1:8000
	$(BIN)/crossties serve

test: check slow      ## set everything up and run every test

check: $(VENV)/dev    ## what people run all day: format, lint, types, layers, quick tests, data (seconds)
	$(BIN)/ruff format --check server tests bench
	$(BIN)/ruff check server tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/crossties format --check ontology shapes data
	$(BIN)/crossties check data
	$(BIN)/python -m pytest -q

slow: $(VENV)/dev     ## the slower suites
	$(BIN)/python -m pytest -q -m slow

faults: $(VENV)/dev   ## kill who accepts contributions, 2,000 times (hours; the slow suites do it 50 times)
	FAULTS=2000 $(BIN)/python -m pytest -q -m slow tests/faults/test_kills.py

load: $(VENV)/dev     ## accept 1,000 contributions under load, each asked for right after its acknowledgement
	PYTHONPATH=. $(BIN)/python -m tests.faults.loading 1000

reason: $(VENV)/reason ## ask a full OWL DL reasoner about vocabulary and data (needs Java)
	$(BIN)/python -m pytest -q -rs -m slow tests/ontology/test_reasoner.py

interoperability: $(VENV)/dev ## let Apache Jena and N3.js read what is published (fetches them; Java, Maven, Node)
	$(BIN)/python tests/interoperability/fetch.py
	$(BIN)/python -m pytest -q -rs -m "slow or not slow" tests/interoperability

bench: $(VENV)/bench  ## compare with other servers, as far as they can be had (CROSSTIES_REFERENCE names the real list's folder)
	$(BIN)/python bench/run.py

format: $(VENV)/dev   ## put Python and Turtle files into their one format
	$(BIN)/ruff format server tests bench
	$(BIN)/ruff check --fix server tests bench
	$(BIN)/crossties format ontology shapes data

lock: $(VENV)/dev     ## pin the newest fitting versions
	$(PIP) install uv
	for part in build:run dev:dev reason:reason bench:bench; do \
	  $(BIN)/uv pip compile pyproject.toml --group $${part%:*} -o requirements/$${part#*:}.txt --upgrade --universal \
	    --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q; done

clean:                ## remove everything that was set up or built
	rm -rf $(VENV) .crossties dist tests/interoperability/.tools

$(VENV)/run: requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "crossties needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/run
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

$(VENV)/reason: requirements/reason.txt $(VENV)/dev
	$(PIP) install --require-hashes -r requirements/reason.txt
	touch $@

$(VENV)/bench: requirements/bench.txt $(VENV)/dev
	$(PIP) install --require-hashes -r requirements/bench.txt
	touch $@
