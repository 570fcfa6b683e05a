"""Which cells are in a table of text, and in which row and column? (CSV, RFC 4180, as spreadsheets write it)"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from domain.refused import Refused
from domain.text import shown
from exchange.finding import Finding, Findings
from exchange.handed import Handed

DELIMITERS = ",;\t"
LARGEST = 64 << 20
"""Bytes of a table, at most."""
MADE_SAFE = re.compile(r"'(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""The apostrophe that keeps a spreadsheet from computing a text."""


@dataclass(frozen=True)
class Row:
    """The cells of one row, trimmed; `number` is that of a spreadsheet, from 1 on."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table under its header. Whatever it was read from, cells are text."""

    name: str
    header: Row
    rows: list[Row]
    sheet: str = ""
    """Which sheet of a workbook it is."""
    meant: str = ""
    """The name by which the sheet goes here, where that is another."""


def read_table(file: Handed, findings: Findings, encoding: str = "utf-8") -> Table:
    """The table in a file, with commas, semicolons or tabs. Empty rows are left out; ragged ones are findings.

    Refused: `bad-encoding`, `too-large`, `no-header`.
    """
    text, delimiter = _parted(_text(file, encoding))
    reader = _Reader(file.name, findings)
    rows = reader.rows(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    header = next(rows, None)
    if header is None:
        raise Refused("no-header", f"{file.name} has no row with the names of columns. Begin it with one.")
    return Table(file.name, header, [row for row in rows if reader.fits(row, header)])


def _text(file: Handed, encoding: str) -> str:
    data = file.read(file.start, LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused("too-large", f"{file.name} is over 64 MB large, which is no plan. Split it.")
    try:
        return data.decode(encoding)
    except LookupError:
        raise Refused(
            "bad-encoding", f"{shown(encoding)} is no encoding. Write utf-8, windows-1254 or windows-1251."
        ) from None
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            "bad-encoding",
            f"{file.name} is not in {encoding.upper()} (near row {row}). Save it as CSV UTF-8; spreadsheets have that"
            " in their list of formats, beside plain CSV. Or say how it was written: --encoding windows-1254 (Turkish,"
            " Azerbaijani), windows-1251 (Cyrillic).",
        ) from None


def _parted(text: str) -> tuple[str, str]:
    """The text, and what parts its cells: what a first line `sep=;` says, or what the header has most of."""
    first, _, rest = text.partition("\n")
    if re.fullmatch("sep=[,;\t]\r?", first, re.IGNORECASE):
        return rest, first[4]
    header = next((line for line in text.splitlines() if line.strip(f" {DELIMITERS}")), "")
    unquoted = re.sub('"[^"]*"?', "", header)
    return text, max(DELIMITERS, key=unquoted.count)


class _Reader:
    """Notes what is wrong with rows."""

    def __init__(self, name: str, findings: Findings) -> None:
        self._name = name
        self._findings = findings

    def rows(self, records: Iterator[list[str]]) -> Iterator[Row]:
        """The rows that are not empty, up to one that cannot be told from the next."""
        number = 0
        try:
            for number, record in enumerate(records, 1):
                cells = tuple(map(clean, record))
                if any(cells):
                    yield Row(number, cells)
        except csv.Error as error:
            self._note(
                Refused(
                    "bad-table",
                    f"From here on the table cannot be read ({error}). Is a quote not closed, or not doubled?",
                ),
                number + 1,
            )

    def fits(self, row: Row, header: Row) -> bool:
        """Is a row as long as the header, or only longer by empty cells?"""
        missing = len(row.cells) < len(header.cells)
        if not missing and not any(row.cells[len(header.cells) :]):
            return True
        self._note(
            Refused(
                "ragged-row",
                f"It has {len(row.cells)} cells, the header {len(header.cells)}."
                " Is a comma, semicolon or tab missing, or one too many in a cell without quotes?",
            ),
            row.number,
        )
        return False

    def _note(self, refused: Refused, number: int) -> None:
        self._findings.add(Finding(self._name, number, refused.code, refused.sentence, ""))


def clean(cell: str) -> str:
    """A cell without spaces around it, and without the apostrophe that made it safe."""
    cell = cell.strip()
    return cell[1:] if MADE_SAFE.match(cell) else cell
