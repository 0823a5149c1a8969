# Every target calls one program; what it does is written there.
.DEFAULT_GOAL := help
.PHONY: help run test check lint types migrate messages bench demo clean lock
RUN := @scripts/python -m

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## set up what is missing and start Weike with its demo city (PORT, HOST, DATA_DIR)
	$(RUN) scripts.run

test: ## set up what is missing and run all tests: unit, integration, browser
	$(RUN) scripts.test $(ARGS)

check: ## all quality gates but the tests: lint, types, imports, templates, translations, locks
	$(RUN) scripts.check

lint: ## only ruff, import-linter and djlint
	$(RUN) scripts.check lint

types: ## only mypy
	$(RUN) scripts.check types

migrate: ## bring the database to the newest schema
	$(RUN) scripts.inside weike db upgrade

messages: ## gather texts into the catalogues and compile them
	$(RUN) scripts.inside --dev python -m scripts.messages update

bench: ## run one benchmark: make bench NAME=search
	$(RUN) scripts.bench $(NAME) $(ARGS)

demo: ## build the demo city in DATA_DIR (ARGS="--scale 0.1")
	$(RUN) scripts.inside weike demo $(ARGS)

lock: ## write the lock files again from pyproject.toml
	$(RUN) scripts.inside --dev python -m scripts.locks write

clean: ## remove everything set-up made, but no data
	$(RUN) scripts.clean
