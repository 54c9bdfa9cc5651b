"""Errors of the API: one shape, a stable code, and words for people in their language."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

_FOLDER = Path(__file__).parent / "locales"


class Problem(Exception):
    """A request that can't be served; ``code`` names a sentence of the error catalogue."""

    def __init__(self, status: int, code: str, **values: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.values = values


@lru_cache(maxsize=4)
def error_catalogue(locale: str) -> dict[str, str]:
    """Every error's sentence by code."""
    content: dict[str, str] = json.loads((_FOLDER / f"errors.{locale}.json").read_text("utf-8"))
    return content


def locale_of(request: HTTPConnection) -> str:
    """The language to apologise in."""
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "ko"


def sentence_of(problem: Problem, locale: str) -> str:
    """What to tell people."""
    sentence = error_catalogue(locale)[problem.code]
    for name, value in problem.values.items():
        sentence = sentence.replace("{" + name + "}", str(value))
    return sentence


def problem_response(request: Request, problem: Problem) -> JSONResponse:
    """The JSON body that ``docs/api.md`` promises."""
    sentence = sentence_of(problem, locale_of(request))
    headers = {"Retry-After": "3"} if problem.status == 503 else None
    return JSONResponse({"error": {"code": problem.code, "message": sentence}}, problem.status, headers)


def install_problem_handlers(app: FastAPI) -> None:
    """Every error of the API leaves in one shape, and none quotes what was sent."""

    @app.exception_handler(Problem)
    async def _problem(request: Request, error: Problem) -> JSONResponse:
        return problem_response(request, error)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        fields = ", ".join(sorted({_field(e) for e in error.errors()}))
        return problem_response(request, Problem(422, "invalid_request", fields=fields))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "bad_request")
        return problem_response(request, Problem(error.status_code, code))

    @app.exception_handler(Exception)
    async def _unforeseen(request: Request, _error: Exception) -> JSONResponse:
        return problem_response(request, Problem(500, "internal_error"))


def _field(error: dict[str, Any]) -> str:
    """Where the fault lies. The name of a field that nobody knows was made up by the sender: it isn't quoted."""
    place = error["loc"][1:-1] if error["type"] == "extra_forbidden" else error["loc"][1:]
    return ".".join(str(part) for part in place) or "body"
