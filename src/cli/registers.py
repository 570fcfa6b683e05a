"""The registers: `party`, `source`, `programme`; and what happened in a programme that is no promise: `note`, `figure`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.app import app, group
from cli.options import Because, Context, Locator, Programme, Source, recording
from cli.settings import Settings

if TYPE_CHECKING:
    from cli.shown import Row
    from projections.register import Party
    from projections.register import Programme as ProgrammeEntry
    from projections.register import Source as SourceEntry
    from projections.status import Filter

party_app = group("party", "Who promises, and to whom.")
source_app = group("source", "The documents in which promises were stated.")
programme_app = group("programme", "Commitments that are managed together.")

Key = Annotated[str, typer.Argument(metavar="KEY", help="A short name.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The full name.")]
Period = Annotated[str | None, typer.Option(metavar="DATE", help="The time that it is about.")]


@party_app.command("add")
@recording
def party_add(
    context: Context,
    key: Key,
    name: Name,
    kind: Annotated[str, typer.Option(metavar="KIND", help="state, organisation, company or group.")] = "organisation",
    country: Annotated[str | None, typer.Option(metavar="CC", help="Its country, as in ISO 3166-1: AZ.")] = None,
) -> None:
    """Register a party.

    Example: pledger party add az Azerbaijan --kind state --country AZ
    """
    from domain.party import register_party

    settings: Settings = context.obj
    settings.desk.change(lambda at: register_party(at, key, name, kind=kind, country=country))


@party_app.command("rename")
@recording
def party_rename(context: Context, key: Key, name: Name, because: Because = None) -> None:
    """Record that a party goes by another name.

    Example: pledger party rename ots "Organization of Turkic States" --because "Renamed at the summit"
    """
    from domain.party import rename_party

    settings: Settings = context.obj
    desk = settings.desk
    found = desk.key("party", key)
    desk.change(lambda at: rename_party(at, found, name, because=because))


@source_app.command("add")
@recording
def source_add(
    context: Context,
    key: Key,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The document's title.")],
    publisher: Annotated[str, typer.Option(metavar="OFFICE", help="Who published it.")],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When, also roughly: about 2025-10.")] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where it can be read.")] = None,
    file: Annotated[str | None, typer.Option(metavar="FILE", help="The document; name and hash are kept.")] = None,
    sha256: Annotated[str | None, typer.Option(metavar="HEX", help="Its hash, where the file is not at hand.")] = None,
    size: Annotated[int | None, typer.Option("--bytes", metavar="N", help="Its size, likewise.")] = None,
) -> None:
    """Cite a document in which promises were stated.

    Example: pledger source add road-map "Road Map 2022-2027" --publisher "Ministry of Transport" --published 2022
    """
    from cli.files import document
    from domain.entry import fuzzy_date
    from domain.source import cite_source

    settings: Settings = context.obj
    found = document(file, sha256, size)
    settings.desk.change(
        lambda at: cite_source(
            at,
            key,
            title,
            publisher,
            published=fuzzy_date(published, at.today) if published else None,
            url=url,
            file=found,
        )
    )


@programme_app.command("add")
@recording
def programme_add(
    context: Context,
    key: Key,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The programme's title.")],
    window: Annotated[str | None, typer.Option(metavar="DATE", help="From when to when it runs.")] = None,
) -> None:
    """Open a programme.

    Example: pledger programme add middle-corridor "Middle Corridor" --window 2022-2027
    """
    from domain.entry import fuzzy_date
    from domain.programme import open_programme

    settings: Settings = context.obj
    settings.desk.change(
        lambda at: open_programme(at, key, title, window=fuzzy_date(window, at.today) if window else None)
    )


@programme_app.command("close")
@recording
def programme_close(context: Context, programme: Programme, because: Because = None) -> None:
    """Close a programme: no commitment joins it any more.

    Example: pledger programme close middle-corridor --because "Succeeded by a new road map"
    """
    from domain.programme import close_programme

    settings: Settings = context.obj
    desk = settings.desk
    key = desk.key("programme", programme)
    desk.change(lambda at: close_programme(at, key, because=because))


@app.command()
@recording
def note(
    context: Context,
    programme: Programme,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What was done or said.")],
    period: Period = None,
    source: Source = None,
    locator: Locator = None,
) -> None:
    """Note something in a programme that is no promise.

    Example: pledger note middle-corridor "Ministers met in Aktau" --period 2026-05
    """
    from cli.making import source_of
    from domain.entry import fuzzy_date
    from domain.programme import note as decide

    settings: Settings = context.obj
    desk = settings.desk
    key = desk.key("programme", programme)
    cited, source_key = source_of(desk, source) if source else (None, None)
    desk.change(
        lambda at: [
            *(cited(at) if cited else ()),
            *decide(
                at,
                key,
                text,
                period=fuzzy_date(period, at.today) if period else None,
                source=source_key,
                locator=locator,
            ),
        ]
    )


@app.command()
@recording
def figure(
    context: Context,
    programme: Programme,
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="What was counted: trade-turnover.")],
    quantity: Annotated[str, typer.Argument(metavar="QUANTITY", help='The number with its unit: "470M USD".')],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="The time that it is about: 2024, until 2025-10.")],
    wording: Annotated[str | None, typer.Option(metavar="TEXT", help='What a number cannot say: "about 250".')] = None,
    source: Source = None,
    locator: Locator = None,
) -> None:
    """Record a number from a source that is context and not a promise.

    Example: pledger figure middle-corridor trade-turnover "470M USD" 2024 --source interview
    """
    from cli.making import source_of
    from domain.entry import fuzzy_date
    from domain.figure import observe_figure
    from domain.quantity import parse_quantity

    settings: Settings = context.obj
    desk = settings.desk
    key, amount = desk.key("programme", programme), parse_quantity(quantity)
    cited, source_key = source_of(desk, source) if source else (None, None)
    desk.change(
        lambda at: [
            *(cited(at) if cited else ()),
            *observe_figure(
                at,
                key,
                indicator,
                amount,
                fuzzy_date(period, at.today),
                wording=wording,
                source=source_key,
                locator=locator,
            ),
        ]
    )


@party_app.command("list")
def party_list(context: Context) -> None:
    """List the parties.

    Example: pledger party list
    """
    from projections.register import parties

    _listed(context, parties, ("party", "name", "kind", "country", "before"), _party_row)


@party_app.command("show")
def party_show(context: Context, key: Key) -> None:
    """Show a party with its commitments.

    Example: pledger party show socar
    """
    from projections.register import party
    from projections.status import Filter

    settings: Settings = context.obj
    found = settings.desk.found("party", key)
    one = settings.desk.ask(lambda base, at: party(base, at, found))
    _one(settings, one, Filter(party=found), ("party", "name", "kind", "country", "before"), _party_row)


@source_app.command("list")
def source_list(context: Context) -> None:
    """List the sources.

    Example: pledger source list
    """
    from projections.register import sources

    _listed(context, sources, ("source", "title", "publisher", "published"), _source_row)


@source_app.command("show")
def source_show(context: Context, key: Key) -> None:
    """Show a source with the fingerprint of its document.

    Example: pledger source show interview
    """
    from cli.answer import answer, say_times
    from cli.shown import out
    from projections.register import source

    settings: Settings = context.obj
    desk = settings.desk
    found = desk.found("source", key)
    one = desk.ask(lambda base, at: source(base, at, found))
    if settings.json or one is None:
        answer(desk, one)
        return
    say_times(desk)
    out(f"{one.key}: {one.title}")
    told = {
        "publisher": one.publisher,
        "published": one.published and f"{one.published.wording} ({one.published.spanned()})",
        "url": one.url,
        "file": one.file and f"{one.file.name}, {one.file.bytes:,} bytes, {one.file.media}",
        "sha256": one.file and one.file.sha256,
    }
    for name, value in told.items():
        if value:
            out(f"  {name:<9} {value}")


@programme_app.command("list")
def programme_list(context: Context) -> None:
    """List the programmes.

    Example: pledger programme list
    """
    from projections.register import programmes

    _listed(context, programmes, ("programme", "title", "window", "state", "notes", "figures"), _programme_row)


@programme_app.command("show")
def programme_show(context: Context, key: Key) -> None:
    """Show a programme with its commitments, notes and figures.

    Example: pledger programme show middle-corridor
    """
    from cli.shown import out
    from domain.quantity import text as amount
    from projections.register import programme
    from projections.status import Filter

    settings: Settings = context.obj
    found = settings.desk.found("programme", key)
    one = settings.desk.ask(lambda base, at: programme(base, at, found))
    head = ("programme", "title", "window", "state", "notes", "figures")
    _one(settings, one, Filter(programme=found), head, _programme_row)
    if settings.json or one is None:
        return
    for figure in one.figures:
        worded = f" ({figure.wording})" if figure.wording else ""
        out(f"#{figure.position} {figure.indicator}: {amount(figure.quantity)}, {figure.period.wording}{worded}")
    for note in one.notes:
        out(f"#{note.position} {note.effective}: {note.text}" + (f" ({note.period.wording})" if note.period else ""))


def _listed(context: Context, question: Any, head: Sequence[str], row: Callable[[Any], Row]) -> None:
    from cli.answer import answer, say_times
    from cli.shown import out, table

    settings: Settings = context.obj
    desk = settings.desk
    found = desk.ask(question)
    if settings.json:
        answer(desk, found)
        return
    say_times(desk)
    if found:
        table(head, [row(one) for one in found], widest=1)
    else:
        out("None is registered.")


def _one(settings: Settings, one: Any, wanted: Filter, head: Sequence[str], row: Callable[[Any], Row]) -> None:
    """One entry of a register and the commitments that belong to it."""
    from cli.answer import answer
    from cli.shown import out, table
    from cli.status import show_board
    from projections.status import board

    desk = settings.desk
    items = desk.ask(lambda base, at: board(base, at, wanted))
    if settings.json:
        answer(desk, {"entry": one, "commitments": items})
        return
    table(head, [row(one)], widest=1)
    out()
    show_board(desk, items)


def _party_row(one: Party) -> Row:
    return (one.key, one.name, one.kind, one.country or "-", ", ".join(one.names) or "-")


def _source_row(one: SourceEntry) -> Row:
    return (one.key, one.title, one.publisher, one.published.wording if one.published else "-")


def _programme_row(one: ProgrammeEntry) -> Row:
    state = f"closed: {one.closed}" if one.closed else "open"
    window = one.window.wording if one.window else "-"
    return (one.key, one.title, window, state, str(len(one.notes)), str(len(one.figures)))
