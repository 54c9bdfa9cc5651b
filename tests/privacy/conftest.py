from __future__ import annotations

from pathlib import Path

import pytest

from privacy import Scrubber, SessionVault

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def scrubber() -> Scrubber:
    return Scrubber(SessionVault(ttl_s=1800, max_values=1_000_000), timeout_s=60.0)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return SHARED
