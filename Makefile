# lambda-longrun: the verbs. A laptop and CI use the same ones.
.DEFAULT_GOAL := help
.PHONY: help setup build longrun example test test-all check lint types bench report-test clean plan deploy destroy image runner logs infra-test doctor
SEED ?= 1
DURATION ?= 60s
# Empty unless somebody gave it: with TARGET the length depends on the verb and the target.
GIVEN_DURATION = $(if $(filter file,$(origin DURATION)),,$(DURATION))
PLATFORM ?= typical

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The stamp is npm's own record of what it installed, so that a second `make` costs nothing.
node_modules/.package-lock.json: package.json package-lock.json
	@node -e 'const [a,b]=process.versions.node.split(".").map(Number); if(a<20||(a===20&&b<19)){console.error("lambda-longrun needs Node 20.19 or newer; this is "+process.version);process.exit(69)}'
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

setup: node_modules/.package-lock.json ## install what the lock file names

build: setup ## build the command, the runtime client, the report page and the function packages
	@node --import tsx scripts/build.ts

longrun: build ## show the failure and prove the fix on an engine of its own; TARGET=local|aws soaks what was deployed (aws: for 15m)
ifdef TARGET
	@DURATION='$(GIVEN_DURATION)' PLATFORM='$(PLATFORM)' SEED='$(SEED)' node --import tsx scripts/infra/infra.ts longrun
else
	@node dist/longrun.js soak --function init-connect --function handler-connect \
	  --platform '$(PLATFORM)' --seed '$(SEED)' --duration '$(DURATION)' \
	  --expect init-connect=fail --expect handler-connect=pass
endif

example: build ## a real server, a handler that fails against it, and its fix: NAME=postgres|mysql|redis|mqtt|modbus|ssh
	@DURATION='$(or $(GIVEN_DURATION),30s)' SEED='$(SEED)' node --import tsx harness/test/support/servers/example.ts '$(NAME)'

# TARGET=local (the default) is the engine and moto on this machine; docs/deploy.md has the variables.
export TARGET NAME REGION PEER PEER_PROTOCOL IMAGE ARCHITECTURE CONTAINERS DESIGNS STATE VARS REMOVE PLAN AUTO_APPROVE SINCE OUT TOLERATE TF

deploy: build ## apply infra/ to TARGET=local|aws: shows the plan, asks (AUTO_APPROVE=1 does not), applies that plan
	@node --import tsx scripts/infra/infra.ts deploy

plan: build ## what deploy would do, kept for PLAN=FILE
	@node --import tsx scripts/infra/infra.ts plan

destroy: setup ## take away what deploy made; of TARGET=local nothing is left
	@node --import tsx scripts/infra/infra.ts destroy

image: build ## build the images of peer and runner, and push them to the repository of the deployment (TARGET=aws)
	@node --import tsx scripts/infra/infra.ts image

# A length that was asked for replaces the one that was deployed.
runner: build ## start the soak as a task in the account, which goes on when this machine sleeps (TARGET=aws DURATION=24h)
	@DURATION='$(GIVEN_DURATION)' node --import tsx scripts/infra/infra.ts runner

logs: setup ## what the deployed functions wrote in the last hour (SINCE=2h)
	@node --import tsx scripts/infra/infra.ts logs

doctor: build ## look whether this machine can run it; TARGET=local|aws looks at what was deployed there, and at the account
ifdef TARGET
	@node --import tsx scripts/infra/infra.ts doctor
else
	@node dist/longrun.js doctor
endif

infra-test: build ## Terraform: format, validate, lint, offline tests, and a real apply to the engine and moto
	@node --import tsx scripts/infra/check.ts
	@npx mocha --no-config --extension ts --node-option import=tsx --timeout 900000 --reporter ./scripts/mocha-reporter.cjs "harness/test/infra/apply/**/*.test.ts"

test: build ## the tests, in a few minutes: without Terraform's suites and the long stories, with a fifth of the random cases
	@npm test --silent

test-all: build ## every test but the browser's and the nightly ones; AFTER=test: only what make test left
	@node --import tsx scripts/run-tests.ts $(if $(filter test,$(AFTER)),rest,all)

types: setup ## the type checker
	@npm run --silent typecheck

lint: setup ## the lint and dependency rules
	@npm run --silent lint

report-test: build ## the report in headless Chromium
	@npm run --silent test:browser

bench: build ## the figures of docs/benchmarks.md
	@npm run --silent bench

check: types lint test ## what CI checks, but the slow parts

clean: ## remove what was built
	rm -rf dist
