from __future__ import annotations

import base64
import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from maru.secrets import FILE, SecretsFileError, load_secrets, load_vault_key
from maru.settings import ROOT, Settings

LOAD = (
    "import sys; from pathlib import Path; from maru.settings import Settings;"
    "from maru.secrets import load_secrets, load_vault_key; settings = Settings(data_dir=Path(sys.argv[1]));"
    "s = load_secrets(settings); print(s.rasa_secret, s.staff_token, load_vault_key(settings).hex())"
)


def test_when_processes_start_at_once_then_all_get_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "새 폴더" / "var"
    started = [
        subprocess.Popen([sys.executable, "-c", LOAD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    seen = {process.communicate(timeout=60)[0] for process in started}
    assert len(seen) == 1
    rasa_secret, staff_token, vault_key = seen.pop().split()
    assert len(rasa_secret) >= 43
    assert rasa_secret != staff_token
    assert len(bytes.fromhex(vault_key)) == 32


def test_when_made_then_only_the_owner_may_read_them(tmp_path: Path) -> None:
    load_secrets(Settings(data_dir=tmp_path / "var"))
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "var" / FILE).stat().st_mode) == 0o600


def test_when_the_file_was_opened_to_others_then_it_is_closed_again(tmp_path: Path) -> None:
    made = load_secrets(Settings(data_dir=tmp_path))
    (tmp_path / FILE).chmod(0o644)
    assert load_secrets(Settings(data_dir=tmp_path)) == made
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_when_both_are_in_the_settings_then_no_file_is_made(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "var", rasa_secret=SecretStr("r" * 20), staff_token=SecretStr("s" * 20))
    secrets = load_secrets(settings)
    assert (secrets.rasa_secret, secrets.staff_token) == ("r" * 20, "s" * 20)
    assert not (tmp_path / "var").exists()


def test_when_one_is_empty_then_only_that_one_is_made(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, rasa_secret=SecretStr("r" * 20), staff_token=SecretStr(""))
    secrets = load_secrets(settings)
    assert secrets.rasa_secret == "r" * 20
    assert secrets.staff_token == json.loads((tmp_path / FILE).read_text("utf-8"))["staff_token"]


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "null", '{"rasa_secret": "x"}', '{"rasa_secret": "", "staff_token": 1}'),
        *(f'{{"rasa_secret": "r", "staff_token": "s", "vault_key": {key}}}' for key in ('""', '"short"', "1", "null")),
    ],
)
def test_when_the_file_holds_something_else_then_it_is_named_and_kept(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, "utf-8")
    with pytest.raises(SecretsFileError, match=FILE):
        load_secrets(Settings(data_dir=tmp_path))
    assert (tmp_path / FILE).read_text("utf-8") == content


def test_when_the_file_is_of_an_earlier_version_then_the_vault_key_is_added_and_the_rest_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"rasa_secret": "r", "staff_token": "s"}', "utf-8")
    key = load_vault_key(Settings(data_dir=tmp_path))
    secrets = load_secrets(Settings(data_dir=tmp_path))
    assert (secrets.rasa_secret, secrets.staff_token) == ("r", "s")
    assert load_vault_key(Settings(data_dir=tmp_path)) == key
    assert set(json.loads((tmp_path / FILE).read_text("utf-8"))) == {"rasa_secret", "staff_token", "vault_key"}
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("written", ["-_" * 21 + "8", "+/" * 21 + "8=", " -_-_-_-_" + "-_" * 17 + "8 \n"])
def test_when_the_vault_key_is_in_the_settings_then_it_is_that_however_it_is_written(
    tmp_path: Path, written: str
) -> None:
    settings = Settings(data_dir=tmp_path / "var", vault_key=SecretStr(written))
    assert load_vault_key(settings) == base64.urlsafe_b64decode("-_" * 21 + "8=")
    assert not (tmp_path / "var").exists()


def test_when_killed_while_writing_then_the_next_start_makes_them(tmp_path: Path) -> None:
    (tmp_path / f".{FILE}.partial").write_text('{"rasa_', "utf-8")
    assert load_secrets(Settings(data_dir=tmp_path)).rasa_secret


def test_when_printed_then_nothing_shows(tmp_path: Path) -> None:
    secrets = load_secrets(Settings(data_dir=tmp_path))
    assert secrets.rasa_secret not in repr(secrets)
    assert secrets.staff_token not in str(secrets)
