"""Does reading work wherever reading can, and is writing refused where it cannot be?

As root, to whom no permission applies, these run as nobody.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from unittest import mock

import pytest

from domain.refused import Refused
from ledger import place
from ledger.ledger import Ledger
from ledger.record import Record
from ledger.trouble import CannotDecide
from tests.ledger.given import lines_of, new_ledger, record
from tests.ledger.machine import names_in, without_permission


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that another user can look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


@pytest.fixture
def path(folder: Path) -> Path:
    path = folder / "pledger.db"
    with closing(new_ledger(path)) as ledger:
        record(ledger, "az")
    return path


def read(path: Path) -> int:
    with without_permission(), Record.open(path) as record:
        return len(lines_of(record))


def write(path: Path) -> str:
    with without_permission(), pytest.raises(Refused) as refused:
        Ledger.open(path)
    assert not isinstance(refused.value, CannotDecide)
    return refused.value.code


@pytest.mark.parametrize(("file", "around"), [(0o444, 0o777), (0o444, 0o555), (0o666, 0o555)])
def test_without_write_permission_a_ledger_is_read_and_not_written(
    folder: Path, path: Path, file: int, around: int
) -> None:
    path.chmod(file)
    folder.chmod(around)
    before = path.read_bytes()
    assert read(path) == 2
    assert write(path) == "read-only"
    assert path.read_bytes() == before


@contextmanager
def somebody_reading(folder: Path, path: Path) -> Iterator[Record]:
    """A ledger that can only be read, in a folder that can be written to; from then on both can be."""
    path.chmod(0o444)
    folder.chmod(0o777)
    with without_permission():
        reader = Record.open(path)
    path.chmod(0o666)
    with closing(reader):
        yield reader


def test_what_a_reader_without_write_permission_leaves_is_in_no_writers_way(folder: Path, path: Path) -> None:
    with somebody_reading(folder, path):
        pass
    assert names_in(folder) == ["pledger.db", "pledger.db-shm", "pledger.db-wal"]
    with without_permission(), closing(Ledger.open(path)) as ledger:
        record(ledger, "kz")
        assert ledger.record.size == 3
    assert names_in(folder) == ["pledger.db"]


def test_while_such_a_reader_is_in_nothing_is_taken_from_it(folder: Path, path: Path) -> None:
    with somebody_reading(folder, path) as reader:
        before = names_in(folder)
        with without_permission(), pytest.raises(Refused) as refused:
            Ledger.open(path, timeout=0)
        assert (refused.value.code, names_in(folder), len(lines_of(reader))) == ("ledger-busy", before, 2)


def test_changes_in_a_wal_that_may_not_be_written_are_not_taken_away(folder: Path, path: Path) -> None:
    with closing(Ledger.open(path)) as ledger:
        record(ledger, "kz")
        left = (folder / "pledger.db-wal").read_bytes()
    (folder / "pledger.db-wal").write_bytes(left)
    (folder / "pledger.db-wal").chmod(0o444)
    path.chmod(0o666)
    folder.chmod(0o777)
    with without_permission(), closing(Ledger.open(path)) as ledger:
        with pytest.raises(Refused) as refused:
            record(ledger, "tr")
        assert (refused.value.code, ledger.record.size) == ("read-only", 3)
    assert (folder / "pledger.db-wal").read_bytes() == left


def test_where_it_cannot_be_taken_away_writing_says_what_is_wrong(folder: Path, path: Path) -> None:
    with somebody_reading(folder, path):
        pass
    held = mock.patch.object(Path, "unlink", side_effect=PermissionError)
    with without_permission(), held, closing(Ledger.open(path)) as ledger, pytest.raises(Refused) as refused:
        record(ledger, "kz")
    assert refused.value.code == "read-only"


def test_a_read_only_folder_is_left_as_it_was(folder: Path, path: Path) -> None:
    path.chmod(0o444)
    folder.chmod(0o555)
    assert read(path) == 2
    assert names_in(folder) == ["pledger.db"]


def test_it_is_read_beside_a_writer_at_work(folder: Path, path: Path) -> None:
    with closing(Ledger.open(path)) as ledger:
        record(ledger, "kz")
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o555)
        assert read(path) == 3


def test_changes_that_cannot_be_reached_leave_it_undecided(folder: Path, path: Path) -> None:
    left = folder / "left"
    left.mkdir()
    with closing(Ledger.open(path)) as ledger:
        record(ledger, "kz")
        for name in ("pledger.db", "pledger.db-wal"):
            shutil.copyfile(folder / name, left / name)
            (left / name).chmod(0o444)
    left.chmod(0o555)
    with without_permission(), pytest.raises(CannotDecide) as refused:
        Record.open(left / "pledger.db")
    assert refused.value.code == "ledger-unreadable"
    left.chmod(0o755)


def test_an_empty_wal_hides_nothing(folder: Path, path: Path) -> None:
    path.chmod(0o444)
    (folder / "pledger.db-wal").touch()
    folder.chmod(0o555)
    assert read(path) == 2


@pytest.mark.parametrize("around", [0o755, 0o000])
def test_without_read_permission_nothing_can_be_said(folder: Path, path: Path, around: int) -> None:
    path.chmod(0o000)
    folder.chmod(around)
    with without_permission(), pytest.raises(CannotDecide) as refused:
        Record.open(path)
    assert refused.value.code == "ledger-unreadable"


def test_a_read_only_folder_takes_no_new_ledger(folder: Path) -> None:
    folder.chmod(0o555)
    with without_permission(), pytest.raises(Refused) as refused:
        new_ledger(folder / "pledger.db")
    assert refused.value.code == "read-only"


def test_a_new_ledger_that_cannot_be_finished_is_not_there(folder: Path) -> None:
    folder.chmod(0o777)

    def make() -> None:
        with ExitStack() as stack, place.new_store(folder / "pledger.db", "019d4d41-0000-7000-8000-000000000000"):
            [draft] = folder.iterdir()
            draft.chmod(0o444)
            stack.enter_context(without_permission())

    with pytest.raises(Refused) as refused:
        make()
    assert refused.value.code == "read-only"
    assert names_in(folder) == []
