"""The tables hold every figure, a column a scrubber, and say who wasn't run."""

from __future__ import annotations

import json

import pytest

from bench.privacy.__main__ import _put
from bench.privacy.corpora import Corpus
from bench.privacy.measure import Found, Sample, Turn
from bench.privacy.peers import Span
from bench.privacy.report import Identifier, Material, as_json, identifiers, markdown
from bench.privacy.run import Run
from bench.privacy.speed import Hostile, Times

NAME: Span = (0, 3, "NAME")
NUMBER: Span = (0, 4, "PHONE")


def one(name: str, text: str, *gold: Span) -> Sample:
    return Sample(name, "phone/spoken", not gold, (Turn(text, gold),))


MARKED = Corpus(
    "dev",
    "Development",
    [
        one("a", "홍길동이에요", NAME),
        one("b", "고맙습니다"),
        Sample("c", "turns", clean=False, turns=(Turn("1234", (NUMBER,)), Turn("5678", (NUMBER,)))),
    ],
)
KLUE = Corpus("klue", "KLUE", [one("k", "홍길동과 2024년", NAME)])
CLEAN = Corpus("faq", "published", [one("f", "여권"), one("g", "주민세")])
FUZZ = Corpus("fuzz", "Generated", [one("x", "공일이삼", NUMBER), one("y", "공일이삼", NUMBER)])
MATERIAL = Material([MARKED], KLUE, [CLEAN], FUZZ, ["여권"])


def a_run(name: str, of_fuzz: list[Found]) -> Run:
    return Run(
        name,
        "1.0",
        12.3,
        found={
            "dev": [[[(0, 5, "NAME")]], [[]], [[NUMBER], [NUMBER]]],
            "klue": [[[NAME, (5, 9, "BIRTH")]]],
            "faq": [[[]], [[(0, 2, "NAME")]]],
            "fuzz": of_fuzz,
        },
        live={"dev": [[[NUMBER], []]]},
        short=Times([1.0, 2.0], [1.0, 3.0]),
        long=Times([1.0, 2.0], [1.0, 3.0]),
        hostile=[Hostile("digits", 20_000, 0.5, refused=False), Hostile("mail", 20_000, 0.1, refused=True)],
    )


RUNS = [a_run("Ours", [[[NUMBER]], [[(0, 3, "PHONE")]]]), a_run("Theirs", [[[(0, 2, "PHONE")]], [[]]])]


@pytest.mark.parametrize(
    "row",
    [
        "|  | Ours 1.0 | Theirs 1.0 |",
        "| all (3) | 1.000 / 0.667 / 1.000 | 1.000 / 0.667 / 1.000 |",
        "| over turns (2) | 1.000 / 1.000 / 1.000 | 1.000 / 1.000 / 1.000 |",
        "| names (1) | 1.000 / 0.000 / 1.000 | 1.000 / 0.000 / 1.000 |",
        "| clean samples touched | 0 of 1 | 0 of 1 |",
        "| Development, whole: split identifiers found in all parts | 1 of 1 (100.00%) | 1 of 1 (100.00%) |",
        "| Development, live: split identifiers found in all parts | 0 of 1 | 0 of 1 |",
        "| all (2) | 0 | 2 (100.00%) |",
        "| spoken (2) | 0 | 2 (100.00%) |",
        "| PHONE (2) | 0 | 2 (100.00%) |",
        "| recall, full cover (1) | 1.000 | 1.000 |",
        "| precision of what it calls names | 1.000 (1) | 1.000 (1) |",
        "| published (2) | 1 (50.00%) | 1 (50.00%) |",
        "| 20,000 hostile characters, slowest | 0.50 s (digits; 1 of 2 refused) | 0.50 s (digits; 1 of 2 refused) |",
        "| memory of a fresh process, MB | 12 | 12 |",
        "- korean-pii: not run: no environment",
    ],
)
def test_when_figures_are_written_down_then_each_has_its_row(row: str) -> None:
    assert row in markdown(MATERIAL, RUNS, {"korean-pii": "no environment"}).splitlines()


def test_when_a_hostile_text_never_ends_then_it_is_the_slowest() -> None:
    endless = a_run("Ours", RUNS[0].found["fuzz"])
    endless.hostile.append(Hostile("names", 20_000, None, refused=False))
    assert "| 20,000 hostile characters, slowest | over 30 s (names) |" in markdown(MATERIAL, [endless], {})


def test_when_digits_are_left_then_they_are_counted_written_and_spoken_and_over_turns() -> None:
    assert list(identifiers(FUZZ, RUNS[0].found["fuzz"])) == [
        Identifier("x", "spoken", "PHONE", 0),
        Identifier("y", "spoken", "PHONE", 1),
    ]
    over = Sample("z", "phone/dialogue", clean=False, turns=(Turn("1234요", (NUMBER,)), Turn("오륙78", (NUMBER,))))
    assert list(identifiers(Corpus("fuzz", "", [over]), [[[(0, 3, "PHONE")], [(1, 4, "PHONE")]]])) == [
        Identifier("z", "dialogue", "PHONE", 2)
    ]


def test_when_figures_are_kept_as_json_then_no_text_is_among_them() -> None:
    told = json.dumps(as_json(MATERIAL, RUNS, {"threads": "1"}), ensure_ascii=False)
    assert "홍길동" not in told
    assert json.loads(told)["scrubbers"]["Theirs"]["fuzz"] == {"identifiers": 2, "leaked": 2}


def test_when_tables_are_put_into_a_page_then_only_what_stood_between_the_marks_goes() -> None:
    page = "앞\n<!-- bench-privacy -->\n옛 표\n<!-- /bench-privacy -->\n뒤\n"
    assert _put(page, "새 표\n") == "앞\n<!-- bench-privacy -->\n새 표\n<!-- /bench-privacy -->\n뒤\n"
    with pytest.raises(SystemExit, match="bench-privacy"):
        _put("표시 없음", "새 표\n")
