# Two commands do everything: `make run` and `make test`. Recipes use relative paths only, so that the checkout may lie
# in a folder whose name holds spaces or Hangul.
PYTHON ?= python3
ARGS ?=
BOOTSTRAP = "$(PYTHON)" scripts/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help setup run test lint lock clean

help:
	@echo "make run      없는 것을 마련하고 마루를 켭니다 (Ctrl-C로 끕니다) · set up what is missing and start Maru"
	@echo "make test     없는 것을 마련하고 모든 검사를 합니다              · set up what is missing and run every check"
	@echo "make setup    없는 것만 마련합니다                               · set up only"
	@echo "make lint     문법과 자료형 검사                                 · lint and type check"
	@echo "make bench-turns | bench-retrieval | bench-edit | bench-scale | bench-privacy | bench-speech | bench-live | bench-commands | bench-dialogue [ARGS='…']   측정 · measure"
	@echo "make lock     의존성 잠금 파일을 새로 씁니다                     · rewrite the dependency locks"
	@echo "make clean    만든 환경과 임시 파일을 지웁니다 (자료는 둡니다)   · remove environments and caches, keep data"

setup:
	@$(BOOTSTRAP) setup

run:
	@$(BOOTSTRAP) run && exec .venv/bin/maru serve $(ARGS)

lint:
	@$(BOOTSTRAP) setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

test:
	@$(BOOTSTRAP) test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/pytest $(ARGS)

bench-%:
	@$(BOOTSTRAP) setup
	.venv/bin/python -m bench.$* $(ARGS)

lock:
	scripts/lock.sh

clean:
	rm -rf .venv .venv-rasa .venv-bench .uv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
