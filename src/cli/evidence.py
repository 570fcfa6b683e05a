"""What proves it: `evidence add` to the ledger, `keep` the files, `check` that they are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.app import group
from cli.options import Context, Item, Note, desk_of, recording

if TYPE_CHECKING:
    from cli.layout import Row
    from exchange.archive import Look
    from projections.evidence import Given

evidence_app = group("evidence", "Files and links that prove what was done.")


@evidence_app.command("add")
@recording
def evidence_add(
    context: Context,
    item: Item,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]…", help="Files; only name and hash are kept.")
    ] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="A link, or where the one file can be found.")] = None,
    note: Note = None,
) -> None:
    """Add evidence to a commitment or milestone, also after it was met.

    Example: pledger evidence add fibre acceptance.pdf
    """
    from cli.files import read_evidence
    from domain.evidence import attach_evidence

    desk = desk_of(context)
    key, found = desk.item(item), read_evidence(files, url)
    desk.change(lambda at: attach_evidence(at, key, found, note=note))


@evidence_app.command("keep")
def evidence_keep(
    context: Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder that keeps them; it is made.")],
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]…", help="Files, or folders to be searched (default: here).")
    ] = None,
) -> None:
    """Copy files that the ledger knows into a folder by hash.

    Each lies there under its SHA-256: DIR/ab/abcdef…. The ledger knows evidence, and documents of sources. A file that
    is named must be one of them; in a folder they are found whatever their names, and others are passed over. Nothing
    is overwritten.

    Example: pledger evidence keep archive report.pdf inbox
    """
    from cli.answer import answer
    from cli.keeping import keep
    from cli.shown import out, talk

    desk = desk_of(context)
    kept = keep(desk, Path(folder), [Path(name) for name in files or ["."]])
    if desk.settings.json:
        answer(desk, kept)
        return
    for one in kept.copied:
        out(f"{one.file} -> {one.place}")
    copied = f"{len(kept.copied)} copied" if kept.copied else "Nothing to copy"
    all_there = "every file of the ledger is there" if not kept.missing else f"{kept.missing} of the ledger's are not"
    talk(f"{copied}, {len(kept.there)} there already; {all_there}.")


@evidence_app.command("check")
def evidence_check(
    context: Context,
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help="Where the files lie (default: here).")] = ".",
) -> None:
    """Say which files are there, missing or changed.

    Exit with 1 if one is missing or changed. A file that the ledger knows, evidence or document of a source, is looked
    for in DIR under its SHA-256, as `evidence keep` puts it there, else under its own name. Links are listed and not
    fetched.

    Example: pledger evidence check archive
    """
    from cli.answer import answer, say_times
    from cli.shown import out, table
    from exchange.archive import Archive
    from projections.evidence import given

    desk, archive = desk_of(context), Archive(Path(folder))
    looks = [(one, archive.look(one.file)) for one in desk.ask(given)]
    if desk.settings.json:
        answer(desk, [_told(one, look) for one, look in looks])
    else:
        say_times(desk)
        if looks:
            table(("state", "position", "item", "file or link", "SHA-256"), [_row(one, look) for one, look in looks])
        out(_counted([look.state for _, look in looks]))
    if any(look.state in ("missing", "changed") for _, look in looks):
        raise typer.Exit(1)


def _row(one: Given, look: Look) -> Row:
    file = one.file
    return look.state, f"#{one.position}", one.item, file.name or file.url or "", (file.sha256 or "")[:12]


def _told(one: Given, look: Look) -> dict[str, Any]:
    file = one.file
    described = {name: getattr(file, name) for name in ("name", "bytes", "media", "sha256", "url")}
    path = str(look.path) if look.path else None
    return {"state": look.state, "position": one.position, "item": one.item, **described, "path": path}


def _counted(states: list[str]) -> str:
    """`2 there, 0 missing, 1 changed; 1 link not fetched.`"""
    there, missing, changed, links = (states.count(state) for state in ("there", "missing", "changed", "link"))
    not_fetched = f"; {links} link{'' if links == 1 else 's'} not fetched" if links else ""
    return f"{there} there, {missing} missing, {changed} changed{not_fetched}."
