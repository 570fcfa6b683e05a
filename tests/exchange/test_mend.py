"""Can rows that were left out be mended in the file that they were written to?"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from exchange.mend import to_mend
from exchange.plan import Plan
from tests.domain.given import Board, do
from tests.exchange.given import files
from tests.exchange.sheets_in import workbook

ROWS = [("key", "title", "due"), ("a", "A", "2026"), ("b", "=B", "12/31/2026"), ("c", None, "never")]


def left_out(path: Path, board: Board) -> Plan:
    with files(path) as handed_in:
        plan = Plan(handed_in, {}, partial=True)
    board.record(do(lambda at: plan(at)))
    return plan


def test_a_table_is_written_beside_with_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("\n".join(",".join(cell or "" for cell in row) for row in ROWS), "utf-8")
    board = Board()
    plan = left_out(path, board)
    assert list(to_mend(plan.left, plan.findings)) == [(tmp_path / "plan.mend.csv", 2)]
    text = (tmp_path / "plan.mend.csv").read_text("utf-8-sig")
    head, b, c = text.splitlines()
    assert head == "key,title,due,finding"
    assert b.startswith("b,'=B,12/31/2026,")
    assert "is not taken as a date" in b
    assert c.count("Write a title") + c.count("is not taken as a date") >= 1
    (tmp_path / "plan.mend.csv").write_text(text.replace("12/31/2026", "2026").replace("c,,never", "c,C,2027"), "utf-8")
    mended = left_out(tmp_path / "plan.mend.csv", board)
    assert not mended.findings
    assert {line.subject for line in board.lines} == {"commitment/a", "commitment/b", "commitment/c"}


def test_a_workbook_keeps_its_sheets(tmp_path: Path) -> None:
    rows = [(*ROWS[0],), ("a", "A", "2026"), ("b", "B", "12/31/2026")]
    path = workbook(tmp_path / "plan.xlsx", {"plan": rows, "progress": [("key", "percent"), ("b", "5%"), ("a", "all")]})
    board = Board()
    plan = left_out(path, board)
    assert list(to_mend(plan.left, plan.findings)) == [(tmp_path / "plan.mend.xlsx", 3)]
    book = openpyxl.load_workbook(tmp_path / "plan.mend.xlsx")
    assert book.sheetnames == ["commitments", "progress"]
    assert [row[:2] for row in book["progress"].iter_rows(min_row=2, values_only=True)] == [("b", "5%"), ("a", "all")]
    book["commitments"]["C2"] = "end-2026"
    book["progress"]["B3"] = "7%"
    book.save(tmp_path / "plan.mend.xlsx")
    assert not left_out(tmp_path / "plan.mend.xlsx", board).findings
    assert len(board.lines) == 6


@pytest.mark.parametrize("left", [[]])
def test_where_nothing_was_left_out_nothing_is_written(tmp_path: Path, left: list[object]) -> None:
    board = Board()
    path = tmp_path / "plan.csv"
    path.write_text("key,title\na,A\n", "utf-8")
    plan = left_out(path, board)
    assert list(to_mend(plan.left, plan.findings)) == left
    assert [one.name for one in tmp_path.iterdir()] == ["plan.csv"]
