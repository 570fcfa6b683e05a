"""Is a file whole or not there, and is nothing lost that stood in its place?"""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from domain.refused import Refused
from exchange.whole import whole_file
from tests.exchange.given import copied, story


def write(path: Path, content: bytes = b"new") -> None:
    with whole_file(path) as file:
        file.write(content)


def test_it_stands_there_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "board.csv"
    with whole_file(path) as file:
        file.write(b"new")
        assert not path.exists()
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["board.csv"]


def test_what_stood_there_is_replaced_only_by_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "board.csv"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), whole_file(path) as file:
        file.writelines([b"half", "no bytes"])  # type: ignore[list-item]  # it is to fail halfway
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["board.csv"]
    write(path)
    assert path.read_bytes() == b"new"


def test_a_link_goes_on_naming_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    write(tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_a_new_file_may_be_read_as_others_may(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write(tmp_path / "board.csv")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "board.csv").stat().st_mode) == 0o644


def test_a_ledger_is_never_overwritten(tmp_path: Path) -> None:
    ledger = copied(tmp_path / "pledger.db", story().lines)
    before = ledger.read_bytes()
    with pytest.raises(Refused, match="is a database, perhaps a ledger") as refused:
        write(ledger)
    assert refused.value.code == "not-replaced"
    assert ledger.read_bytes() == before


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is a folder") as refused:
        write(tmp_path)
    assert refused.value.code == "not-replaced"


def test_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be written: no such file or directory") as refused:
        write(tmp_path / "nowhere" / "board.csv")
    assert refused.value.code == "not-written"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write(pipe)
    reader.join()
    assert read == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
