"""Whichever byte of a ledger's file is changed: is a changed event ever called verified, or our own code surprised?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from domain.refused import Refused
from ledger.verify import Asked, verify
from ledger.verify_report import Verdict
from tests.ledger.audited import vault

SAMPLE = 150


class Small:
    """A sealed ledger in a file of small pages, so that every kind of page is there, and flips of its bytes."""

    def __init__(self, folder: Path) -> None:
        made = vault(folder)
        self.path = made.path
        self.asked: Asked = made.auditor
        with closing(sqlite3.connect(self.path)) as other:
            for statement in ("journal_mode = DELETE", "page_size = 512"):
                other.execute(f"PRAGMA {statement}")
            other.execute("VACUUM")
            other.execute("PRAGMA journal_mode = WAL")
        self.raw = self.path.read_bytes()
        self.events = self._events()

    def _events(self) -> list[object] | None:
        """What SQLite reads in the table of lines; None where it cannot."""
        try:
            with closing(sqlite3.connect(f"{self.path.as_uri()}?immutable=1", uri=True)) as other:
                return other.execute("SELECT position, line FROM event ORDER BY position").fetchall()
        except sqlite3.Error:
            return None

    def flip(self, offset: int, mask: int) -> None:
        """Change some bits of a byte, and audit."""
        changed = bytearray(self.raw)
        changed[offset] ^= mask
        self.path.write_bytes(changed)
        for beside in ("-wal", "-shm", "-journal"):
            Path(f"{self.path}{beside}").unlink(missing_ok=True)
        try:
            verdict = verify(self.path, self.asked, timeout=0).verdict
        except Refused:
            return
        if verdict is Verdict.VERIFIED:
            assert self._events() == self.events, f"byte {offset}, bits {mask:08b}"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return Small(tmp_path_factory.mktemp("small"))


def flips(small: Small, offsets: Iterable[int]) -> None:
    chance = Random(7)
    for offset in offsets:
        small.flip(offset, chance.choice([1 << chance.randrange(8), 0xFF, chance.randrange(1, 256)]))


def test_a_ledger_of_small_pages_is_verified(small: Small) -> None:
    small.path.write_bytes(small.raw)
    assert small.raw[16:18] == (512).to_bytes(2, "big")
    assert verify(small.path, small.asked).verdict is Verdict.VERIFIED


def test_no_flipped_byte_is_missed_in_a_sample(small: Small) -> None:
    chance = Random(7)
    flips(small, sorted(chance.sample(range(len(small.raw)), SAMPLE)) + list(range(100)))


@pytest.mark.soak
def test_no_flipped_byte_is_missed_anywhere(small: Small) -> None:
    flips(small, range(len(small.raw)))
