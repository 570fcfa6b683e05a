"""What can be shown to somebody without the ledger: `audit prove`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.audit import audit_app
from cli.audit_words import Checkpoints
from cli.options import Context
from cli.settings import Settings

if TYPE_CHECKING:
    from ledger.checkpoints_consistency import Consistency
    from ledger.record import Record


@audit_app.command()
def prove(
    context: Context,
    event: Annotated[
        str | None, typer.Argument(metavar="EVENT", help="A position such as #154, or a whole id.")
    ] = None,
    consistency: Annotated[
        tuple[str, str] | None,
        typer.Option("--consistency", metavar="A B", help="Two positions, or checkpoint files, the earlier first."),
    ] = None,
    checkpoint: Checkpoints = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Where the proof goes.")] = None,
) -> None:
    """Prove that a line is sealed, or that the ledger only grew.

    EVENT is shown to be under a checkpoint; with --consistency, B to go on from A. The proof holds on any machine,
    without the ledger (C2SP tlog-proof; of A and B, C2SP tlog-witness).

    Example: pledger audit prove 154 -o 154.tlog-proof
    """
    from cli.audit_words import must_have_proofs
    from domain.refused import Refused

    must_have_proofs()
    settings: Settings = context.obj
    if event is not None and consistency is None:
        _prove_event(settings, event, checkpoint, output)
    elif consistency is not None and event is None:
        _prove_growth(settings, *consistency, output)
    else:
        raise Refused("usage", "Name an event, or two positions with --consistency.")


def _prove_event(settings: Settings, event: str, checkpoint: list[str] | None, output: str | None) -> None:
    from cli.audit_words import checkpoints
    from ledger.prove import covering
    from ledger.prove import prove as proved

    desk = settings.desk
    position = desk.event(event).position
    note = covering(desk.record, position, checkpoints(checkpoint))
    proof = proved(desk.record, position, note)
    said = f"#{position} is line {position} of the {note.size:,} that this checkpoint pins."
    facts = {"position": position, "line": proof.line.decode(), "size": note.size, "root": note.root.hex()}
    _give(settings, proof.dump(), output, said, facts)


def _prove_growth(settings: Settings, first: str, second: str, output: str | None) -> None:
    from cli.times import as_known
    from ledger.checkpoints_consistency import consistency as proved
    from ledger.prove import notes_of

    desk = settings.desk
    size1, size2 = (as_known(one, desk.record, desk.today).position for one in (first, second))
    proof = proved(desk.record, size1, size2)
    _check(desk.record, proof, size2)
    note = next((one.raw.decode() for one in notes_of(desk.record) if one.size == size2), "")
    facts = {"size1": size1, "root1": desk.record.root(size1).hex()}
    facts |= {"size2": size2, "root2": desk.record.root(size2).hex()}
    _give(settings, proof.dump(note), output, f"The first {size1:,} lines of #{size2} are those of #{size1}.", facts)


def _check(record: Record, proof: Consistency, size2: int) -> None:
    """No proof is handed out that does not hold, as where kept hashes were changed. Refused: `inconsistent`."""
    proof.check(record.root(proof.size), size2, record.root(size2))


def _give(settings: Settings, proof: bytes, output: str | None, said: str, facts: dict[str, object]) -> None:
    from cli.answer import answer
    from cli.audit_cited import Cited
    from cli.shown import talk
    from exchange.whole import whole_file

    desk = settings.desk
    if output not in (None, "-"):
        with whole_file(Path(str(output))) as file:
            file.write(proof)
    if settings.json:
        answer(desk, facts | {"proof": proof.decode(), "written": None if output == "-" else output})
        return
    if output in (None, "-"):
        sys.stdout.write(proof.decode())
    talk(said if output in (None, "-") else f"{said} Written to {output}.")
    talk(Cited.of(desk.record, desk.record.size, desk.record.root()).footer)
