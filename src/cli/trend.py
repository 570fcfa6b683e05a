"""Milestone trend analysis: `trend`."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import app
from cli.options import Context, desk_of

if TYPE_CHECKING:
    from datetime import date

    from cli.layout import Row
    from projections.trend import Point, Trend

HEAD = ("event", "on", "expected", "days", "due", "by whom, and why")


@app.command()
def trend(
    context: Context,
    items: Annotated[list[str], typer.Argument(metavar="C[/M]…", help="Commitments and milestones, up to 26.")],
) -> None:
    """Chart how the expected day moved as time went by. With the slip rate in days per day; at 1 it never arrives.

    Example: pledger trend fibre fibre/cable-laid --as-known 2027-03-31
    """
    from cli.answer import answer, say_times
    from projections.trend import trend as question

    desk = desk_of(context)
    keys = list(dict.fromkeys(desk.reading(one) for one in items))
    must_fit(keys)
    found = desk.ask(lambda base, at: question(base, at, keys))
    if desk.settings.json:
        answer(desk, found)
        return
    say_times(desk)
    show_trends(found, desk.at.on)


def must_fit(keys: list[str]) -> None:
    """Each item has a letter of its own. Refused: `too-many`."""
    from domain.refused import Refused

    if len(keys) > len(ascii_lowercase):
        raise Refused("too-many", f"{len(keys)} items have no letters of their own in one chart. Ask for fewer.")


def show_trends(found: list[Trend], on: date) -> None:
    """The chart of all that has a day, then each item with its points."""
    from cli.shown import columns, heading, out, table
    from cli.trend_chart import LEGEND, chart

    if any(one.expected for each in found for one in each.points):
        for line in chart(found, on, columns()):
            out(line)
        out(f"  {LEGEND}")
        out()
    for letter, each in zip(ascii_lowercase, found, strict=False):
        heading(f"{letter}  {each.item}: {each.title}")
        out(f"   {sentence(each)}")
        table(HEAD, [_row(before, one) for before, one in zip([None, *each.points], each.points, strict=False)])
        out()


def sentence(each: Trend) -> str:
    """What the slip rate says, or why there is none."""
    met = f"met {each.met_on.wording}; " if each.met_on else "" if each.open else "closed; "
    if each.slip_rate is None:
        return f"{met}no slip rate: an expected day was stated on fewer than two days"
    rate = f"{met}slip rate {each.slip_rate:f} days a day"
    if not each.open:
        return rate
    if each.slip_rate >= 1:
        return f"{rate}: it moves away as fast as time goes by or faster, and never arrives"
    return f"{rate}: on that line it arrives {each.arrives or 'after the year 9999'}"


def _row(before: Point | None, one: Point) -> Row:
    from cli.figures import signed
    from cli.tongue import day

    days = (one.expected - before.expected).days if before and before.expected and one.expected else None
    by = f"{one.actor}: {one.reason}" if one.reason else f"{one.actor}: promised"
    return (f"#{one.position}", day(one.day), _day(one.expected), signed(days), _day(one.due), by)


def _day(day: date | None) -> str:
    from cli.tongue import day as told

    return told(day) if day else "-"
