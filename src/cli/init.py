"""A ledger begins: `init`; what is it: `info`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.app import app
from cli.options import Context
from cli.place import typed
from cli.settings import DEFAULT_LEDGER, Settings


@app.command()
def init(
    context: Context,
    place: Annotated[str | None, typer.Argument(metavar="[PATH|URL]", help="Where (default: pledger.db here).")] = None,
    title: Annotated[str | None, typer.Option(metavar="TITLE", help="The ledger's title.")] = None,
    timezone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="In which zone days begin and end: Asia/Baku (default: UTC).")
    ] = None,
) -> None:
    """Make a ledger. Asks once which office you record for.

    In a file, or for a team in PostgreSQL: postgresql://user@host/database, made by one who may make schemas and roles.

    Example: pledger init --title "Middle Corridor" --timezone Asia/Baku
    """
    from cli.ask import ask
    from cli.opening import office_asked_once, open_new
    from domain.text import text

    settings: Settings = context.obj
    settings.must_be_now()
    office = office_asked_once(settings)
    if title is None and settings.may_ask:
        title = ask("The ledger's title?", check=lambda typed: text(typed, "title"))
    where = (
        typed(place) if place else settings.ledger or settings.edge.environment.get("PLEDGER_LEDGER") or DEFAULT_LEDGER
    )
    open_new(settings, where, title, timezone or "UTC", office)


@app.command()
def info(context: Context) -> None:
    """What is this ledger: id, title, size, root, zone, time span.

    Example: pledger info --json
    """
    from cli.opening import show_info

    show_info(context.obj)
