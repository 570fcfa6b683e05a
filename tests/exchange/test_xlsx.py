"""Does a workbook hold what the tables hold, as numbers, days and text that computes nothing?"""

from __future__ import annotations

import io
import sys
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from domain.refused import Refused
from exchange.outgoing import Outgoing
from exchange.sheets import SHEETS, Sheet, sheet
from exchange.xlsx import ROWS, SIGNS, write_workbook
from tests.exchange.standing import LONG, ODD, made


def book_of(out: Outgoing, *tables: Sheet) -> Any:
    """The workbook, as openpyxl reads it."""
    return openpyxl.load_workbook(
        io.BytesIO(made(write_workbook, out, tables or [sheet(out, name, 900) for name in SHEETS]))
    )


def table(*rows: tuple[Any, ...]) -> Sheet:
    return Sheet("any", "Anything", ("title", "due by", "amount", "days"), list(rows))


def test_there_is_a_sheet_for_each_table_with_all_its_rows(story: Outgoing) -> None:
    book = book_of(story)
    assert book.sheetnames == list(SHEETS)
    for name in SHEETS:
        assert book[name].max_row == len(sheet(story, name, 900).rows) + 1


def test_days_are_dates_and_numbers_are_numbers(odd: Outgoing) -> None:
    row = next(book_of(odd)["actuals"].iter_rows(min_row=2, values_only=True))
    assert [str(cell) for cell in row[4:7]] == ["2025-01-01 00:00:00", "2025-12-31 00:00:00", "1.6"]


def test_text_is_no_formula_and_comes_whole(odd: Outgoing) -> None:
    titles = [cell.value for cell in book_of(odd)["board"]["B"]]
    assert f"'{ODD}" in titles
    assert LONG in titles
    assert "'=Quay" in titles


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "'=1", "\uff1d1"])
def test_what_a_spreadsheet_might_compute_has_an_apostrophe(odd: Outgoing, text: str) -> None:
    cell = book_of(odd, table((text, None, None, None)))["any"]["A2"]
    assert (cell.value, cell.data_type) == (f"'{text}", "s")


def test_what_spreadsheets_cannot_hold_is_text_or_cut(odd: Outgoing) -> None:
    rows = table(("x" * 40_000, "0987-06-05", Decimal("1234567890123.456789"), 3))
    cells = [cell.value for cell in next(book_of(odd, rows)["any"].iter_rows(min_row=2))]
    assert cells == ["x" * (SIGNS - 1) + "…", "0987-06-05", "1234567890123.456789", 3]


def test_a_table_that_no_sheet_can_hold_is_refused(odd: Outgoing) -> None:
    with pytest.raises(Refused, match="Export it as csv") as refused:
        made(write_workbook, odd, [table(*([(None,) * 4] * ROWS))])
    assert refused.value.code == "too-large"


def test_it_says_which_ledger_at_which_point(real: Outgoing) -> None:
    said = book_of(real).properties
    assert (said.title, said.subject) == (real.title, real.point)
    assert str(said.created) == "2025-11-03 09:51:00"


def test_days_are_read_back_as_they_were(odd: Outgoing) -> None:
    cells = next(book_of(odd, table((None, "1900-03-01", None, None)))["any"].iter_rows(min_row=2, values_only=True))
    assert str(cells[1]) == "1900-03-01 00:00:00"


def test_without_its_library_it_is_refused_in_words(odd: Outgoing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(Refused, match=r"pledger\[xlsx\]") as refused:
        made(write_workbook, odd, [])
    assert refused.value.code == "no-workbooks"
