"""A promise enters the ledger: `add`; and its words and owner change: `restate`, `assign`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.app import app
from cli.options import Because, Commitment, Context, Locator, Source, desk_of, recording
from cli.settings import Settings

Promisors = Annotated[
    list[str] | None,
    typer.Option("--promisor", "-p", metavar="P", help='Who owes it: az; "az=Azerbaijan (state)" registers.'),
]
Promisees = Annotated[list[str] | None, typer.Option("--promisee", "-t", metavar="P", help="To whom it is owed.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", metavar="T", help="A word to filter by; repeatable.")]
Start = Annotated[str | None, typer.Option(metavar="DATE", help="When work begins; a due is never a start.")]
Kind = Annotated[str | None, typer.Option(metavar="KIND", help="deliverable, target, roadmap or observance.")]
ProgrammeOption = Annotated[str | None, typer.Option(metavar="G", help="Its programme: a key, or a title to open one.")]
Statement = Annotated[str | None, typer.Option(metavar="TEXT", help="The promise in a sentence or two, in your words.")]


@app.command()
@recording
def add(
    context: Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="A short name: fibre, oil-transit.")],
    title: Annotated[str | None, typer.Argument(metavar="TITLE", help="What is promised, in a few words.")] = None,
    kind: Kind = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="By when: end-2026, Q1 2027, 2022-2027 …")] = None,
    start: Start = None,
    promisor: Promisors = None,
    promisee: Promisees = None,
    programme: ProgrammeOption = None,
    source: Source = None,
    locator: Locator = None,
    statement: Statement = None,
    target: Annotated[str | None, typer.Option(metavar="AMOUNT", help='An amount per period: "1.5 Mt/year".')] = None,
    window: Annotated[
        str | None, typer.Option(metavar="DATE", help="From when to when the amount is aimed at.")
    ] = None,
    indicator: Annotated[str | None, typer.Option(metavar="I", help="What is measured (default: the key).")] = None,
    measure: Annotated[str | None, typer.Option(metavar="MEASURE", help="flow (adds up) or level.")] = None,
    aim: Annotated[str | None, typer.Option(metavar="AIM", help="at-least or at-most.")] = None,
    baseline: Annotated[str | None, typer.Option(metavar="Q", help="Where the target starts from.")] = None,
    owner: Annotated[str | None, typer.Option(metavar="OFFICE", help="The office that looks after it.")] = None,
    tag: Tags = None,
) -> None:
    """Record a promise. Parties, programme and source are made as it needs them.

    Example: pledger add fibre "Fibre line under the Caspian" --due end-2026 -p "az=Azerbaijan" -p "kz=Kazakhstan"
    """
    from cli.making import Wanted, asked_for, make_all

    settings: Settings = context.obj
    wanted = Wanted(
        key=key,
        title=title,
        kind=("target" if target else "deliverable") if kind is None else kind,
        due=due,
        start=start,
        promisors=promisor or [],
        promisees=promisee or [],
        programme=programme,
        source=source,
        locator=locator,
        statement=statement,
        target=target,
        window=window,
        indicator=indicator,
        measure=measure,
        aim=aim,
        baseline=baseline,
        owner=owner,
        tags=tag or [],
    )
    desk = settings.desk
    complete = asked_for(settings, wanted)
    desk.change(make_all(desk, complete), nothing=f"{key} stands already, as it was said now")


@app.command()
@recording
def restate(
    context: Context,
    commitment: Commitment,
    because: Because = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What is promised, in a few words.")] = None,
    kind: Kind = None,
    statement: Statement = None,
    programme: ProgrammeOption = None,
    locator: Locator = None,
    tag: Tags = None,
    promisor: Promisors = None,
    promisee: Promisees = None,
    start: Start = None,
    clear: Annotated[
        list[str] | None, typer.Option(metavar="FIELD", help="Leave a field empty: programme, locator, tags, start …")
    ] = None,
    due: Annotated[str | None, typer.Option(hidden=True, help="A due is moved: see `pledger move`.")] = None,
    owner: Annotated[str | None, typer.Option(hidden=True, help="See `pledger assign`.")] = None,
) -> None:
    """Change the words of a promise, not the promise. Lists (parties, tags) are replaced whole.

    Example: pledger restate fibre --title "Trans-Caspian fibre line" --because "Official name"
    """
    from shlex import quote

    from cli.making import restated
    from domain.refused import Refused

    if due is not None:
        way = f"pledger move {commitment} {quote(due)} --because REASON --approved-by OFFICE"
        raise Refused("usage", f"A due is no wording, and moves on the record with an approver: {way}.")
    if owner is not None:
        raise Refused("usage", f"An owner is assigned: pledger assign {commitment} {quote(owner)}.")
    desk = desk_of(context)
    given: dict[str, Any] = {
        "title": title,
        "kind": kind,
        "statement": statement,
        "programme": programme,
        "locator": locator,
        "tags": tag,
        "promisors": promisor,
        "promisees": promisee,
        "start": start,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes and not clear:
        raise Refused("usage", "Say what changes, such as --title; or which field is left empty, with --clear.")
    desk.change(restated(desk, desk.commitment(commitment), changes, clear or [], because))


@app.command()
@recording
def assign(
    context: Context,
    commitment: Commitment,
    owner: Annotated[str, typer.Argument(metavar="OFFICE", help="The office that looks after it from now on.")],
) -> None:
    """Give a commitment to an office.

    Example: pledger assign fibre digital-ministry
    """
    from domain.owner import assign as decide

    desk = desk_of(context)
    key = desk.commitment(commitment)
    desk.change(lambda at: decide(at, key, owner), nothing=f"{key} is with {owner} already")
