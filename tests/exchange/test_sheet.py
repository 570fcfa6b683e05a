"""Does a table for a spreadsheet say what the board says, and compute nothing by itself?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from domain.actual import report_actual
from domain.commitment import make
from domain.forecast import revise_forecast
from domain.life import meet
from domain.milestone import plan_milestone
from domain.party import register_party
from domain.progress import report_progress
from domain.target import set_target
from exchange.columns import entries
from exchange.finding import Findings
from exchange.plan import plan
from exchange.sheet import BOARD, DUE, as_csv, board_rows, due_rows
from exchange.table import read_table
from projections.asked import At
from projections.due import falling_due
from projections.models import Models
from projections.status import board
from tests.domain.given import Board, do, fd, quantity, terms
from tests.exchange.given import files
from tests.projections.given import Desk

ON = date(2026, 4, 2)


@pytest.fixture
def models(tmp_path: Path) -> Iterator[Models]:
    desk = Desk(tmp_path / "pledger.db")
    with closing(desk.ledger):
        desk.do(register_party, "az", "Azərbaycan")
        desk.do(register_party, "kz", "Қазақстан")
        desk.do(
            make, "fibre", "=Fibre", promisors=("az", "kz"), promisees=("kz",), due=fd("2025", "2025"), owner="-office"
        )
        desk.do(plan_milestone, "fibre/permit", "+Permit", due=fd("2026-33", "Q1 2026"))
        desk.do(plan_milestone, "fibre/survey", "Survey")
        desk.do(make, "oil", "Oil", kind="target", due=fd("2026/..", "from 2026"))
        desk.do(set_target, "oil", "oil", terms(window="2026/.."))
        desk.do(report_actual, "oil", "oil", quantity("0.3 Mt"), fd("2026-01"))
        desk.do(report_progress, "fibre", note="Begun")
        desk.do(revise_forecast, "fibre", fd("2027"), because="Ship is late")
        desk.do(meet, "fibre/survey", met_on=fd("2026-03"))
        with closing(desk.models()) as made:
            yield made


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def board_of(models: Models, on: date = ON) -> str:
    items = models.answer(lambda base: board(base, At(99, on)))
    return as_csv(BOARD, board_rows(items, on))


def test_the_board_has_commitments_with_their_milestones_below(models: Models) -> None:
    rows = read(board_of(models))
    assert [row["key"] for row in rows] == ["fibre", "fibre/permit", "fibre/survey", "oil"]
    assert all(set(row) == set(BOARD) and None not in row for row in rows)


def test_dates_are_given_as_worded_and_as_days(models: Models) -> None:
    fibre, permit, survey, oil = read(board_of(models))
    dates = ("due", "due from", "due by", "days left", "forecast", "forecast by", "original due", "original due by")
    assert [fibre[name] for name in dates] == [
        *("2025", "2025-01-01", "2025-12-31", "-92", "2027", "2027-12-31", "2025", "2025-12-31"),
    ]
    assert [permit[name] for name in dates[:4]] == ["Q1 2026", "2026-01-01", "2026-03-31", "-2"]
    assert [survey["due"], survey["met on"], survey["met by"]] == ["", "2026-03", "2026-03-31"]
    assert [oil[name] for name in dates[:4]] == ["from 2026", "2026-01-01", "", ""]


def test_status_reasons_and_what_is_measured_are_there(models: Models) -> None:
    fibre, permit, survey, oil = read(board_of(models))
    assert (fibre["status"], permit["status"], survey["status"]) == ("late", "late", "claimed")
    assert "days late" in fibre["why"]
    assert "late-vs-original" in fibre["flags"]
    assert (fibre["promisors"], fibre["promisees"], fibre["last position"]) == ("az; kz", "kz", "12")
    assert oil["targets"].startswith("oil 2026: 0.3 Mt of 1.5 Mt, running; oil 2027: nothing of 1.5 Mt, future")


def test_what_a_spreadsheet_would_compute_gets_an_apostrophe_but_numbers_do_not(models: Models) -> None:
    fibre, permit, *_ = read(board_of(models))
    assert (fibre["title"], fibre["owner"], permit["title"]) == ("'=Fibre", "'-office", "'+Permit")
    assert fibre["days left"] == "-92"


def test_what_is_due_is_a_table_too(models: Models) -> None:
    found = models.answer(lambda base: falling_due(base, At(99, ON), 300))
    rows = read(as_csv(DUE, due_rows(found.items)))
    assert [(row["what"], row["key"], row["due by"], row["days left"]) for row in rows] == [
        ("commitment", "fibre", "2025-12-31", "-92"),
        ("milestone", "fibre/permit", "2026-03-31", "-2"),
        ("period", "oil", "2026-12-31", "273"),
    ]
    assert rows[0]["title"] == "'=Fibre"


def test_an_exported_board_comes_back_as_a_plan(tmp_path: Path, models: Models) -> None:
    (tmp_path / "board.csv").write_text(board_of(models), "utf-8")
    findings = Findings()
    with files(tmp_path / "board.csv") as (handed,):
        rows = entries(read_table(handed, findings), findings)
    assert not findings
    assert rows[0].cells["title"] == "=Fibre"
    with files(tmp_path / "board.csv") as handed_in:
        decide = plan(handed_in, {"party": {"az": "Azərbaycan", "kz": "Қазақстан"}})
    elsewhere = Board()
    elsewhere.record(do(register_party, "az", "Azərbaycan"), do(register_party, "kz", "Қазақстан"))
    elsewhere.record(do(lambda at: decide(at)))
    assert elsewhere.record(do(lambda at: decide(at))) == []
    assert elsewhere.facts("commitment/fibre").last("fibre/permit", "made") is not None


def test_the_head_names_each_column_once() -> None:
    assert len(set(BOARD)) == len(BOARD)
