from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from pydantic_core import PydanticUndefined

from maru.settings import ROOT, Settings, get_settings

README = (ROOT / "README.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `(MARU_[A-Z_]+)` \| ([^|]+) \| [^|]+\|$", README, re.MULTILINE))


KEY = "geheim+/" * 5 + "AAA="  # 32 bytes in base64


def name_of(field: str) -> str:
    return f"MARU_{field.upper()}"


def test_when_the_readme_lists_settings_then_they_are_exactly_those_that_there_are() -> None:
    assert set(ROWS) == {name_of(field) for field in Settings.model_fields}


@pytest.mark.parametrize("field", Settings.model_fields)
def test_when_the_readme_names_a_default_then_it_is_the_real_one(field: str) -> None:
    default = Settings.model_fields[field].default
    assert default is not PydanticUndefined
    if isinstance(default, Path):
        shown = str(default.relative_to(ROOT))
    else:
        shown = str(default) if default is not None else "(비움)"
    assert ROWS[name_of(field)].strip().strip("`") == shown


@pytest.mark.parametrize("field", Settings.model_fields)
def test_when_a_setting_is_described_then_it_is_in_korean(field: str) -> None:
    assert re.search("[가-힣]", Settings.model_fields[field].description or "")


def test_when_the_code_reads_the_environment_then_only_through_the_settings() -> None:
    """Rasa's process and the set-up have none of our packages; everywhere else no setting is read by its name."""
    found = [
        str(path.relative_to(ROOT))
        for folder in ("actions", "knowledge", "maru", "privacy", "voice", "web")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"os\.(environ\.get|getenv)\(\s*[\"']MARU_|os\.environ\[\s*[\"']MARU_", path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("MARU_CITY_NAME", "가온시", "city_name", "가온시"),
        ("MARU_PORT", "18000", "port", 18000),
        ("MARU_DATA_DIR", "/tmp/가온 시/var", "data_dir", Path("/tmp/가온 시/var")),
        ("MARU_STAFF_TOKEN", "geheim", "staff_token", SecretStr("geheim")),
        ("MARU_ANSWER_THRESHOLD", "0.7", "answer_threshold", 0.7),
        ("MARU_DEFAULT_LOCALE", "en", "default_locale", "en"),
        ("maru_log_level", "DEBUG", "log_level", "DEBUG"),
        ("MARU_REDIS_URL", "", "redis_url", None),
        ("MARU_REDIS_URL", " redis://h ", "redis_url", SecretStr("redis://h")),
        ("MARU_REDIS_URL", "redis://u:p%40@10.0.0.1:6380/2", "redis_url", SecretStr("redis://u:p%40@10.0.0.1:6380/2")),
        ("MARU_REDIS_URL", "rediss://[::1]?ssl_ca_certs=/ca.pem", "redis_url", SecretStr("rediss://[::1]?ssl_ca_certs=/ca.pem")),
        ("MARU_REDIS_URL", "unix:///run/r.sock?db=1", "redis_url", SecretStr("unix:///run/r.sock?db=1")),
        ("MARU_VAULT_KEY", "", "vault_key", None),
        ("MARU_VAULT_KEY", KEY, "vault_key", SecretStr(KEY)),
    ],
)  # fmt: skip
def test_when_the_environment_names_a_value_then_it_is_read(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str, expected: Any
) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(Settings(_env_file=None), field) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MARU_PORT", "70000"),
        ("MARU_PORT", "http"),
        ("MARU_PORT", "-1"),
        ("MARU_RASA_TIMEOUT_S", "0"),
        ("MARU_WRONG_ANSWER_COST", "1"),
        ("MARU_WRONG_ANSWER_COST", "inf"),
        ("MARU_ANSWER_THRESHOLD", "1.1"),
        ("MARU_CLARIFY_THRESHOLD", "-0.1"),
        ("MARU_DEFAULT_LOCALE", "fr"),
        ("MARU_DEVICE", "tpu"),
        ("MARU_LOG_LEVEL", "loud"),
        ("MARU_MAX_TEXT_CHARS", "0"),
        ("MARU_MAX_TEXT_CHARS", "100000"),
        ("MARU_TRANSCRIPT_DAYS", "0"),
        ("MARU_EXPORT_MIN_SESSIONS", "1"),
        ("MARU_AUDIT_DAYS", "0"),
    ],
)
def test_when_a_value_is_wrong_then_the_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.removeprefix("MARU_").lower()):
        Settings(_env_file=None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MARU_REDIS_URL", "geheim"),
        ("MARU_REDIS_URL", "http://geheim"),
        ("MARU_REDIS_URL", "redis://"),
        ("MARU_REDIS_URL", "redis://:geheim@"),
        ("MARU_REDIS_URL", "redis://:geheim@h:99999"),
        ("MARU_REDIS_URL", "redis://:geheim@h:port"),
        ("MARU_REDIS_URL", "redis://h/geheim"),
        ("MARU_REDIS_URL", "redis://h?db=geheim"),
        ("MARU_REDIS_URL", "redis://h?decode_responses=geheim"),
        ("MARU_REDIS_URL", "redis://h?ssl_ca_certs=geheim"),
        ("MARU_REDIS_URL", "redis://[geheim"),
        ("MARU_REDIS_URL", "unix://geheim"),
        ("MARU_REDIS_URL", "unix://geheim/run/redis.sock"),
        ("MARU_VAULT_KEY", "geheim"),
        ("MARU_VAULT_KEY", "geheim+/" * 5),
        ("MARU_VAULT_KEY", "geheim!!" * 5 + "AAA="),
        ("MARU_VAULT_KEY", "비밀" * 20),
    ],
)
def test_when_a_secret_is_malformed_then_it_is_said_in_korean_without_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.removeprefix("MARU_").lower()) as caught:
        Settings(_env_file=None)
    assert re.search("[가-힣]", str(caught.value))
    assert not re.search("geheim|비밀|99999", str(caught.value))


