"""What is left of a ledger in a file when its -wal is cut short, and what is said when the file goes away?"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from domain.refused import Refused
from ledger.ledger import Ledger
from ledger.record import Record
from ledger.verify import verify
from tests.ledger.given import deciding, lines_of, new_ledger, party, record
from tests.ledger.machine import names_in

HEADER, FRAME = 32, 24
"""Bytes of the head of a -wal file, and of that of each of its frames (SQLite, file format, 4.1)."""


class Cut(NamedTuple):
    """A ledger as it lay on the disk while it was written: its file, its -wal, all lines, and the size of the -wal
    after each change, with the lines that were acknowledged by then."""

    path: Path
    wal: bytes
    lines: list[bytes]
    acknowledged: list[tuple[int, int]]

    def left(self, until: int, folder: Path, tail: bytes = b"") -> tuple[Path, list[bytes]]:
        """The lines that can be read after the -wal was cut there; `tail` is what the disk made of the rest."""
        path = Path(shutil.copy(self.path, folder / "pledger.db"))
        Path(f"{path}-wal").write_bytes(self.wal[:until] + tail)
        with Record.open(path) as reader:
            return path, lines_of(reader)

    def kept(self, until: int) -> int:
        """How many lines were acknowledged when the -wal was so long."""
        return max((lines for size, lines in self.acknowledged if size <= until), default=1)


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    path = tmp_path_factory.mktemp("cut") / "pledger.db"
    new_ledger(path).close()
    wal, acknowledged = Path(f"{path}-wal"), list[tuple[int, int]]()
    with closing(Ledger.open(path)) as ledger:
        for turn in range(6):
            ledger.change(deciding(*(party(f"p{turn}{n}", "x" * 900) for n in range(1 + turn % 3 * 3))), actor="office")
            acknowledged.append((wal.stat().st_size, ledger.record.size))
        here = Path(shutil.copy(path, path.with_name("aside.db")))
        return Cut(here, wal.read_bytes(), lines_of(ledger.record), acknowledged)


def places(cut: Cut) -> Iterator[int]:
    """The beginning and the middle of each frame, and the end."""
    with closing(sqlite3.connect(cut.path)) as there:
        (page,) = there.execute("PRAGMA page_size").fetchone()
    yield from (0, HEADER // 2)
    for start in range(HEADER, len(cut.wal), FRAME + page):
        yield from (start, start + FRAME + page // 2)
    yield len(cut.wal)


@pytest.mark.parametrize("tail", [b"", b"\xff" * 5000])
def test_a_wal_cut_anywhere_leaves_what_was_acknowledged_by_then(cut: Cut, tmp_path: Path, tail: bytes) -> None:
    found = list[int]()
    for number, until in enumerate(places(cut)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path, lines = cut.left(until, folder, tail)
        assert lines == cut.lines[: len(lines)]
        assert len(lines) == cut.kept(until)
        assert not verify(path).findings
        found.append(len(lines))
    assert found == sorted(found)
    assert (found[0], found[-1]) == (1, len(cut.lines))
    assert len(found) > 50


def test_after_a_wal_was_cut_recording_goes_on(cut: Cut, tmp_path: Path) -> None:
    path, lines = cut.left(len(cut.wal) - 1, tmp_path)
    with closing(Ledger.open(path)) as ledger:
        record(ledger, "kz")
        assert ledger.record.size == len(lines) + 1
    assert not verify(path).findings


@pytest.mark.parametrize("before", [[], ["az"]])
def test_what_would_be_written_into_a_file_that_was_deleted_is_refused(tmp_path: Path, before: list[str]) -> None:
    with closing(new_ledger(tmp_path / "pledger.db")) as ledger:
        record(ledger, *before)
        for name in names_in(tmp_path):
            (tmp_path / name).unlink()
        with pytest.raises(Refused, match="deleted, moved or replaced") as refused:
            record(ledger, "kz")
        assert refused.value.code == "ledger-gone"
    assert names_in(tmp_path) == []


def test_what_would_be_written_into_a_file_that_was_replaced_is_refused(tmp_path: Path) -> None:
    path, other = tmp_path / "pledger.db", tmp_path / "restored.db"
    new_ledger(other, seed=8).close()
    with closing(new_ledger(path)) as ledger:
        record(ledger, "az")
        other.replace(path)
        with pytest.raises(Refused) as refused:
            record(ledger, "kz")
        assert refused.value.code == "ledger-gone"


def test_a_file_that_goes_away_while_it_is_written_takes_nothing(tmp_path: Path) -> None:
    path, moved = tmp_path / "pledger.db", tmp_path / "moved.db"

    def change(ledger: Ledger) -> None:
        with ledger.appending():
            record(ledger, "az")
            path.rename(moved)

    with closing(new_ledger(path)) as ledger, pytest.raises(Refused) as refused:
        change(ledger)
    assert refused.value.code == "ledger-gone"
    with Record.open(moved) as reader:
        assert reader.size == 1


def test_what_would_be_written_into_a_wal_that_was_deleted_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pledger.db"
    with closing(new_ledger(path)) as ledger:
        record(ledger, "az")
        Path(f"{path}-wal").unlink()
        with pytest.raises(Refused, match="-wal' was deleted") as refused:
            record(ledger, "kz")
        assert refused.value.code == "ledger-gone"
    with closing(Ledger.open(path)) as ledger:
        assert ledger.record.size == 2, "what was acknowledged is there; the last one out carried it over"
        record(ledger, "kz")
    assert not verify(path).findings
