"""What was recorded, about one item or in the whole ledger: `history`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.app import app
from cli.options import Context, desk_of
from domain.text import shown

if TYPE_CHECKING:
    from cli.desk import Desk
    from cli.layout import Row
    from projections.history import Event
    from projections.trail import Trail

HEAD = ("event", "recorded", "true on", "by", "item", "what")
SHEET = ("position", "id", "type", "item", "recorded", "effective", "actor", "said", "command", "retracted by")


@app.command()
def history(
    context: Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[C[/M]] [FILTER]…",
            help="A commitment or milestone; actor: type: item: recorded: effective: is: text: and fields of status,"
            " with a value; all must hold.",
        ),
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="The lines exactly as they are stored.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="A table for a spreadsheet.")] = False,
) -> None:
    """List what was recorded, oldest first. When, by which office, about what, and what was taken back since.

    Example: pledger history fibre type:due.moved 'recorded:>=2026-10'
    """
    from cli.answer import answer_each, say_times
    from domain.refused import Refused

    desk = desk_of(context)
    if raw + csv + desk.settings.json > 1:
        raise Refused("usage", "Lines are told in one way at a time: --raw, --csv or --json.")
    events = _meant(desk, list(words or ()))
    if desk.settings.json:
        answer_each(desk, _each_with_login(desk, events()))
        return
    found = events()  # refused before anything is said
    say_times(desk)
    if raw or csv:
        (_write_raw if raw else _write_sheet)(desk, found)
        return
    show_events(desk, _with_logins(desk, events))


def _meant(desk: Desk, words: list[str]) -> Callable[[], Iterator[Event]]:
    """The events that were asked for, as often as they are needed: the first word is an item, unless it filters."""
    from cli.filtered import trail_of

    key = _item(desk, words.pop(0)) if words and not re.search(":|^@", words[0]) else None
    return partial(events_of, desk, key, trail_of(desk, words) if words else None)


def _item(desk: Desk, typed: str) -> str:
    from domain.refused import Refused

    try:
        return desk.recorded_item(typed)
    except Refused as refused:
        if refused.code == "unknown-key":
            raise Refused(refused.code, f"{refused.sentence} To look for a word: history text:{shown(typed)}") from None
        raise


def _write_raw(desk: Desk, events: Iterable[Event]) -> None:
    for one in events:
        sys.stdout.buffer.write(desk.record.line_at(one.position) + b"\n")


def _write_sheet(desk: Desk, events: Iterable[Event]) -> None:
    from exchange.sheet import write_csv

    write_csv(sys.stdout, SHEET, (_sheet_row(desk, one) for one in events))


def _sheet_row(desk: Desk, one: Event) -> tuple[str | int | None, ...]:
    from projections.said import about

    item, told = about(one.subject, one.data), desk.words(one.data)
    ends = (one.actor, told, one.command, one.retracted_by)
    return (one.position, one.id, one.type, item, one.recorded, str(one.effective), *ends)


def _each_with_login(desk: Desk, events: Iterator[Event]) -> Iterator[Event]:
    """On a server an event has one field more; a file knows no logins."""
    if "://" not in desk.settings.ledger_place():
        return events
    from projections.logged import logged

    return logged(desk.record, events)


def _with_logins(desk: Desk, events: Callable[[], Iterator[Event]]) -> Callable[[], Iterator[Event]]:
    """On a server, whoever recorded under several names shows, however the names were given."""
    if "://" not in desk.settings.ledger_place():
        return events
    from cli.shown import talk
    from ledger.logins import pairs, several, shared, uncertain
    from projections.logged import marked

    with desk.record.store.asking() as reader:
        found = pairs(reader)
    for sentence in (*several(found), *shared(found)):
        talk(sentence)
    doubtful = uncertain(found)
    return (lambda: marked(desk.record, events(), doubtful)) if doubtful else events


def events_of(desk: Desk, key: str | None, wanted: Trail | None = None) -> Iterator[Event]:
    """The lines about a commitment or milestone, else all lines, if wanted. They are read as they are asked for, and
    not kept."""
    from domain.occasion import stream_of

    subject = stream_of(key) if key else None
    if wanted is None:
        from projections.history import history as question

        found = desk.ask(lambda base, at: question(desk.record, base, at, subject))
    else:
        from projections.trail import followed

        found = desk.ask(lambda base, at: followed(desk.record, base, at, wanted, subject))
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
    """An event in one line; a retracted one says when, by whom and why it was taken back."""
    from datetime import date

    from cli.layout import Cell
    from cli.tongue import day
    from projections.said import about

    gone = _taken_back(desk, event.retracted_by) if event.retracted_by else ""
    what = Cell(desk.words(event.data) + gone, "strike bright_black" if gone else "")
    recorded = date.fromisoformat(event.recorded[:10])
    true_on = "" if event.effective == recorded else day(event.effective)
    return (f"#{event.position}", day(recorded), true_on, event.actor, about(event.subject, event.data), what)


def _taken_back(desk: Desk, position: int) -> str:
    """` [retracted by #9, 2026-10-02, programme-office: mistyped]`."""
    from cli.tongue import word

    one = desk.record.recorded_at(position)
    retraction: Any = one.fact
    return f" [{word('retracted by')} #{position}, {one.recorded.date()}, {one.actor}: {retraction.reason}]"
