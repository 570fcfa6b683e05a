"""Does a new ledger stand there whole, or not at all?"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.refused import Refused
from ledger import place
from ledger.sqlite import new_file
from ledger.trouble import CannotDecide
from tests.ledger.given import new_ledger
from tests.ledger.machine import files_no_larger_than, names_in

ID = "019d4d41-0000-7000-8000-000000000000"


def test_nothing_stands_there_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "pledger.db"
    with place.new_store(path, ID):
        assert not path.exists()
    assert names_in(tmp_path) == ["pledger.db"]


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), place.new_store(tmp_path / "pledger.db", ID):
        raise KeyboardInterrupt
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("title", ["", " ", "x" * 10_001, "a\u202eb"])
def test_a_refused_title_leaves_nothing(tmp_path: Path, title: str) -> None:
    from ledger.ledger import Ledger

    with pytest.raises(Refused):
        Ledger.create(tmp_path / "pledger.db", title, "UTC", actor="office")
    with pytest.raises(Refused) as refused:
        Ledger.create(tmp_path / "pledger.db", "Title", "Atlantis/Centre", actor="office")
    assert refused.value.code == "bad-timezone"
    assert names_in(tmp_path) == []


def test_a_new_file_writes_ahead_and_tells_what_it_is(tmp_path: Path) -> None:
    with place.new_store(tmp_path / "pledger.db", ID):
        pass
    with closing(sqlite3.connect(tmp_path / "pledger.db")) as other:
        asked = ("journal_mode", "application_id", "user_version")
        assert [other.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in asked] == ["wal", 0x706C6467, 1]
        assert other.execute("SELECT id, size, time, format FROM head").fetchall() == [(ID, 0, "", 1)]
        assert other.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (15,)


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_what_is_there_already_is_left_alone(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "pledger.db")
    with pytest.raises(Refused) as refused:
        new_ledger(tmp_path / "pledger.db")
    assert refused.value.code == "ledger-exists"
    assert names_in(tmp_path) == ["pledger.db"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="missing") as refused:
        new_ledger(tmp_path / "missing" / "pledger.db")
    assert refused.value.code == "no-folder"


def test_what_came_there_in_the_meantime_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pledger.db"

    def make() -> None:
        with place.new_store(path, ID):
            path.write_text("theirs")

    with pytest.raises(Refused) as refused:
        make()
    assert refused.value.code == "ledger-exists"
    assert path.read_text() == "theirs"
    assert names_in(tmp_path) == ["pledger.db"]


def no_links(draft: Path, path: Path) -> None:
    raise PermissionError(draft, path)


def test_where_there_are_no_links_the_file_is_renamed(tmp_path: Path) -> None:
    with new_file(tmp_path / "pledger.db", ID, publish=no_links):
        pass
    assert names_in(tmp_path) == ["pledger.db"]


def test_a_folder_that_goes_away_meanwhile_is_an_error_of_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()

    def pulled(draft: Path, path: Path) -> None:
        draft.unlink()
        raise OSError(draft, path)

    def make() -> None:
        with new_file(folder / "pledger.db", ID, publish=pulled):
            pass

    with pytest.raises(CannotDecide) as refused:
        make()
    assert refused.value.code == "disk-error"
    assert names_in(folder) == []


@pytest.mark.parametrize("room", [0, 4096, 20_000])
def test_a_full_disk_leaves_nothing(tmp_path: Path, room: int) -> None:
    with files_no_larger_than(room), pytest.raises(Refused) as refused:
        new_ledger(tmp_path / "pledger.db")
    assert refused.value.code in ("disk-full", "disk-error")
    assert os.fspath(tmp_path / "pledger.db") in refused.value.sentence
    assert names_in(tmp_path) == []
