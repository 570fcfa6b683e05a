"""How is an export written: the lines, or a table?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

from cli.settings import Settings
from cli.shown import progress, talk
from domain.refused import Refused
from domain.text import choice

Form = Literal["lines", "csv"]
Sheet = Literal["board", "due"]
BOM = b"\xef\xbb\xbf"


def give_out(settings: Settings, output: str | None, form: str, sheet: str, within: str) -> None:
    """Refused: `bad-choice`, `usage`, `not-replaced`, `not-written`, `bad-length`."""
    if choice(Form, form, "format") == "csv":
        _table(settings, output, choice(Sheet, sheet, "sheet"), within)
    else:
        _lines(settings, output)


def _lines(settings: Settings, output: str | None) -> None:
    from exchange.lines import write_lines

    if settings.as_of:
        raise Refused("usage", "--as-of judges, and lines are not judged. To export what was known, use --as-known.")
    record, until = settings.desk.record, settings.desk.at.known
    with _out(output) as out, progress("Writing lines") as watch:
        write_lines(record, out, until, watch)
    if output:
        talk(f"#1-#{until} written to {output}." if until else f"No line yet; {output} is empty.")


def _table(settings: Settings, output: str | None, sheet: str, within: str) -> None:
    from cli.length import days_of
    from exchange.sheet import BOARD, DUE, as_csv, board_rows, due_rows
    from projections.due import falling_due
    from projections.status import board

    desk, days = settings.desk, days_of(within)
    if sheet == "due":
        found = desk.ask(lambda base, at: falling_due(base, at, days))
        text = as_csv(DUE, due_rows(found.items))
        if found.undated:
            talk(f"{len(found.undated)} undated not shown")
    else:
        text = as_csv(BOARD, board_rows(desk.ask(board), desk.at.on))
    with _out(output) as out:
        # Spreadsheets tell by the mark that a file is UTF-8; programs in a pipe would take it for a letter.
        out.write((BOM if output else b"") + text.encode())
    if output:
        talk(f"{sheet} as known #{desk.at.known}, as of {desk.at.on}, written to {output}.")


@contextmanager
def _out(output: str | None) -> Iterator[BinaryIO]:
    from exchange.whole import whole_file

    if output and output != "-":
        with whole_file(Path(output)) as file:
            yield file
    else:
        yield sys.stdout.buffer
