# make demo   sets itself up, writes a sample store into demo/ and runs every job on it
# make test   sets itself up (system packages too, when run as root) and runs every check
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check system lock build pictures bench trips reliability mutants faults outside corpus fuzz frozen dist installer-test clean

demo: .make/venv
	rm -rf demo
	$(BIN)/dealer-xl demo demo

# Where there is no LibreOffice, what drives a running program is left out, and the bar of coverage is lower by that.
test: .make/dev system check
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report=term-missing:skip-covered \
		$$(command -v soffice >/dev/null || echo --cov-fail-under=93)

check: .make/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# What the checks need besides Python; without root it says what is left out.
system:
	@sh .ci/install_system.sh

# The shipped workbooks, letter templates and guides, built anew from their one place.
build: .make/dev
	$(BIN)/python tools/simplified_table.py dealer_xl/simplified.py
	rm -rf .make/new
	$(BIN)/python -m dealer_xl.office.word.templates templates
	$(BIN)/python -m dealer_xl.jobs.new_and_demo .make/new
	mv .make/new/*.xlsx workbooks/
	$(BIN)/python -m dealer_xl.dealership.reference_docs columns > docs/columns.md
	$(BIN)/python -m dealer_xl.dealership.reference_docs fields > docs/fields.md
	$(BIN)/python -m dealer_xl.dealership.reference_docs checks > docs/checks.md
	$(BIN)/python -m dealer_xl.dealership.reference_docs settings > docs/settings.md
	$(BIN)/python -m dealer_xl.frontends.button_files .
	$(BIN)/dealer-xl addin build

# The pictures of README and docs, from the demo store and an invented first day.
pictures:
	PYTHON=$(BIN)/python sh docs/pictures.sh demo docs/pictures

bench: .make/dev
	$(BIN)/python bench/jobs.py

# How often each button crosses over to the running program; the table stands in docs/add-in.md.
trips: .make/dev
	PYTHONPATH=tools $(BIN)/python tests/calc/trips.py

# All that shows that nothing is lost, in one go; takes about half an hour.
reliability: .make/dev system
	$(BIN)/python bench/reliability.py

# Change the save path in 200 places, one at a time; a test must find nine of ten (20 minutes).
mutants: .make/dev
	$(BIN)/python bench/mutants.py

# Every fault at every call to the file system, 24,000 in all, and kill -9; the table stands in docs/reliability.md.
faults: .make/dev
	$(BIN)/python tests/faults/long_run.py

# Links at every path that is written or deleted, permissions, odd things in 备份; the table stands there, too.
outside: .make/dev
	$(BIN)/python tests/faults/outside_run.py

# Write into every workbook of the corpus (tests/corpus/README.md says where to get it) and judge the results with three other readers.
corpus: .make/dev
	$(BIN)/python bench/corpus.py

# Damage workbooks at random; texts that look like something else must come back as they were.
COUNT ?= 50000
fuzz: .make/dev
	$(BIN)/python bench/fuzz.py --count $(COUNT)
	$(BIN)/python bench/texts.py

# The program for PCs without Python, in .make/frozen/dealer-xl; on Windows: .venv\Scripts\python .ci\freeze.py
frozen: .make/dev
	$(BIN)/python .ci/freeze.py

# What is published, in dist/: wheel, sdist, 第一天.pdf, the download for this system, and the installer for Windows when
# the download for Windows lies there.
dist: .make/dev system
	$(BIN)/python .ci/publish.py

# The installer and the shortcut on Wine, with a small program that stands in for ours (5 minutes).
installer-test: .make/dev
	sh .ci/install_nsis.sh wine
	$(BIN)/python -m pytest -q tests/wine/on_wine.py

# Both locks hold every package with its extras and hashes, for Linux, Windows and Mac; pip installs them without
# resolving anything, so a later release of a package cannot break them.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links pyproject.toml
lock: .make/dev
	$(COMPILE) --extra build --output-file requirements.lock
	$(COMPILE) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

# What the program needs; .make/dev adds what its makers need besides.
.make/venv: requirements.lock pyproject.toml
	@sh .ci/install_python.sh "$(PYTHON)" "$(VENV)" requirements.lock
	@mkdir -p .make && touch $@

.make/dev: .make/venv requirements-dev.lock
	@sh .ci/install_python.sh "$(PYTHON)" "$(VENV)" requirements-dev.lock
	@touch $@

clean:
	rm -rf .make $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
