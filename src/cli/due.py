"""The promised date: `move` it on the record, and list what is `due`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.app import app
from cli.options import Approver, Because, Context, Item, recording
from cli.settings import Settings

To = Annotated[str, typer.Argument(metavar="DATE", help="The new due: end-2027, Q1 2027, 2027-05-17 …")]


@app.command()
@recording
def move(context: Context, item: Item, to: To, because: Because = None, approved_by: Approver = None) -> None:
    """Move the promised date of a commitment or milestone, on the record. The original due stays known.

    Example: pledger move fibre 2027-Q1 --because "Landing permit late" --approved-by steering-board
    """
    from domain.due import move_due
    from domain.entry import fuzzy_date

    settings: Settings = context.obj
    desk = settings.desk
    key = desk.item(item)
    desk.change(
        lambda at: move_due(at, key, fuzzy_date(to, at.today), because=because, approved_by=approved_by),
        nothing=f"{key} is due {to} already",
    )


app.command("rebaseline", hidden=True)(move)
