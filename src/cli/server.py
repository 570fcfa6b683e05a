"""What a team's ledger on a server needs now and then: `roles`, `migrate`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from cli.app import app
from cli.options import Context
from cli.settings import Settings

Writers = Annotated[list[str] | None, typer.Argument(metavar="[LOGIN]…", help="Logins that are to record.")]
Auditors = Annotated[
    list[str] | None, typer.Option("--auditor", metavar="LOGIN", help="One that is to read and verify; repeatable.")
]


@app.command()
def roles(context: Context, writer: Writers = None, auditor: Auditors = None) -> None:
    """Say who may record, or how to let a login do so.

    With logins, the statements are printed that the ledger's owner, or an administrator, runs in the database. Nothing
    is changed.

    Example: pledger roles ministry --auditor audit-office
    """
    from cli.answer import answer
    from cli.shown import out, table
    from ledger.roles import grants
    from ledger.roles import roles as found

    settings: Settings = context.obj
    place = settings.ledger_place()
    if writer or auditor:
        statements = list(grants(place, writer or (), auditor or ()))
        if settings.json:
            answer(settings.desk, statements)
            return
        for statement in statements:
            out(statement)
        return
    held = found(place, settings.desk.record)
    if settings.json:
        answer(settings.desk, [one._asdict() for one in held])
    else:
        table(("role", "may", "logins"), [(one.name, one.may, ", ".join(one.logins) or "-") for one in held])


@app.command()
def migrate(context: Context) -> None:
    """Make a ledger's database fit for this version of the program.

    On a server its owner does that after an update: the tables of the read models are made anew. The record stays as
    it is. In a file there is nothing to do.

    Example: pledger migrate
    """
    from cli.answer import answer
    from cli.shown import out, progress
    from projections.migrate import migrate as migrated
    from projections.upkeep import rebuild

    settings: Settings = context.obj
    settings.must_be_now()
    place, record = settings.ledger_place(), settings.desk.record
    made, status = migrated(place), None
    if made:
        with progress("Working out the read models") as done:
            status = rebuild(record, place, progress=done)
    if settings.json:
        answer(settings.desk, {"format": record.opened.format, "models": asdict(status) if status else None})
        return
    out(f"{record.title}: format {record.opened.format} is current.")
    if status:
        out(f"The tables of the read models were made anew; they are at #{status.position}.")
