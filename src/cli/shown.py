"""How is data laid out for eyes: safe text, tables, colour that also reads without colour?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TextIO

from domain.text import FORBIDDEN

if TYPE_CHECKING:
    from rich.console import Console

RICH_ROWS = 100
"""Up to so many rows rich lays a table out; above, plain columns, which cost a tenth."""

COLOURS = {
    "met": "green",
    "met-late": "green",
    "on-track": "green",
    "planned": "blue",
    "claimed": "cyan",
    "undated": "bright_black",
    "unreported": "yellow",
    "at-risk": "yellow",
    "short": "red",
    "late": "bold red",
    "suspended": "magenta",
    "closed-short": "magenta",
    "withdrawn": "bright_black",
}
"""A colour for each status; the word always stands beside it."""


class Cell(NamedTuple):
    """Text with a style for terminals that have colours."""

    text: str
    style: str = ""


Row = Sequence[str | Cell]


def safe(text: str) -> str:
    """Text from a ledger as it may be shown: control, escape and bidi characters are escaped."""
    return FORBIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def out(text: str = "") -> None:
    """Data, on stdout."""
    print(safe(text))


def talk(text: str) -> None:
    """Talk, on stderr."""
    print(safe(text), file=sys.stderr)


def status_cell(status: str) -> Cell:
    """A status in its colour."""
    return Cell(status, COLOURS.get(status, ""))


def heading(text: str) -> None:
    """A line above a table."""
    if _coloured(sys.stdout):
        from rich.text import Text

        _console().print(Text(safe(text), style="bold"))
    else:
        out(text)


def table(head: Sequence[str], rows: Sequence[Row], *, widest: int | None = None) -> None:
    """A table: laid out by rich on a terminal, else plain columns.

    The column `widest` takes what room is left on a terminal.
    """
    if _coloured(sys.stdout) and len(rows) <= RICH_ROWS:
        _rich_table(head, rows, widest)
    else:
        _plain_table(head, rows)


def _coloured(stream: TextIO) -> bool:
    return stream.isatty()


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def _rich_table(head: Sequence[str], rows: Sequence[Row], widest: int | None) -> None:
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bright_black")
    for index, name in enumerate(head):
        made.add_column(
            name, ratio=None, overflow="fold", no_wrap=index == 0, min_width=20 if index == widest else None
        )
    for row in rows:
        made.add_row(*(Text(safe(cell.text), style=cell.style) for cell in map(_cell, row)))
    _console().print(made)


def _plain_table(head: Sequence[str], rows: Sequence[Row]) -> None:
    from rich.cells import cell_len

    texts = [list(head), *([safe(_cell(cell).text) for cell in row] for row in rows)]
    widths = [max(cell_len(row[column]) for row in texts) for column in range(len(head))]
    for row in texts:
        padded = [text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True)]
        print("  ".join(padded).rstrip())


def _cell(cell: str | Cell) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr for work that turns out long; only on a terminal. Yields what is told (done, all)."""
    if not sys.stderr.isatty():
        yield lambda done, all: None
        return
    from rich.progress import Progress

    bar = Progress(console=_console(stderr=True), transient=True)
    task = bar.add_task(what, visible=False)

    def told(done: int, all: int) -> None:
        if not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=all, visible=True)

    try:
        yield told
    finally:
        bar.stop()
