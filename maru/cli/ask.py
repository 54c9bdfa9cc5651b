"""``maru ask``: one question to the running system."""

from __future__ import annotations

from typing import Annotated, Any

import httpx
import typer

from maru.cli.output import fail, print_json
from maru.secrets import load_secrets
from maru.settings import Settings, get_settings
from maru.supervisor.listening import local_url

_SHOWN = ("status", "text", "entry_id", "score", "suggestions", "locale", "ms")


def ask(
    question: Annotated[str, typer.Argument(help="묻는 말. 따옴표로 감싸세요.")],
    audience: Annotated[str, typer.Option(help="citizen(시민) 또는 staff(직원)")] = "citizen",
    locale: Annotated[str, typer.Option(help="ko 또는 en. 물은 말의 언어가 분명하면 그 언어로 답합니다.")] = "ko",
    agency: Annotated[str | None, typer.Option(help="기관 코드. 비우면 그 마루의 MARU_AGENCY")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON 한 줄로 출력")] = False,
    url: Annotated[str | None, typer.Option(help="앱 주소. 비우면 MARU_HOST와 MARU_PORT")] = None,
) -> None:
    """켜져 있는 마루에 묻고 답을 출력합니다.

    JSON: {"status","text","entry_id","score","suggestions":[{"entry_id","question","score"}],"locale","ms"}
    """
    if audience not in ("citizen", "staff"):
        fail(f"--audience는 citizen 또는 staff여야 합니다: {audience}", 2)
    if locale not in ("ko", "en"):
        fail(f"--locale은 ko 또는 en이어야 합니다: {locale}", 2)
    settings = get_settings()
    about = {"audience": audience, "locale": locale} | ({"agency": agency} if agency else {})
    reply = _asked(url or local_url(settings.host, settings.port), question, about, settings)
    if as_json:
        print_json(reply)
        return
    typer.echo(reply["text"])
    for number, suggestion in enumerate(reply["suggestions"], start=1):
        typer.echo(f"  {number}. {suggestion['question']}")
    typer.echo(f"[{reply['status']}] {reply['entry_id'] or ''} {reply['ms']:.0f} ms", err=True)


def _asked(base_url: str, question: str, about: dict[str, str], settings: Settings) -> dict[str, Any]:
    headers = {"Accept-Language": about["locale"]}
    if about["audience"] == "staff":
        headers["Authorization"] = f"Bearer {load_secrets(settings).staff_token}"
    try:
        with httpx.Client(base_url=base_url, headers=headers, timeout=30.0, trust_env=False) as client:
            begun = client.post("/api/v1/sessions", json=about)
            _check(begun)
            session = {"X-Maru-Session": begun.json()["session_id"]}
            reply = client.post("/api/v1/turns", json={"text": question}, headers=session)
            _check(reply)
            content: dict[str, Any] = reply.json()
            return {key: content[key] for key in _SHOWN}
    except (httpx.HTTPError, httpx.InvalidURL):
        fail(f"{base_url}에서 마루가 대답하지 않습니다. 먼저 make run(또는 maru serve)으로 켜 주세요.", 3)
    except (ValueError, KeyError, TypeError, AttributeError):
        fail(f"{base_url}에서 대답하는 것은 마루가 아닙니다. 먼저 make run(또는 maru serve)으로 켜 주세요.", 3)


def _check(response: httpx.Response) -> None:
    if response.is_success:
        return
    try:
        message = response.json()["error"]["message"]
    except (ValueError, KeyError, TypeError):
        message = f"HTTP {response.status_code}"
    fail(message, 4)
