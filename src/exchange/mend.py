"""Where do rows go that were left out, so that they can be mended and imported?"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from exchange.columns import MEND, Entry
from exchange.finding import Findings
from exchange.sheet import as_csv, safe
from exchange.whole import whole_file


def to_mend(left: Sequence[Entry], findings: Findings) -> Iterator[tuple[Path, int]]:
    """Write the rows of each file beside it, with what is wrong with them: `plan.mend.xlsx`; gives path and rows.

    What stands beside it under that name from an earlier time is replaced. Refused: `not-written`, `no-workbooks`.
    """
    wrong: dict[tuple[str, str, int], str] = {}
    for one in findings.listed:
        place = (one.file, one.cell.partition("!")[0], one.row)
        wrong[place] = f"{wrong[place]} {one.sentence}" if place in wrong else one.sentence
    for file in dict.fromkeys(entry.file for entry in left):
        entries = [entry for entry in left if entry.file == file]
        path = Path(file)
        path = path.with_name(f"{path.stem}.mend{'.xlsx' if entries[0].sheet else '.csv'}")
        with whole_file(path) as out:
            out.write((_workbook if entries[0].sheet else _csv)(entries, wrong))
        yield path, len(entries)


def _table(entries: Sequence[Entry], wrong: dict[tuple[str, str, int], str]) -> tuple[list[str], list[list[str]]]:
    columns = list(entries[0].heads)
    rows = [
        [*(entry.cells.get(column, "") for column in columns), wrong.get((entry.file, entry.sheet, entry.number), "")]
        for entry in sorted(entries, key=lambda entry: entry.number)
    ]
    return [*columns, MEND], rows


def _csv(entries: Sequence[Entry], wrong: dict[tuple[str, str, int], str]) -> bytes:
    return as_csv(*_table(entries, wrong)).encode("utf-8-sig")


def _workbook(entries: Sequence[Entry], wrong: dict[tuple[str, str, int], str]) -> bytes:
    from exchange.xlsx import must_have_writer

    packed = io.BytesIO()
    book = must_have_writer().Workbook(packed, {"in_memory": True})
    for kind in dict.fromkeys(entry.kind for entry in entries):
        sheet = book.add_worksheet(kind)
        head, rows = _table([entry for entry in entries if entry.kind == kind], wrong)
        for number, row in enumerate([head, *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, str(safe(cell)))
    book.close()
    return packed.getvalue()
