"""Is a backup the ledger as it was at one moment, while others record into it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest

from exchange.backup import backup_source, write_backup
from exchange.check import nobody
from exchange.lines import check_lines, make_copy
from ledger.ledger import Ledger
from ledger.record import Record
from ledger.sqlite_backup import back_up_file
from ledger.verify import verify
from tests.ledger.given import deciding, lines_of, new_ledger, party

Place = Callable[[str], Path | str]


@contextmanager
def recording(where: Path | str) -> Iterator[None]:
    """Somebody records, one line after the other, until the block ends; at least one line."""
    enough, begun = Event(), Event()

    def record() -> None:
        with closing(Ledger.open(where)) as ledger:
            for number in count():
                ledger.change(deciding(party(f"p{number}")), actor="office")
                begun.set()
                if enough.is_set():
                    return

    writer = Thread(target=record)
    writer.start()
    assert begun.wait(20)
    try:
        yield
    finally:
        enough.set()
        writer.join()


def test_a_backup_is_of_one_moment_while_others_record(
    somewhere: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.sqlite_backup.PAGES", 10)
    where = somewhere("busy")
    with closing(new_ledger(where)) as ledger:
        ledger.change(deciding(*(party(f"first-{number}") for number in range(2500))), actor="office")
    sizes = []
    with recording(where), Record.open(where) as record:
        for number in range(3):
            path = tmp_path / f"{number}.backup"
            if isinstance(where, Path):
                size, _ = back_up_file(record, path, nobody)
            else:
                with path.open("wb") as file:
                    size, _ = write_backup(record, file, nobody)
            sizes.append(size)
    with Record.open(where) as record:
        lines = lines_of(record)
    assert 2501 < sizes[0] <= sizes[1] <= sizes[2] <= len(lines)
    for number, size in enumerate(sizes):
        copy = tmp_path / f"{number}.db"
        with backup_source(tmp_path / f"{number}.backup", nobody) as source:
            make_copy(copy, check_lines([source.lines], None), admit=source.admit)
        assert not verify(copy).findings
        with Record.open(copy) as record:
            assert lines_of(record) == lines[:size]


def test_how_far_a_backup_is_is_told(tmp_path: Path) -> None:
    with closing(new_ledger(tmp_path / "pledger.db")) as ledger:
        ledger.change(deciding(*(party(f"p{number}") for number in range(2500))), actor="office")
        told: list[tuple[int, int]] = []
        back_up_file(ledger.record, tmp_path / "kept.backup", lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 100
