"""The app's process: ``python -m web.serve``."""

from __future__ import annotations

import uvicorn

from maru.core_dumps import forbid_core_dumps
from maru.logging import configure_logging
from maru.settings import get_settings
from web.app import create_app


def main() -> None:
    """Serve until told to stop."""
    forbid_core_dumps()
    settings = get_settings()
    configure_logging(settings)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=30,
        # Live speech comes in pieces of a second or less, and sound doesn't compress.
        ws_max_size=256_000,
        ws_per_message_deflate=False,
    )


if __name__ == "__main__":
    main()
