"""The registers as they stand: `party`, `source` and `programme`, each with `list` and `show`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cli.options import Context, desk_of
from cli.registers import Key, party_app, programme_app, source_app

if TYPE_CHECKING:
    from cli.desk import Desk
    from cli.layout import Row
    from projections.filters import Filter
    from projections.register import Party, Programme, Source

PARTY_HEAD = ("party", "name", "kind", "country", "before")
SOURCE_HEAD = ("source", "title", "publisher", "published")
PROGRAMME_HEAD = ("programme", "title", "window", "state", "notes", "figures")


@party_app.command("list")
def party_list(context: Context) -> None:
    """List the parties.

    Example: pledger party list
    """
    from projections.register import parties

    _listed(context, parties, PARTY_HEAD, _party_row)


@party_app.command("show")
def party_show(context: Context, key: Key) -> None:
    """Show a party with its commitments.

    Example: pledger party show socar
    """
    from cli.filtered import filter_of
    from projections.register import party

    desk = desk_of(context)
    found = desk.found("party", key)
    one = desk.ask(lambda base, at: party(base, at, found))
    _one(desk, one, filter_of(desk, [f"party:{found}"]), PARTY_HEAD, _party_row)


@source_app.command("list")
def source_list(context: Context) -> None:
    """List the sources.

    Example: pledger source list
    """
    from projections.register import sources

    _listed(context, sources, SOURCE_HEAD, _source_row)


@source_app.command("show")
def source_show(context: Context, key: Key) -> None:
    """Show a source with the fingerprint of its document.

    Example: pledger source show interview
    """
    from cli.answer import answer, say_times
    from cli.shown import labelled, out
    from cli.tongue import word
    from projections.register import source

    desk = desk_of(context)
    found = desk.found("source", key)
    one = desk.ask(lambda base, at: source(base, at, found))
    if desk.settings.json or one is None:
        answer(desk, one)
        return
    say_times(desk)
    out(f"{one.key}: {one.title}")
    told = {
        word("publisher"): one.publisher,
        word("published"): one.published and f"{one.published.wording} ({one.published.spanned()})",
        "url": one.url,
        word("file"): one.file and f"{one.file.name}, {one.file.bytes:,} bytes, {one.file.media}",
        "sha256": one.file and one.file.sha256,
    }
    labelled(((name, str(value)) for name, value in told.items() if value), 9)


@programme_app.command("list")
def programme_list(context: Context) -> None:
    """List the programmes.

    Example: pledger programme list
    """
    from projections.register import programmes

    _listed(context, programmes, PROGRAMME_HEAD, _programme_row)


@programme_app.command("show")
def programme_show(context: Context, key: Key) -> None:
    """Show a programme with its commitments, notes and figures.

    Example: pledger programme show middle-corridor
    """
    from cli.filtered import filter_of
    from cli.shown import out
    from domain.quantity import text as amount
    from projections.register import programme

    desk = desk_of(context)
    found = desk.found("programme", key)
    one = desk.ask(lambda base, at: programme(base, at, found))
    _one(desk, one, filter_of(desk, [f"programme:{found}"]), PROGRAMME_HEAD, _programme_row)
    if desk.settings.json or one is None:
        return
    for figure in one.figures:
        worded = f" ({figure.wording})" if figure.wording else ""
        out(f"#{figure.position} {figure.indicator}: {amount(figure.quantity)}, {figure.period.wording}{worded}")
    for note in one.notes:
        out(f"#{note.position} {note.effective}: {note.text}" + (f" ({note.period.wording})" if note.period else ""))


def _listed(context: Context, question: Any, head: Sequence[str], row: Callable[[Any], Row]) -> None:
    from cli.answer import answer, say_times
    from cli.shown import out, table
    from cli.tongue import word

    desk = desk_of(context)
    found = desk.ask(question)
    if desk.settings.json:
        answer(desk, found)
        return
    say_times(desk)
    if found:
        table(head, [row(one) for one in found])
    else:
        out(word("None is registered."))


def _one(desk: Desk, one: Any, wanted: Filter, head: Sequence[str], row: Callable[[Any], Row]) -> None:
    """One entry of a register and the commitments that belong to it."""
    from cli.answer import answer, say_times
    from cli.board_shown import show_board
    from cli.shown import out, table
    from projections.status import board

    items = desk.ask(lambda base, at: board(base, at, wanted))
    if desk.settings.json:
        answer(desk, {"entry": one, "commitments": items})
        return
    say_times(desk)
    table(head, [row(one)])
    out()
    show_board(desk, items)


def _party_row(one: Party) -> Row:
    return (one.key, one.name, one.kind, one.country or "-", ", ".join(one.names) or "-")


def _source_row(one: Source) -> Row:
    return (one.key, one.title, one.publisher, one.published.wording if one.published else "-")


def _programme_row(one: Programme) -> Row:
    from cli.tongue import word

    state = f"{word('closed')}: {one.closed}" if one.closed else word("open")
    window = one.window.wording if one.window else "-"
    return (one.key, one.title, window, state, str(len(one.notes)), str(len(one.figures)))
