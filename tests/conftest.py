"""What several folders of tests share: the real embedding model, loaded once a run, and what was embedded before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from knowledge.embedder import Embedder
    from knowledge.vector_cache import VectorCache

# The machine may be busy with other things: how long an example takes says nothing.
settings.register_profile("maru", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("maru")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the real model is slow."""
    for item in items:
        if "embedder" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real model that the settings name; `make setup` has put it there."""
    from knowledge.embedder import load_embedder
    from maru.settings import Settings

    return load_embedder(Settings())


@pytest.fixture(scope="session")
def vector_cache(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> VectorCache:
    """One cache of the real model's vectors for the whole run."""
    from knowledge.vector_cache import VectorCache

    return VectorCache(tmp_path_factory.mktemp("vectors") / "vectors.db", embedder.fingerprint, embedder.dimension)
