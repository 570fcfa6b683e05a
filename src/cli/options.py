"""Which words and options do commands share?"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.settings import Recording, Settings

if TYPE_CHECKING:
    from cli.desk import Desk

Context = typer.Context
Item = Annotated[
    str, typer.Argument(metavar="C[/M]", help="A commitment, or one of its milestones: fibre/landing-aktau.")
]
Commitment = Annotated[str, typer.Argument(metavar="C", help="A commitment.")]
Milestone = Annotated[str, typer.Argument(metavar="C/M", help="A milestone, with its commitment: fibre/landing-aktau.")]
Programme = Annotated[str, typer.Argument(metavar="PROGRAMME", help="A programme.")]
Because = Annotated[str | None, typer.Option("--because", metavar="REASON", help="Why; kept for ever.")]
Approver = Annotated[str | None, typer.Option("--approved-by", metavar="OFFICE", help="The office that approves it.")]
Evidence = Annotated[
    list[str] | None, typer.Option("--evidence", metavar="FILE", help="A file that proves it (or a link); repeatable.")
]
When = Annotated[
    list[str], typer.Argument(metavar="DATE", help="2027-Q1, end-2027, March 2027 …; quotes are not needed.")
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A remark.")]
Source = Annotated[str | None, typer.Option("--source", metavar="S", help="The source: a key, or a file to cite.")]
Locator = Annotated[str | None, typer.Option("--locator", metavar="WHERE", help="Where in the source it stands.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day on which it was true (default: today).")]
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Show what would be recorded; record nothing.")]
CommandId = Annotated[
    str | None, typer.Option("--command-id", metavar="ID", help="Sent twice, a command with an id is recorded once.")
]


def desk_of(context: typer.Context) -> Desk:
    """The ledger of this command."""
    settings: Settings = context.obj
    return settings.desk


def recording(command: Callable[..., None]) -> Callable[..., None]:
    """A command that records: it gains --on, --dry-run and --command-id, which come to it as `settings.recording`.

    Refused: `time-on-recording`.
    """
    extra = {"on": (On, None), "dry_run": (DryRun, False), "command_id": (CommandId, None)}

    @wraps(command)
    def run(context: typer.Context, **words: Any) -> None:
        settings: Settings = context.obj
        settings.must_be_now()
        settings.recording = Recording(**{name: words.pop(name) for name in extra})
        command(context, **words)

    own = inspect.signature(command, eval_str=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    added = [
        inspect.Parameter(name, keyword, default=default, annotation=annotation)
        for name, (annotation, default) in extra.items()
    ]
    parameters = [one.replace(kind=keyword) if name != "context" else one for name, one in own.parameters.items()]
    run.__signature__ = own.replace(parameters=[*parameters, *added])  # type: ignore[attr-defined]  # read by inspect
    run.__annotations__ = {one.name: one.annotation for one in run.__signature__.parameters.values()}  # type: ignore[attr-defined]  # set above
    return run
