# Every target works from a fresh clone on Debian or Ubuntu with Swift 6.3; `make help` lists them.
SHELL := /bin/bash
SWIFT_BUILD := swift build --explicit-target-dependency-import-check error
RUN_TESTS := .build/debug/digital-twinPackageTests.xctest --testing-library swift-testing
# Tests that compute for seconds hold the threads that others wait for answers on, so they run by themselves.
COMPUTING := ^(QueueingTests|FirewallTests|SeriesTests|DatabaseTests|InfrastructureTests|DatabaseModelServerTests|SimulationTests|EstimationTests|ValidationTests)\.
# Tests of services on real databases, hundreds at once, would let each other's and the runtime's deadlines pass.
SERVICES := ^(StateSyncTests|StateSyncContractTests|TwinEngineTests|TwinEngineContractTests|PredictionTests|ScenarioRunnerTests|ResultsTests|EdgeTests)\.
# A part of the tests that takes longer hangs.
TEST_SECONDS := 900
SWIFT_FILES := git ls-files '*.swift' | grep -v '^Shared/Generated/'

.PHONY: help setup setup-test build release generate generate-check lint format test fuzz bench accuracy \
  dev.digital-twin dev.down
.DEFAULT_GOAL := help

help: ## Show this list
	@sed -n 's/^\([a-z.-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

dev.digital-twin: setup release ## Install what is missing, build, start everything and serve; Ctrl-C stops it
	@deploy/dev/digital-twin.sh up

dev.down: ## Stop what a run of dev.digital-twin left behind
	@deploy/dev/digital-twin.sh down

setup: ## Install what building and running needs
	@deploy/dev/setup.sh

setup-test: ## Install what the tests need, too
	@deploy/dev/setup.sh test
	@deploy/dev/python.sh

build: setup ## Build for debugging, and check that every target names what it imports
	$(SWIFT_BUILD)

release: setup ## Build the services and twinctl for use
	@deploy/dev/build-release.sh

test: setup-test ## Run every test, the core's also under AddressSanitizer, and fuzz briefly
	$(SWIFT_BUILD) --build-tests
	timeout $(TEST_SECONDS) $(RUN_TESTS) --filter '$(COMPUTING)'
	timeout $(TEST_SECONDS) $(RUN_TESTS) --filter '$(SERVICES)'
	timeout $(TEST_SECONDS) $(RUN_TESTS) --skip '$(COMPUTING)|$(SERVICES)'
	timeout $(TEST_SECONDS) deploy/dev/asan.sh
	timeout $(TEST_SECONDS) Tests/Fuzz/run.sh codec runs=100000
	timeout $(TEST_SECONDS) Tests/Fuzz/run.sh http2 runs=5000

fuzz: setup-test ## Fuzz the codec, the frame reader and the server under AddressSanitizer for a minute each
	Tests/Fuzz/run.sh codec 60
	Tests/Fuzz/run.sh http2 60
	Tests/Fuzz/run.sh server 60

generate: setup ## Write Shared/Generated anew from proto/
	proto/generate.sh

generate-check: generate ## Fail if Shared/Generated isn't what proto/ gives
	@changed=$$(git status --porcelain -- Shared/Generated); \
	  if [ -n "$$changed" ]; then echo "generated code differs from proto/:"; echo "$$changed"; exit 1; fi

lint: ## Check the style of every Swift file
	@$(SWIFT_FILES) | xargs swift format lint --strict --parallel

format: ## Put every Swift file into the project's style
	@$(SWIFT_FILES) | xargs swift format format --in-place --parallel

bench: setup-test ## Measure against the named peers and write Tests/Benchmarks/RESULTS.md
	Tests/Benchmarks/run.sh

accuracy: setup ## Measure how right the models are and write docs/accuracy.md
	Tests/Benchmarks/Accuracy/run.sh
