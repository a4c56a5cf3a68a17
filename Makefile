# Every command of a working day. `make` lists them.
# Needs Python 3.11 or newer and make; the rest goes into .venv, from the locks, by hash.

PYTHON ?= python3 python3.13 python3.12 python3.11
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --no-deps
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(ARGS)
# Files side by side, a file in one process: what it starts (a server, a browser) is started once.
AT_ONCE := --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder
CATALOGUES := assistant/web/translations
VENDOR := assistant/web/static/vendor

.PHONY: help setup look run test check format bench examples trees docs translations lock sbom dist release-check clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

setup: $(BIN)/assistant ## make .venv and install the assistant in it
	@cat $(VENDOR)/missing.txt 2>/dev/null || true

look: $(BIN)/assistant ## fetch the vendor CSS again, for instance once there is npm
	@NODE_WHEEL=1 $(BIN)/hatchling build --target wheel --hooks-only
	@! cat $(VENDOR)/missing.txt 2>/dev/null

run: setup ## start the assistant here, with an example dossier to look at
	$(BIN)/assistant serve --example $(ARGS)

test: .venv/.test ## check the code, then run every test
	.ci/prepare
	$(MAKE) --no-print-directory check
	$(BIN)/pytest $(AT_ONCE) $(ARGS)

check: .venv/.test ## style, types and import contracts, without running anything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.test ## lay out the code and mend what can be mended safely
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.test ## measure pages, saves, the walk and the start
	$(BIN)/python tests/benchmarks $(ARGS)

examples: .venv/.test ## write exports/examples again; read the diff before you commit it
	$(BIN)/pytest tests/exports --update-examples

trees: setup ## check the question trees and write edition.json and tree.schema.json again
	$(BIN)/assistant trees compile question_trees

docs: .venv/.test ## write again what docs/ holds of the commands' help, the coverage and the scenarios
	$(BIN)/pytest tests/test_docs.py tests/test_coverage.py tests/test_scenarios_document.py \
		tests/browser/test_tour.py tests/browser/test_measures.py --update-examples

translations: setup ## collect the sentences of the screens, then compile the catalogues
	@mkdir -p .cache
	$(BIN)/pybabel --quiet extract --mapping babel.cfg --keyword lazy_gettext --add-location file \
		--sort-by-file --no-wrap --output .cache/messages.pot assistant/web
	$(BIN)/pybabel --quiet update --init-missing --locale nl --input-file .cache/messages.pot --output-dir $(CATALOGUES) \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	$(BIN)/pybabel --quiet compile --directory $(CATALOGUES)

lock: setup ## pin the dependencies again after a change; ARGS=--upgrade takes newer releases
	$(INSTALL) uv
	$(LOCK) pyproject.toml --all-extras --group build --output-file requirements-test.lock
	$(LOCK) pyproject.toml --extra pdf --constraint requirements-test.lock --output-file requirements.lock
	$(LOCK) --group build --constraint requirements-test.lock --output-file requirements-build.lock
	$(LOCK) --group node --output-file theme/node.lock

sbom: .venv/.test ## write sbom.cdx.json again, of what the locks pin, and lay a copy in dist/
	$(BIN)/python sbom.py
	@mkdir -p dist && cp sbom.cdx.json dist/

dist: setup ## build the wheel and the source package in dist/
	$(BIN)/hatchling build

release-check: ## test and build what is committed, in a clean clone without network, with the long runs
	rm -rf .cache/release
	git clone --quiet . .cache/release
	$(MAKE) -C .cache/release .venv/.test dist
	.ci/prepare
	HYPOTHESIS_PROFILE=release .ci/alone $(MAKE) -C .cache/release test

clean: ## throw away what can be made again; dossiers stay
	rm -rf .venv .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build dist

.venv/.made:
	@for python in $(PYTHON); do \
		if "$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making .venv with $$("$$python" --version)"; \
			"$$python" -m venv .venv && touch $@; exit; \
		fi; \
	done; \
	echo "No Python 3.11 or newer with venv among: $(PYTHON). Install it (Debian: apt install python3-venv)" \
		"or name it: make setup PYTHON=/path/to/python3" >&2; exit 1

$(BIN)/assistant: .venv/.made requirements-build.lock requirements.lock pyproject.toml hatch_build.py theme/package-lock.json
	@echo "Installing what requirements.lock pins"
	@$(INSTALL) --require-hashes --requirement requirements-build.lock --requirement requirements.lock
	@NODE_WHEEL=1 $(INSTALL) --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q assistant exports question_trees
	@touch $@

.venv/.test: $(BIN)/assistant requirements-test.lock
	@$(INSTALL) --require-hashes --requirement requirements-test.lock
	@touch $@
