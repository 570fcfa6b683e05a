"""What was recorded, about one item or in the whole ledger: `history`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import app
from cli.options import Context, desk_of

if TYPE_CHECKING:
    from cli.desk import Desk
    from cli.layout import Row
    from projections.history import Event

HEAD = ("event", "recorded", "true on", "by", "item", "what")


@app.command()
def history(
    context: Context,
    item: Annotated[str | None, typer.Argument(metavar="[C[/M]]", help="A commitment or milestone; else all.")] = None,
) -> None:
    """List what was recorded, oldest first. When, by which office, about what.

    Example: pledger history fibre
    """
    from cli.answer import answer_each, say_times

    desk = desk_of(context)
    events = partial(events_of, desk, desk.recorded_item(item) if item else None)
    found = events()
    if desk.settings.json:
        answer_each(desk, found)
        return
    say_times(desk)
    _say_logins(desk)
    show_events(desk, events)


def _say_logins(desk: Desk) -> None:
    """On a server, whoever recorded under several names shows, however the names were given."""
    if "://" not in desk.settings.ledger_place():
        return
    from cli.shown import talk
    from ledger.logins import several

    with desk.record.store.reading() as connection:
        for sentence in several(connection):
            talk(sentence)


def events_of(desk: Desk, key: str | None) -> Iterator[Event]:
    """The lines about a commitment or milestone, else all lines. They are read as they are asked for, and not kept."""
    from domain.occasion import stream_of
    from projections.history import history as question

    subject = stream_of(key) if key else None
    found = desk.ask(lambda base, at: question(desk.record, base, at, subject))
    if key is None or "/" not in key:
        return found
    return (one for one in found if one.data.about(key.partition("/")[0]) == key)


def show_events(desk: Desk, events: Callable[[], Iterable[Event]]) -> None:
    """Events as a list. They are asked for twice: how wide its columns are is known only at the last one."""
    from cli.shown import laid_out, out, table_in
    from cli.tongue import word

    layout = laid_out(HEAD, (event_row(desk, one) for one in events()))
    if layout.rows:
        table_in(layout, HEAD, (event_row(desk, one) for one in events()))
    else:
        out(word("Nothing was recorded by then."))


def event_row(desk: Desk, event: Event) -> Row:
    """An event in one line; a retracted one says by which it was taken back."""
    from datetime import date

    from cli.layout import Cell
    from cli.tongue import day, word
    from projections.said import about

    gone = f" [{word('retracted by')} #{event.retracted_by}]" if event.retracted_by else ""
    what = Cell(desk.words(event.data) + gone, "strike bright_black" if gone else "")
    recorded = date.fromisoformat(event.recorded[:10])
    true_on = "" if event.effective == recorded else day(event.effective)
    return (f"#{event.position}", day(recorded), true_on, event.actor, about(event.subject, event.data), what)
