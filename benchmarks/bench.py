"""What is measured, and how thoroughly?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from benchmarks.generate import Made

LARGE = 100_000
"""Beyond this many lines, three rounds of what takes long are enough."""


@dataclass(frozen=True)
class Bench:
    """The ledgers, smallest first; how often each is measured; a folder on the same disk for what comes and goes."""

    ledgers: tuple[Made, ...]
    rounds: int
    folder: Path

    def rounds_of(self, made: Made) -> int:
        """How often something is measured that grows with the ledger."""
        return self.rounds if made.size <= LARGE else min(self.rounds, 3)

    @contextmanager
    def passing(self) -> Iterator[Path]:
        """A folder that is gone afterwards."""
        folder = self.folder / f"passing-{uuid4().hex}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            rmtree(folder, ignore_errors=True)
