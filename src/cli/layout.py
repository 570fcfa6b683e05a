"""How do words and rows fit into a width? What does not fit beside goes beneath, and nothing is ever cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from domain.text import FORBIDDEN

GAP = "  "
EMPTY = ("", "-")
"""Cells that say nothing, and are left out where cells follow each other in a line."""


class Cell(NamedTuple):
    """Text with a style for terminals that have colours."""

    text: str
    style: str = ""


Row = Sequence[str | Cell]


def safe(text: str) -> str:
    """Text from a ledger as it may be shown: control, escape and bidi characters are escaped."""
    if text.isprintable():
        return text  # nearly all is, and this is told ten times as fast
    return FORBIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def wrapped(text: str, room: int | None, hang: int | None = None) -> list[str]:
    """The text in lines of at most `room` columns, broken at spaces; a longer word has a line of its own.

    Lines after the first are indented by `hang`, by default two more than the first.
    """
    if room is None or breadth(text) <= room:
        return [text]
    indent = " " * (len(text) - len(text.lstrip(" ")) + 2 if hang is None else hang)
    first, *words = text.split(" ")
    lines = [first]
    for word in words:
        longer = f"{lines[-1]} {word}"
        if breadth(longer) <= room or not lines[-1].strip():
            lines[-1] = longer
        else:
            lines.append(indent + word)
    return lines


class Layout(NamedTuple):
    """As many columns side by side as fit, as wide as their rows need; the other cells follow beneath each row.

    `rows` is the number of rows that it was made for.
    """

    room: int | None
    widths: Sequence[int]
    rows: int

    @classmethod
    def fitting(cls, head: Row, rows: Iterable[Row], room: int | None) -> Layout:
        """The layout for rows as long as their head; without `room` all cells stand side by side."""
        widths, count = [breadth(_text(cell)) for cell in head], 0
        for row in rows:
            widths = [max(width, breadth(_text(cell))) for width, cell in zip(widths, row, strict=True)]
            count += 1
        while room is not None and len(widths) > 1 and sum(widths) + len(GAP) * (len(widths) - 1) > room:
            widths.pop()
        return cls(room, widths, count)

    def lines(self, row: Row) -> Iterator[list[Cell]]:
        """A row: its columns in one line, what did not fit beside in lines beneath."""
        yield [
            Cell(padded(text, width), _style(cell))
            for cell, width in zip(row, self.widths, strict=False)
            for text in (_text(cell),)
        ]
        beneath = [cell for cell in row[len(self.widths) :] if _text(cell).strip() not in EMPTY]
        if beneath:
            text = "; ".join(map(_text, beneath))
            for line in wrapped("    " + text, self.room, hang=4):
                yield [Cell(line, _style(beneath[-1]))]

    def head(self, names: Sequence[str]) -> list[Cell]:
        """The names of the columns that stand side by side."""
        return next(self.lines([Cell(name, "bright_black") for name in names[: len(self.widths)]]))


def padded(text: str, width: int) -> str:
    """The text with spaces behind it up to so many columns of the screen."""
    return text.ljust(width) if text.isascii() else text + " " * (width - breadth(text))


def _text(cell: str | Cell) -> str:
    return safe(cell if isinstance(cell, str) else cell.text)


def _style(cell: str | Cell) -> str:
    return "" if isinstance(cell, str) else cell.style


def breadth(text: str) -> int:
    """Columns of the screen that a text takes: letters of some languages take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # late: few texts wait for it

    return cell_len(text)
