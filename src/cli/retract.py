"""Taking back what was recorded in error: `retract`, `undo`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.app import app
from cli.options import Because, Context, recording
from cli.settings import Settings


@app.command()
@recording
def retract(
    context: Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="A position (154, #154) or a whole id.")],
    because: Because = None,
) -> None:
    """Take one event back. It stays in the history, struck out; a retraction can be retracted.

    Example: pledger retract 154 --because "Wrong commitment"
    """
    from domain.retraction import retract as decide

    settings: Settings = context.obj
    desk = settings.desk
    target = desk.event(event)
    desk.change(lambda at: decide(at, target, because=because), nothing=f"#{target.position} is retracted already")


@app.command()
@recording
def undo(
    context: Context,
    because: Because = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take back your office's newest command.

    Example: pledger undo
    """
    from cli.ask import confirm
    from cli.shown import talk
    from domain.retraction import undo as decide
    from projections.said import said

    settings: Settings = context.obj
    desk = settings.desk

    def decision(at: Any) -> Any:
        return decide(at, desk.commands(), because=because or "undo")

    if settings.may_ask and not yes and not settings.recording.dry_run:
        for new in desk.would(decision):
            target = desk.event(new.fact.event)
            talk(f"#{target.position} {target.subject}: {said(target.fact)}")
        if not confirm("Take this back?"):
            talk("Nothing was recorded.")
            raise typer.Exit(1)
    desk.change(decision)
