"""A ledger that proves itself: `audit verify`, `audit seal`, `audit cosign`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import group
from cli.audit_words import Checkpoints, KeyFile, Output, Passphrase, Vkeys
from cli.options import Context
from cli.settings import Settings

if TYPE_CHECKING:
    from ledger.seal_cosign import Proof
    from ledger.verify_report import Report

audit_app = group("audit", "Seal the ledger, and show that nobody changed it.")


@audit_app.command()
def verify(
    context: Context,
    full: Annotated[
        bool, typer.Option("--full/--new", help="Read all lines, or those after the newest checkpoint that is known.")
    ] = True,
    checkpoint: Checkpoints = None,
    vkey: Vkeys = None,
) -> None:
    """Read the ledger anew and say whether anything was changed.

    Exit code 0: verified. 1: tampering found. 3: cannot decide, as when nothing outside the ledger pins it.

    Example: pledger audit verify --checkpoint march.checkpoint
    """
    from cli.audit_release import answer
    from cli.audit_shown import cited, data, tell
    from cli.audit_words import checkpoints, must_have_proofs, vkeys
    from cli.shown import progress
    from ledger.verify import Asked
    from ledger.verify import verify as audited

    must_have_proofs()
    settings: Settings = context.obj
    asked = Asked(checkpoints(checkpoint), vkeys(settings, vkey), full=full)
    with progress("Reading the ledger anew") as done:
        report = audited(settings.ledger_place(), asked, watch=done)
    if full and report.size:
        _compare_models(settings, report)
    if settings.json:
        answer(settings, cited(report), data(report))
    else:
        tell(report)
    raise typer.Exit(report.verdict.exit)


def _compare_models(settings: Settings, report: Report) -> None:
    """Boards are read from the read models: those that are kept must say what the lines say."""
    from cli.shown import progress
    from domain.refused import Refused
    from ledger.record import Record
    from projections.verify import differences

    place = settings.ledger_place()
    try:
        with Record.open(place) as record, progress("Working out the read models anew") as done:
            for code, text in differences(record, place, progress=done):
                report.findings.add(None, code, text)
    except Refused as refused:
        report.remarks.add(None, "models-not-compared", refused.sentence)


@audit_app.command()
def seal(
    context: Context,
    key: KeyFile,
    output: Output = None,
    acknowledge_restore: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="A backup took the ledger's place; kept for ever."),
    ] = None,
    passphrase_file: Passphrase = None,
) -> None:
    """Pin all that stands by a signed checkpoint. The ledger keeps it; keep it elsewhere too.

    New lines are read again before. What this key sealed once must still be there: see FILE.state beside the key.

    Example: pledger audit seal --key seal.key -o checkpoints/
    """
    from cli.audit_cited import Cited
    from cli.audit_release import answer, release, say_cited
    from cli.audit_words import key as key_of
    from cli.audit_words import must_have_proofs
    from cli.shown import out, progress
    from ledger.seal import seal as sealed
    from ledger.seal import seal_restored

    must_have_proofs()
    settings: Settings = context.obj
    found, desk = key_of(settings, key, passphrase_file), settings.desk
    with progress("Reading new lines") as done:
        if acknowledge_restore is None:
            made = sealed(desk.ledger, found, watch=done)
        else:
            made = seal_restored(desk.ledger, found, because=acknowledge_restore, actor=desk.office(), watch=done)
    cited = Cited.of(desk.record, made.size, made.root)
    written = release(settings, made.note, cited, output)
    if settings.json:
        answer(settings, cited, {"note": made.note, "vkey": found.vkey, "sealed": made.lines, "written": written})
        return
    if "-" not in (output or ()):
        out(f"{desk.record.title}: {made.lines:,} new lines sealed by {found.name}, up to #{made.size}.")
    say_cited(cited, output)


@audit_app.command()
def cosign(
    context: Context,
    note: Annotated[str, typer.Argument(metavar="NOTE", help="The checkpoint's file (- is stdin).")],
    key: KeyFile,
    vkey: Vkeys = None,
    proof: Annotated[
        str | None, typer.Option(metavar="FILE", help="A consistency proof, where no copy of the ledger is at hand.")
    ] = None,
    output: Output = None,
    passphrase_file: Passphrase = None,
) -> None:
    """Put your name under a checkpoint, as a witness.

    It must be the largest that you have seen, and go on from all others: a copy of the ledger (--ledger) shows that,
    or a proof. FILE.state beside your key remembers.

    Example: pledger audit cosign june.checkpoint --key auditor.key -o cosigned.checkpoint
    """
    from cli.audit_cited import Cited
    from cli.audit_release import answer, release, say_cited
    from cli.audit_words import content, must_have_proofs, vkeys
    from cli.audit_words import key as key_of
    from ledger.seal_cosign import cosign_checkpoint
    from ledger.verify_notes import read_note

    must_have_proofs()
    settings: Settings = context.obj
    found = key_of(settings, key, passphrase_file)
    now = int(settings.edge.clock().timestamp())
    made = cosign_checkpoint(content(note), found, vkeys(settings, vkey), _proof(settings, proof), now)
    signed = read_note(None, made.note.encode())
    cited, names = Cited(made.ledger, None, made.size, signed.root), output or ["-"]
    written = release(settings, made.note, cited, names)
    if settings.json:
        answer(settings, cited, {"note": made.note, "vkey": found.vkey, "before": made.before, "written": written})
    else:
        say_cited(cited, names)


def _proof(settings: Settings, file: str | None) -> Proof:
    """What shows that one checkpoint goes on from another: a proof, or else a ledger where there is one."""
    from cli.audit_words import content
    from ledger.checkpoints_consistency import Consistency
    from ledger.place import is_taken
    from ledger.seal_cosign import by_ledger, by_proof

    if file is not None:
        return by_proof(Consistency.load(content(file)))
    if settings.ledger or is_taken(settings.ledger_place()):
        return by_ledger(settings.desk.record)
    return by_proof(None)
