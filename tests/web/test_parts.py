"""Which parts answer."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from pydantic import SecretStr

from maru.clock import SystemClock
from maru.database import migrate, open_engine
from maru.settings import Settings
from privacy.errors import ScrubFailed
from privacy.redis_vault import RedisVault
from tests.redis_server import a_server, needs_redis
from web.parts import Parts

UTTERANCE = "제 번호는 010-1234-5678이에요"


@needs_redis
def test_when_the_shared_vault_comes_and_goes_then_readiness_and_the_scrubber_follow(tmp_path: Path) -> None:
    with a_server() as server:
        settings = Settings(data_dir=tmp_path, redis_url=SecretStr(server.url), scrub_timeout_s=20.0)
        engine = open_engine(settings.app_database_url)
        migrate(engine)
        parts = Parts(settings, engine, SystemClock())
        assert parts.status()["privacy"] is False
        server.kill()
        parts._load_privacy()  # Redis needn't be there when Maru starts
        assert parts.status()["privacy"] is False
        with pytest.raises(ScrubFailed):
            parts.scrubber().scrub(UTTERANCE, "s")
        server.start()
        assert parts.status()["privacy"] is True
        assert parts.scrubber().scrub(UTTERANCE, "s").text == "제 번호는 <전화번호_1>이에요"
        server.kill(signal.SIGKILL)
        assert parts.status()["privacy"] is False
        vault = parts.scrubber().vault
        assert isinstance(vault, RedisVault)
        vault.close()
        engine.dispose()
