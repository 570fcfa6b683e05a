"""What is measured, and how thoroughly?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from benchmarks.generate import Made
from benchmarks.measure import Beside, Timed, in_turns

LARGE = 100_000
"""Beyond this many lines, what takes longer with each is measured three times, without one that does not count."""


@dataclass(frozen=True)
class Bench:
    """The ledgers, smallest first; how often each is measured; a folder on the same disk for what comes and goes."""

    ledgers: tuple[Made, ...]
    rounds: int
    folder: Path

    def in_turns(self, made: Made, ours: Timed, theirs: Timed) -> Beside:
        """Measure what takes longer the larger a ledger is."""
        if made.size <= LARGE:
            return in_turns(self.rounds, ours, theirs)
        return in_turns(min(self.rounds, 3), ours, theirs, warm=False)

    @contextmanager
    def passing(self) -> Iterator[Path]:
        """A folder that is gone afterwards."""
        folder = self.folder / f"passing-{uuid4().hex}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            rmtree(folder, ignore_errors=True)
