# Daily targets. `make` itself is not needed to run or test the site: see run.py.
BIN := .venv/bin

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | column -t -s '|'

check: check-code ## everything that must hold before a change lands
	python3 run.py test

check-code: ## lint, format, templates, import layers, missing migrations, deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --check --quiet templates
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	SITE_URL=https://example.org ALLOWED_HOSTS=example.org EMAIL_HOST=mail.example.org $(BIN)/python manage.py check --deploy --fail-level WARNING

check-council: ## what the README tells a council to do, in a fresh clone on PostgreSQL (TEST_DATABASE_URL)
	$(BIN)/python -m tests.check_council

hunt: ## ten thousand registers of random layouts and damage: nothing may be read wrong in silence (ten minutes)
	FILES=10000 FIRST=0 $(BIN)/python -m pytest -q tests/importing/test_hunt.py

coverage: ## which branches no test takes, room by room
	$(BIN)/python -m pytest -q -n 2 --ignore=tests/browser --cov --cov-branch --cov-report=json:var/coverage.json --cov-report= tests
	$(BIN)/python -m tests.coverage_by_room var/coverage.json

mutate: ## change the modules that figures hang on and see what no test notices (half an hour; MODULES="a.py b.py")
	$(BIN)/uv pip install --quiet --require-hashes -r requirements-mutation.txt
	$(BIN)/python -m tests.mutations.run

bench: bench-pages bench-paint bench-matching bench-thread bench-reading bench-ledger bench-reminders ## everything measured, each figure beside a floor of the same run

bench-pages: ## requests per second, latency and queries of pages
	$(BIN)/python -m tests.benchmarks.run

bench-paint: ## first and largest paint of five pages on an emulated slow phone (BASE=http://... for a site that runs)
	$(BIN)/python -m tests.benchmarks.paint

bench-matching: ## ranking, a new request, a supplier's page and an allocation, from 1,000 to 100,000 requests
	$(BIN)/python -m tests.benchmarks.matching

bench-thread: ## importing extracts and the golden thread's figures, from 1,000 to 100,000 projects and contracts
	$(BIN)/python -m tests.benchmarks.thread

bench-reading: ## registers of 100,000 rows, and what no table is
	$(BIN)/python -m tests.benchmarks.reading

bench-reminders: ## ten thousand reminders due at once, and what pages lose meanwhile
	$(BIN)/python -m tests.benchmarks.reminders

bench-ledger: ## a contract's page, the council's sums and postings at once, from 500 to 5,000 contracts
	$(BIN)/python -m tests.benchmarks.ledger

assets: ## compile styles and scripts again
	python3 run.py assets

demo: ## load the demo into an empty database
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py demo

lock: ## pin dependencies anew
	$(BIN)/uv lock --upgrade --quiet
	$(BIN)/uv export --quiet --no-header --no-dev --no-emit-project --format requirements-txt -o requirements.txt
	$(BIN)/uv export --quiet --no-header --group dev --no-emit-project --format requirements-txt -o requirements-dev.txt
	$(BIN)/uv export --quiet --no-header --only-group assets --no-emit-project --format requirements-txt -o requirements-assets.txt
	$(BIN)/uv export --quiet --no-header --only-group mutation --no-emit-project --format requirements-txt -o requirements-mutation.txt
	rm -f uv.lock

release: check-code assets ## an archive with compiled styles, in dist/
	mkdir -p dist
	git archive --format=tar --prefix=community-marketplace/ -o dist/community-marketplace.tar HEAD
	tar --append --transform 's,^,community-marketplace/,' -f dist/community-marketplace.tar static/built
	gzip -f dist/community-marketplace.tar

.PHONY: help check check-code check-council hunt coverage mutate bench bench-pages bench-paint bench-matching bench-thread bench-reading bench-ledger bench-reminders assets demo lock release
