"""The boundary: libraries on an utterance's path fail for real while they hold it, and none tells of it.

Each failure happens in a process of its own at DEBUG. The log may hold no word of the utterance; neither may the text
of the exception that the caller gets.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from maru.settings import ROOT
from privacy.scrubbed_text import ScrubbedText
from privacy.transcripts import TranscriptStore

# Put together at run time, for a program's own text may stand in a traceback's lines.
BEFORE = """
    import asyncio, logging, sys
    from maru.logging import configure_logging
    from maru.settings import Settings
    canary = " ".join(["홍길동", "010-1234-5678", "hong" + chr(64) + "example.com", "canary" + "word"])
    configure_logging(Settings(_env_file=None, log_level="DEBUG"))
    log = logging.getLogger("some.library")

    def refused(work, *errors):
        try:
            work()
        except errors or Exception as error:
            print(type(error).__name__, error)  # what whoever prints an exception would print
            log.exception("refused")
            log.error("refused %s", error)
            log.error(f"refused {error}")
        else:
            raise SystemExit("nothing was refused")
"""
FORBIDDEN = ("홍길동", "\\ud64d", "길동", "1234-5678", "12345678", "hong@", "canaryword")

FAILURES = {
    "pydantic: a body of the API": """
        from web.schemas import FeedbackRequest, SessionRequest, TurnRequest
        refused(lambda: TurnRequest.model_validate({"text": [canary]}))
        refused(lambda: TurnRequest.model_validate({"entry_id": canary}))
        refused(lambda: SessionRequest.model_validate({"audience": canary}))
        refused(lambda: FeedbackRequest.model_validate({"turn_id": canary, "value": canary}))
        from web.voice_stream import Start
        refused(lambda: Start.model_validate({"type": "start", "session_id": "s", "format": canary}))
        refused(lambda: Start.model_validate_json('{"type": "' + canary + '"'))
        """,
    "pydantic: what Rasa asks for": """
        from web.internal import EmbeddingRequest
        refused(lambda: EmbeddingRequest.model_validate({"texts": {"a": canary}}))
        refused(lambda: EmbeddingRequest.model_validate({"texts": [canary * 200]}))
        """,
    "SQLAlchemy: a statement that fails": """
        from sqlalchemy import text
        from maru.database import open_engine
        engine = open_engine("sqlite://")
        def write():
            with engine.begin() as connection:
                connection.execute(text("CREATE TABLE kept (words TEXT CHECK (length(words) < 5))"))
                connection.execute(text("INSERT INTO kept VALUES (:words)"), {"words": canary})
        refused(write)
        """,
    "Presidio: a recognizer that fails": """
        from privacy.errors import ScrubFailed
        from privacy.recognizers.phone import PhoneRecognizer
        from privacy.scrubber import Scrubber
        def fail(self, text, *_, **__):
            logging.getLogger("presidio-analyzer").error("at %s", text)
            raise ValueError(text)
        scrubber = Scrubber(timeout_s=60)
        PhoneRecognizer.analyze = fail
        refused(lambda: scrubber.scrub(canary, "session"), ScrubFailed)
        """,
    "Presidio: all that it logs": """
        from privacy.scrubber import Scrubber
        logging.getLogger("presidio-analyzer").setLevel(logging.DEBUG)
        scrubber = Scrubber(timeout_s=60)
        logging.getLogger("presidio-analyzer").setLevel(logging.DEBUG)
        scrubber.scrub(canary, "session")
        """,
    "Kiwi: half a character": """
        from privacy.errors import ScrubFailed
        from privacy.scrubber import Scrubber
        scrubber = Scrubber(timeout_s=60)
        refused(lambda: scrubber.scrub(canary + chr(0xD800), "session"), ScrubFailed)
        refused(lambda: scrubber.scrub(canary * 200, "session"), ScrubFailed)
        refused(lambda: Scrubber(timeout_s=0.0).scrub(canary, "session"), ScrubFailed)
        from kiwipiepy import Kiwi
        refused(lambda: Kiwi().tokenize(5, stopwords=canary))
        """,
    "Redis: nobody there": """
        from privacy.errors import VaultUnavailable
        from privacy.redis_vault import RedisVault
        vault = RedisVault("redis://127.0.0.1:1", key=bytes(32), ttl_s=60, timeout_s=0.5)
        refused(lambda: vault.keep("session", "전화번호", canary, canary), VaultUnavailable)
        """,
    "httpx: Rasa isn't there": """
        from knowledge.entry import Viewer
        from privacy.scrubbed_text import _seal
        from web.rasa_client import RasaClient, RasaUnavailableError
        async def send():
            rasa = RasaClient("http://127.0.0.1:1", "secret", 1.0)
            await rasa.send("session", _seal(canary, ()), Viewer("citizen", "city", "ko"), turn_id="t", modality="text")
        refused(lambda: asyncio.run(send()), RasaUnavailableError)
        """,
    "rasa-sdk: an action that fails": """
        from rasa_sdk import Action
        from rasa_sdk.executor import ActionExecutor
        class Fails(Action):
            def name(self):
                return "action_fails"
            async def run(self, dispatcher, tracker, domain):
                raise ValueError(tracker.latest_message["text"])
        executor = ActionExecutor()
        executor.register_action(Fails())
        tracker = {"sender_id": "s", "latest_message": {"text": canary}, "slots": {}, "events": [], "paused": False}
        call = {"next_action": "action_fails", "tracker": tracker, "domain": {"a": 1}}
        async def run():
            return await executor.run(call)
        try:
            asyncio.run(run())
        except ValueError:
            log.exception("refused")
        """,
    "uvicorn: an application that fails": """
        import socket, threading, time
        import httpx, uvicorn
        async def app(scope, receive, send):
            if scope["type"] == "http":
                raise ValueError(canary)
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        answer = httpx.get(f"http://127.0.0.1:{port}/", params={"text": canary}, trust_env=False)
        print(answer.status_code, answer.text)
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.sendall(canary.encode() + b"\\r\\n\\r\\n")
            print(raw.recv(1000))
        server.should_exit = True
        thread.join()
        """,
    "asyncio: slow callbacks and tasks that nobody waits for": """
        import gc, time
        async def slow(text):
            time.sleep(0.2)
        async def fails(text):
            raise ValueError(text)
        async def main():
            await slow(canary)
            task = asyncio.create_task(fails(canary), name=canary)
            await asyncio.sleep(0.01)
            del task
            gc.collect()
            asyncio.get_running_loop().call_exception_handler({"message": canary, "task": asyncio.current_task()})
        asyncio.run(main(), debug=True)
        """,
    "faulthandler: where each thread was": """
        import faulthandler
        def dump(text):
            faulthandler.dump_traceback(file=sys.stderr)
        dump(canary)
        """,
    "multipart: a form that breaks off": """
        from starlette.formparsers import MultiPartParser, MultiPartException
        from starlette.datastructures import Headers
        async def stream():
            yield f'--b\\r\\nContent-Disposition: form-data; name="{canary}"\\r\\n\\r\\n{canary}'.encode() * 3
            yield b""
        parser = MultiPartParser(Headers({"content-type": "multipart/form-data; boundary=b"}), stream())
        try:
            asyncio.run(parser.parse())
        except MultiPartException as error:
            print(error.message)
        """,
}
LOUD = frozenset(FAILURES) - {
    *("Presidio: all that it logs", "faulthandler: where each thread was", "multipart: a form that breaks off"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FAILURES)
def test_when_a_library_fails_over_an_utterance_then_nobody_is_told_a_word_of_it(name: str, tmp_path: Path) -> None:
    program = textwrap.dedent(BEFORE) + textwrap.dedent(FAILURES[name])
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", program],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    assert [word for word in FORBIDDEN if word in told] == [], told
    assert done.stderr or name not in LOUD, "nothing was logged: the failure did not happen"


@pytest.mark.slow
def test_when_speech_is_recognised_at_debug_then_the_log_holds_no_word_of_it() -> None:
    program = textwrap.dedent(BEFORE) + textwrap.dedent(
        """
        from pathlib import Path
        from maru.settings import get_settings
        from voice.audio import AudioLimits, decode
        from voice.whisper_recognizer import WhisperRecognizer
        logging.getLogger("faster_whisper").setLevel(logging.DEBUG)
        settings = get_settings()
        heard = WhisperRecognizer.load(settings)
        data = Path("tests/fixtures/audio/move-in.webm").read_bytes()
        print(heard.transcribe(decode(data, AudioLimits.from_settings(settings)), "ko").text)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    heard = [word for word in done.stdout.replace("?", " ").split() if len(word) > 1]
    assert heard
    assert [
        word for word in heard if word in done.stderr or word.encode("unicode_escape").decode() in done.stderr
    ] == []


