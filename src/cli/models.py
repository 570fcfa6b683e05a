"""The read models, which may be thrown away: `models status`, `models rebuild`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from cli.app import group
from cli.options import Context
from cli.settings import Settings

if TYPE_CHECKING:
    from projections.upkeep import Status

models_app = group("models", "The read models beside the ledger; derived, and disposable.")


@models_app.command("status")
def models_status(context: Context) -> None:
    """Say how far the read models are behind, and whether they stopped.

    Example: pledger models status
    """
    from projections.upkeep import status

    settings: Settings = context.obj
    _tell(settings, status(settings.desk.record, settings.ledger_place()))


@models_app.command("rebuild")
def models_rebuild(context: Context) -> None:
    """Work the read models out anew. Others go on reading the old ones until it is done.

    Example: pledger models rebuild
    """
    from cli.shown import progress
    from projections.upkeep import rebuild

    settings: Settings = context.obj
    with progress("Working out the read models") as done:
        found = rebuild(settings.desk.record, settings.ledger_place(), progress=done)
    _tell(settings, found)


def _tell(settings: Settings, found: Status) -> None:
    """Where they stand; exit 1 where they stopped."""
    from cli.answer import answer
    from cli.shown import out

    if settings.json:
        answer(settings.desk, asdict(found))
    else:
        events = "1 event" if found.behind == 1 else f"{found.behind} events"
        out(f"The read models are at #{found.position}, {events} ({found.seconds:.0f} s) behind.")
        if found.sentence:
            out(found.sentence)
    if found.stopped is not None:
        raise typer.Exit(1)
