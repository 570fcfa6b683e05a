"""The board: every commitment with its status, grouped by programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.app import app
from cli.options import Context
from cli.settings import Settings

if TYPE_CHECKING:
    from cli.shown import Row

FilterWords = Annotated[
    list[str] | None, typer.Argument(metavar="[FILTER]…", help="A key, a status, or words of a title; all must hold.")
]
InProgramme = Annotated[str | None, typer.Option("--programme", metavar="G", help="Only this programme.")]
OfParty = Annotated[str | None, typer.Option("--party", metavar="P", help="Only what this party owes or is owed.")]
OfOwner = Annotated[str | None, typer.Option("--owner", metavar="OFFICE", help="Only what this office looks after.")]
WithTag = Annotated[str | None, typer.Option("--tag", metavar="T", help="Only what has this tag.")]
OfKind = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only this kind.")]
WithStatus = Annotated[list[str] | None, typer.Option("--status", metavar="S", help="Only this status; repeatable.")]


@app.command()
def status(
    context: Context,
    words: FilterWords = None,
    programme: InProgramme = None,
    party: OfParty = None,
    owner: OfOwner = None,
    tag: WithTag = None,
    kind: OfKind = None,
    status: WithStatus = None,
) -> None:
    """Show the board: each commitment with status, due, progress and reason, by programme.

    Example: pledger status --programme middle-corridor --as-of 2027-01-01
    """
    settings: Settings = context.obj
    desk = settings.desk
    items = desk.board(words, programme=programme, party=party, owner=owner, tag=tag, kind=kind, statuses=status)
    if settings.json:
        from cli.answer import answer

        answer(desk, items)
        return
    show_board(desk, items)


def show_board(desk: Any, items: Sequence[Any]) -> None:
    """The board as text, with a summary in words."""
    from cli.answer import say_times
    from cli.shown import heading, out, table

    say_times(desk)
    titles = desk.titles("programme")
    for programme in dict.fromkeys(item.programme for item in items):
        heading(titles.get(programme, programme) if programme else "No programme")
        rows = [board_row(item) for item in items if item.programme == programme]
        table(("commitment", "status", "due", "left", "pace", "why"), rows, widest=5)
        out()
    out(summary(items) if items else "No commitment yet." if desk.at.known < 2 else "No commitment matches.")


def board_row(item: Any) -> Row:
    """One commitment in one line."""
    from cli.shown import status_cell

    flags = "".join(f" [{flag.code}]" for flag in item.flags if flag.code != "silent")
    why = item.reasons[0].text if item.reasons else ""
    return (item.key, status_cell(item.status), due_text(item.due), left(item.days_left), pace(item), why + flags)


def due_text(due: Any) -> str:
    """The due as worded and as a date."""
    if due is None:
        return "-"
    if due.latest is None or due.wording == str(due.latest):
        return str(due.wording)
    return f"{due.wording} ({due.latest})"


def left(days: int | None) -> str:
    """`37 d`, `24 d over`."""
    if days is None:
        return "-"
    return f"{days} d" if days >= 0 else f"{-days} d over"


def pace(item: Any) -> str:
    """Progress in percent, or the running (else the last ended) period of the first target."""
    from domain.quantity import text as amount

    if item.targets:
        period = next((one for one in item.targets if one.outcome == "running"), item.targets[0])
        actual = amount(period.actual) if period.actual else "nothing"
        return f"{actual} of {amount(period.amount)} in {period.period}"
    return f"{item.progress} %" if item.progress is not None else "-"


def summary(items: Iterable[Any]) -> str:
    """`10 commitments: 5 undated, 4 unreported, 1 late; next due in 37 days (fibre)`."""
    items = list(items)
    counts = Counter(item.status for item in items)
    told = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    ahead = [
        item
        for item in items
        if item.days_left is not None
        and item.days_left >= 0
        and item.status not in ("met", "met-late", "claimed", "withdrawn", "closed-short", "suspended")
    ]
    nearest = min(ahead, key=lambda item: item.days_left, default=None)
    plural = "" if len(items) == 1 else "s"
    tail = f"; next due in {nearest.days_left} days ({nearest.key})" if nearest else ""
    return f"{len(items)} commitment{plural}: {told}{tail}"
