"""``maru``: every command. Heavy imports wait until their command runs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

import maru
from maru.core_dumps import forbid_core_dumps

# Loading torch, Kiwi and CTranslate2 for `maru --help` would cost ten seconds: modules load with their command.
_LAZY = {
    "ask": "maru.cli.ask:ask",
    "search": "maru.cli.search:search",
    "thresholds": "maru.cli.thresholds:thresholds",
    "scrub": "maru.cli.scrub:scrub",
    "transcribe": "maru.cli.transcribe:transcribe",
    "models": "maru.cli.models:models",
    "serve": "maru.cli.serve:serve",
    "faq": "maru.cli.faq:app",
    "train": "maru.cli.train:app",
    "transcripts": "maru.cli.transcripts:app",
    "privacy": "maru.cli.privacy:app",
}
_SHORT = {
    "ask": "켜져 있는 마루에 묻습니다.",
    "search": "Rasa 없이 검색만 합니다.",
    "thresholds": "틀린 답의 값(MARU_WRONG_ANSWER_COST)에 따라 언제 답하는지 보여 줍니다.",
    "scrub": "개인정보를 찾아 가명으로 바꿉니다.",
    "transcribe": "소리 파일을 글로 옮깁니다.",
    "models": "모델 파일을 조립하고 점검합니다.",
    "serve": "마루를 켭니다(앱과 Rasa).",
    "faq": "FAQ를 내보내고, 들여오고, 점검합니다.",
    "train": "Rasa 모델을 학습합니다.",
    "transcripts": "남긴 대화를 내보내고 지웁니다.",
    "privacy": "개인정보가 남아 있는지 찾습니다.",
}


class LazyGroup(TyperGroup):
    """Loads a command's module when the command is used, not when the list is shown.

    Typer keeps its copy of click private, hence ``Any`` for its types.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_LAZY)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _LAZY:
            return None
        module, _, name = _LAZY[cmd_name].partition(":")
        target: Any = getattr(import_module(module), name)
        if isinstance(target, typer.Typer):
            return typer.main.get_command(target)
        single = typer.Typer(add_completion=False, pretty_exceptions_show_locals=False)
        single.command(name=cmd_name)(target)
        return typer.main.get_command(single)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ValueError as error:
            from pydantic import ValidationError  # loaded by then, if it is one

            if not isinstance(error, ValidationError) or error.title != "Settings":
                raise
            for wrong in error.errors(include_url=False, include_context=False, include_input=False):
                name = "".join(f"MARU_{part}: ".upper() for part in wrong["loc"])
                typer.echo(name + wrong["msg"].removeprefix("Value error, "), err=True)
            raise typer.Exit(1) from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("명령"):
            formatter.write_dl([(name, _SHORT[name]) for name in _LAZY])


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,  # they may hold what a citizen said
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"maru {maru.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="판 번호"),
) -> None:
    """마루: 도시의 안내 도우미. 설정은 MARU_로 시작하는 환경 변수나 .env 파일로 합니다."""
    forbid_core_dumps()