def test_when_a_dotenv_file_is_there_then_it_is_read_and_the_environment_goes_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("MARU_CITY_NAME=가온시\nMARU_PORT=18001\nOTHER=1\n", "utf-8")
    monkeypatch.setenv("MARU_PORT", "18002")
    settings = Settings(_env_file=tmp_path / ".env")
    assert (settings.city_name, settings.port) == ("가온시", 18002)


@pytest.mark.parametrize(
    ("changes", "app_url", "rasa_url"),
    [
        ({}, "sqlite:////data/v/maru.db", "sqlite:////data/v/rasa.db"),
        ({"database_url": "postgresql://a/b", "rasa_database_url": "postgresql://a/c"}, "postgresql://a/b", "postgresql://a/c"),
    ],
)  # fmt: skip
def test_when_databases_are_asked_for_then_they_lie_in_the_data_folder_unless_named(
    changes: dict[str, str], app_url: str, rasa_url: str
) -> None:
    settings = Settings(data_dir=Path("/data/v"), **changes)  # type: ignore[arg-type]
    assert (settings.app_database_url, settings.rasa_tracker_url) == (app_url, rasa_url)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, {"city"}),
        ({"agency": "mapo"}, {"mapo"}),
        ({"agencies": " mapo, jongno ,,중구"}, {"city", "mapo", "jongno", "중구"}),
    ],
)
def test_when_agencies_are_named_then_their_codes_are_known(changes: dict[str, str], codes: set[str]) -> None:
    assert Settings(_env_file=None, **changes).agency_codes == codes  # type: ignore[arg-type]


def test_when_printed_then_secrets_dont_show() -> None:
    settings = Settings(
        rasa_secret=SecretStr("geheim-1"),
        staff_token=SecretStr("geheim-2"),
        redis_url=SecretStr("redis://:geheim-3@h"),
        vault_key=SecretStr(KEY),
    )
    assert "geheim" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_when_written_to_then_settings_refuse() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1  # type: ignore[misc]


def test_when_asked_for_twice_then_they_are_read_once() -> None:
    assert get_settings() is get_settings()