def test_when_plain_words_are_passed_on_then_the_type_checker_refuses_each(tmp_path: Path) -> None:
    program = tmp_path / "passes_plain_words.py"
    program.write_text(
        textwrap.dedent(
            """
            from knowledge.entry import Viewer
            from privacy.scrubbed_text import ScrubbedText
            from privacy.transcripts import TranscriptStore
            from web.rasa_client import RasaClient
            from web.recent_turns import RecentTurns

            async def send(words: str, rasa: RasaClient, store: TranscriptStore, recent: RecentTurns) -> None:
                store.record_turn("session", words, turn_id="t")
                recent.add("session", words)
                await rasa.send("session", words, Viewer("citizen", "city", "ko"), turn_id="t", modality="text")

            async def send_scrubbed(words: ScrubbedText, rasa: RasaClient, store: TranscriptStore) -> None:
                store.record_turn("session", words, turn_id="t")
                await rasa.send("session", words, Viewer("citizen", "city", "ko"), turn_id="t", modality="text")
            """
        ),
        "utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--no-error-summary",
        "--cache-dir",
        str(ROOT / ".mypy_cache"),
        str(program),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    lines = [line for line in done.stdout.splitlines() if program.name in line]
    assert [line.split(":")[1] for line in lines if "[arg-type]" in line] == ["9", "10", "11"], done.stdout
    assert len(lines) == 3, done.stdout


@pytest.mark.parametrize("words", ["010-1234-5678", b"010-1234-5678", ["010-1234-5678"], object.__new__(ScrubbedText)])
def test_when_plain_words_are_to_be_stored_then_that_is_a_type_error_without_them(words: object) -> None:
    store = object.__new__(TranscriptStore)  # it comes no further than its first check
    with pytest.raises(TypeError) as caught:
        store.record_turn("session", words, turn_id="t")  # type: ignore[arg-type]
    assert "1234" not in str(caught.value)
