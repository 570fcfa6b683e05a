"""How are counts shown? In columns where all fit side by side, else row by row, each number with its name."""

from __future__ import annotations

from collections.abc import Sequence

from cli.layout import EMPTY
from cli.shown import laid_out, out, table_in
from cli.tongue import day_count, word


def figures(head: Sequence[str], rows: Sequence[Sequence[str]], names: int = 1) -> None:
    """A table whose first columns name the row. Where it does not fit, what is nothing is left out."""
    layout = laid_out(head, rows)
    if len(layout.widths) == len(head):
        table_in(layout, head, rows)
        return
    for row in rows:
        told = [
            f"{word(name)} {cell}"
            for name, cell in zip(head[names:], row[names:], strict=True)
            if cell not in (*EMPTY, "0")
        ]
        out(f"{', '.join(filter(None, row[:names]))}: {'; '.join(told) or word('nothing')}", hang=4)


def signed(days: int | None) -> str:
    """`+90 d`, `-30 d`, `0 d`; `-` where there are none."""
    return "-" if days is None else day_count(f"{days:+d}" if days else "0")
