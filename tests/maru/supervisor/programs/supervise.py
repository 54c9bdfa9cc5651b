"""``supervise.py run|train FOLDER``: the supervisor with the stand-ins of this folder."""

import signal
import sys
from pathlib import Path

from maru.settings import Settings
from maru.supervisor import run, train
from maru.supervisor.commands import Programs

# Tests that run under nohup would hand on that a hang-up is ignored.
signal.signal(signal.SIGHUP, signal.SIG_DFL)

HERE = Path(__file__).parent
task, folder = sys.argv[1], Path(sys.argv[2])
port = int(sys.argv[3]) if len(sys.argv) > 3 else 0
programs = Programs(
    app=(sys.executable, str(HERE / "app.py")),
    rasa_server=(sys.executable, str(HERE / "rasa_server.py")),
    rasa_training=(sys.executable, str(HERE / "rasa_training.py")),
    root=folder / "checkout",
)
settings = Settings(data_dir=folder / "var", models_dir=folder / "models", port=port, rasa_port=0)
sys.exit((run if task == "run" else train)(settings, programs))
