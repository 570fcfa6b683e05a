"""What do the tests of workbooks hand in? Workbooks made with xlsxwriter, and spoilt by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from exchange.finding import Findings
from exchange.table import Table
from exchange.workbook import read_workbook
from tests.exchange.given import files

Sheets = Mapping[str, Sequence[Sequence[Any]]]

PLAN: Sheets = {
    "Commitments": [
        ("key", "title", "due", "promisors", "owner"),
        ("fibre", "Fibre line", "end-2026", "az=Azerbaijan (state)", "ministry"),
        ("oil", "Transit of oil", 2027, "az", None),
    ],
    "milestones": [("commitment", "milestone", "title", "due"), ("fibre", "permit", "Permit", date(2026, 5, 17))],
    "targets": [("key", "target (Mt/year)", "window"), ("oil", 1.5, "from 2026")],
    "actuals": [("key", "amount", "unit", "period"), ("oil", 0.4, "Mt", "2026-Q1")],
    "progress": [("key", "percent", "note"), ("fibre", 42, None), ("fibre/permit", None, "Handed in")],
    "forecasts": [("key", "expected", "because"), ("fibre", "Q1 2027", "Storm")],
    "notes": [("anything",)],
}
"""A plan with a sheet of each kind."""


def workbook(path: Path, sheets: Sheets) -> Path:
    """A workbook with these rows: days as dates, numbers as numbers, what begins with = as a formula."""
    book = xlsxwriter.Workbook(str(path))
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, *([days] if isinstance(cell, date) else []))
    book.close()
    return path


def spoilt(path: Path, parts: Mapping[str, bytes], *, without: Sequence[str] = ()) -> Path:
    """The same workbook with some parts of it put in, replaced or left out."""
    packed = io.BytesIO()
    with ZipFile(path) as sound, ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in sound.namelist():
            if name not in parts and name not in without:
                archive.writestr(name, sound.read(name))
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(packed.getvalue())
    return path


def read(path: Path) -> tuple[list[Table], Findings]:
    """All of its tables, and what was found."""
    findings = Findings()
    with files(path) as (handed,):
        return read_workbook(handed, findings, lambda _: True), findings
