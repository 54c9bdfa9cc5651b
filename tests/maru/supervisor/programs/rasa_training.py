"""Stands in for ``bot.train``. FAKE_TRAINING=fails: it ends with 1."""

import os
import sys
from pathlib import Path

if os.environ.get("FAKE_TRAINING") == "fails":
    print("why-training-failed", file=sys.stderr)
    sys.exit(1)
out = Path(sys.argv[sys.argv.index("--out") + 1])
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text("a model", "utf-8")
