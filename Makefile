# Letterwatch's commands. `make demo` and `make test` need nothing but Python 3.11-3.13.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests wait as much as they reckon: more of them at once than two cores have.
JOBS ?= 3
PYTEST := -m pytest -n $(JOBS) --dist worksteal

.PHONY: setup demo run test test-postgresql coverage mutants check bench bench-reading bench-summary bench-news bench-speed bench-delivery bench-export bench-growth bench-page bench-soak bench-fleet bench-feeds bench-poll faults bench-day bench-latency bench-scale bench-sweep fuzz fuzz-pdf fuzz-api new-source new-letter-template lock audit sbom reference picture clean

setup: $(VENV)/.installed
	$(if $(filter-out setup,$(MAKECMDGOALS)),,@echo "$$SET_UP")

define SET_UP
Letterwatch, with all that it is developed with, is in $(VENV). Next, in this terminal:
    export PATH="$$PWD/$(BIN):$$PATH"
    letterwatch init    # writes letterwatch.toml; without network: letterwatch demo
endef
export SET_UP

$(VENV)/.installed: pyproject.toml requirements.lock requirements-dev.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo 'Letterwatch needs Python 3.11, 3.12 or 3.13; try: make $(MAKECMDGOALS) PYTHON=python3.12'; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	$(BIN)/letterwatch demo --exit

run: setup
	$(BIN)/letterwatch run

test: setup
	$(BIN)/python $(PYTEST)

# What `make test` tries on SQLite once more, on a real PostgreSQL; tests/state it tries on both.
test-postgresql: setup
	TEST_STATE=postgresql $(BIN)/python $(PYTEST) tests/letterwatch tests/notifier

# Branches that the tests of `state/` and `notifier/` take in them; below 95% of either it fails.
COVERED ?= tests/state tests/notifier
coverage: setup
	$(BIN)/coverage erase
	$(BIN)/coverage run $(PYTEST) $(COVERED)
	$(BIN)/coverage combine --quiet
	$(BIN)/python -m tools.testing.branches

# One change at a time in the verdicts, the diff and the outbox: does a test notice? Goes on where it was ended.
mutants: setup
	nice -n 19 $(BIN)/python -m tools.testing.mutants $(PART)

# What can be seen without running the house. 75: nobody could be asked of faults, which is said.
STANDING := tests/test_import_rules.py tests/test_rooms.py tests/test_threats.py \
  tests/tools/test_reference.py tests/tools/test_documents.py tests/tools/test_picture.py
check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n0 $(STANDING)
	$(BIN)/python -m tools.supply.licences
	$(BIN)/python -m tools.supply.audit || test $$? -eq 75

# Pins and hashes anew what pyproject.toml asks for; `make lock UPGRADE=1` takes the newest of all.
lock: setup
	$(BIN)/python -m tools.supply.locking $(if $(UPGRADE),--upgrade)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-dev.lock
	$(BIN)/python -m tools.supply.licences --write

audit: setup
	$(BIN)/python -m tools.supply.audit

sbom: setup
	$(BIN)/python -m tools.supply.bill

bench: bench-reading bench-summary bench-news bench-speed bench-delivery

bench-reading: setup
	$(BIN)/python -m benchmarks.reading

bench-summary: setup
	$(BIN)/python -m benchmarks.summary

bench-news: setup
	$(BIN)/python -m benchmarks.news_links

bench-speed: setup
	$(BIN)/python -m benchmarks.reading_speed

bench-delivery: setup
	$(BIN)/python -m benchmarks.delivery --kills 1000
	$(BIN)/python -m benchmarks.delivery_throughput

bench-export: setup
	$(BIN)/python -m benchmarks.export

bench-page: setup
	$(BIN)/python -m benchmarks.page $(if $(wildcard ../shared/corpus/truth.csv),--corpus ../shared/corpus)

bench-growth: setup
	$(BIN)/python -m benchmarks.growth

bench-soak: setup
	$(BIN)/python -m benchmarks.daemon_memory
	$(BIN)/python -m benchmarks.soak

bench-poll: setup
	$(BIN)/python -m benchmarks.poll

bench-fleet: setup
	$(BIN)/python -m benchmarks.fleet_kills
	$(BIN)/python -m benchmarks.fleet_replay

bench-day: setup
	$(BIN)/python -m benchmarks.day

bench-latency: setup
	$(BIN)/python -m benchmarks.latency

bench-scale: setup
	$(BIN)/python -m benchmarks.scale

bench-sweep: setup
	$(BIN)/python -m benchmarks.sweep

bench-feeds: setup
	$(BIN)/python -m benchmarks.poll --pages 12 --feeds 300 --changes 0 15

fuzz-api: setup
	FUZZ_EXAMPLES=1000 $(BIN)/python -m pytest tests/letterwatch/web/test_api_fuzz.py --timeout=3600

faults: setup
	$(BIN)/python -m benchmarks.faults

# Every reader, damaged input after damaged input, FUZZ_MINUTES in all; then the API, asked what it allows.
FUZZ_MINUTES ?= 6
fuzz: setup
	$(BIN)/python -m benchmarks.fuzzing --minutes $(FUZZ_MINUTES)
	FUZZ_EXAMPLES=100 $(BIN)/python -m pytest tests/letterwatch/web/test_api_fuzz.py --timeout=3600

fuzz-pdf: setup
	$(BIN)/python -m benchmarks.fuzz_pdf

new-source: setup
	$(BIN)/python -m tools.making source "$(NAME)" $(if $(FEED),--feed "$(FEED)") $(if $(PAGE),--page "$(PAGE)") --authority "$(AUTHORITY)"

new-letter-template: setup
	$(BIN)/python -m tools.making letter-template "$(NAME)" $(if $(LIKE),--like "$(LIKE)")

picture: setup
	$(BIN)/python -m tools.picture

reference: setup
	$(BIN)/python -m tools.reference

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
