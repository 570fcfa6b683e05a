"""How an item ends, rests and begins again: `meet`, `close-short`, `suspend`, `resume`, `reopen`, `withdraw`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.app import app
from cli.options import Because, Context, Evidence, Item, Note, desk_of, recording
from cli.settings import Settings


@app.command()
@recording
def meet(
    context: Context,
    item: Item,
    met: Annotated[str | None, typer.Option("--met", metavar="DATE", help="When it was met (default: today).")] = None,
    evidence: Evidence = None,
    note: Note = None,
) -> None:
    """Record that a commitment or milestone was met. Without evidence its status is `claimed`.

    Example: pledger meet fibre --met 2026-12-18 --evidence acceptance.pdf
    """
    from cli.files import read_evidence
    from domain import life
    from domain.entry import fuzzy_date

    desk = desk_of(context)
    key, files = desk.item(item), read_evidence(evidence)
    desk.change(
        lambda at: life.meet(
            at, key, met_on=fuzzy_date(str(at.effective) if met is None else met, at.today), note=note, evidence=files
        )
    )


@app.command()
@recording
def close_short(
    context: Context,
    item: Item,
    achieved: Annotated[str, typer.Option(metavar="TEXT", help="What was achieved instead.")],
    because: Because = None,
    evidence: Evidence = None,
) -> None:
    """Close an item that ended with less than was promised.

    Example: pledger close-short oil-transit --achieved "1.1 Mt a year" --because "Tanker fleet too small"
    """
    from cli.files import read_evidence
    from domain import life

    desk = desk_of(context)
    key, files = desk.item(item), read_evidence(evidence)
    desk.change(lambda at: life.close_short(at, key, achieved=achieved, because=because, evidence=files))


@app.command()
@recording
def withdraw(
    context: Context,
    item: Item,
    because: Because = None,
    superseded_by: Annotated[str | None, typer.Option(metavar="C", help="The commitment that takes its place.")] = None,
) -> None:
    """Record that an item is promised no longer. Its history stays.

    Example: pledger withdraw oil-tariffs --because "Merged into the road map" --superseded-by road-map
    """
    from domain import life

    desk = desk_of(context)
    key = desk.item(item)
    by = desk.commitment(superseded_by) if superseded_by else None
    desk.change(lambda at: life.withdraw(at, key, because=because, superseded_by=by))


def _verb(name: str, help: str, example: str) -> None:
    """A verb that needs nothing but an item and a reason; the decision has its name."""

    def verb(context: Context, item: Item, because: Because = None) -> None:
        from domain import life

        settings: Settings = context.obj
        desk = settings.desk
        key, decide = desk.item(item), getattr(life, name)
        desk.change(lambda at: decide(at, key, because=because))

    app.command(name, help=f"{help}\n\nExample: pledger {name} {example}")(recording(verb))


_verb("suspend", "Let an item rest.", 'ports --because "Funding under review"')
_verb("resume", "Let a suspended item go on.", 'ports --because "Funding granted"')
_verb("reopen", "Open a closed item again.", 'fibre --because "Acceptance was withdrawn"')
