"""How do the tables go out as one workbook? (Office Open XML)"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date
from decimal import Decimal
from typing import Any, BinaryIO

from domain.refused import Refused
from exchange.outgoing import Outgoing
from exchange.sheet import Cell, safe
from exchange.sheets import Kind, Sheet

ROWS = 1_048_576
"""Rows of a sheet, at most, with its head."""
SIGNS = 32_767
"""Characters of a cell, at most."""
EXACT = 15
"""Digits that a number of a spreadsheet keeps."""
FIRST_DAY = date(1900, 3, 1)
"""Days before it are text: spreadsheets believe in a 29 February 1900."""
WIDE = {"title": 40, "why": 50, "said": 60, "reason": 40}


def must_have_writer() -> Any:
    """The library that writes workbooks. Refused: `no-workbooks` where pledger was installed without it."""
    try:
        import xlsxwriter
    except ImportError:
        raise no_workbooks("XlsxWriter") from None
    return xlsxwriter


def no_workbooks(library: str) -> Refused:
    """A library for workbooks is missing."""
    return Refused(
        "no-workbooks", f"Workbooks need the library {library}: install pledger with its extra, pledger[xlsx]."
    )


def write_workbook(out: Outgoing, file: BinaryIO, tables: Iterable[Sheet]) -> None:
    """One sheet a table, its head frozen. Days are dates and numbers are numbers; text is text and never a formula.

    Refused: `no-workbooks`, `too-large`.
    """
    book = must_have_writer().Workbook(file, {"constant_memory": True})
    created = out.time.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": out.title, "subject": out.point, "created": created})
    head, days = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    for table in tables:
        if len(table.rows) >= ROWS:
            book.close()  # so that its temporary files go
            raise Refused(
                "too-large", f"{table.name} has {len(table.rows):,} rows, and a sheet holds {ROWS:,}. Export it as csv."
            )
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table.rows), len(table.head) - 1)
        for column, name in enumerate(table.head):
            sheet.set_column(column, column, WIDE.get(name, 14))
            sheet.write_string(0, column, name, head)
        for number, row in enumerate(table.rows, 1):
            for column, (cell, kind) in enumerate(zip(row, table.kinds, strict=True)):
                _write(sheet, number, column, cell, kind, days)
    book.close()


def _write(sheet: Any, row: int, column: int, cell: Cell, kind: Kind, days: Any) -> None:
    if cell is None:
        return
    if kind == "date" and (day := date.fromisoformat(str(cell))) >= FIRST_DAY:
        sheet.write_datetime(row, column, day, days)
    elif isinstance(cell, int) or (isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= EXACT):
        sheet.write_number(row, column, cell)
    else:
        text = f"{safe(cell)}"
        sheet.write_string(row, column, text if len(text) <= SIGNS else text[: SIGNS - 1] + "…")
