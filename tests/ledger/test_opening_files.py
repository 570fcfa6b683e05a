"""What is said of a file that is no ledger, not ours, broken, or in use, and is it left as it was?"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from domain.refused import Refused
from ledger.ledger import Ledger
from ledger.record import Record
from tests.ledger.given import deciding, lines_of, new_ledger, party, record, tamper
from tests.ledger.machine import names_in

OPENERS = [Record.open, Ledger.open]


def refusal(path: Path | str, opener: Callable[[Path | str], Record | Ledger]) -> str:
    with pytest.raises(Refused) as refused:
        opener(path)
    assert refused.value.sentence.isprintable()
    return refused.value.code


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pledger.db"
    with closing(new_ledger(path)) as ledger:
        record(ledger, "az")
    return path


@pytest.mark.parametrize("open", OPENERS)
@pytest.mark.parametrize("name", ["pledger.db", "missing/pledger.db", "file/pledger.db", "a\0b"])
def test_where_nothing_is_nothing_is_made(tmp_path: Path, name: str, open: Callable[..., Record | Ledger]) -> None:
    (tmp_path / "file").touch()
    assert refusal(tmp_path / name, open) == "no-ledger"
    assert names_in(tmp_path) == ["file"]


@pytest.mark.parametrize("open", OPENERS)
@pytest.mark.parametrize("name", ["x" * 300, "round"])
def test_a_name_that_leads_nowhere_is_undecided(
    tmp_path: Path, name: str, open: Callable[..., Record | Ledger]
) -> None:
    (tmp_path / "round").symlink_to("round")
    assert refusal(tmp_path / name, open) == "ledger-unreadable"


@pytest.mark.parametrize("open", OPENERS)
@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("mysql://me:secret@host/ledger", "unknown-address"),
        ("host=127.0.0.1 password=secret dbname=ledger", "unknown-address"),
        ("postgresql:me:secret@host/ledger", "unknown-address"),
        ("postgres:/me:secret@host/ledger", "unknown-address"),
        ("postgresql://me:secret@127.0.0.1:1/ledger", "server-unreachable"),
        ("postgresql://me:secret@host:port/ledger?nonsense=1", "bad-address"),
        ("postgresql://me:secret@host/ledger?schema=No-Name", "bad-address"),
        ("postgresql://me:secret@host/ledger?schema=pg_mine", "bad-address"),
    ],
)
def test_an_address_is_refused_without_its_password(
    address: str, code: str, open: Callable[..., Record | Ledger]
) -> None:
    with pytest.raises(Refused) as refused:
        open(address)
    assert refused.value.code == code
    assert "secret" not in refused.value.sentence


@pytest.mark.parametrize("open", OPENERS)
@pytest.mark.parametrize("content", [b"", b"hello", b"hello" * 1000, b"SQLite format 3\0" + b"\0" * 84])
def test_another_file_is_no_ledger_and_stays_as_it_is(
    tmp_path: Path, content: bytes, open: Callable[..., Record | Ledger]
) -> None:
    other = tmp_path / "notes.txt"
    other.write_bytes(content)
    assert refusal(other, open) in ("not-a-ledger", "ledger-damaged")
    assert other.read_bytes() == content
    assert names_in(tmp_path) == ["notes.txt"]


@pytest.mark.parametrize("open", OPENERS)
def test_a_database_of_another_program_is_no_ledger(tmp_path: Path, open: Callable[..., Record | Ledger]) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE head (id)")
    assert refusal(other, open) == "not-a-ledger"


@pytest.mark.parametrize("open", OPENERS)
def test_a_folder_or_a_pipe_is_no_ledger(tmp_path: Path, open: Callable[..., Record | Ledger]) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path, open) == "not-a-ledger"
    assert refusal(tmp_path / "pipe", open) == "not-a-ledger"


@pytest.mark.parametrize("open", OPENERS)
@pytest.mark.parametrize(("format", "code"), [(0, "older-format"), (2, "newer-format")])
def test_another_format_is_named(path: Path, format: int, code: str, open: Callable[..., Record | Ledger]) -> None:
    tamper(path, f"PRAGMA user_version = {format}")
    assert refusal(path, open) == code


DAMAGE = {
    "no head": "DELETE FROM head",
    "two heads": "INSERT INTO head SELECT 'x', size, frontier, time, format FROM head",
    "no table": "DROP TABLE head",
    "another table": "ALTER TABLE head RENAME COLUMN time TO moment",
    "a size that is none": "UPDATE head SET size = 'many'",
    "a frontier of another size": "UPDATE head SET size = size + 1",
    "a frontier that is text": "UPDATE head SET frontier = 'hello'",
    "a frontier that is nothing": "UPDATE head SET frontier = x''",
    "a time that is none": "UPDATE head SET time = 'noon'",
    "a time that is bytes": "UPDATE head SET time = x'00'",
}


@pytest.mark.parametrize("open", OPENERS)
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_ledger_without_a_sound_head_is_damaged(
    path: Path, damage: str, open: Callable[..., Record | Ledger]
) -> None:
    tamper(path, damage)
    assert refusal(path, open) == "ledger-damaged"


def test_garbage_within_the_file_is_damage_and_no_traceback(path: Path) -> None:
    whole = path.read_bytes()
    codes = set()
    for at in range(0, len(whole), 512):
        path.write_bytes(whole[:at] + b"\xa5" * 64 + whole[at + 64 :])
        try:
            with Record.open(path) as record:
                lines_of(record)
                record.stream("party/az")
        except Refused as refused:
            codes.add(refused.code)
    assert "ledger-damaged" in codes
    assert codes <= {"ledger-damaged", "not-a-ledger", "bad-line", "newer-format", "older-format", "unknown-type"}


@pytest.mark.parametrize("name", ["päd ger?x=1#2%41.db", "-v.db"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    new_ledger(tmp_path / name).close()
    with Record.open(tmp_path / name) as record:
        assert record.size == 1
    assert names_in(tmp_path) == [name]


def test_a_link_leads_to_the_ledger(tmp_path: Path, path: Path) -> None:
    (tmp_path / "link").symlink_to(path)
    with closing(Ledger.open(tmp_path / "link")) as ledger:
        record(ledger, "kz")
    with Record.open(path) as read:
        assert read.size == 3


def test_writers_write_ahead_sync_fully_and_watch_replacements(path: Path) -> None:
    with closing(Ledger.open(path)) as ledger, ledger.appending() as appending:
        asked = ("journal_mode", "synchronous", "recursive_triggers", "trusted_schema")
        said = [appending.connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() for pragma in asked]
    assert said == ["wal", 2, 1, 0]


def test_the_last_one_out_leaves_one_file(tmp_path: Path, path: Path) -> None:
    with Record.open(path) as read:
        assert read.size == 2
    assert names_in(tmp_path) == ["pledger.db"]


def test_a_reader_cannot_write(path: Path) -> None:
    with Record.open(path) as read, pytest.raises(Refused) as refused, read.store.appending() as appending:
        appending.connection.exec_driver_sql("DROP TABLE node")
    assert refused.value.code == "read-only"


def test_while_another_writes_we_wait_then_say_so_and_can_read(path: Path) -> None:
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(Ledger.open(path, timeout=0.05)) as ledger,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Refused) as refused:
            ledger.change(deciding(party("kz")), actor="office")
        assert refused.value.code == "ledger-busy"
        assert ledger.record.size == 2
        with Record.open(path) as read:
            assert len(lines_of(read)) == 2
        other.execute("ROLLBACK")
        ledger.change(deciding(party("kz")), actor="office")


def test_a_full_disk_takes_nothing_half_and_is_still_read(path: Path) -> None:
    with closing(Ledger.open(path)) as ledger:
        with ledger.appending() as appending:
            pages = appending.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            appending.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Refused) as refused:
            ledger.change(deciding(*(party(f"k{n}", "x" * 5000) for n in range(9))), actor="office")
        assert refused.value.code == "disk-full"
        assert (ledger.record.size, len(lines_of(ledger.record))) == (2, 2)
        with ledger.appending() as appending:
            appending.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        record(ledger, "kz")
        assert ledger.record.size == 3
