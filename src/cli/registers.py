"""The registers: `party`, `source`, `programme`; and what happened in a programme: `note`, `figure`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.app import app, group
from cli.options import Because, Context, Locator, Programme, Source, desk_of, recording
from cli.settings import Settings

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

    desk_of(context).change(lambda at: register_party(at, key, name, kind=kind, country=country))


@party_app.command("rename")
@recording
def party_rename(context: Context, key: Key, name: Name, because: Because = None) -> None:
    """Record that a party goes by another name.

    Example: pledger party rename ots "Organization of Turkic States" --because "Renamed at the summit"
    """
    from domain.party import rename_party

    desk = desk_of(context)
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
    from cli.dates import maybe_date
    from cli.files import document
    from domain.source import cite_source

    settings: Settings = context.obj
    found = document(file, sha256, size)
    settings.desk.change(
        lambda at: cite_source(
            at,
            key,
            title,
            publisher,
            published=maybe_date(published, at),
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
    from cli.dates import maybe_date
    from domain.programme import open_programme

    desk_of(context).change(lambda at: open_programme(at, key, title, window=maybe_date(window, at)))


@programme_app.command("close")
@recording
def programme_close(context: Context, programme: Programme, because: Because = None) -> None:
    """Close a programme: no commitment joins it any more.

    Example: pledger programme close middle-corridor --because "Succeeded by a new road map"
    """
    from domain.programme import close_programme

    desk = desk_of(context)
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
    from cli.dates import maybe_date
    from cli.making import source_of
    from domain.programme import note as decide

    desk = desk_of(context)
    key = desk.key("programme", programme)
    cited, source_key = source_of(desk, source) if source is not None else (None, None)
    desk.change(
        lambda at: [
            *(cited(at) if cited else ()),
            *decide(
                at,
                key,
                text,
                period=maybe_date(period, at),
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
    """Record a number that is context and no promise.

    Example: pledger figure middle-corridor trade-turnover "470M USD" 2024 --source interview
    """
    from cli.making import source_of
    from domain.entry import fuzzy_date
    from domain.figure import observe_figure
    from domain.quantity import parse_quantity

    desk = desk_of(context)
    key, amount = desk.key("programme", programme), parse_quantity(quantity)
    cited, source_key = source_of(desk, source) if source is not None else (None, None)
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
