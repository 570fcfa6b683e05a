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
from cli.options import Approver, Because, Context, Item, desk_of, recording

if TYPE_CHECKING:
    from cli.desk import Desk
    from cli.layout import Row
    from projections.due import DueItem, DueList
    from projections.status import BoardItem

To = Annotated[str, typer.Argument(metavar="DATE", help="The new due: end-2027, Q1 2027, 2027-05-17 …")]


@app.command()
@recording
def move(context: Context, item: Item, to: To, because: Because = None, approved_by: Approver = None) -> None:
    """Move a promised date, on the record. The original due of the commitment or milestone stays known.

    Example: pledger move fibre 2027-Q1 --because "Landing permit late" --approved-by steering-board
    """
    from domain.due import move_due
    from domain.entry import fuzzy_date

    desk = desk_of(context)
    key = desk.item(item)
    desk.change(
        lambda at: move_due(at, key, fuzzy_date(to, at.today), because=because, approved_by=approved_by),
        nothing=f"{key} is due {to} already",
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
    if found.undated:
        talk(f"{len(found.undated)} undated not shown")


def _row(one: DueItem) -> Row:
    from cli.board_shown import left
    from cli.shown import status_cell
    from cli.tongue import day

    assert one.due.latest
    item = (one.key, status_cell(one.status), one.due.wording, one.title)
    return (day(one.due.latest), left(one.days_left), *item, _rests(one))


def _rests(one: DueItem) -> str:
    """`AZ: International Azerbaijanis Solidarity Day; last before: 2026-12-30`; empty where all work or it is past."""
    from cli.tongue import day, word
    from exchange.workdays import reasons

    if one.working is None or not one.working.rest or one.days_left < 0:
        return ""
    before = one.working.last_day
    return reasons(one.working, word) + (f"; {word('last before')}: {day(before)}" if before else "")
