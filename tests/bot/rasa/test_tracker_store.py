from __future__ import annotations

import asyncio
import json
import stat
import tempfile
import time
import unittest
from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.errors import BotError
from bot.tracker_store import WordlessTrackerStore

DOMAIN = Domain.load(str(Path(__file__).resolve().parents[3] / "domain.yml"))
SPOKEN = "홍길동 010-1234-5678"


def tracker_with_words(sender: str) -> DialogueStateTracker:
    tracker = DialogueStateTracker(sender, DOMAIN.slots)
    for event in (
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
        UserUttered(
            SPOKEN,
            {"name": "ask_faq", "confidence": 0.9},
            [{"entity": "entry_id", "value": "first-entry"}, {"entity": "person", "value": SPOKEN}],
            {"text": SPOKEN, "intent": {"name": "ask_faq", "confidence": 0.9}, "intent_ranking": [], "text_tokens": []},
            metadata={"locale": "ko"},
        ),
        ActionExecuted("action_answer"),
        BotUttered(SPOKEN, {"custom": {"text": SPOKEN}}),
        SlotSet("suggestions", ["first-entry"]),
        SlotSet("applicant", SPOKEN),
        ActionExecuted("action_listen"),
    ):
        tracker.update(event, DOMAIN)
    return tracker


class TrackerStoreTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "rasa.db"
        self.store = WordlessTrackerStore(DOMAIN, f"sqlite:///{self.path}")
        self.addCleanup(self.store.engine.dispose)

    def save(self, sender: str) -> None:
        asyncio.run(self.store.save(tracker_with_words(sender)))

    def test_when_a_conversation_is_saved_then_no_word_is_on_disk(self) -> None:
        self.save("s1")
        kept = b"".join(path.read_bytes() for path in self.path.parent.iterdir())
        for trace in (SPOKEN, "홍길동", "010-1234-5678", json.dumps("홍길동")[1:-1]):
            self.assertNotIn(trace.encode(), kept)

    def test_when_a_conversation_is_read_again_then_policies_find_intent_and_slots(self) -> None:
        self.save("s1")
        tracker = asyncio.run(self.store.retrieve("s1"))
        self.assertEqual(tracker.latest_message.intent["name"], "ask_faq")
        self.assertEqual(tracker.latest_message.entities, [{"entity": "entry_id", "value": "first-entry"}])
        self.assertIsNone(tracker.latest_message.text)
        self.assertEqual(tracker.get_slot("suggestions"), ["first-entry"])

    def test_when_it_is_saved_again_then_only_new_events_are_added(self) -> None:
        self.save("s1")
        tracker = asyncio.run(self.store.retrieve("s1"))
        tracker.update(UserUttered(SPOKEN, {"name": "greet", "confidence": 1.0}), DOMAIN)
        asyncio.run(self.store.save(tracker))
        self.assertEqual(len(asyncio.run(self.store.retrieve("s1")).events), len(tracker.events))

    def test_when_one_conversation_is_forgotten_then_the_other_stays(self) -> None:
        self.save("s1")
        self.save("s2")
        self.assertEqual(self.store.forget("s1"), 9)
        self.assertIsNone(asyncio.run(self.store.retrieve("s1")))
        self.assertIsNotNone(asyncio.run(self.store.retrieve("s2")))
        self.assertEqual(self.store.forget("s1"), 0)

    def test_when_nobody_has_touched_it_for_long_then_it_is_forgotten(self) -> None:
        self.save("s1")
        self.assertEqual(self.store.forget_idle(3600.0), 0)
        time.sleep(0.05)
        self.assertEqual(self.store.forget_idle(0.01), 9)

    def test_when_the_file_is_made_then_only_its_owner_reads_it_and_it_runs_in_wal_mode(self) -> None:
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        with self.store.engine.connect() as connection:
            self.assertEqual(connection.exec_driver_sql("PRAGMA journal_mode").scalar(), "wal")
        self.assertTrue(self.store.engine.hide_parameters)

    def test_when_the_file_is_gone_then_the_store_is_not_reachable(self) -> None:
        self.assertTrue(self.store.is_reachable())
        self.path.unlink()
        self.assertFalse(self.store.is_reachable())

    def test_when_the_database_cannot_be_opened_then_it_raises_at_once_without_the_password(self) -> None:
        started = time.monotonic()
        for url in ("postgresql://maru:hunter2@127.0.0.1:1/rasa", "sqlite:////no/such/folder/rasa.db", "sqlite://", ""):
            with self.subTest(url), self.assertRaises(BotError) as raised:
                WordlessTrackerStore(DOMAIN, url)
            self.assertNotIn("hunter2", str(raised.exception))
        self.assertLess(time.monotonic() - started, 5)
