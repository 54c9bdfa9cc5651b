"""Train on the real data and serve it as in production; only the app is a stand-in."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

from stand_in_app import FINGERPRINT, SECRET, StandInApp, encode

ROOT = Path(__file__).resolve().parents[3]
METADATA = {"audience": "citizen", "locale": "ko", "modality": "text", "agency": "city", "session": "s", "turn": "t"}
START_S = 120.0
SAID = "홍길동이라는 사람을 찾습니다"


class Setting(unittest.TestCase):
    """One stand-in app and one trained model for the module; each class starts a server of its own."""

    app: ClassVar[StandInApp]
    folder: ClassVar[Path]
    model: ClassVar[Path]
    environment: ClassVar[dict[str, str]]
    training: ClassVar[subprocess.CompletedProcess]
    server: ClassVar[subprocess.Popen]
    url: ClassVar[str]

    @classmethod
    def train(cls) -> None:
        folder = tempfile.TemporaryDirectory(prefix="maru rasa ")  # a space in the path must not matter
        unittest.addModuleCleanup(folder.cleanup)
        app = StandInApp()
        app.__enter__()
        unittest.addModuleCleanup(app.__exit__)
        cls.app, cls.folder, cls.model = app, Path(folder.name), Path(folder.name) / "rasa.tar.gz"
        cls.environment = {
            **os.environ,
            "MARU_RASA_SECRET": SECRET,
            "MARU_APP_URL": app.url,
            "MARU_RASA_HOST": "127.0.0.1",
            "MARU_RASA_PORT": "0",
            "MARU_RASA_DATABASE_URL": f"sqlite:///{folder.name}/rasa.db",
        }
        cls.training = cls.run_module("bot.train", "--out", str(cls.model))
        assert cls.training.returncode == 0, cls.training.stderr

    @classmethod
    def setUpClass(cls) -> None:
        cls.server, cls.url = cls.start(f"{cls.__name__}.log")
        cls.addClassCleanup(cls.server.kill)

    @classmethod
    def run_module(cls, *arguments: str, **changed: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env={**cls.environment, **changed},
            capture_output=True,
            text=True,
            timeout=300,
        )

    @classmethod
    def start(cls, name: str) -> tuple[subprocess.Popen, str]:
        log = cls.folder / name
        with log.open("w") as errors:
            command = [sys.executable, "-m", "bot.serve", "--model", str(cls.model), "--log-level", "DEBUG"]
            server = subprocess.Popen(command, cwd=ROOT, env=cls.environment, stderr=errors, stdout=errors)
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and server.poll() is None:
            for line in log.read_text("utf-8").splitlines():
                event = json.loads(line)["event"] if line.startswith("{") else ""
                if event.startswith("ready on "):
                    return server, event.split()[2]
            time.sleep(0.1)
        server.kill()
        raise AssertionError(f"the server did not start: {log.read_text('utf-8')[-2000:]}")

    def call(
        self, path: str, body: dict[str, Any] | None = None, secret: str = SECRET, url: str | None = None
    ) -> tuple[int, dict[str, Any]]:
        request = urllib.request.Request(
            f"{url or self.url}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {secret}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def turn(self, text: str, sender: str = "turns", **fields: Any) -> tuple[int, dict[str, Any]]:
        body = {"sender": sender, "text": text, "choice": None, "vector": encode(text), "metadata": METADATA, **fields}
        return self.call("/webhooks/maru/webhook", body)


class ServerTest(Setting):
    def test_when_training_ends_then_it_prints_progress_and_one_json_line(self) -> None:
        progress, result = self.training.stdout.splitlines()
        described = json.loads(result)
        self.assertEqual((described["embedder"], described["dimension"]), (FINGERPRINT, 384))
        self.assertEqual(described["model"], str(self.model))
        self.assertTrue(progress)

    def test_when_training_runs_again_then_it_understands_exactly_alike(self) -> None:
        again = self.folder / "again.tar.gz"
        self.assertEqual(self.run_module("bot.train", "--out", str(again)).returncode, 0)
        script = (
            "import io, json, sys, tarfile, skops.io as sio\n"
            "for path in sys.argv[1:]:\n"
            "    archive = tarfile.open(path)\n"
            "    name = next(n for n in archive.getnames() if n.endswith('.skops'))\n"
            "    print(sio.loads(archive.extractfile(name).read(), trusted=[]).coef_.tobytes().hex())\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(self.model), str(again)], capture_output=True, text=True, timeout=120
        )
        first, second = done.stdout.split()
        self.assertEqual(first, second)

    def test_when_the_app_is_away_then_training_says_so_in_one_line_and_leaves_no_file(self) -> None:
        missing = self.folder / "missing.tar.gz"
        done = self.run_module("bot.train", "--out", str(missing), MARU_APP_URL="http://127.0.0.1:9")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn("is the app running?", done.stderr)
        self.assertFalse(missing.exists())

    def test_when_something_is_missing_then_the_server_refuses_to_start(self) -> None:
        for name, changed, arguments in (
            ("MARU_RASA_SECRET", {"MARU_RASA_SECRET": ""}, [str(self.model)]),
            ("no model file", {}, [str(self.folder)]),
            ("not a model", {}, [str(ROOT / "config.yml")]),
        ):
            with self.subTest(name):
                done = self.run_module("bot.serve", "--model", *arguments, **changed)
                self.assertEqual(done.returncode, 2)
                self.assertIn(name, done.stderr)

    def test_when_the_secret_is_wrong_then_every_route_refuses(self) -> None:
        for path, body in (("webhook", {}), ("forget", {}), ("health", None)):
            for secret in ("", "wrong", SECRET + "x"):
                with self.subTest(path=path, secret=secret):
                    status, answer = self.call(f"/webhooks/maru/{path}", body, secret)
                    self.assertEqual((status, answer["error"]["code"]), (401, "secret"))

    def test_when_asked_for_rasas_own_api_then_there_is_none(self) -> None:
        for path in ("/", "/status", "/model/parse", "/conversations/turns/tracker", "/webhooks/rest/webhook"):
            with self.subTest(path):
                self.assertEqual(self.call(path, {})[0], 404)

    def test_when_a_trained_example_is_said_then_its_action_answers(self) -> None:
        for text, intent, action in (
            ("안녕하세요", "greet", "action_greet"),
            ("전입신고는 어떻게 하나요", "ask_faq", "action_answer"),
            ("김치찌개 레시피 알려줘", "out_of_scope", "action_answer"),
            ("두 번째 거요", "choose_suggestion", "action_choose_suggestion"),
            ("상담원 연결해줘", "request_human", "action_request_human"),
            ("불이 났어요 빨리 와주세요", "emergency", "action_emergency"),
        ):
            with self.subTest(text):
                status, answer = self.turn(text)
                self.assertEqual(status, 200)
                self.assertEqual(answer["messages"], [{"action": action, "heard": text}])
                self.assertEqual(answer["intent"]["name"], intent)

    def test_when_a_suggestion_is_pressed_then_its_entry_id_reaches_the_action(self) -> None:
        status, answer = self.turn("", "presses", choice="resident-move-in", vector=None)
        self.assertEqual((status, answer["intent"]["name"]), (200, "choose_suggestion"))
        latest = self.app.calls[-1]["tracker"]["latest_message"]
        self.assertEqual(latest["entities"][0]["value"], "resident-move-in")
        self.assertEqual(latest["metadata"], METADATA)

    def test_when_words_look_like_a_command_then_they_are_not_obeyed(self) -> None:
        status, answer = self.turn('/choose_suggestion{"entry_id": "secret-entry"}', "commands")
        self.assertEqual(status, 200)
        self.assertEqual(self.app.calls[-1]["tracker"]["latest_message"]["entities"], [])
        self.assertEqual(answer["messages"][0]["heard"], 'choose_suggestion{"entry_id": "secret-entry"}')

    def test_when_a_vector_is_handed_over_then_neither_tracker_nor_action_nor_embedder_sees_it(self) -> None:
        self.app.embedded.clear()
        self.turn("여권 사진 규격", "vectors")
        self.assertEqual(self.app.embedded, [])
        call = json.dumps(self.app.calls[-1])
        self.assertNotIn("sentence_vector", call)
        self.assertNotIn(encode("여권 사진 규격")[:40], call)

    def test_when_no_vector_comes_then_the_app_is_asked(self) -> None:
        self.app.embedded.clear()
        status, answer = self.turn("안녕하세요", "no-vector", vector=None)
        self.assertEqual((status, answer["intent"]["name"]), (200, "greet"))
        self.assertEqual(self.app.embedded, ["안녕하세요"])

    def test_when_turns_of_one_conversation_come_at_once_then_none_is_lost(self) -> None:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda number: self.turn("안녕하세요", "at-once"), range(8)))
        self.assertEqual([status for status, _ in answers], [200] * 8)
        with sqlite3.connect(self.folder / "rasa.db") as database:
            rows = database.execute("SELECT count(*) FROM events WHERE sender_id='at-once' AND type_name='user'")
            self.assertEqual(rows.fetchone()[0], 8)

    def test_when_a_conversation_is_forgotten_then_nothing_of_it_is_left(self) -> None:
        self.turn("안녕하세요", "forgotten")
        status, answer = self.call("/webhooks/maru/forget", {"sender": "forgotten"})
        self.assertEqual(status, 200)
        self.assertGreater(answer["erased"], 0)
        for path in self.folder.glob("rasa.db*"):
            self.assertNotIn(b"forgotten", path.read_bytes(), path.name)

    def test_when_an_action_fails_then_the_reply_is_empty_and_no_log_and_no_file_holds_the_words(self) -> None:
        self.app.fail = True
        self.addCleanup(setattr, self.app, "fail", False)
        status, answer = self.turn(SAID, "fails")
        self.assertEqual((status, answer["messages"]), (200, []))
        for path in [self.folder / "ServerTest.log", *self.folder.glob("rasa.db*")]:
            kept = path.read_bytes()
            for trace in (SAID, "홍길동", json.dumps(SAID)[1:13]):
                self.assertNotIn(trace.encode(), kept, path.name)

    def test_when_healthy_then_model_and_store_are_named(self) -> None:
        status, answer = self.call("/webhooks/maru/health")
        self.assertEqual((status, answer["ready"]), (200, True))
        self.assertEqual((answer["model"]["file"], answer["model"]["embedder"]), ("rasa.tar.gz", FINGERPRINT))
        self.assertEqual(answer["tracker_store"], {"configured": True, "reachable": True})


class ServerEndTest(Setting):
    def test_when_the_database_breaks_then_the_turn_fails_openly_and_nothing_moves_to_memory(self) -> None:
        with sqlite3.connect(self.folder / "rasa.db") as database:
            database.execute("DROP TABLE events")
        status, answer = self.turn("안녕하세요", "broken")
        self.assertEqual((status, answer["error"]["code"]), (503, "turn_failed"))
        status, answer = self.call("/webhooks/maru/health")
        self.assertEqual((status, answer["tracker_store"]), (503, {"configured": True, "reachable": False}))

    def test_when_told_to_stop_then_it_is_gone_within_three_seconds(self) -> None:
        self.server.send_signal(signal.SIGTERM)
        self.assertEqual(self.server.wait(timeout=3), 0)

    def test_when_the_parent_is_gone_then_the_server_goes_too(self) -> None:
        script = (
            "import subprocess, sys\n"
            "child = subprocess.Popen([sys.executable, '-m', 'bot.serve', '--model', sys.argv[1]])\n"
            "print(child.pid, flush=True)\n"
            "sys.stdin.read()\n"
        )
        parent = subprocess.Popen(
            [sys.executable, "-c", script, str(self.model)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        child = int(parent.stdout.readline())
        time.sleep(1.5)
        parent.kill()
        parent.communicate()
        deadline = time.monotonic() + 8
        while time.monotonic() < deadline and _lives(child):
            time.sleep(0.1)
        self.assertFalse(_lives(child))


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def setUpModule() -> None:
    """Train once."""
    Setting.train()
