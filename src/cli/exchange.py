"""What comes in and goes out: `import` and `export`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.app import app
from cli.audit_words import Checkpoints, Vkeys
from cli.filtered import FilterWords
from cli.options import Context, recording
from cli.settings import Settings

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE…", help="Lines of a ledger (.jsonl), or tables (.xlsx, .csv); - is standard input."),
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, whole or not at all.")
]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="lines; csv, xlsx or datapackage (all tables); ics (a calendar); oc4ids, iati; ndjson or batch (events).",
    ),
]
Sheet = Annotated[
    str, typer.Option(metavar="SHEET", help="Which table as csv: board, due, slips, actuals or activity.")
]
Within = Annotated[str, typer.Option(metavar="DAYS", help="How far ahead what is due goes: 90d, 12w, 6m.")]
Remind = Annotated[
    list[str] | None,
    typer.Option(metavar="DAYS", help="With ics: an alarm so long before each day, such as 30d; repeatable."),
]
Todo = Annotated[bool, typer.Option("--todo", help="With ics: tasks with a due, not days of a calendar.")]
Publisher = Annotated[
    str | None,
    typer.Option(
        metavar="PREFIX=NAME", help="Who publishes, and the prefix of identifiers (oc4ids-a1b2c3), for oc4ids and iati."
    ),
]
Unsealed = Annotated[
    bool, typer.Option("--unsealed", help="Continue the ledger under no checkpoint; a receipt says so for ever.")
]


Mapping = Annotated[
    str | None, typer.Option("--map", metavar="FILE", help="What your own sheets and columns mean, in TOML.")
]
Partial = Annotated[
    bool, typer.Option("--partial", help="Record the sound rows; write the others to a file, to be mended.")
]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="Of text that is not UTF-8: windows-1254 or windows-1251.")]


@app.command("import")
@recording
def import_(
    context: Context,
    files: Files,
    map: Mapping = None,
    partial: Partial = False,
    encoding: Encoding = "utf-8",
    checkpoint: Checkpoints = None,
    vkey: Vkeys = None,
    unsealed: Unsealed = False,
) -> None:
    """Take in lines of a ledger, or tables.

    \b
    Lines make a copy where no ledger is yet, or continue the ledger: what stands already is passed over. What
    continues a ledger comes under a checkpoint by a known key that pins all its lines, or with --unsealed.

    \b
    A table has headed columns in any order, with commas, semicolons or tabs: key, title, kind, due, start, promisors,
    promisees, programme, source, locator, statement, owner, tags, target, window, indicator, measure, aim, baseline,
    after, because, approved by. A row whose key has a slash is a milestone; az=Azerbaijan gives a new party its key.
    An empty cell says nothing. A new due needs because and approved by, other new words need because. The same table
    again records nothing. All findings are listed, and where there is one nothing is recorded.

    \b
    A workbook has sheets by the names commitments, milestones, targets, actuals, progress and forecasts; pledger
    template writes an empty one. Names of sheets and columns may also be Azerbaijani, Kazakh, Russian or Turkish. What
    it records names the file, its SHA-256 and the cell.

    Example: pledger import plan.xlsx -n
    """
    from cli.admitting import Under
    from cli.importing import Read, take_in

    settings: Settings = context.obj
    take_in(settings, files, Under(checkpoint or (), vkey or (), unsealed), Read(map, partial, encoding))


@app.command()
def export(
    context: Context,
    words: FilterWords = None,
    output: Output = None,
    format: Form = "lines",
    sheet: Sheet = "board",
    within: Within = "90d",
    remind: Remind = None,
    todo: Todo = False,
    publisher: Publisher = None,
) -> None:
    """Give out the lines, or what stands in other formats.

    Example: pledger export programme:middle-corridor --format ics --remind 30d -o dues.ics
    """
    from cli.exporting import Wanted, give_out

    settings: Settings = context.obj
    give_out(settings, Wanted(output, format, words or (), sheet, within, remind or (), todo, publisher))
