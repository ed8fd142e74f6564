# Every target does all the set-up it needs, from a fresh clone; bin/ holds the work.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT SIZE ONLY PROJECTS

.PHONY: run prepare dev test check pictures bench prove python
.DEFAULT_GOAL := run

run: python  ## the site as in production, on http://HOST:PORT
	@"$(PYTHON)" bin/serve.py run

prepare: python  ## all that comes before the server: packages, database, static files
	@"$(PYTHON)" bin/serve.py prepare

dev: python  ## the development server: debug, reload, toolbar
	@"$(PYTHON)" bin/serve.py dev

test: python  ## all tests: SQLite, PostgreSQL, a real browser
	@"$(PYTHON)" bin/run_tests.py

pictures: python  ## the pictures of README.md, taken of the running site
	@"$(PYTHON)" bin/make_pictures.py

bench: python  ## the site's speed, as ratios; SIZE=quick tries it, ONLY=csv,lists does only that
	@"$(PYTHON)" bin/bench.py

prove: python  ## what the site promises, shown at full size: a table of figures and marks
	@"$(PYTHON)" bin/prove.py

check: python  ## format, lint, types, templates, layers, migrations, deployment
	@"$(PYTHON)" bin/run_checks.py

python:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "Python 3.11 or newer is needed, and there is no $(PYTHON) here."; \
	  echo "Install it (on Debian and Ubuntu: apt install python3 python3-venv) or name it: make PYTHON=…"; \
	  exit 1; }
