# make run   sets everything up and solves Shuozhou      make test   passes every test (installs what they need)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PLAN ?= inputs/shuozhou
MODEL ?= attain

# What Python has compiled is kept, whatever the machine's habit: the tests start hundreds of programs.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test types suite test-slow lint app docs sample bench requirements clean

run: $(VENV)/ready
	$(BIN)/optplan solve $(PLAN) --model $(MODEL)

app: $(VENV)/ready
	$(BIN)/optplan app

test: $(VENV)/ready-for-tests
	sh tests/install-debian-packages.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(MAKE) --jobs 2 types suite

types:
	$(BIN)/mypy

# Three workers on two cores: a page that is waited for needs none.
suite:
	$(BIN)/python -m pytest -m "not slow" --numprocesses 3 --dist loadfile --no-loadscope-reorder

test-slow: $(VENV)/ready-for-tests
	sh tests/install-debian-packages.sh
	$(BIN)/python -m pytest -m slow

lint: $(VENV)/ready-for-tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/mypy

# The documents as a site in build/docs, to be opened at build/docs/index.html; a dead link is an error.
docs: $(VENV)/ready-for-tests
	$(BIN)/python -m sphinx --builder html --fail-on-warning --nitpicky --quiet docs build/docs

# The committed sample in reports/sample is made by this and nothing else.
sample: $(VENV)/ready
	$(BIN)/optplan solve inputs/shuozhou --model attain --out reports/sample/shuozhou-attain.json
	$(BIN)/optplan export reports/sample/shuozhou-attain.json reports/sample/shuozhou-attain.xlsx
	$(BIN)/optplan follow inputs/shuozhou-2023 --adopted reports/sample/shuozhou-attain.json --report midterm --lang zh \
	  --unit 朔州市消防救援支队 --to 朔州市人民政府 --date 2023-06-30 --out reports/sample/shuozhou-2023-midterm.docx

# Measures optplan beside other solvers, on plans of many kinds and on what-ifs, and writes docs/performance.md. Runs that are in
# benchmarks/results already are not repeated. BENCH_SET=hour ends within an hour, night takes one and the morning after it; the
# ablation (optplan with each part of its search left out in turn) takes as many hours as there are parts, if every run reaches its
# limit. The machine must do nothing else meanwhile. benchmarks/sets.py lists what is run.
BENCH_SET ?= hour
bench: $(VENV)/ready-for-tests
	$(BIN)/python -m benchmarks run --set $(BENCH_SET)
	$(BIN)/python -m benchmarks run --set ablation
	$(BIN)/python -m benchmarks ask
	$(BIN)/python -m benchmarks ask --scenario own-funds-all-down-10 --limit 60
	$(BIN)/python -m benchmarks screen
	$(BIN)/python -m benchmarks report

# Pins every dependency with its hashes, for all systems and Python versions, and names no host.
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
requirements:
	cd requirements && $(COMPILE) -o requirements-dev.txt requirements-dev.in
	cd requirements && $(COMPILE) -c requirements-dev.txt -o requirements.txt requirements.in

$(VENV)/ready: requirements/requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/ready-for-tests: requirements/requirements-dev.txt $(VENV)/ready
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info
