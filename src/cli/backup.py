"""A ledger in another place: `backup`, `restore`, `copy`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import app
from cli.options import Context
from cli.place import shown_place, typed
from cli.settings import Settings

if TYPE_CHECKING:
    from exchange.check import Watch
    from exchange.source import Source

Target = Annotated[str, typer.Argument(metavar="TO", help="Where: a path, or an address in PostgreSQL.")]
To = Annotated[str, typer.Option("--to", metavar="PATH|URL", help="Where the ledger is to stand.")]
Dry = Annotated[bool, typer.Option("--dry-run", "-n", help="Check all of it; make nothing.")]


@app.command()
def backup(
    context: Context, file: Annotated[str, typer.Argument(metavar="FILE", help="Where; nothing may be there yet.")]
) -> None:
    """Keep the ledger as it is at this moment in a file.

    Others go on recording meanwhile. Of a ledger in a file it is a copy that can be used as it is; of one on a server
    an archive (tar) of lines and checkpoints.

    Example: pledger backup pledger-2026-11-24.backup
    """
    from cli.answer import answer
    from cli.shown import out, progress

    settings: Settings = context.obj
    with progress("Writing the backup") as watch:
        size, root = _backed_up(settings, Path(file), watch)
    if settings.json:
        answer(settings.desk, {"file": file, "size": size, "root": root.hex()})
    else:
        out(f"#1-#{size} {settings.desk.record.title}: backed up to {file} (root {root.hex()})")


def _backed_up(settings: Settings, file: Path, watch: Watch) -> tuple[int, bytes]:
    from exchange.backup import must_be_new, write_backup
    from exchange.whole import whole_file
    from ledger.place import is_address

    must_be_new(file)
    if is_address(settings.ledger_place()):
        with whole_file(file) as out:
            return write_backup(settings.desk.record, out, watch)
    from ledger.sqlite_backup import back_up_file

    return back_up_file(settings.desk.record, file, watch)


@app.command()
def restore(
    context: Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `pledger backup` wrote.")],
    to: To,
    dry_run: Dry = False,
) -> None:
    """Make a ledger from a backup: the same lines, root and id.

    Each line, all rules and every checkpoint are checked before the ledger stands there.

    Example: pledger restore pledger-2026-11-24.backup --to pledger.db
    """
    from exchange.backup import backup_source

    _made(context.obj, lambda watch: backup_source(Path(file), watch), typed(to), "restored", dry_run)


@app.command()
def copy(
    context: Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help="A ledger: a path, or an address in PostgreSQL.")],
    to: Target,
    dry_run: Dry = False,
) -> None:
    """Copy a ledger from a file to a server, or back.

    The same lines, root and id; checkpoints and receipts come along. All is checked before the copy stands there. Which
    login recorded a line is known only where it was recorded.

    Example: pledger copy pledger.db postgresql://db.example/programme
    """
    from exchange.source import ledger_source

    name = typed(source)
    _made(context.obj, lambda watch: ledger_source(name, watch), typed(to), "copied", dry_run)


def _made(
    settings: Settings, opened: Callable[[Watch], AbstractContextManager[Source]], to: str, done: str, dry: bool
) -> None:
    """Refused: `findings`, `copy-differs`, `bad-checkpoint`, `ledger-exists`, and what opening the source refuses."""
    from cli.admitting import enter
    from cli.importing import show_findings
    from cli.shown import progress
    from exchange.finding import Found
    from exchange.lines import check_lines, make_copy
    from ledger.place import must_be_free

    must_be_free(to)
    settings.ledger = to
    with progress("Reading lines") as reading, opened(reading) as source:
        try:
            with progress("Checking lines") as watch:
                checked = check_lines([source.lines], None, watch)
        except Found as found:
            show_findings(settings, found)
            raise
        with progress("Writing lines") as watch:
            enter(lambda admit: make_copy(to, checked, watch, admit=admit), source.admit, dry_run=dry)
    _tell(settings, source, done, dry)


def _tell(settings: Settings, source: Source, done: str, dry: bool) -> None:
    from cli.importing import answer_even_so
    from cli.shown import out, talk

    place, notes, taken = shown_place(settings.ledger_place()), len(source.notes), len(source.receipts)
    if settings.json:
        told = {"from": source.name, "to": place, "lines": source.size, "checkpoints": notes, "receipts": taken}
        answer_even_so(settings, {**told, "dry_run": dry})
        return
    verb = f"would be {done}" if dry else done
    out(
        f"#1-#{source.size} of {source.name} {verb} to {place}, with {notes} checkpoint{'s' * (notes != 1)} and"
        f" {taken} receipt{'s' * (taken != 1)} (root {source.root.hex()})"
    )
    if not dry:
        talk("Next: pledger audit verify")
