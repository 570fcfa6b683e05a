"""How is the board shown: a commitment in one line, grouped by programme, summed up in words?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cli.shown import heading, laid_out, out, status_cell, table_in
from cli.tongue import amount, counted, day, day_count, percent, told_days, word
from projections.due import AT_REST
from projections.register import programmes

if TYPE_CHECKING:
    from datetime import date

    from cli.desk import Desk
    from cli.layout import Row
    from domain.fuzzy import FuzzyDate
    from projections.status import BoardItem, Checkpoint

BOARD_HEAD = ("commitment", "status", "due", "left", "pace", "why")


def show_board(desk: Desk, items: Sequence[BoardItem], *, nothing: str | None = None) -> None:
    """The board as text, with a summary in words."""
    titles = {one.key: one.title for one in desk.ask(programmes)}
    rows: dict[str | None, list[Row]] = {}
    for item in items:
        rows.setdefault(item.programme, []).append(board_row(item))
    layout = laid_out(BOARD_HEAD, [row for its in rows.values() for row in its])
    for programme in sorted(rows, key=lambda key: (key is None, titles.get(key or "", ""))):
        heading(titles.get(programme, programme) if programme else word("No programme"))
        table_in(layout, BOARD_HEAD, rows[programme])
        out()
    out(summary(items, desk.at.on) if items else nothing or word("No commitment."))


def board_row(item: BoardItem) -> Row:
    """One commitment in one line."""
    flags = "".join(f" [{word(code, 'flag')}]" for code in _flags(item))
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
    return f"{due.wording} ({day(due.latest)})"


def days_left(item: BoardItem) -> str:
    """How long there is to the due; of what is closed, suspended or claimed nothing is due."""
    return "-" if item.status in AT_REST else left(item.days_left)


def left(days: int | None) -> str:
    """`37 d`, `24 d over`."""
    if days is None:
        return "-"
    return day_count(days) if days >= 0 else told_days("{days} d over", -days)


def pace(item: BoardItem) -> str:
    """Progress in percent, or the running (else the last ended) period of the first target."""
    if item.targets:
        period = next((one for one in item.targets if one.outcome == "running"), item.targets[0])
        if period.actual is None:
            return word("no figure yet for {period}").replace("{period}", period.period)
        told = {"actual": amount(period.actual), "amount": amount(period.amount), "period": period.period}
        return word("{actual} of {amount} in {period}").format_map(told)
    return percent(item.progress) if item.progress is not None else "-"


def summary(items: Iterable[BoardItem], on: date) -> str:
    """`10 commitments: 5 undated, 4 unreported, 1 late; next due in 37 days (fibre)`. Milestones fall due as well."""
    counts, ahead = Counter[str](), list[tuple[int, str]]()
    for item in items:
        counts[item.status] += 1
        if item.status not in AT_REST:
            ahead += _ahead(item, on)
    if not counts:
        return word("no commitment")
    told = ", ".join(f"{count} {word(status, 'status')}" for status, count in counts.most_common())
    all_of = counted("{count} commitment", "{count} commitments", counts.total())
    return f"{all_of}: {told}" + (f"; {_next(*min(ahead))}" if ahead else "")


def _ahead(item: BoardItem, on: date) -> Iterator[tuple[int, str]]:
    """The days left to its due, and to those of its milestones, where there are any; nothing of what has passed."""
    items: list[BoardItem | Checkpoint] = [item, *item.milestones]
    for one in items:
        days = (one.due.latest - on).days if one.due and one.due.latest else -1
        if days >= 0 and one.status not in AT_REST:
            yield days, one.key


def _next(days: int, key: str) -> str:
    told = counted("next due in {count} day ({key})", "next due in {count} days ({key})", days)
    return told.replace("{key}", key)
