"""Is the file of the read models made, opened and thrown away without harm to anybody's?"""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest

from domain.refused import Refused
from projections import file
from projections.base import Base, DamagedError, UnwritableError
from projections.cursor import NOWHERE, cursor_of, move
from tests.ledger.machine import names_in, without_permission


def failing(*_: object) -> NoReturn:
    raise OSError("no such thing on this disk")


def made(path: Path) -> Path:
    file.open_kept(path, timeout=1).close()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pledger.models.db"


def test_a_new_file_begins_nowhere(path: Path) -> None:
    with closing(file.open_kept(path, timeout=1)) as base:
        assert base.kept
        assert cursor_of(base) == NOWHERE
    assert names_in(path.parent) == [path.name]


def test_a_file_system_without_links_will_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing)
    made(path)
    assert names_in(path.parent) == [path.name]


def test_on_one_without_links_too_nobody_s_file_is_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def another_first(*_: object) -> NoReturn:
        path.write_bytes(b"minutes")
        failing()

    monkeypatch.setattr(os, "link", another_first)
    with pytest.raises(Refused, match="no file of read models"):
        file.open_kept(path, timeout=1)
    assert path.read_bytes() == b"minutes"
    assert names_in(path.parent) == [path.name]


def test_where_another_process_was_faster_its_file_is_taken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def after_another(draft: Path, name: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        made(path)
        link(draft, name)

    monkeypatch.setattr(os, "link", after_another)
    with closing(file.open_kept(path, timeout=1)) as base:
        assert cursor_of(base) == NOWHERE
    assert names_in(path.parent) == [path.name]


def test_a_file_that_cannot_be_made_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(UnwritableError, match="no such thing"):
        file.open_kept(path, timeout=1)
    assert names_in(path.parent) == []


def test_what_cannot_be_thrown_away_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        path = made(Path(name) / "pledger.models.db")
        path.parent.chmod(0o555)
        with without_permission(), pytest.raises(UnwritableError, match="denied"):
            file.discard(path)
        path.parent.chmod(0o755)
        file.discard(path)
        file.discard(path)
        assert names_in(path.parent) == []


def test_what_is_not_ours_is_not_thrown_away(path: Path) -> None:
    path.write_bytes(b"minutes")
    with pytest.raises(Refused, match="no file of read models"):
        file.discard(path)


def test_a_file_that_breaks_while_it_is_opened_is_damaged(path: Path) -> None:
    path.write_bytes(b"minutes of a meeting" * 100)
    with pytest.raises(DamagedError):
        file._connect(path, "mode=rw", ("journal_mode = WAL",), 0)


def test_without_locks_nothing_is_read_past_a_wal(path: Path) -> None:
    made(path)
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    assert list(file._ways(path)) == ["mode=ro", "mode=ro&immutable=1"]
    Path(f"{path}-wal").write_bytes(b"changes")
    assert list(file._ways(path)) == ["mode=ro"]
    assert file.open_unwritten(path) is None


def test_an_old_wal_is_not_taken_for_that_of_a_new_file(path: Path) -> None:
    wal = Path(f"{path}-wal")
    with closing(file.open_kept(path, timeout=1)) as base:
        with base.writing():
            assert move(base, NOWHERE, NOWHERE._replace(position=7))
        changes = wal.read_bytes()
    path.unlink()
    wal.write_bytes(changes)
    with closing(file.open_kept(path, timeout=1)) as base:
        assert cursor_of(base) == NOWHERE


def test_a_base_for_one_process_lies_nowhere(tmp_path: Path) -> None:
    with closing(file.open_passing()) as base:
        base.lay_out()
        assert not base.kept
        assert isinstance(base, Base)
    assert names_in(tmp_path) == []
