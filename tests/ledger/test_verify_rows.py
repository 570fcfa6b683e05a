"""Are rows read whatever the database does, and never twice or for ever?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from domain.refused import Refused
from ledger.trouble import CannotDecide
from ledger.verify import verify
from ledger.verify_report import Findings
from ledger.verify_rows import PAGES, ROW, Reading, readable
from tests.ledger.audited import Vault

Answer = Callable[[dict[str, int]], Sequence[Sequence[int]]]


class Fake:
    """A database that answers as it is told, page by page; its rows are positions alone."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self._answers = list(answers)

    def execute(self, statement: Any, asked: dict[str, int]) -> Fake:
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        self._rows = answer(asked)
        return self

    def all(self) -> Sequence[Sequence[int]]:
        return self._rows

    def scalars(self) -> list[int]:
        return [one for (one,) in self._rows]


def rows(*positions: int) -> Answer:
    return lambda _: [(position,) for position in positions]


def read(*answers: Answer | Exception, first: int = 1) -> tuple[list[int], list[tuple[int | None, str]]]:
    """The positions of what is read, and what is found."""
    findings = Findings()
    reading = Reading(cast(Connection, Fake(*answers)), first, findings)
    positions = [row[0] for page in reading.pages() for row in page]
    return positions, [(one.position, one.code) for one in findings.listed]


def test_pages_follow_each_other_to_the_end() -> None:
    assert read(rows(1, 2), rows(3), rows()) == ([1, 2, 3], [])


def test_rows_that_come_again_end_the_reading() -> None:
    assert read(rows(1, 2), rows(2, 1, 3)) == ([1, 2, 2], [(2, "file-damaged")])


def test_a_page_that_goes_back_ends_the_reading() -> None:
    assert read(rows(5, 6), rows(1)) == ([5, 6, 1], [])


def test_the_last_position_there_can_be_ends_the_reading() -> None:
    assert read(rows(2**63 - 1)) == ([2**63 - 1], [])


def test_a_row_that_cannot_be_read_is_passed_over() -> None:
    broken = ValueError("?")
    answers = (broken, rows(1, 2, 3), rows(1), broken, rows(3), rows())
    assert read(*answers) == ([1, 3], [(2, "unreadable-row")])


def test_a_page_of_nothing_but_such_rows_does_not_end_the_reading() -> None:
    broken = ValueError("?")
    assert read(broken, rows(1), broken, rows(2), rows()) == ([2], [(1, "unreadable-row")])


def test_where_not_even_positions_can_be_read_the_reading_ends() -> None:
    assert read(rows(1), ValueError("?"), ValueError("?")) == ([1], [(None, "file-damaged")])


@pytest.mark.parametrize("error", [CannotDecide("disk-error", "x"), Refused("ledger-busy", "x")])
@pytest.mark.parametrize("before", [0, 1, 2])
def test_what_is_about_the_moment_cannot_be_decided(error: Refused, before: int) -> None:
    answers: list[Answer | Exception] = [ValueError("?"), rows(1)]
    with pytest.raises(CannotDecide) as undecided:
        read(*answers[:before], error)
    assert undecided.value.code == error.code


@pytest.mark.parametrize("error", [CannotDecide("server-gone", "x"), Refused("disk-full", "x")])
@pytest.mark.parametrize("asked", ["ledger.rules.admit", "ledger.verify_lines.codec"])
def test_what_is_in_the_way_of_a_rule_says_nothing_about_the_line(
    found: Vault, monkeypatch: pytest.MonkeyPatch, error: Refused, asked: str
) -> None:
    def look_back(*_: object) -> None:
        raise error

    monkeypatch.setattr(asked, look_back)
    with pytest.raises(CannotDecide) as undecided:
        verify(found.path)
    assert undecided.value.code == error.code


def test_a_question_that_a_damaged_file_cannot_answer_is_one_finding() -> None:
    findings = Findings()
    for _ in range(3):
        assert readable(findings, int, "x") is None
    assert readable(findings, int, "7") == 7
    assert [(one.position, one.code) for one in findings.listed] == [(None, "file-damaged")]


def test_statements_read_whole_rows() -> None:
    assert all(len(statement.selected_columns) == 11 for statement in (PAGES, ROW))
