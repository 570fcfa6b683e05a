"""How is the board shown: a commitment in one line, grouped by programme, summed up in words?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cli.shown import heading, laid_out, out, status_cell, table_in
from domain.quantity import text as amount
from projections.due import AT_REST
from projections.register import programmes

if TYPE_CHECKING:
    from cli.desk import Desk
    from cli.layout import Row
    from domain.fuzzy import FuzzyDate
    from projections.status import BoardItem

BOARD_HEAD = ("commitment", "status", "due", "left", "pace", "why")


def show_board(desk: Desk, items: Sequence[BoardItem], *, nothing: str = "No commitment.") -> None:
    """The board as text, with a summary in words."""
    titles = {one.key: one.title for one in desk.ask(programmes)}
    rows: dict[str | None, list[Row]] = {}
    for item in items:
        rows.setdefault(item.programme, []).append(board_row(item))
    layout = laid_out(BOARD_HEAD, [row for its in rows.values() for row in its])
    for programme in sorted(rows, key=lambda key: (key is None, titles.get(key or "", ""))):
        heading(titles.get(programme, programme) if programme else "No programme")
        table_in(layout, BOARD_HEAD, rows[programme])
        out()
    out(summary(items) if items else nothing)


def board_row(item: BoardItem) -> Row:
    """One commitment in one line."""
    flags = "".join(f" [{code}]" for code in _flags(item))
    why = item.reasons[0].text if item.reasons else ""
    return (item.key, status_cell(item.status), due_text(item.due), days_left(item), pace(item), why + flags)


def _flags(item: BoardItem) -> list[str]:
    """What the status and its reason do not say yet: a due that never moved is passed but once."""
    found = [flag.code for flag in item.flags if flag.code != "silent"]
    never_moved = bool(item.due and item.original_due and item.original_due.same_as(item.due))
    if never_moved and (item.status in ("late", "met-late") or "past-due" in found):
        return [code for code in found if code != "late-vs-original"]
    return found


def due_text(due: FuzzyDate | None) -> str:
    """The due as worded and as a date."""
    if due is None:
        return "-"
    if due.latest is None or due.wording == str(due.latest):
        return str(due.wording)
    return f"{due.wording} ({due.latest})"


def days_left(item: BoardItem) -> str:
    """How long there is to the due; of what is closed, suspended or claimed nothing is due."""
    return "-" if item.status in AT_REST else left(item.days_left)


def left(days: int | None) -> str:
    """`37 d`, `24 d over`."""
    if days is None:
        return "-"
    return f"{days} d" if days >= 0 else f"{-days} d over"


def pace(item: BoardItem) -> str:
    """Progress in percent, or the running (else the last ended) period of the first target."""
    if item.targets:
        period = next((one for one in item.targets if one.outcome == "running"), item.targets[0])
        actual = amount(period.actual) if period.actual else "nothing"
        return f"{actual} of {amount(period.amount)} in {period.period}"
    return f"{item.progress} %" if item.progress is not None else "-"


def summary(items: Iterable[BoardItem]) -> str:
    """`10 commitments: 5 undated, 4 unreported, 1 late; next due in 37 days (fibre)`."""
    counts, ahead = Counter[str](), list[tuple[int, str]]()
    for item in items:
        counts[item.status] += 1
        if item.days_left is not None and item.days_left >= 0 and item.status not in AT_REST:
            ahead.append((item.days_left, item.key))
    if not counts:
        return "no commitment"
    told = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    plural = "" if counts.total() == 1 else "s"
    tail = "; next due in {} days ({})".format(*min(ahead)) if ahead else ""
    return f"{counts.total()} commitment{plural}: {told}{tail}"
