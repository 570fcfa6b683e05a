"""Taking back what was recorded in error: `retract`, `undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import app
from cli.options import Because, Context, desk_of, recording

if TYPE_CHECKING:
    from domain.occasion import Occasion
    from domain.recorded import New


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

    desk = desk_of(context)
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
    from projections.said import about, said

    desk = desk_of(context)

    def decision(at: Occasion) -> list[New]:
        return decide(at, desk.commands(), because=because or "undo")

    if desk.settings.may_ask and not yes and not desk.settings.recording.dry_run:
        for new in desk.would(decision):
            target = desk.event(new.fact.takes_back() or "")
            talk(f"#{target.position} {about(target.subject, target.fact)}: {said(target.fact)}")
        if not confirm("Take this back?"):
            talk("Nothing was recorded.")
            raise typer.Exit(1)
    desk.change(decision)
