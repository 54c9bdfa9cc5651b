"""``/staff/privacy``: a box in which staff see what would be kept of a text. Plain forms: it needs no script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from privacy.preview import Preview, PreviewedSpan
from web.page import PAGE_HEADERS, WEB, Locale, PageWriter, pick_locale, templates
from web.privacy_try import MAX_TURNS, preview_of
from web.problems import Problem, sentence_of
from web.sessions import SessionTokens, UnknownSessionError, opens_staff

_SURE = ((0.9, "high"), (0.7, "middle"))

router = APIRouter(prefix="/staff", include_in_schema=False)


@dataclass(frozen=True, slots=True, repr=False)
class _Screen:
    """What the page shows; without a session it asks for the staff token."""

    session: str = ""
    turns: Sequence[str] = ("",)
    focus: int | None = None
    tried: Preview | None = None
    problem: str = ""
    status: int = 200


@router.get("/privacy")
async def show_sign_in(request: Request, lang: str | None = None) -> HTMLResponse:
    """Asks for the staff token; ``?lang=en`` for English."""
    return _page(request, pick_locale(lang, request.app.state.settings), _Screen())


@router.post("/privacy")
async def answer_form(request: Request) -> HTMLResponse:
    """Sign in, add a turn, change the language, or show what would be kept: whichever button was pressed."""
    async with request.form(max_files=0, max_fields=MAX_TURNS + 8, max_part_size=64 * 1024) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        turns = [turn.replace("\r\n", "\n") for turn in form.getlist("turn") if isinstance(turn, str)][:MAX_TURNS]
    locale = pick_locale(fields.get("language", fields.get("locale")), request.app.state.settings)
    if "token" in fields:
        return _page(request, locale, _signed_in(request, fields["token"].strip(), locale))
    if not _is_staff_session(request, fields.get("session")):
        problem = staff_wording(locale)["sign_in"]["again"]
        return _page(request, locale, _Screen(problem=problem, status=403))
    screen = await _pressed(request, fields, turns or [""], locale)
    return _page(request, locale, screen)


def _signed_in(request: Request, token: str, locale: Locale) -> _Screen:
    if not opens_staff(f"Bearer {token}", request.app.state.secrets.staff_token):
        return _Screen(problem=staff_wording(locale)["sign_in"]["wrong"], status=403)
    tokens: SessionTokens = request.app.state.tokens
    return _Screen(session=tokens.issue("staff", locale).token, focus=0)


def _is_staff_session(request: Request, token: str | None) -> bool:
    tokens: SessionTokens = request.app.state.tokens
    try:
        return tokens.read(token).audience == "staff"
    except UnknownSessionError:
        return False


async def _pressed(request: Request, fields: Mapping[str, str], turns: list[str], locale: Locale) -> _Screen:
    session = fields["session"]
    if fields.get("do") == "more" and len(turns) < MAX_TURNS:
        return _Screen(session, [*turns, ""], focus=len(turns))
    if fields.get("do") != "try":
        return _Screen(session, turns)
    said = [turn for turn in turns if turn.strip()]
    try:
        tried = await preview_of(said, request.app.state.settings, request.app.state.parts)
    except Problem as problem:
        return _Screen(session, turns, focus=0, problem=sentence_of(problem, locale), status=problem.status)
    return _Screen(session, said, tried=tried)


def _page(request: Request, locale: Locale, screen: _Screen) -> HTMLResponse:
    tried = screen.tried
    html = (
        templates()
        .get_template("staff_privacy.html")
        .render(
            staff=PageWriter(request.app.state.settings, locale, staff_wording(locale)),
            screen=screen,
            may_add=len(screen.turns) < MAX_TURNS,
            marked=[list(_marked(turn, number, tried.finds)) for number, turn in enumerate(tried.turns)]
            if tried
            else (),
            sureness=_sureness,
        )
    )
    # The answer holds what was typed: no browser may write it to its disk.
    headers = {**PAGE_HEADERS, "Content-Language": locale, "Cache-Control": "no-store"}
    return HTMLResponse(html, screen.status, headers)


def _marked(turn: str, number: int, finds: Sequence[PreviewedSpan]) -> Iterator[tuple[str, PreviewedSpan | None]]:
    """The turn in pieces, each with the find that it is, if it is one."""
    position = 0
    for find in finds:
        if find.turn == number:
            yield turn[position : find.start], None
            yield find.words, find
            position = find.end
    yield turn[position:], None


def _sureness(score: float) -> str:
    return next((name for least, name in _SURE if score >= least), "low")


@lru_cache(maxsize=2)
def staff_wording(locale: Locale) -> Mapping[str, Any]:
    """The staff page's wording, nested by topic."""
    wording: Mapping[str, Any] = json.loads((WEB / "locales" / f"staff.{locale}.json").read_text(encoding="utf-8"))
    return wording
