"""The calendar of all promises: `timeline`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import app
from cli.filtered import FilterWords, filter_of
from cli.layout import safe
from cli.options import Context, desk_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cli.desk import Desk
    from projections.timeline import Bar

Bounds = tuple["date | None", "date | None"]


@app.command()
def timeline(
    context: Context,
    words: FilterWords = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The first day shown: 2026, Q1 2026 …")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="The last day shown.")] = None,
) -> None:
    """Draw windows, dues, forecasts and what was met on a calendar. A Gantt chart, with the line of the day.

    Example: pledger timeline programme:middle-corridor --from 2026 --until 2027
    """
    from cli.answer import answer, say_times
    from cli.tongue import word
    from projections.timeline import timeline as question

    desk = desk_of(context)
    wanted, bounds = filter_of(desk, words), bounds_of(desk, since, until)
    found = desk.ask(lambda base, at: question(base, at, wanted))
    if desk.settings.json:
        answer(desk, found)
        return
    say_times(desk)
    show_timeline(desk, found, bounds, nothing=word("No commitment matches.") if words else word("No commitment."))


def bounds_of(desk: Desk, since: str | None, until: str | None) -> Bounds:
    """The days asked for. Refused: `bad-date`, `reversed`."""
    from domain.entry import fuzzy_date
    from domain.refused import Refused

    first = fuzzy_date(since, desk.at.on).earliest if since is not None else None
    last = fuzzy_date(until, desk.at.on).latest if until is not None else None
    if first and last and first > last:
        raise Refused("reversed", f"{first} is later than {last}. Write the earlier day with --from.")
    return first, last


def show_timeline(desk: Desk, bars: Sequence[Bar], bounds: Bounds, nothing: str) -> None:
    """The calendar, programme by programme."""
    from cli.layout import Cell
    from cli.shown import columns, heading, line, out, status_cell
    from cli.timeline_chart import LEGEND, ROOMY, axis, drawn, room_for_status, scale
    from cli.tongue import day, word
    from projections.register import programmes

    if not bars:
        out(nothing)
        return
    titles = {one.key: one.title for one in desk.ask(programmes)}
    wide = columns()
    roomy = room_for_status() if wide >= ROOMY else 0
    gutter = min(max(len(name_of(bar)) for bar in bars), (wide - roomy) // 3) + 2
    room = scale(bars, desk.at.on, bounds, wide - gutter - roomy)
    for text in axis(room):
        out(" " * gutter + text)
    shown: set[str | None] = set()
    for bar in bars:
        if bar.programme not in shown:
            shown.add(bar.programme)
            heading(titles.get(bar.programme, bar.programme) if bar.programme else word("No programme"))
        marks = drawn(bar, room, desk.at.on)
        for name, drawing in beside(name_of(bar), marks, gutter):
            cells = [Cell(f"{name:<{gutter}}{drawing:<{room.width}}")]
            line([*cells, status_cell(bar.status)] if roomy and drawing is marks else cells, len(bars))
    out(word(LEGEND).replace("{on}", day(desk.at.on)))


def name_of(bar: Bar) -> str:
    """The key; a milestone's own, beneath that of its commitment."""
    commitment, _, milestone = safe(bar.key).partition("/")
    return f"  {milestone}" if milestone else commitment


def beside(name: str, marks: str, gutter: int) -> list[tuple[str, str]]:
    """A name beside its marks; where it is too long, above them."""
    return [(name, marks)] if len(name) < gutter else [(name, ""), ("", marks)]
