"""The promised date: `move` it on the record, and list what is `due`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import app
from cli.board import (
    InProgramme,
    OfKind,
    OfOwner,
    OfParty,
    WithStatus,
    WithTag,
    statuses_of,
    wanted_of,
)
from cli.filtered import FilterWords
from cli.options import Approver, Because, Context, Item, When, desk_of, recording

if TYPE_CHECKING:
    from cli.desk import Desk
    from cli.layout import Row
    from projections.due import DueItem, DueList
    from projections.status import BoardItem


@app.command()
@recording
def move(context: Context, item: Item, to: When, because: Because = None, approved_by: Approver = None) -> None:
    """Move a promised date, on the record. The original due of the commitment or milestone stays known.

    Example: pledger move fibre 2027-Q1 --because "Landing permit late" --approved-by steering-board
    """
    from domain.due import move_due
    from domain.entry import fuzzy_date

    desk = desk_of(context)
    key = desk.item(item)
    due = " ".join(to)
    desk.change(
        lambda at: move_due(at, key, fuzzy_date(due, at.today), because=because, approved_by=approved_by),
        nothing=f"{key} is due {due} already",
    )


app.command("rebaseline", hidden=True)(move)


@app.command()
def due(
    context: Context,
    words: FilterWords = None,
    within: Annotated[str, typer.Option(metavar="DAYS", help="How far ahead: 90d, 12w, 6m.")] = "90d",
    fail_on: Annotated[
        list[str] | None,
        typer.Option(metavar="STATUS", help="Exit with 1 if one has this status; past-due counts as late."),
    ] = None,
    programme: InProgramme = None,
    party: OfParty = None,
    owner: OfOwner = None,
    tag: WithTag = None,
    kind: OfKind = None,
    status: WithStatus = None,
) -> None:
    """List what is due, overdue on top. Commitments, milestones and ends of target periods.

    With the extra pledger[holidays] it is said where a last day is no working day for those who promised.

    Example: pledger due --within 30d --fail-on late
    """
    from cli.answer import answer
    from cli.length import days_of
    from exchange.workdays import Workdays
    from projections.due import falling_due
    from projections.register import parties
    from projections.status import board

    desk = desk_of(context)
    wanted = wanted_of(desk, words, programme, party, owner, tag, kind, status)
    failing, days = statuses_of(fail_on), days_of(within)
    found = desk.ask(lambda base, at: falling_due(base, at, days, wanted, Workdays(parties(base, at))))
    if desk.settings.json:
        answer(desk, found.items)
    else:
        show_due(desk, found, within)
    if not failing:
        return
    items = desk.ask(lambda base, at: board(base, at, wanted))
    if any_is(items, failing):
        raise typer.Exit(1)


def any_is(items: Sequence[BoardItem], statuses: Sequence[str]) -> bool:
    """Has a commitment or milestone one of these statuses? Who is past due although suspended or claimed is late."""
    return any(
        one in statuses or ("late" in statuses and late)
        for item in items
        for one, late in (
            (item.status, any(flag.code == "past-due" for flag in item.flags)),
            *((milestone.status, False) for milestone in item.milestones),
        )
    )


DUE_HEAD = ("due", "left", "item", "status", "as worded", "title", "no working day")


def show_due(desk: Desk, found: DueList, within: str) -> None:
    """The list as text; what has no date is counted on stderr."""
    from cli.answer import say_times
    from cli.shown import out, table, talk
    from cli.tongue import word

    say_times(desk)
    if found.items:
        told = [_row(one) for one in found.items]
        width = len(DUE_HEAD) if any(row[-1] for row in told) else len(DUE_HEAD) - 1
        table(DUE_HEAD[:width], [row[:width] for row in told])
    else:
        out(word("Nothing is due within {within}.").replace("{within}", within))
    talk(f"what is due later than in {within} not shown")
    if found.undated:
        milestones = sum("/" in key for key in found.undated)
        which = f" ({milestones} milestone{'' if milestones == 1 else 's'} among them)" if milestones else ""
        talk(f"{len(found.undated)} undated not shown{which}")


def _row(one: DueItem) -> Row:
    from cli.shown import status_cell
    from cli.tongue import day

    assert one.due.latest
    item = (one.key, status_cell(one.status), one.due.wording, one.title)
    return (day(one.due.latest), _left(one), *item, _rests(one))


def _left(one: DueItem) -> str:
    """Of a period that ended it is said when: what came of it is its status."""
    from cli.board_shown import left
    from cli.tongue import told_days

    if one.what == "period" and one.days_left < 0:
        return told_days("ended {days} d ago", -one.days_left)
    return left(one.days_left)


def _rests(one: DueItem) -> str:
    """`AZ: International Azerbaijanis Solidarity Day; last before: 2026-12-30`; empty where all work or it is past."""
    from cli.tongue import day, word
    from exchange.workdays import reasons

    if not one.working:
        return ""
    before = one.working.last_day
    return reasons(one.working, word) + (f"; {word('last before')}: {day(before)}" if before else "")
