# Một Cửa. Every target installs first what it needs; nothing leaves loopback but the installation itself.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
STAMP := .venv/.installed
export PYTHONDONTWRITEBYTECODE := 1
# A process more than the machine has cores, for tests that wait, and five at most; a file of tests in one of them, and
# each has a cloud of its own. The same names everywhere need the same seed. Bytecode is kept, out of the way.
RUNS := $(shell cores=$$(nproc 2>/dev/null || echo 2); echo $$((cores < 4 ? cores + 1 : 5)))
TESTS := PYTHONHASHSEED=$(or $(MOTCUA_TEST_SEED),0) PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.local/pycache $(PY) -m pytest \
  -q -n $(RUNS) --dist loadfile --no-loadscope-reorder -m "not soak and not browser" \
  tests/journeys tests/golden tests/http tests/infra tests/adapters tests/unit tests/arch tests/mutants tests/simulation

.PHONY: help install demo serve test coverage check look format reference rules papers mutate simulate soak package localstack test-localstack deploy bench cost docs lock clean
help:  ## every target in a line
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

$(STAMP): requirements.lock pyproject.toml infra/build/install.sh
	@bash infra/build/install.sh
install: $(STAMP)  ## own .venv from the hashed lock file, system packages only if missing

demo: $(STAMP)  ## dossiers from draft to vault over several agencies, on an embedded local cloud: papers, log, figures in .local/demo
	@.venv/bin/motcua demo

serve: $(STAMP)  ## the same cloud stays up at http://127.0.0.1:8000 (PORT=...)
	@exec .venv/bin/motcua serve

test: $(STAMP)  ## every test on the embedded cloud, both tutorials among them
	@$(TESTS) $(if $(COVERAGE),--cov --cov-report=term)

coverage:  ## every test, and how many branches of the product they take: at least 90 %
	@$(MAKE) --no-print-directory test COVERAGE=1

check: $(STAMP)  ## lint, types, contracts, architecture
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . || { echo "run: make format, then mend what it names" >&2; exit 1; }
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(PY) -m infra.build.compose --check
	@$(PY) -m infra.reference.pages --check && $(PY) -m infra.build.notice --check && $(PY) -m infra.cost.page --check
	@$(PY) -m pytest -q tests/arch tests/unit/contracts/test_structs.py tests/unit/test_acts.py tests/unit/test_capability_tests.py

format: $(STAMP)  ## what ruff can mend by itself: imports, line breaks; then what is left to you
	@.venv/bin/ruff check --fix-only . && .venv/bin/ruff format . && .venv/bin/ruff check .

package deploy: export MOTCUA_ARCHITECTURE ?= arm64
package: $(STAMP)  ## templates, zips and layers for AWS in build/, linted
	@$(PY) -m infra.build.package --lint

localstack: $(STAMP)  ## the packaged product on LocalStack, without Docker, until Ctrl-C
	@$(PY) -m infra.build.package && exec $(PY) -m infra.localstack

test-localstack: $(STAMP)  ## the journeys on LocalStack, by the packaged templates
	@$(PY) -m infra.build.package && $(PY) -m infra.localstack.run

deploy: $(STAMP)  ## the packaged product in your AWS account: STAGE=name (YES=1 asks nothing), see docs/how-to/deploy.md
	@$(PY) -m infra.build.deploy $(STAGE) $(if $(YES),--yes)

bench: $(STAMP)  ## cold starts, warm handlers, counts, against floors of the same run
	@$(PY) -m infra.bench.run

cost: $(STAMP)  ## counts anew what one dossier uses of AWS, and writes docs/reference/cost.md
	@.venv/bin/motcua cost --count > /dev/null && $(PY) -m infra.cost.page

reference: $(STAMP)  ## what is made from the code, the fonts and the packages: events, settings, schemas, letters, NOTICE
	@$(PY) -m infra.reference.pages && $(PY) -m infra.reference.letters && $(PY) -m infra.build.notice

rules: $(STAMP)  ## every rule of law with its source, its tests and their state
	@$(PY) -m infra.reference.rules

papers: $(STAMP)  ## every paper with the shortest and the longest names, signed with test keys, as pictures in build/papers
	@$(PY) -m tests.support.papers build/papers

look: $(STAMP)  ## the pages of a paper and of a board in Chromium at 320 to 1280 px: what axe finds, and pictures in build/look
	@$(PY) -m pytest -q -m browser -p no:randomly tests/http/test_browser.py tests/unit/measures/test_board_browser.py

mutate: $(STAMP)  ## 300 mutants of stores, dossiers, law and rights: 90 % must be killed, and all that are named
	@$(PY) -m tests.mutants --seed 1 --count 300 --minutes 60

soak: $(STAMP)  ## every sweep whole, then long runs: 40 kills, 400 submissions and 200 acceptances at once, 5,000 simulated dossiers, 1,000 dropped files, the figures of a million dossiers, 60 mutants, 300 tamperings
	@MOTCUA_TEST_WHOLE=1 $(TESTS)
	@$(PY) -m pytest -q -m soak -s

simulate: $(STAMP)  ## a seeded world of dossiers in which calls fail, processes die and events are lost (SEED= N=)
	@$(PY) -m tests.simulation.run --seed $(or $(SEED),1) --count $(or $(N),50)

docs: $(STAMP)  ## the documentation site, in .local/docs
	@$(PY) -c "from pathlib import Path; from infra.reference.site import build; build(Path('.local/docs'))" && echo .local/docs/index.html

lock: $(STAMP)  ## resolve requirements.lock again (versions and hashes, no addresses)
	@$(PY) -m venv .local/uv && .local/uv/bin/pip install -q uv && .local/uv/bin/uv pip compile -q pyproject.toml --extra dev \
	  --python-version 3.13 --generate-hashes --no-emit-index-url --no-header -o requirements.lock

clean:  ## remove what was built or run here, the environment too
	@rm -rf .venv .local build *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
