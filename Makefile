# Shangda. `make help` lists the targets; `make run` and `make test` are the two that matter.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
export GOTOOLCHAIN := local
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
BIN := bin/shangda
GO_FILES := $(shell git ls-files '*.go' '*.sql' '*.csv' '*.conf' go.mod go.sum 2>/dev/null)
WEB_FILES := $(shell git ls-files web 2>/dev/null)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

.PHONY: run
run: need build ## start the demonstration: servers, data, console on http://127.0.0.1:8080
	@exec $(BIN) demo

.PHONY: build
build: $(BIN) ## build the one program, console inside

$(BIN): $(GO_FILES) web/dist/index.html
	@mkdir -p bin
	go build -o $(BIN) ./cmd/shangda

web/node_modules/.installed: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.installed $(WEB_FILES)
	cd web && npm run --silent build -- --logLevel warn
	@touch $@

.PHONY: need
need: ## install what the machine lacks (PostgreSQL, Redis), or say what to install
	@scripts=.ci/need; bash $$scripts server

.PHONY: test
test: need-browser build ## run every test: Go, console, browser journeys
	go test $(RACE) -timeout 20m ./...
	cd web && npm run --silent test
	cd web && SHANGDA_BINARY=$(abspath $(BIN)) npm run --silent journeys

.PHONY: need-browser
need-browser:
	@bash .ci/need server browser mail video

.PHONY: check
check: RACE := -race
check: format lint generated test ## format, lint, generated files current, every test with the race detector

.PHONY: format
format: ## complain about unformatted files
	@files=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$files" ] || { echo "gofmt: $$files"; exit 1; }

.PHONY: lint
lint: web/node_modules/.installed web/dist/index.html ## lint Go and console
	@command -v golangci-lint >/dev/null || [ -x "$$(go env GOPATH)/bin/golangci-lint" ] || go install $(LINT)
	PATH="$$(go env GOPATH)/bin:$$PATH" golangci-lint run ./...
	cd web && npm run --silent lint && npm run --silent typecheck && npm run --silent budget

.PHONY: generate
generate: build ## write the API description and the console's types from it
	$(BIN) openapi > web/openapi.json
	cd web && npm run --silent generate

.PHONY: generated
generated: generate ## complain when a generated file is not current
	@git diff --exit-code -- web/openapi.json web/src/lib/schema.gen.ts || { echo "generated files are stale: make generate"; exit 1; }

.PHONY: bench
bench: need build ## print requests/s beside the limit measured in the same run
	@$(BIN) bench http --json
	@$(BIN) bench board --json
	go test -run '^$$' -bench . -benchmem ./authz

.PHONY: faults
faults: need ## carry thousands of letters while program, PostgreSQL, Redis and network fail; its log is faults.log
	SHANGDA_FIRE_LETTERS=20000 SHANGDA_FIRE_TIMES=12 go test ./services/letters -count=1 -run 'Fire' -v -timeout 60m | tee faults.log

.PHONY: clean
clean: ## remove what was built (not the data)
	rm -rf bin web/dist/assets web/dist/*.html
