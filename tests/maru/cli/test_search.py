from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from maru.settings import get_settings
from tests.maru.cli.conftest import Maru, read_lines, write_lines

pytestmark = pytest.mark.slow

QUESTIONS: list[dict[str, Any]] = [
    {"qid": "q1", "question": "이사 왔는데 주소는 어떻게 바꿔요?"},
    {"qid": 2, "question": "여권이 없어졌어요"},
    {"qid": "q3", "question": "연가는 며칠까지 쓸 수 있나요?"},
    {"qid": "q4", "question": "", "hypotheses": [{"text": "여권", "score": 0.5}]},
    {"qid": "q5", "question": "오늘 점심 뭐 먹지"},
]
CITIZEN_IDS = {"resident-move-in", "passport-lost", "waste-bulky"}


def assert_contract(rows: list[Any], questions: list[dict[str, Any]], ids: set[str], top: int = 10) -> None:
    assert [row["qid"] for row in rows] == [question["qid"] for question in questions]
    for row in rows:
        assert list(row) == ["qid", "status", "hits", "ms"]
        assert row["status"] in {"answered", "clarify", "no_answer"}
        assert row["ms"] > 0
        assert all(list(hit) == ["entry_id", "score"] for hit in row["hits"])
        scores = [hit["score"] for hit in row["hits"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        found = [hit["entry_id"] for hit in row["hits"]]
        assert len(found) == len(set(found)) <= top
        assert set(found) <= ids


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "questions.jsonl", QUESTIONS)


def test_when_our_own_entries_are_searched_then_the_contracts_rows_come_out(
    maru: Maru, warm: None, asked: Path, tmp_path: Path
) -> None:
    result = maru("search", "--in", asked, "--out", tmp_path / "hits.jsonl", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"questions": 5, "entries": 4}
    rows = read_lines(tmp_path / "hits.jsonl")
    assert_contract(rows, QUESTIONS, CITIZEN_IDS)
    assert [rows[0]["hits"][0]["entry_id"], rows[1]["hits"][0]["entry_id"]] == ["resident-move-in", "passport-lost"]
    assert rows[4]["status"] == "no_answer"


def test_when_somebody_is_in_danger_then_that_comes_before_any_entry(maru: Maru, warm: None, tmp_path: Path) -> None:
    told = ["불이야", "할머니가 쓰러지셨어요 여권도 없고요", "죽고 싶어요", "가스 안전점검 신청", "My son is missing"]
    asked = write_lines(tmp_path / "in.jsonl", [{"qid": n, "question": text} for n, text in enumerate(told)])
    assert maru("search", "--in", asked, "--out", tmp_path / "out.jsonl").exit_code == 0
    rows = read_lines(tmp_path / "out.jsonl")
    assert [row["status"] == "emergency" for row in rows] == [True, True, True, False, True]
    assert all(row["hits"] == [] for row in rows if row["status"] == "emergency")


def test_when_a_question_was_spoken_then_all_that_may_have_been_said_is_searched(
    maru: Maru, warm: None, tmp_path: Path
) -> None:
    misheard = "여고 눈실 싱고"
    questions = [
        {"qid": "alone", "question": misheard},
        {"qid": "texts", "question": misheard, "hypotheses": ["여권 분실 신고"]},
        {"qid": "scored", "question": misheard, "hypotheses": [{"text": "여권 분실 신고", "score": 0.2}]},
        {"qid": "none", "question": "여권이 없어졌어요", "hypotheses": []},
    ]
    asked = write_lines(tmp_path / "in.jsonl", questions)
    assert maru("search", "--in", asked, "--out", tmp_path / "out.jsonl").exit_code == 0
    alone, texts, scored, none = (row["hits"][0] for row in read_lines(tmp_path / "out.jsonl"))
    assert texts == scored
    assert texts["entry_id"] == none["entry_id"] == "passport-lost"
    assert alone["entry_id"] != "passport-lost" or alone["score"] < texts["score"]


@pytest.mark.parametrize("hypotheses", ["여권", [1], [{"score": 0.5}], {"text": "여권"}])
def test_when_hypotheses_are_malformed_then_the_question_is_named(
    maru: Maru, warm: None, tmp_path: Path, hypotheses: Any
) -> None:
    asked = write_lines(tmp_path / "in.jsonl", [{"qid": "q7", "question": "여권", "hypotheses": hypotheses}])
    result = maru("search", "--in", asked, "--out", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert "q7" in result.output
    assert not (tmp_path / "out.jsonl").exists()


def test_when_the_audience_is_staff_then_only_staff_entries_come(
    maru: Maru, warm: None, asked: Path, tmp_path: Path
) -> None:
    result = maru("search", "--in", asked, "--out", tmp_path / "hits.jsonl", "--audience", "staff")
    assert (result.exit_code, result.stdout) == (0, "")
    rows = read_lines(tmp_path / "hits.jsonl")
    assert_contract(rows, QUESTIONS, {"staff-leave-annual"})
    assert rows[2]["hits"][0]["score"] > rows[4]["hits"][0]["score"]


def test_when_only_the_best_are_wanted_then_no_more_come(maru: Maru, warm: None, asked: Path, tmp_path: Path) -> None:
    assert maru("search", "--in", asked, "--out", tmp_path / "hits.jsonl", "--top", 1).exit_code == 0
    assert_contract(read_lines(tmp_path / "hits.jsonl"), QUESTIONS, CITIZEN_IDS, top=1)


def test_when_read_from_and_written_to_the_standard_streams_then_only_rows_come_out(maru: Maru, warm: None) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in QUESTIONS)
    result = maru("search", "--in", "-", "--out", "-", "--json", input=lines)
    assert result.exit_code == 0
    assert_contract([json.loads(line) for line in result.stdout.splitlines()], QUESTIONS, CITIZEN_IDS)


FOREIGN = [
    {"entry_id": "A/1", "question": "수영장은 몇 시에 여나요?", "answer": "새벽 여섯 시에 엽니다."},
    {"entry_id": "A 2", "question": "도서관 회원증 만들기", "answer": ""},
    {"entry_id": 3, "question": "불법 주차 신고", "answer": None, "extra": {"a": 1}},
    {
        "entry_id": "직원",
        "question": "출장비 정산은 언제 하나요?",
        "answer": "긴 답 " * 500,
        "variants": ["출장비 언제 줘요"],
        "category": "급여",
        "audience": "staff",
        "locale": "ko",
    },
    {"entry_id": "en", "question": "How do I get a library card?", "answer": "Ask.", "locale": "en", "variants": []},
]


def test_when_a_foreign_corpus_is_given_then_it_is_searched_and_nothing_of_it_is_kept(
    maru: Maru, warm: None, tmp_path: Path
) -> None:
    questions: list[dict[str, Any]] = [
        {"qid": 1, "question": "도서관 회원증은 어떻게 만들어요"},
        {"qid": 2, "question": "수영장 여는 시간"},
        {"qid": 3, "question": "출장비 정산은 언제 하나요?"},
        {"qid": 4, "question": "Where can I get a library card?"},
    ]
    entries = write_lines(tmp_path / "entries.jsonl", FOREIGN)
    before = set(tmp_path.rglob("*"))
    arguments = ("search", "--in", write_lines(tmp_path / "in.jsonl", questions), "--entries", entries)
    assert maru(*arguments, "--out", tmp_path / "out.jsonl").exit_code == 0

    rows = read_lines(tmp_path / "out.jsonl")
    assert_contract(rows, questions, {"A/1", "A 2", "3", "en"})
    assert rows[0]["hits"][0]["entry_id"] in {"A 2", "en"}
    assert rows[1]["hits"][0]["entry_id"] == "A/1"
    made = {path.name for path in set(tmp_path.rglob("*")) - before}
    assert made == {"in.jsonl", "out.jsonl"}  # neither a database nor an index

    assert maru(*arguments, "--out", tmp_path / "staff.jsonl", "--audience", "staff").exit_code == 0
    assert_contract(read_lines(tmp_path / "staff.jsonl"), questions, {"직원"})


@pytest.mark.parametrize(
    ("agency", "found"), [([], {"a", "b"}), (["--agency", "mapo"], {"a"}), (["--agency", "unknown"], {"a", "b"})]
)
def test_when_an_agency_is_named_then_its_entries_stand_in_the_place_of_the_common_ones(
    maru: Maru, warm: None, asked: Path, tmp_path: Path, agency: list[str], found: set[str]
) -> None:
    rows = [
        {"entry_id": "a", "question": "여권을 잃어버렸어요", "answer": "시의 답"},
        {"entry_id": "a", "question": "여권을 잃어버렸어요", "answer": "마포구의 답", "agency": "mapo"},
        {"entry_id": "b", "question": "주소를 바꾸려면요?", "answer": "시의 답"},
        {"entry_id": "b", "question": "", "answer": "", "agency": "mapo", "publication": "hidden"},
    ]
    entries = write_lines(tmp_path / "entries.jsonl", rows)
    result = maru("search", "--in", asked, "--entries", entries, "--out", tmp_path / "out.jsonl", *agency)
    assert result.exit_code == 0, result.stderr
    assert {hit["entry_id"] for row in read_lines(tmp_path / "out.jsonl") for hit in row["hits"]} == found


def test_when_a_foreign_corpus_is_empty_then_every_question_is_unanswered(
    maru: Maru, warm: None, asked: Path, tmp_path: Path
) -> None:
    entries = write_lines(tmp_path / "entries.jsonl", [])
    assert maru("search", "--in", asked, "--entries", entries, "--out", tmp_path / "out.jsonl").exit_code == 0
    rows = read_lines(tmp_path / "out.jsonl")
    assert_contract(rows, QUESTIONS, set())
    assert {row["status"] for row in rows} == {"no_answer"}


@pytest.mark.parametrize(
    ("questions", "entries", "said"),
    [
        ('{"qid": 1, "question": "a"}\n{"qid": 2', None, "in.jsonl:2행: JSON이 아닙니다"),
        ('{"qid": 1}', None, "in.jsonl:1행: 없는 항목: question"),
        ('{"qid": 7, "question": null}', None, "7: question"),
        ('{"qid": 1, "question": "a"}', '{"entry_id": "a", "question": "q", "answer": "a"}\nx', "entries.jsonl:2행"),
        ('{"qid": 1, "question": "a"}', '{"entry_id": "a", "question": "q"}', "entries.jsonl:1행: 없는 항목: answer"),
        (
            '{"qid": 1, "question": "a"}',
            '{"entry_id": "a", "question": "", "answer": "x"}',
            "entries.jsonl: a: question",
        ),
        (
            '{"qid": 1, "question": "a"}',
            '{"entry_id": "a", "question": "q", "answer": "a", "variants": 3}',
            "entries.jsonl: a: variants",
        ),
    ],
)
def test_when_a_file_is_wrong_then_the_line_is_named_and_nothing_is_written(
    maru: Maru, warm: None, tmp_path: Path, questions: str, entries: str | None, said: str
) -> None:
    (tmp_path / "in.jsonl").write_text(questions)
    more: list[object] = []
    if entries is not None:
        (tmp_path / "entries.jsonl").write_text(entries)
        more = ["--entries", tmp_path / "entries.jsonl"]
    result = maru("search", "--in", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl", *more)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    "words", [["--audience", "everyone"], ["--locale", "fr"], ["--top", "0"], ["--top", "51"], ["--top", "many"]]
)
def test_when_an_option_is_wrong_then_it_ends_with_2(maru: Maru, asked: Path, tmp_path: Path, words: list[str]) -> None:
    result = maru("search", "--in", asked, "--out", tmp_path / "out.jsonl", *words)
    assert result.exit_code == 2
    assert words[0] in result.stderr
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("MARU_SEED_DIR", "/nowhere", "maru faq import"), ("MARU_MODELS_DIR", "/nowhere", "make setup")],
)
def test_when_something_is_missing_then_it_is_said_what_to_do(
    maru: Maru, asked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest,
    name: str, value: str, said: str,
) -> None:  # fmt: skip
    if name == "MARU_SEED_DIR":
        request.getfixturevalue("warm")
    monkeypatch.setenv(name, value)
    get_settings.cache_clear()
    result = maru("search", "--in", asked, "--out", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert said in result.stderr
