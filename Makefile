# The commands of lambda-longrun. A laptop and CI use the same commands.
.DEFAULT_GOAL := help
.PHONY: help setup build longrun example test test-all check lint types bench report-test clean plan deploy destroy image runner empty-results state-bucket logs prove verify infra-test doctor chaos fuzz
SEED ?= 1
# DURATION and PLATFORM have no default here: each command has its own.

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# npm writes this file when it has installed the packages, so that a second `make` does not install them again.
node_modules/.package-lock.json: package.json package-lock.json
	@node -e 'const [a,b]=process.versions.node.split(".").map(Number); if(a<20||(a===20&&b<19)){console.error("lambda-longrun needs Node 20.19 or newer; this is "+process.version);process.exit(69)}'
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

setup: node_modules/.package-lock.json ## install the packages of the lock file

build: setup ## build the command, the runtime client, the report page and the function packages
	@node --import tsx scripts/build.ts

longrun: build ## show the failure and prove the fix on a local engine; TARGET=local|aws soaks the deployed functions (aws: for 15m)
ifdef TARGET
	@DURATION='$(DURATION)' PLATFORM='$(PLATFORM)' SEED='$(SEED)' node --import tsx scripts/infra/infra.ts longrun
else
	@node dist/longrun.js soak --function init-connect --function handler-connect \
	  --seed '$(SEED)' $(if $(PLATFORM),--platform '$(PLATFORM)') $(if $(DURATION),--duration '$(DURATION)') \
	  --expect init-connect=fail --expect handler-connect=pass
endif

example: build ## soak against a real server: first a handler that fails, then its fix: NAME=postgres|mysql|redis|mqtt|modbus|ssh
	@DURATION='$(or $(DURATION),30s)' SEED='$(SEED)' node --import tsx harness/test/support/servers/example.ts '$(NAME)'

# TARGET=local (the default) deploys to the engine and moto (a server that imitates AWS services) on this machine. docs/deploy.md describes
# the variables.
export TARGET NAME REGION PEER PEER_PROTOCOL IMAGE ARCHITECTURE CONTAINERS DESIGNS STATE STATE_KMS_KEY VARS REMOVE PLAN AUTO_APPROVE SINCE OUT TOLERATE CLEAN TF

deploy: build ## apply infra/ to TARGET=local|aws: show the plan, ask (not with AUTO_APPROVE=1), apply that plan
	@node --import tsx scripts/infra/infra.ts deploy

plan: build ## show what deploy would do, and save the plan for deploy PLAN=FILE
	@node --import tsx scripts/infra/infra.ts plan

destroy: setup ## destroy what deploy created; with TARGET=local, nothing is left
	@node --import tsx scripts/infra/infra.ts destroy

image: build ## build the images of peer and runner, and push them to the repository of the deployment (TARGET=aws)
	@node --import tsx scripts/infra/infra.ts image

# A DURATION that the user gave replaces the duration of the soak that was set when the runner was deployed.
runner: build ## start the soak as a task in the account, so that it continues while this machine sleeps (TARGET=aws DURATION=24h)
	@DURATION='$(DURATION)' node --import tsx scripts/infra/infra.ts runner

empty-results: setup ## remove all versions of all results from the runner's bucket, so that destroy can remove it (asks; TARGET=aws)
	@node --import tsx scripts/infra/infra.ts empty-results

state-bucket: setup ## make a versioned, encrypted, private bucket for STATE=s3://bucket/key (TARGET=aws REGION=… STATE_KMS_KEY=…)
	@node --import tsx scripts/infra/infra.ts state-bucket

logs: setup ## show the logs of the deployed functions of the last hour (or SINCE=2h)
	@node --import tsx scripts/infra/infra.ts logs

doctor: build ## check whether this machine can run longrun; TARGET=local|aws checks the deployment and the account
ifdef TARGET
	@node --import tsx scripts/infra/infra.ts doctor
else
	@node dist/longrun.js doctor
endif

prove: build ## show the failure and prove the fix in minutes: TARGET=local (60s), or aws (deploys if necessary, then 5m; CLEAN=1 removes everything)
	@DURATION='$(DURATION)' SEED='$(SEED)' node --import tsx scripts/infra/infra.ts prove

verify: build ## deploy, see whether TARGET=local|aws behaves as documented, destroy, report; TIER=full checks all; CLEAN=1 cleans up after kill -9
	@node --import tsx scripts/infra/infra.ts verify

infra-test: build ## check infra/: format, validation, lint, offline tests, and a real apply to the engine and moto
	@node --import tsx scripts/infra/check.ts
	@npx mocha --config scripts/mocha-apart.json --timeout 900000 "harness/test/infra/apply/**/*.test.ts"

test: build ## run the tests, for a few minutes in all: without Terraform and slow suites, with a tenth of the random cases
	@npm test --silent

test-all: build ## run every test except the browser's and the nightly ones; AFTER=test runs only the tests that make test left out
	@node --import tsx scripts/run-tests.ts $(if $(filter test,$(AFTER)),rest,all)

fuzz: setup ## feed every reader and every server with broken input: CASES=500 for each, SEED=1, ONLY=target
	@LONGRUN_FUZZ_CASES='$(or $(CASES),500)' LONGRUN_FUZZ_SEED='$(SEED)' $(if $(ONLY),LONGRUN_FUZZ_ONLY='$(ONLY)') node --import tsx scripts/run-tests.ts fuzz

types: setup ## check the types
	@npm run --silent typecheck

lint: setup ## check the lint and dependency rules
	@npm run --silent lint

report-test: build ## test the report in headless Chromium
	@npm run --silent test:browser

# Only root may mount the disk that is filled. Another user is root in a user namespace, if the machine allows it.
chaos: build ## kill, cut off, slow and starve soaks, and check what they leave: DURATION=10m or KILLS=30, SEED=… repeats the same disturbances
	@as_root=; [ "$$(id -u)" = 0 ] || ! unshare -rm true 2>/dev/null || as_root='unshare -rm'; \
	DURATION='$(DURATION)' KILLS='$(KILLS)' SEED='$(if $(filter file,$(origin SEED)),,$(SEED))' $$as_root node --import tsx harness/test/chaos/chaos.ts

bench: build ## measure the figures of docs/benchmarks.md
	@npm run --silent bench

check: types lint test ## check what CI checks, without the slow parts

clean: ## remove dist/
	rm -rf dist
