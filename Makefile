# Thin: each target installs what it lacks, then calls one command. See README.md.
PYTHON ?= python3
BIN := .venv/bin
# Hides the notice that Material prints at each build: its support ends on 5 May 2027. README.md says what follows.
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := scripts

.PHONY: serve site publish compress check quick test style browser anchors links bench validate audit licences lock compare clean

serve: .venv/installed ## read the study on http://127.0.0.1:8000
	$(BIN)/mkdocs serve --dirty --no-strict --dev-addr 127.0.0.1:8000

site: .venv/installed ## the full site in site/: both languages, search, data, PDF and EPUB
	$(BIN)/mkdocs build --strict --site-dir .site-new
	$(BIN)/python -m books.book .site-new
	rm -rf site && mv .site-new site

publish: ## the site for the address SITE_URL, where it will be published
	@test -n "$(SITE_URL)" || { echo "publish: say where the site will stand: SITE_URL=https://study.example.org/ make publish"; exit 1; }
	$(MAKE) site

TEXTS := html css js json xml svg md txt csv bib
compress: ## compressed copies beside the files of site/, for a server of one's own
	find site -type f '(' -false $(foreach type,$(TEXTS),-o -name '*.$(type)') ')' -exec gzip --best --keep --no-name --force {} +

check: .venv/installed ## the checker over the sources
	$(BIN)/python scripts/check.py

quick: check style ## before a commit, in a minute: checker, style, types, the tests that need no built site
	$(BIN)/pytest --numprocesses auto -m "not site"

style: .venv/installed
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy

# The 404 page names its links from the root of the host: below a path of SITE_URL they are elsewhere.
PATH_OF_SITE := $(patsubst /,,$(shell echo "$(SITE_URL)" | sed -E 's|^[a-z]+://[^/]*||'))
LYCHEE := $(BIN)/lychee --quiet --no-progress --offline --include-fragments=full --index-files index.html \
	--extensions html --root-dir site $(if $(PATH_OF_SITE),--exclude-path 404.html)

test: .venv/installed ## everything, from a fresh clone
	$(MAKE) --jobs=2 style browser site check
	$(MAKE) --jobs=2 anchors validate
	$(BIN)/pytest --numprocesses auto --dist worksteal

browser: .venv/installed
	$(BIN)/python -m tools.browser

anchors: .venv/installed
	$(LYCHEE) site

VNU_VERSION := 26.9.27
VNU := .cache/vnu-$(VNU_VERSION)/node_modules/vnu-jar/build/dist/vnu.jar
HAVE_BOTH := $(and $(shell sh -c 'command -v java'),$(shell sh -c 'command -v npm'))

# It takes JSON-LD for script and a file for another host: what it says of the policy is left out (tests/test_safety.py),
# and it does not know paint-order, of SVG 2, which every browser does.
validate: ## the Nu HTML checker over every page, style sheet and drawing of site/ (skipped without npm and Java)
ifdef HAVE_BOTH
	test -f $(VNU) || npm install --silent --ignore-scripts --no-save --prefix .cache/vnu-$(VNU_VERSION) vnu-jar@$(VNU_VERSION)
	java -Xss2m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar $(VNU) --Werror --skip-non-html --also-check-css \
		--also-check-svg --filterpattern '(Resource|Inline script) violates Content Security Policy.*|CSS: “paint-order”: .*' site
else
	@echo "validate: skipped, the HTML is not validated: npm or Java is missing"
endif

bench: .venv/installed ## the benchmarks with their peers, into benchmarks/README.md (needs node and npm; an hour and a half)
	$(MAKE) site
	$(BIN)/python benchmarks/check/run.py
	$(BIN)/python benchmarks/faults/plant.py --readme
	$(BIN)/python benchmarks/build/build.py
	$(BIN)/python benchmarks/lighthouse/audit.py

audit: ## known vulnerabilities of what requirements.lock pins
	$(PYTHON) -m venv .cache/audit
	.cache/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	.cache/audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict

licences: .venv/installed ## LICENSES.md, the licences of what is installed from requirements.lock
	$(PYTHON) -m venv .cache/licences
	.cache/licences/bin/pip install --quiet --disable-pip-version-check pip-licenses==5.5.5
	.cache/licences/bin/pip-licenses --python $(BIN)/python --from=mixed --format=markdown --no-version \
		--output-file LICENSES.md

# A request a second to a host. A refusal, a server's error or a slow answer does not say that an address is gone.
links: .venv/installed ## ask for every external address; fails where one is gone or its host does not answer
	$(BIN)/lychee --no-progress --mode=plain --scheme=http --scheme=https --user-agent=urban-regions-sse/1.0 \
		--max-concurrency=8 --host-concurrency=1 --host-request-interval=1s --timeout=30 --max-retries=2 \
		--accept='100..404,405..410,411..600' --accept-timeouts --cache --max-cache-age=6d -- docs data/sources.yml

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

# UPGRADE=NAME raises one package to the newest that pyproject.toml allows, UPGRADE=all every one; else pins stay.
RAISED := $(if $(filter all,$(UPGRADE)),--upgrade,$(addprefix --upgrade-package ,$(UPGRADE)))
lock: ## the lock file from pyproject.toml (needs uv): make lock UPGRADE=NAME, make lock UPGRADE=all
	$(COMPILE) $(RAISED) pyproject.toml --group test --output-file requirements.lock

# The last commit is built with packages of its own where requirements.lock differs too: what an upgrade changes.
COMPARED := $(CURDIR)/.cache/compare
compare: .venv/installed ## what an upgrade or a change of code changes in the site: built from HEAD and from here
	rm -rf $(COMPARED) && git worktree prune && git worktree add --quiet --detach $(COMPARED)/tree
	cd $(COMPARED)/tree && if cmp --silent requirements.lock $(CURDIR)/requirements.lock; \
		then ln -s $(CURDIR)/.venv; else $(MAKE) .venv/installed; fi
	cd $(COMPARED)/tree && .venv/bin/mkdocs build --strict --quiet --site-dir $(COMPARED)/old
	$(BIN)/mkdocs build --strict --quiet --site-dir $(COMPARED)/new
	git worktree remove --force $(COMPARED)/tree
	diff --recursive --brief $(COMPARED)/old $(COMPARED)/new && echo the same bytes

clean:
	rm -rf .venv site .cache .lycheecache .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/installed: requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; run: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes --requirement requirements.lock
	touch $@
