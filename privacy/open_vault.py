"""Which vault the settings ask for."""

from __future__ import annotations

from maru.secrets import load_vault_key
from maru.settings import Settings
from privacy.redis_vault import RedisVault
from privacy.vault import SessionVault, Vault


def open_vault(settings: Settings) -> Vault:
    """In Redis where the settings name one, else in process memory. Redis needn't run yet."""
    if settings.redis_url is None:
        return SessionVault(ttl_s=settings.vault_ttl_s)
    return RedisVault(
        settings.redis_url.get_secret_value(),
        key=load_vault_key(settings),
        ttl_s=settings.vault_ttl_s,
        timeout_s=settings.scrub_timeout_s / 2,
    )
