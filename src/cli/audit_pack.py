"""What an auditor takes home: `audit pack`, `audit verify-pack`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from cli.audit import audit_app
from cli.audit_sample import MethodWord, Nonce, Stratify
from cli.audit_words import Checkpoints, Vkeys
from cli.options import Context
from cli.settings import Settings

if TYPE_CHECKING:
    from exchange.pack import Contents
    from ledger.verify_notes import Checkpoint, Given
    from projections.asked import At

RANGE = re.compile(r"#?([0-9]{1,18})\.\.#?([0-9]{1,18})")


class Drawing(NamedTuple):
    """How a sample is drawn, as typed."""

    size: int
    nonce: str
    method: str
    stratify: str | None


class Chosen(NamedTuple):
    """The positions to pack, the checkpoint that pins them, up to where the tables know, and how it was drawn."""

    positions: Sequence[int]
    note: Checkpoint
    known: int
    drawn: dict[str, Any] | None = None


@audit_app.command()
def pack(
    context: Context,
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="A new folder for the pack.")],
    lines: Annotated[
        str | None, typer.Option("--range", metavar="A..B", help="Only these positions, each with a proof.")
    ] = None,
    sample: Annotated[
        int | None, typer.Option("--sample", metavar="K", help="Only so many, drawn as `audit sample` does.")
    ] = None,
    nonce: Nonce = "",
    method: MethodWord = "random",
    stratify: Stratify = None,
    vkey: Vkeys = None,
    checkpoint: Checkpoints = None,
) -> None:
    """Put into a folder what an auditor needs.

    That is lines, proofs, keys, tables, and VERIFY.md, which says how to check. All sealed lines, unless --range,
    --sample or --as-known says otherwise. The same ledger gives the same bytes.

    Example: pledger audit pack -o pack-2026 --vkey "$(pledger audit key show seal.key)"
    """
    from cli.audit_words import must_have_proofs
    from cli.shown import progress
    from exchange.pack import pack as packed

    must_have_proofs()
    settings: Settings = context.obj
    desk = settings.desk
    drawing = None if sample is None else Drawing(sample, nonce, method, stratify)
    contents = _contents(settings, lines, drawing, vkey, checkpoint)
    with progress("Packing") as done:
        packed(Path(output), desk.record, contents, done)
    _told(settings, contents, output)


@audit_app.command("verify-pack")
def verify_pack(
    context: Context,
    folder: Annotated[str, typer.Argument(metavar="PACK", help="The folder.")],
    vkey: Vkeys = None,
    checkpoint: Checkpoints = None,
) -> None:
    """Check a pack. Needs no ledger, and no database.

    Exit code 0: verified. 1: tampering found. 3: cannot decide, as when only the pack says whose key it is.

    Example: pledger audit verify-pack pack-2026 --vkey KEY
    """
    from cli.audit_pack_shown import cited, data, tell
    from cli.audit_release import answer
    from cli.audit_words import content, must_have_proofs, vkeys
    from exchange.pack_check import check_pack

    must_have_proofs()
    settings: Settings = context.obj
    report = check_pack(Path(folder), vkeys(settings, vkey), [content(name) for name in checkpoint or ()])
    if settings.json:
        answer(settings, cited(report), data(report))
    else:
        tell(report)
    raise typer.Exit(report.verdict.exit)


def _told(settings: Settings, contents: Contents, output: str) -> None:
    from cli.audit_cited import Cited
    from cli.audit_release import answer
    from cli.shown import out, talk

    desk = settings.desk
    note = contents.note
    if (tail := desk.record.size - note.size) and contents.whole:
        talk(f"{tail:,} line{'' if tail == 1 else 's'} after #{note.size} not sealed yet, and not packed.")
    cited = Cited.of(desk.record, note.size, note.root)
    if settings.json:
        signers = [one.vkey for one in contents.signers]
        answer(settings, cited, {"written": output, "lines": len(contents.positions), "vkeys": signers})
        return
    out(f"{desk.record.title}: {len(contents.positions):,} lines packed into {output}. To check: VERIFY.md in it.")
    out(cited.footer)


def _contents(
    settings: Settings, lines: str | None, drawing: Drawing | None, vkey: list[str] | None, given: list[str] | None
) -> Contents:
    from cli.audit_words import checkpoints, vkeys
    from exchange.pack import Contents
    from exchange.pack_keys import signers
    from exchange.pack_tables import tables

    desk = settings.desk
    chosen = _chosen(settings, lines, drawing, checkpoints(given))
    signed = signers(chosen.note.raw, vkeys(settings, vkey))
    at = _point(settings, chosen.known)
    sheets = desk.models.answer(lambda base: tables(desk.record, base, at))
    return Contents(chosen.note, signed, chosen.positions, sheets, at, chosen.drawn)


def _chosen(settings: Settings, lines: str | None, drawing: Drawing | None, given: Sequence[Given]) -> Chosen:
    """Refused: `usage` where it is said twice which lines, and as each way of saying it."""
    from domain.refused import Refused
    from ledger.prove import covering

    if (lines, drawing, settings.as_known).count(None) < 2:
        raise Refused("usage", "Only one of --range, --sample and --as-known says which lines are packed.")
    if lines is not None:
        return _in_range(settings, lines, given)
    record = settings.desk.record
    if settings.as_known is not None:
        known = settings.desk.at.known
        return Chosen(range(1, known + 1), covering(record, known, given, newest=False), known)
    note = covering(record, 1, given)
    if drawing is not None:
        return _sampled(settings, drawing, note)
    return Chosen(range(1, note.size + 1), note, note.size)


def _in_range(settings: Settings, typed: str, given: Sequence[Given]) -> Chosen:
    from domain.refused import Refused
    from ledger.prove import covering

    found = RANGE.fullmatch(typed)
    if not found:
        raise Refused("usage", "A range is written 1..9: the first position and the last.")
    note = covering(settings.desk.record, int(found[2]), given)
    return Chosen(range(max(int(found[1]), 1), int(found[2]) + 1), note, note.size)


def _sampled(settings: Settings, drawing: Drawing, note: Checkpoint) -> Chosen:
    from cli.audit_sample import draw_from
    from exchange.pack_sample import chosen, told

    draw, drawn = draw_from(settings, note, drawing.method, drawing.nonce, drawing.size, drawing.stratify)
    return Chosen(chosen(drawn), note, note.size, told(draw, drawn))


def _point(settings: Settings, known: int) -> At:
    """The tables are of the day of the last line that is known: packed again tomorrow, they are the same."""
    from domain.entry import day
    from projections.asked import At

    desk = settings.desk
    if settings.as_of is not None:
        return At(known, day(settings.as_of, desk.today))
    return At(known, desk.record.time_at(known).astimezone(desk.record.zone).date())
