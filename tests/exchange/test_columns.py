"""Are columns known in any order and spelling, and what is unknown said?"""

from __future__ import annotations

import pytest

from exchange.columns import COLUMNS, COMPUTED, Entry, entries
from exchange.finding import Findings
from exchange.sheet import BOARD
from exchange.table import Row, Table


def read(header: list[str], *rows: list[str]) -> tuple[list[Entry], Findings]:
    findings = Findings()
    table = Table("plan.csv", Row(1, tuple(header)), [Row(number, tuple(row)) for number, row in enumerate(rows, 2)])
    return entries(table, findings), findings


def found(findings: Findings) -> list[tuple[int, str | None, str]]:
    return [(one.row, one.column, one.code) for one in findings.listed]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("KEY", "key"),
        ("Due Date", "due"),
        ("due_date", "due"),
        ("DUE-DATE:", "due"),
        (" Approved  By ", "approved by"),
        ("approved-by", "approved by"),
        ("Reason *", "because"),
        ("Promisor(s)", "promisors"),
        ("program", "programme"),
        ("Tag", "tags"),
    ],
)
def test_a_column_is_known_by_its_names_in_any_spelling(head: str, column: str) -> None:
    (entry,), findings = read(["key" if column != "key" else "title", head], ["a", "b"])
    if column != "key":
        assert entry.cells[column] == "b"
        assert entry.heads[column] == head
    assert not findings


def test_each_column_has_names_of_its_own() -> None:
    names = [name for column, others in COLUMNS.items() for name in (column, *others)]
    assert len(set(names)) == len(names)
    assert not COMPUTED & set(names)


def test_columns_stand_in_any_order_and_empty_cells_say_nothing() -> None:
    (one, other), findings = read(["title", "due", "key"], ["Fibre", "", "fibre"], ["Ports", "2026", "ports"])
    assert one.cells == {"title": "Fibre", "key": "fibre"}
    assert other.cells == {"title": "Ports", "due": "2026", "key": "ports"}
    assert (one.number, other.number) == (2, 3)
    assert not findings


def test_an_unknown_column_is_a_finding_that_lists_those_known() -> None:
    _, findings = read(["key", "titel", "colour"], ["a", "A", "red"])
    assert found(findings) == [(1, "titel", "unknown-column"), (1, "colour", "unknown-column")]
    assert "Is it title? Known are: key, title, kind, due" in findings.listed[0].sentence
    assert "Is it" not in findings.listed[1].sentence


def test_two_columns_of_one_meaning_are_a_finding() -> None:
    (entry,), findings = read(["key", "due", "Deadline"], ["a", "2026", "2027"])
    assert found(findings) == [(1, "Deadline", "column-twice")]
    assert entry.cells["due"] == "2026"


def test_a_column_without_a_name_is_a_finding_where_something_is_in_it() -> None:
    _, findings = read(["key", "", ""], ["a", "", ""], ["b", "", "lost"], ["c", "", "lost too"])
    assert found(findings) == [(3, "3", "unknown-column")]


def test_without_a_column_of_keys_there_are_no_rows() -> None:
    rows, findings = read(["title"], ["Fibre"])
    assert rows == []
    assert found(findings) == [(1, "", "no-key-column")]


def test_a_cell_longer_than_any_text_is_a_finding() -> None:
    (entry,), findings = read(["key", "title"], ["a", "x" * 100_000])
    assert found(findings) == [(2, "title", "bad-text")]
    assert entry.cells == {"key": "a"}


def test_what_the_board_computed_is_passed_over() -> None:
    (entry,), findings = read(list(BOARD), ["cell"] * len(BOARD))
    assert not findings
    assert "status" not in entry.cells
    assert {"key", "title", "due"} <= entry.cells.keys()
