"""The citizens' chat page: its HTML, its static files and the headers that fence it in."""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, Protocol
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from maru.settings import Settings, get_settings
from web.housekeeping import EVERY_S

WEB: Final = Path(__file__).parent
STATIC: Final = WEB / "static"
Locale = Literal["ko", "en"]
LOCALES: Final[tuple[Locale, ...]] = ("ko", "en")
Mode = Literal["senior", "kiosk"]
"""How a link wants the page shown: in large type with one answer a screen; the same on a device shared by strangers."""
MODES: Final[tuple[Mode, ...]] = ("senior", "kiosk")

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types maru-reply",
    )
)
PAGE_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}

FOREVER: Final = "public, max-age=31536000, immutable"


class Suggestion(Protocol):
    """A question that the citizen may have meant."""

    @property
    def entry_id(self) -> str: ...
    @property
    def question(self) -> str: ...


class PageReply(Protocol):
    """What the page shows of a reply; ``docs/api.md`` describes the fields."""

    @property
    def status(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def question(self) -> str | None: ...
    @property
    def contact(self) -> str | None: ...
    @property
    def source_url(self) -> str | None: ...
    @property
    def checked_on(self) -> Any: ...
    @property
    def note(self) -> str | None: ...
    @property
    def suggestions(self) -> Sequence[Suggestion]: ...


class PageTurn(Protocol):
    """One answered turn and the session that it belongs to."""

    @property
    def session_id(self) -> str: ...
    @property
    def reply(self) -> PageReply: ...


class PageConversation(Protocol):
    """What ``app.state.conversation`` offers to a browser without JavaScript."""

    async def handle_text(
        self, *, session_id: str | None, text: str | None, entry_id: str | None, locale: Locale, agency: str | None
    ) -> PageTurn:
        """Answer one turn; an unknown or missing session starts a new one."""
        ...


class DigestedFiles(StaticFiles):
    """Static files under ``/static/<digest of them all>/``.

    The digest stands in the path and not in a query, so that modules which import each other by relative path carry
    it too. A request with another digest (a page from before an update, another replica) gets the present file,
    uncached.
    """

    def lookup_path(self, path: str) -> tuple[str, Any]:
        """The file behind ``<digest>/<path>``."""
        _digest, _, rest = path.partition("/")
        return super().lookup_path(rest)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file with cache headers that fit the digest it was asked under."""
        response = await super().get_response(path, scope)
        current = path.partition("/")[0] == static_digest()
        response.headers["Cache-Control"] = FOREVER if current else "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def mount_static(app: FastAPI) -> None:
    """Serve the page's static files at ``/static``."""
    app.mount("/static", DigestedFiles(directory=STATIC), name="static")


@lru_cache(maxsize=1)
def static_digest() -> str:
    """Twelve hexadecimal digits that change when any static file does."""
    digest = hashlib.sha256()
    for file in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(file.relative_to(STATIC).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=len(LOCALES))
def page_wording(locale: Locale) -> Mapping[str, Any]:
    """The page's own wording (the key ``page`` of the locale's catalogue), nested by topic."""
    catalogue = json.loads((WEB / "locales" / f"{locale}.json").read_text(encoding="utf-8"))
    wording: Mapping[str, Any] = catalogue["page"]
    return wording


def look_up(wording: Mapping[str, Any], key: str) -> str:
    """The text behind a dotted key; raises ``KeyError`` naming the key when there is none."""
    node: Any = wording
    for part in key.split("."):
        if not isinstance(node, Mapping) or part not in node:
            raise KeyError(f"no wording for page.{key}")
        node = node[part]
    if not isinstance(node, str):
        raise KeyError(f"page.{key} is a group of wordings, not one")
    return node


def _facts(settings: Settings, locale: Locale) -> dict[str, str]:
    """Values that any wording may name in braces."""
    return {
        "city": settings.city_name,
        "contact": settings.contact_en if locale == "en" else settings.contact,
        "days": str(settings.transcript_days),
        "minutes": str(math.ceil((settings.vault_ttl_s + EVERY_S) / 60)),
        "limit": str(settings.max_text_chars),
    }


@lru_cache(maxsize=64)
def _icon(name: str) -> Markup:
    # Markup from our own repository, not from anybody's input.
    return Markup((STATIC / "icons" / f"{name}.svg").read_text(encoding="utf-8").strip())  # noqa: S704


class PageWriter:
    """What the templates write with: wording of one locale, icons, addresses of static files.

    Wording is marked with its key, so that the language switch in the browser finds it again.
    """

    def __init__(self, settings: Settings, locale: Locale, wording: Mapping[str, Any]) -> None:
        self.locale = locale
        self.facts = _facts(settings, locale)
        self._wording = wording

    def text(self, key: str) -> str:
        """The bare wording with the known values filled in."""
        text = look_up(self._wording, key)
        for name, value in self.facts.items():
            text = text.replace("{" + name + "}", value)
        return text

    def say(self, key: str) -> Markup:
        """The wording in an element of its own."""
        return Markup('<span data-t="{}">{}</span>').format(key, self.text(key))

    def attribute(self, name: str, key: str) -> Markup:
        """The wording as an attribute."""
        return Markup('{}="{}" data-t-{}="{}"').format(name, self.text(key), name, key)

    def icon(self, name: str) -> Markup:
        """The icon's SVG, hidden from screen readers."""
        return _icon(name)

    def asset(self, path: str) -> str:
        """Address of a static file, with the digest of them all."""
        return f"/static/{static_digest()}/{path}"


def _for_script(settings: Settings, locale: Locale, agency: str | None, mode: Mode | None) -> Markup:
    """What the page's modules need to know, as JSON that is safe inside a script element."""
    known = {
        "locale": locale,
        "agency": agency,
        "mode": mode,
        "kioskIdleSeconds": settings.kiosk_idle_s,
        "kioskCountdownSeconds": settings.kiosk_countdown_s,
        "maxTextChars": settings.max_text_chars,
        "maxAudioSeconds": settings.max_audio_s,
        "wording": {each: page_wording(each) for each in LOCALES},
        "facts": {each: _facts(settings, each) for each in LOCALES},
    }
    text = json.dumps(known, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The templates of every page, with everything escaped that they are given."""
    return Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_page(
    settings: Settings,
    locale: Locale,
    agency: str | None = None,
    *,
    mode: Mode | None = None,
    asked: str = "",
    turn: PageTurn | None = None,
) -> str:
    """The whole page in one language, with one question and its reply already in the log where given."""
    return (
        templates()
        .get_template("page.html")
        .render(
            ui=PageWriter(settings, locale, page_wording(locale)),
            for_script=_for_script(settings, locale, agency, mode),
            agency=agency or "",
            mode=mode or "",
            other_language=_address(locale="en" if locale == "ko" else "ko", agency=agency, mode=mode),
            other_view=_address(locale=locale, agency=agency, mode=None if mode else "senior"),
            asked=asked,
            session_id=turn.session_id if turn else "",
            reply=turn.reply if turn else None,
        )
    )


def pick_locale(wanted: str | None, settings: Settings) -> Locale:
    """The language asked for, or the city's own where it is not one of ours."""
    return next((locale for locale in LOCALES if locale == wanted), settings.default_locale)


def pick_mode(wanted: str | None) -> Mode | None:
    """The mode asked for; None, the usual page, where it is not one of ours."""
    return next((mode for mode in MODES if mode == wanted), None)


router = APIRouter(include_in_schema=False)


def _settings_of(request: Request) -> Settings:
    settings = getattr(request.app.state, "settings", None)
    return settings if isinstance(settings, Settings) else get_settings()


async def _known_agency(request: Request, wanted: str | None) -> str | None:
    """The agency that a link names; None where there is no such one: the page then is the server's own agency's."""
    return wanted if wanted and await asyncio.to_thread(request.app.state.agencies.knows, wanted) else None


def _address(*, locale: Locale, agency: str | None, mode: Mode | None) -> str:
    wanted = {"lang": locale, "agency": agency, "mode": mode}
    return "/?" + urlencode({name: value for name, value in wanted.items() if value})


def _page(html: str, locale: Locale, mode: Mode | None) -> HTMLResponse:
    headers = {**PAGE_HEADERS, "Content-Language": locale}
    # What strangers look at one after the other is written nowhere.
    return HTMLResponse(html, headers=headers | ({"Cache-Control": "no-store"} if mode == "kiosk" else {}))


@router.get("/")
async def show_page(
    request: Request, lang: str | None = None, agency: str | None = None, mode: str | None = None
) -> HTMLResponse:
    """The chat page; ``?lang=en`` for English, ``?agency=`` for a district's, ``?mode=senior`` or ``kiosk``."""
    settings = _settings_of(request)
    locale, shown = pick_locale(lang, settings), pick_mode(mode)
    return _page(render_page(settings, locale, await _known_agency(request, agency), mode=shown), locale, shown)


@router.post("/")
async def answer_form(request: Request) -> HTMLResponse:
    """One turn for a browser without JavaScript: the same page with question and reply in its log."""
    settings = _settings_of(request)
    async with request.form(max_files=0, max_fields=8, max_part_size=64 * 1024) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    locale, mode = pick_locale(fields.get("locale"), settings), pick_mode(fields.get("mode"))
    agency = await _known_agency(request, fields.get("agency"))
    entry_id = fields.get("entry_id") or None
    asked = (fields.get("example") or fields.get("text") or "").strip()[: settings.max_text_chars]
    if not asked and not entry_id:
        return _page(render_page(settings, locale, agency, mode=mode), locale, mode)
    conversation: PageConversation = request.app.state.conversation
    turn = await conversation.handle_text(
        session_id=fields.get("session") or None,
        text=None if entry_id else asked,
        entry_id=entry_id,
        locale=locale,
        agency=agency,
    )
    shown = asked or turn.reply.question or ""
    return _page(render_page(settings, locale, agency, mode=mode, asked=shown, turn=turn), locale, mode)


@router.get("/favicon.ico")
async def show_favicon(_request: Request) -> Response:
    """The logo, for browsers that ask for it at the well-known place."""
    headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return Response((STATIC / "logo.svg").read_bytes(), media_type="image/svg+xml", headers=headers)
