"""Does the board say of the first story what was worked out by hand for three days: kept, asked for, and in words?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from cli.main import run
from cli.settings import Edge
from events.histories.record import HERE, without_holidays
from tests.events.stories import REAL, STORIES, days, expected

NOVEMBER, EVE, NEW_YEAR = "2025-11-15", "2026-11-24", "2027-01-01"
UNDATED = ("oil-expansion", "oil-tariffs", "ports", "energy-integration", "caspian-level")
BOARD: dict[str, dict[str, tuple[str, int | None, str]]] = {
    NOVEMBER: {
        "fibre": ("on-track", 411, "made 15 days ago, no report yet"),
        "oil-transit": ("planned", None, "2026"),
        "road-map": ("on-track", 776, "made 15 days ago, no report yet"),
        "turkological-centenary": ("on-track", 411, "made 15 days ago, no report yet"),
        "council-steps": ("at-risk", -15, "in its grace until 2025-12-01"),
    },
    EVE: {
        "fibre": ("unreported", 37, "none since it was made"),
        "oil-transit": ("unreported", None, "none since it was made"),
        "road-map": ("unreported", 402, "none since it was made"),
        "turkological-centenary": ("unreported", 37, "none since it was made"),
        "council-steps": ("late", -389, "late"),
    },
    NEW_YEAR: {
        "fibre": ("late", -1, "1 day late"),
        "oil-transit": ("unreported", None, "2026"),
        "road-map": ("unreported", 364, "none since it was made"),
        "turkological-centenary": ("late", -1, "1 day late"),
        "council-steps": ("late", -427, "late"),
    },
}
"""The status, days left, and words of the first reason. The other five have no due."""
PERIODS = {
    NOVEMBER: ["2026 future"],
    EVE: ["2026 running", "2027 future"],
    NEW_YEAR: ["2026 unreported", "2027 running", "2028 future"],
}
Asked = Callable[..., str]


def elsewhere() -> Edge:
    """A machine at another time that knows nothing."""
    return Edge(clock=lambda: datetime(2031, 5, 17, tzinfo=UTC), environment={})


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every story as a ledger, checked against all rules on the way in."""
    folder = tmp_path_factory.mktemp("stories")
    made = {story: str(folder / f"{story}.db") for story in STORIES}
    for story, where in made.items():
        assert run(["--ledger", where, "import", str(HERE / story / "events.jsonl")], elsewhere()) == 0
    return made


@pytest.fixture
def asked(ledgers: dict[str, str], capsys: pytest.CaptureFixture[str]) -> Asked:
    """Asks a story as a command does, on a machine that knows nothing else; gives what it prints."""

    def ask(story: str, *words: str) -> str:
        capsys.readouterr()
        assert run(["--ledger", ledgers[story], *words], elsewhere()) == 0
        return capsys.readouterr().out

    return ask


def by_key(answer: dict[str, Any]) -> dict[str, Any]:
    return {one["key"]: one for one in answer["data"]}


def as_said(item: dict[str, Any], words: str) -> tuple[str, int | None, str]:
    """What the board says, with the words that were looked for where its first reason holds them."""
    reason = item["reasons"][0]["text"]
    return item["status"], item["days_left"], words if words in reason else reason


@pytest.mark.parametrize("day", BOARD)
def test_the_kept_answer_is_what_was_worked_out(day: str) -> None:
    board = by_key(expected(REAL, "status", day))
    assert {key: as_said(board[key], said[2]) for key, said in BOARD[day].items()} == BOARD[day]
    assert {key: board[key]["status"] for key in UNDATED} == dict.fromkeys(UNDATED, "undated")
    assert len(board) == len(BOARD[day]) + len(UNDATED)


@pytest.mark.parametrize("day", BOARD)
def test_the_period_of_the_oil_target_stands_where_it_should(day: str) -> None:
    periods = by_key(expected(REAL, "status", day))["oil-transit"]["targets"]
    assert [f"{one['period']} {one['outcome']}" for one in periods] == PERIODS[day]
    assert {one["actual"] for one in periods} == {None}


@pytest.mark.parametrize("day", BOARD)
def test_the_board_in_words_says_the_same(day: str, asked: Asked) -> None:
    rows = {line.split(" ")[0]: line for line in asked(REAL, "status", "--as-of", day).splitlines() if line}
    for key, (status, left, words) in BOARD[day].items():
        assert re.search(rf"\b{status}\b", rows[key])
        assert words in rows[key]
        assert left is None or f"{abs(left)} d" in rows[key]
    for key in UNDATED:
        assert "undated" in rows[key]


def test_what_is_due_within_ninety_days_of_november_2026(asked: Asked) -> None:
    due = json.loads(asked(REAL, "due", "--as-of", EVE, "--json"))["data"]
    assert [(one["what"], one["key"], one["days_left"]) for one in due] == [
        ("commitment", "council-steps", -389),
        ("commitment", "fibre", 37),
        ("period", "oil-transit", 37),
        ("commitment", "turkological-centenary", 37),
    ]


@pytest.mark.parametrize(("story", "day"), [(story, day) for story in STORIES for day in days(story)])
@pytest.mark.parametrize("question", ["status", "due", "history"])
def test_the_kept_answer_is_given_today(story: str, day: str, question: str, asked: Asked) -> None:
    with without_holidays():
        told = json.loads(asked(story, "--as-of", day, question, "--json"))
    assert told == expected(story, question, day)


@pytest.mark.parametrize("story", STORIES)
def test_each_question_is_kept_for_each_day(story: str) -> None:
    kept = {path.name for path in (HERE / story / "expected").iterdir()}
    assert len(days(story)) == 3
    assert kept == {f"{question}-{day}.json" for question in ("status", "due", "history") for day in days(story)}
