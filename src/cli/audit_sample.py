"""Which events are looked at: `audit sample`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.audit import audit_app
from cli.audit_words import Checkpoints
from cli.options import Context
from cli.settings import Settings

if TYPE_CHECKING:
    from ledger.sample import Draw, Drawn
    from ledger.verify_notes import Checkpoint

Nonce = Annotated[str, typer.Option("--nonce", metavar="N", help="Chosen by the auditor, after the ledger was sealed.")]
MethodWord = Annotated[str, typer.Option("--method", metavar="random|systematic", help="How it is drawn.")]
Stratify = Annotated[
    str | None, typer.Option("--stratify", metavar="programme", help="Draw from the events of each programme.")
]


@audit_app.command()
def sample(
    context: Context,
    size: Annotated[int, typer.Option("--size", metavar="K", help="So many events from each population.")],
    nonce: Nonce,
    method: MethodWord = "random",
    stratify: Stratify = None,
    checkpoint: Checkpoints = None,
) -> None:
    """Draw events to be looked at, from all that is sealed.

    They are drawn by the sealed root and a nonce: nobody can steer it who does not know the nonce when the ledger is
    sealed, and anybody can draw the same again.

    Example: pledger audit sample --size 25 --nonce 7f3a
    """
    from cli.audit_words import checkpoints, must_have_proofs
    from ledger.prove import covering

    must_have_proofs()
    settings: Settings = context.obj
    note = covering(settings.desk.record, 1, checkpoints(checkpoint))
    draw, drawn = draw_from(settings, note, method, nonce, size, stratify)
    if settings.json:
        _answer(settings, note, draw, drawn)
    else:
        _tell(settings, note, draw, drawn)


def draw_from(
    settings: Settings, note: Checkpoint, method: str, nonce: str, size: int, stratify: str | None
) -> tuple[Draw, list[Drawn]]:
    """What is drawn from all that a checkpoint pins. Refused: `bad-nonce`, `bad-size`, `bad-choice`."""
    from exchange.pack_sample import by_programme, everything, stratum
    from ledger.sample import drawing
    from projections.asked import At

    draw, record = drawing(method, note.root, nonce, size), settings.desk.record
    if not stratum(stratify):
        return draw, [draw.of(one) for one in everything(note.size)]
    at = At(note.size, record.time_at(note.size).astimezone(record.zone).date())
    populations = settings.desk.models.answer(lambda base: by_programme(record, base, at))
    return draw, [draw.of(one) for one in populations]


def _answer(settings: Settings, note: Checkpoint, draw: Draw, drawn: Sequence[Drawn]) -> None:
    from cli.audit_cited import Cited
    from cli.audit_release import answer
    from exchange.pack_sample import told

    answer(settings, Cited.of(settings.desk.record, note.size, note.root), told(draw, drawn))


def _tell(settings: Settings, note: Checkpoint, draw: Draw, drawn: Sequence[Drawn]) -> None:
    from cli.audit_cited import Cited
    from cli.shown import heading, out, table
    from exchange.pack_sample import said
    from ledger.line import describe

    record = settings.desk.record
    for one in drawn:
        heading(f"{one.population.name}: {len(one.chosen):,} of {len(one.population.positions):,} events")
        out(f"drawn from {said(one.population)}")
        found = [describe(record.line_at(position)) for position in one.chosen]
        rows = [(f"#{line.position}", line.type, line.stream, line.recorded) for line in found]
        table(("at", "what", "where", "recorded"), rows)
        out()
        out("Drawn again with sha256sum:")
        sys.stdout.write(draw.again(one.population) + "\n")  # as it is, to be copied: a terminal breaks it anywhere
    out(Cited.of(record, note.size, note.root).footer)
