"""What is to be told to whom: `remind`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.app import app
from cli.filtered import FilterWords
from cli.main import TO_TELL
from cli.options import Context, desk_of


@app.command()
def remind(
    context: Context,
    words: FilterWords = None,
    within: Annotated[str, typer.Option(metavar="DAYS", help="How far ahead: 30d, 12w, 6m.")] = "30d",
    since: Annotated[
        str | None,
        typer.Option(metavar="LAST", help="Tell what is new since then, #154 or a date, whatever was told before."),
    ] = None,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, md, or eml: a file each.")] = "text",
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="DIR", help="With eml: the folder for the letters.")
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Remembers what was told (default: one a ledger, beside your configuration)."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Tell it, and do not remember it.")] = False,
) -> None:
    """Tell each owner what falls due or is overdue.

    What was told is not told again until its due, its status or its owner changes; a file remembers it. With --since,
    --as-known or --as-of that file is neither read nor written. What has no owner is told under its programme. Nothing
    is sent: eml writes drafts, addressed where your configuration has [addresses] with lines like roads = "…".

    Exit with 4 if there is something to tell, 0 if not.

    Example: pledger remind --within 30d --format eml -o letters
    """
    from cli.reminding import Wanted, remind_all

    wanted = Wanted(words or (), within, since, format, output, state, dry_run)
    if remind_all(desk_of(context), wanted):
        raise typer.Exit(TO_TELL)
