"""Which tables are in a workbook, and what in it is better not read? (Office Open XML)"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError, fromstring
from zipfile import BadZipFile, ZipFile

from domain.refused import Refused
from domain.text import shown
from exchange.columns import letters
from exchange.finding import Finding, Findings
from exchange.handed import Handed
from exchange.table import Row, Table, clean
from exchange.xlsx import no_workbooks

UNPACKED = 512 << 20
"""Bytes of a workbook once it is unpacked, at most."""
CELLS = 5_000_000
"""Cells between the first and the last that is not empty, at most: a reader lays all of them out."""
BOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
SMALL = 4 << 20
"""Bytes of the parts that say which sheets there are, at most."""

_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>(\s*<(?:\w+:)?f\b)?""")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Wanted = Callable[[str], bool]
"""Is a sheet of that name read?"""


def read_workbook(file: Handed, findings: Findings, wanted: Wanted) -> list[Table]:
    """The sheets that are wanted, each as a table. Formulas, merged cells and errors in them are findings.

    Refused: `no-workbooks`, `not-importable` (no workbook, macros, links to others, a password, too large).
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise no_workbooks("python-calamine") from None
    try:
        with ZipFile(file.file) as archive:
            _refuse_unsafe(file.name, archive)
            parts = {name: part for name, part in _parts(archive) if wanted(name)}
            formulas = {name: _formulas(file.name, name, archive, part) for name, part in parts.items()}
        file.file.seek(0)
        book = CalamineWorkbook.from_filelike(_Unclosed(file.file))
        sheets = {name: book.get_sheet_by_name(name) for name in parts}
        return [
            table
            for name, sheet in sheets.items()
            if (table := _Sheet(file.name, name, findings).table(sheet, formulas[name]))
        ]
    except (BadZipFile, CalamineError, ParseError, KeyError, OSError, EOFError, NotImplementedError) as error:
        raise _unreadable(file.name, f"it is damaged ({shown(str(error))})") from None


class _Unclosed:
    """A file that stays open for others; readers of workbooks close what they were given."""

    def __init__(self, file: BinaryIO) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell


def _unreadable(name: str, why: str) -> Refused:
    return Refused("not-importable", f"{name} cannot be read as a workbook: {why}. Save it anew as .xlsx, or as CSV.")


def _refuse_unsafe(name: str, archive: ZipFile) -> None:
    members = archive.infolist()
    names = {one.filename for one in members}
    if sum(one.file_size for one in members) > UNPACKED:
        raise _unreadable(name, "it is over 512 MB once it is unpacked, which is no plan")
    if BOOK not in names:
        raise _unreadable(name, "it is another kind of archive or workbook")
    if any(one.endswith("vbaProject.bin") for one in names):
        raise _unreadable(name, "it holds macros, which nobody should have to trust")
    if any(one.startswith("xl/externalLinks/") for one in names):
        raise _unreadable(name, "it takes values from other workbooks; break those links first")


def _parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets by name, each with its part of the archive."""
    targets = {one.get("Id"): str(one.get("Target")) for one in fromstring(_small(archive, LINKS))}  # noqa: S314 - small, and expat keeps entities in bounds
    for one in fromstring(_small(archive, BOOK)).iter():  # noqa: S314 - as above
        if one.tag.endswith("}sheet") and "worksheet" in targets[one.get(_ID)]:
            target = targets[one.get(_ID)]
            yield str(one.get("name")), target[1:] if target.startswith("/") else f"xl/{target}"


def _small(archive: ZipFile, part: str) -> bytes:
    with archive.open(part) as member:
        data = member.read(SMALL + 1)
    if len(data) > SMALL:
        raise BadZipFile(f"{part} is too large")
    return data


def _formulas(file: str, sheet: str, archive: ZipFile, part: str) -> list[str]:
    """The cells that compute. Refused: `not-importable` where cells lie so far apart that no reader should try."""
    last_row, last_column, found = 0, 0, []
    for match in _CELL.finditer(archive.read(part)):
        last_row, last_column = max(last_row, int(match[2])), max(last_column, number_of(match[1].decode()))
        if match[3]:
            found.append(f"{match[1].decode()}{match[2].decode()}")
    if last_row * last_column > CELLS:
        raise _unreadable(file, f"sheet {shown(sheet)} reaches to row {last_row:,}, column {letters(last_column)}")
    return found


def number_of(name: str) -> int:
    """The number of a column by its name: A is 1."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


class _Sheet:
    """One sheet on its way to a table."""

    def __init__(self, file: str, sheet: str, findings: Findings) -> None:
        self._file, self._sheet, self._findings = file, sheet, findings

    def table(self, sheet: Any, formulas: list[str]) -> Table | None:
        """The rows under the first one that is not empty; None where all are."""
        read = (Row(number, tuple(map(_text, cells))) for number, cells in enumerate(_rows(sheet), 1))
        rows = [row for row in read if any(row.cells)]
        if not rows:
            return None
        for cell in formulas:
            self._note(cell, "formula", "It computes its value. Paste the value itself, so that it stays what it is.")
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            if bottom >= rows[0].number - 1:
                span = f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}"
                self._note(span, "merged-cells", "These cells are merged. Unmerge them and fill in each row.")
        header, *rest = rows
        width = max(len(row.cells) for row in rows)
        filled = [Row(row.number, row.cells + ("",) * (width - len(row.cells))) for row in (header, *rest)]
        return Table(self._file, filled[0], filled[1:], self._sheet)

    def _note(self, cell: str, code: str, sentence: str) -> None:
        row = int(re.sub("[A-Z]", "", cell.partition(":")[0]))
        self._findings.add(Finding(self._file, row, code, sentence, "", f"{self._sheet}!{cell}"))


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """All rows from the first on, so that they keep their numbers."""
    yield from sheet.to_python(skip_empty_area=False)


def _text(cell: Any) -> str:
    """A cell as it would be typed: days as days, numbers without an exponent."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, datetime) and (cell.hour or cell.minute or cell.second):
        return cell.isoformat(" ")
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float):
        return format(Decimal(repr(cell)), "f").removesuffix(".0")
    return str(cell)
