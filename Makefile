# Every command of the project. Each does its own set-up and says what it does.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup build run demo test test-asan test-tsan lint docs history screenshots \
  asan-short fuzz fuzz-short clean

JOBS ?= 2
HISTORY_DATA ?= ../shared/data/together
PROGRAMS := together-exporter together-simulator
# What ThreadSanitizer has something to find in.
THREADED_TESTS := http_test web_test metrics_test state_test schedule_test engine_test
# What reads bytes that others wrote.
FOREIGN_TESTS := http_test web_test probes_test scan_test yaml_test config_test state_test
FUZZ_TESTS := sse_fuzz_test prices_fuzz_test fingerprint_fuzz_test arguments_fuzz_test

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: ## install everything that building, testing and linting need
	@scripts/setup.sh build test lint

build: ## build the release into build/release/bin/
	@scripts/setup.sh build
	@scripts/build.sh release $(PROGRAMS)

run: build ## watch a simulated API, or the real one where TOGETHER_API_KEY is set
	@scripts/run.sh

demo: build ## everything together: a simulated API, exporter, Prometheus, Alertmanager, and the pages
	@scripts/setup.sh test
	@scripts/demo.sh

test: ## build and run every test
	@scripts/setup.sh build test
	@scripts/build.sh release
	@echo "test: running every test"
	@ctest --preset release -j $(JOBS) --output-on-failure

test-asan: ## every test under AddressSanitizer and UndefinedBehaviorSanitizer
	@scripts/setup.sh build test
	@scripts/build.sh asan
	@echo "test-asan: running every test"
	@UBSAN_OPTIONS=print_stacktrace=1 ctest --preset asan -j $(JOBS) --output-on-failure

asan-short: ## of those only what reads bytes that others wrote
	@scripts/setup.sh build test
	@scripts/build.sh asan $(FOREIGN_TESTS)
	@for test in $(FOREIGN_TESTS); do \
	  echo "asan-short: $$test"; \
	  UBSAN_OPTIONS=print_stacktrace=1 build/asan/tests/$$test --gtest_brief=1; \
	done

test-tsan: ## the threaded tests under ThreadSanitizer
	@scripts/setup.sh build
	@scripts/build.sh tsan $(THREADED_TESTS)
	@for test in $(THREADED_TESTS); do \
	  echo "test-tsan: $$test"; \
	  TSAN_OPTIONS=halt_on_error=1 build/tsan/tests/$$test --gtest_brief=1; \
	done

lint: ## clang-format, clang-tidy, shellcheck, yamllint
	@scripts/setup.sh build lint
	@scripts/build.sh release $(PROGRAMS)
	@scripts/lint.sh

docs: build ## write docs/metrics.md anew from the metric declarations
	@echo "docs: writing docs/metrics.md"
	@build/release/bin/together-exporter docs-metrics > build/release/metrics.md
	@cp build/release/metrics.md docs/metrics.md

screenshots: build ## draw the dashboards and the status page anew, into docs/images/
	@scripts/setup.sh screenshots
	@scripts/screenshots.sh

history: ## live through the service's past, and write docs/history.md
	@scripts/setup.sh build test
	@scripts/build.sh release history_replay
	@echo "history: living through the past; this takes minutes"
	@build/release/tests/history_replay --data=$(HISTORY_DATA) --out=docs/history.md

fuzz: ## ten million mutated inputs a parser, a million retirement pages, a part under AddressSanitizer
	@scripts/setup.sh build test
	@scripts/build.sh release $(FUZZ_TESTS) retirements_origin_test
	@scripts/build.sh asan $(FUZZ_TESTS) retirements_origin_test
	@for test in $(FUZZ_TESTS); do \
	  echo "fuzz: $$test: 10,000,000 runs, then 200,000 under AddressSanitizer"; \
	  TE_MUTATIONS=10000000 build/release/tests/$$test --gtest_brief=1; \
	  TE_MUTATIONS=200000 build/asan/tests/$$test --gtest_brief=1; \
	done
	@echo "fuzz: a million retirement pages, then 200,000 under AddressSanitizer"
	@TE_MUTATIONS=1000000 build/release/tests/retirements_origin_test
	@TE_MUTATIONS=200000 build/asan/tests/retirements_origin_test

fuzz-short: ## each fuzz test for 30 seconds under AddressSanitizer, with a seed of the day
	@scripts/setup.sh build test
	@scripts/build.sh asan $(FUZZ_TESTS)
	@echo "fuzz-short: 30 seconds each: $(FUZZ_TESTS)"
	@printf 'build/asan/tests/%s\n' $(FUZZ_TESTS) | TE_FUZZ_SECONDS=30 \
	  TE_FUZZ_SEED=$$(date -u +%Y%m%d) xargs -P $(JOBS) -I {} env {} --gtest_brief=1

clean: ## delete everything that was built
	@echo "clean: deleting build/"
	@rm -rf build
