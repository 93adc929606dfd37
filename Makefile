# make app     set up and open the app on the sample round
# make test    set up and run everything
# make check   style, types and which room may import which
# make bench   speed against the peers, as ratios
# make sample  make the sample round again

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: app test check bench sample

app: $(VENV)/app-ready
	@# With a browser opened, Streamlit shows developers an offer over the page: not on a board's screen.
	$(PY) -m streamlit run app.py --server.headless false --logger.hideWelcomeMessage true

test: $(VENV)/dev-ready
	bash tests/system_packages.sh
	$(PY) -m pytest -n 2 --dist loadfile

check: $(VENV)/dev-ready
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/dev-ready
	$(PY) -m benchmarks

sample: $(VENV)/app-ready
	$(PY) -m data.make_sample_round

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 $(MAKECMDGOALS)" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/app-ready: requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev-ready: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/app-ready
