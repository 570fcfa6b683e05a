"""Is a file told by what is in it, and does what cannot be imported get a sentence?"""

from __future__ import annotations

import gzip
import os
import threading
import zipfile
from pathlib import Path

import pytest

from domain.refused import Refused
from exchange.handed import BOM
from tests.exchange.given import files


def refusal(path: Path | str, content: bytes | None = None, standard_input: bytes = b"") -> Refused:
    if content is not None:
        Path(path).write_bytes(content)
    with pytest.raises(Refused) as refused, files(path, standard_input=standard_input):
        pass
    assert refused.value.sentence.endswith(".")
    return refused.value


@pytest.mark.parametrize(
    ("content", "kind", "start"),
    [
        (b'{"actor":"x"}\n', "lines", 0),
        (b'\n  {"actor":"x"}\n', "lines", 0),
        (b'{"actor":"\0"}\n', "lines", 0),
        (BOM + b'{"actor":"x"}\n', "lines", 3),
        (b"key,title\n", "table", 0),
        (BOM + b"key;title\n", "table", 3),
        (b'"{key}"\n', "table", 0),
        ("ключ\n".encode(), "table", 0),
        (b" " * 10_000 + b"key,title\n", "table", 0),
    ],
)
def test_what_is_in_it_tells_what_it_is(tmp_path: Path, content: bytes, kind: str, start: int) -> None:
    path = tmp_path / "plan.xlsx.jsonl"
    path.write_bytes(content)
    with files(path) as (handed,):
        assert (handed.kind, handed.start, handed.name) == (kind, start, str(path))
        assert handed.read(0, 10**6) == content


@pytest.mark.parametrize("content", [b"", b" \n\r\n", BOM])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path / "plan.csv", content).code == "empty-file"


def test_a_workbook_is_told_by_what_is_in_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plan.csv", "w") as archive:
        archive.writestr("sheet.xml", "<sheet/>")
    with files(tmp_path / "plan.csv") as (handed,):
        assert handed.kind == "workbook"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old workbook"),
        (b"SQLite format 3\0" + bytes(100), "export it"),
        (gzip.compress(b"{}", mtime=0), "Unpack"),
        ("key;title".encode("utf-16-le").join([b"\xff\xfe", b""]), "UTF-16"),
        ("key;title".encode("utf-16-be").join([b"\xfe\xff", b""]), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither lines of a ledger nor a table"),
    ],
)
def test_other_kinds_of_files_are_refused_by_name(tmp_path: Path, content: bytes, word: str) -> None:
    refused = refusal(tmp_path / "plan.csv", content)
    assert refused.code == "not-importable"
    assert word in refused.sentence


def test_a_file_that_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    for name in (tmp_path / "missing.csv", tmp_path, "no\0name", "x" * 5000):
        assert refusal(name).code == "no-such-file"


def test_a_name_is_shown_with_nothing_invisible_in_it(tmp_path: Path) -> None:
    assert "\\u202e" in refusal(tmp_path / "a\u202eb.csv", b"").sentence


def test_lines_and_tables_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"{}\n")
    (tmp_path / "b").write_bytes(b"key\n")
    with pytest.raises(Refused, match="Import them one by one") as refused, files(tmp_path / "a", tmp_path / "b"):
        pass
    assert refused.value.code == "mixed-files"


def test_workbooks_and_tables_are_handed_in_together(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"PK\x03\x04")
    (tmp_path / "b").write_bytes(b"key\n")
    with files(tmp_path / "a", tmp_path / "b") as handed:
        assert [file.kind for file in handed] == ["workbook", "table"]


def test_standard_input_can_be_read_from_any_place() -> None:
    with files("-", standard_input=b"key,title\nfibre,Fibre\n") as (handed,):
        assert handed.name == "standard input"
        assert (handed.read(4, 5), handed.read(0, 3)) == (b"title", b"key")
    assert refusal("-").code == "empty-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_can_be_read_from_any_place(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b'{"a":1}\n',))
    writer.start()
    with files(pipe) as (handed,):
        assert (handed.kind, handed.read(1, 3), handed.read(0, 1)) == ("lines", b'"a"', b"{")
    writer.join()


def test_a_change_of_the_file_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{}\n")
    with files(path) as (handed,):
        before = handed.state()
        with path.open("ab") as other:
            other.write(b"{}\n")
        assert handed.state() != before
