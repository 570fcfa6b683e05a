"""How is data laid out for eyes: safe text, tables, colour that also reads without colour?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from cli.layout import GAP, Cell, Layout, Row, breadth, padded, safe, wrapped
from cli.tongue import word

if TYPE_CHECKING:
    from rich.console import Console

RICH_ROWS = 100
"""Up to so many rows rich colours a table; above, plain columns, which cost a tenth."""

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


def out(text: str = "", *, hang: int | None = None) -> None:
    """Data, on stdout; on a terminal broken at spaces, later lines indented by `hang`."""
    _write(sys.stdout, text, hang)


def talk(text: str) -> None:
    """Talk, on stderr."""
    _write(sys.stderr, text, None)


def status_cell(status: str) -> Cell:
    """A status in its colour, in the language that is spoken."""
    return Cell(word(status, "status"), COLOURS.get(status, ""))


def labelled(lines: Iterable[tuple[str, str]], least: int = 11) -> None:
    """Lines that each begin with their name, in a column of its own."""
    told = list(lines)
    room = max([least, *(breadth(name) for name, _ in told)])
    for name, text in told:
        out(f"  {padded(name, room)} {text}", hang=room + 3)


def heading(text: str) -> None:
    """A line above a table; more where the terminal is narrow."""
    for each in wrapped(safe(text), _room(sys.stdout)):
        line([Cell(each, "bold")])


def line(cells: Sequence[Cell], among: int = 1) -> None:
    """One line of so many, in colours on a terminal."""
    _print(cells, coloured=sys.stdout.isatty() and among <= RICH_ROWS)


def laid_out(head: Sequence[str], rows: Iterable[Row]) -> Layout:
    """The columns that these rows need and the screen has room for; heads are words of the catalogue."""
    return Layout.fitting([word(name) for name in head], rows, _room(sys.stdout))


def table(head: Sequence[str], rows: Sequence[Row]) -> None:
    """Rows in columns, in colours on a terminal; what a terminal has no room for goes beneath its row."""
    table_in(laid_out(head, rows), head, rows)


def table_in(layout: Layout, head: Sequence[str], rows: Iterable[Row]) -> None:
    """The same for rows, or some of the rows, for which columns were laid out before."""
    line(layout.head([word(name) for name in head]), layout.rows)
    for row in rows:
        for each in layout.lines(row):
            line(each, layout.rows)


def _write(stream: TextIO, text: str, hang: int | None) -> None:
    for line in wrapped(safe(text), _room(stream), hang):
        print(line, file=stream)


def columns() -> int:
    """How wide a chart may be: as the terminal, or as most terminals are where nobody looks yet."""
    return _room(sys.stdout) or 80


def _room(stream: TextIO) -> int | None:
    """The columns of a terminal; None for what is no terminal, where lines are as long as they are."""
    return get_terminal_size().columns if stream.isatty() else None


def _print(line: Sequence[Cell], *, coloured: bool) -> None:
    if not coloured:
        print(GAP.join(cell.text for cell in line).rstrip())
        return
    from rich.text import Text

    styled = Text(GAP).join(Text(cell.text, style=cell.style) for cell in line)
    styled.rstrip()
    _console().print(styled, soft_wrap=True)


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, with rate and remaining time, for work that turns out long; only on a terminal.

    Yields what is told (done, all).
    """
    if not sys.stderr.isatty():
        yield lambda done, all: None
        return
    from rich.progress import Progress, TextColumn

    columns = (*Progress.get_default_columns(), TextColumn("{task.fields[rate]}"))
    bar = Progress(*columns, console=_console(stderr=True), transient=True)
    task = bar.add_task(what, visible=False, rate="")

    def told(done: int, all: int) -> None:
        if not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=all, visible=True)
        bar.update(task, rate=f"{bar.tasks[0].speed or 0:,.0f}/s")

    try:
        yield told
    finally:
        if bar.live.is_started:
            bar.stop()
