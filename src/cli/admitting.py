"""Under what are lines taken in: a checkpoint by a known key, the office's own word, or nothing yet?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from cli.settings import Settings
from domain.refused import Refused
from ledger.bulk import Admit
from ledger.record import Record


@dataclass(frozen=True)
class Under:
    """Checkpoints and the keys that are known, or one's own word, as given."""

    checkpoints: Sequence[str] = ()
    vkeys: Sequence[str] = ()
    unsealed: bool = False

    def __bool__(self) -> bool:
        return bool(self.checkpoints) or self.unsealed

    @property
    def code(self) -> str | None:
        """What it is, in a word for programs."""
        return "unsealed" if self.unsealed else "checkpoint" if self.checkpoints else None

    def must_be_one(self) -> None:
        """Refused: `usage` where both are given."""
        if self.checkpoints and self.unsealed:
            raise Refused("usage", "Lines come under a --checkpoint, or --unsealed; not both.")

    def must_be_none(self) -> None:
        """Tables are recorded by this office, as if typed. Refused: `usage`."""
        if self or self.vkeys:
            raise Refused("usage", "--checkpoint, --vkey and --unsealed are for lines; what a table says is recorded.")

    def sealed(self, settings: Settings) -> Admit:
        """What asks for a checkpoint that pins all lines. Refused: `no-proofs`, `no-such-file`, `bad-configuration`."""
        from cli.audit_words import checkpoints, must_have_proofs, vkeys
        from ledger.checkpoints_import import require_seal

        must_have_proofs()
        return partial(require_seal, given=checkpoints(self.checkpoints), vkeys=vkeys(settings, self.vkeys))

    def continuing(self, settings: Settings, first: int) -> Admit:
        """The same for lines from `first` on that continue a ledger, or what leaves a receipt. Refused: `no-actor`."""
        if not self.unsealed:
            return self.sealed(settings)
        from ledger.checkpoints_import import leave_receipt

        return partial(leave_receipt, first=first, at=settings.edge.clock(), actor=settings.desk.office())

    def said(self, size: int, *, dry_run: bool) -> str:
        """What lines up to there stand under, in a sentence."""
        if self.unsealed:
            say = "would say" if dry_run else "say"
            return f"No checkpoint covers them: info and audit verify {say} so from then on."
        if self.checkpoints:
            return f"A checkpoint by a known key pins #1 to #{size}{'' if dry_run else '; it is kept'}."
        return (
            f"That needs a checkpoint by a known key that pins #1 to #{size} (--checkpoint FILE, --vkey KEY),"
            " or --unsealed."
        )


NOTHING = Under()


class _TriedError(Exception):
    """All went well, and nothing is to be kept."""


def enter(lines: Callable[[Admit], None], admit: Admit, *, dry_run: bool) -> None:
    """Let lines enter under what admits them; in a dry run they leave again. Refused: what either refuses."""

    def admit_and_undo(record: Record) -> None:
        admit(record)
        raise _TriedError

    with suppress(_TriedError):
        lines(admit_and_undo if dry_run else admit)
