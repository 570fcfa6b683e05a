"""Do lines leave a ledger and come into another place as they are, all or none?"""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given as these
from hypothesis import settings
from hypothesis import strategies as st

from domain.refused import Refused
from exchange.lines import check_lines, continue_ledger, make_copy, write_lines
from ledger.bulk import as_they_are
from ledger.ledger import Ledger
from ledger.record import Record
from ledger.tree import leaf_hash, root_of
from tests.exchange.given import LEDGER, Writer, changed, copied, files, story, written
from tests.exchange.histories import histories
from tests.ledger.given import lines_of, record, tamper

LINES = story().lines


def exported(path: Path, until: int | None = None) -> bytes:
    out = io.BytesIO()
    with Record.open(path) as record:
        write_lines(record, out, record.size if until is None else until)
    return out.getvalue()


def continued(path: Path, *more: Path) -> None:
    with closing(Ledger.open(path)) as ledger, files(*more) as handed_in:
        continue_ledger(ledger.store, check_lines(handed_in, ledger.record), admit=as_they_are)


def test_a_copy_is_the_same_ledger(tmp_path: Path) -> None:
    with Record.open(copied(tmp_path / "copy.db", LINES)) as copy:
        assert (copy.id, copy.title, copy.size) == (LEDGER, "Middle Corridor", len(LINES))
        assert lines_of(copy) == LINES
        assert copy.root() == root_of([leaf_hash(line) for line in LINES])
        assert [one.version for one in copy.stream("commitment/fibre")] == list(range(1, 9))


def test_an_export_goes_up_to_what_was_known(tmp_path: Path) -> None:
    copy = copied(tmp_path / "copy.db", LINES)
    assert exported(copy, 0) == b""
    assert exported(copy, 5) == b"".join(line + b"\n" for line in LINES[:5])


def test_progress_is_told_line_by_line(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> None:
        told.append((done, total))

    with files(written(tmp_path / "a.jsonl", LINES)) as handed_in:
        make_copy(tmp_path / "copy.db", check_lines(handed_in, None), watch)
    with Record.open(tmp_path / "copy.db") as record:
        write_lines(record, io.BytesIO(), 4, watch)
    assert told == [(15, 15), (4, 4)]


def test_a_ledger_is_continued_by_what_is_new(tmp_path: Path) -> None:
    copy = copied(tmp_path / "copy.db", LINES[:7])
    continued(copy, written(tmp_path / "all.jsonl", LINES[:12]))
    continued(copy, written(tmp_path / "rest.jsonl", LINES[12:]))
    continued(copy, written(tmp_path / "again.jsonl", LINES))
    assert exported(copy) == exported(copied(tmp_path / "whole.db", LINES))


def test_a_continued_ledger_can_be_recorded_in(tmp_path: Path) -> None:
    copy = copied(tmp_path / "copy.db", LINES)
    with closing(Ledger.open(copy)) as ledger:
        record(ledger, "tr")
        assert ledger.record.size == len(LINES) + 1


def test_nothing_stands_there_after_a_finding(tmp_path: Path) -> None:
    bad = written(tmp_path / "bad.jsonl", [*LINES[:9], changed(LINES[9], {"approved_by": "office"}), *LINES[10:]])
    with files(bad) as handed_in, pytest.raises(Refused, match="1 finding: nothing was written") as refused:
        make_copy(tmp_path / "copy.db", check_lines(handed_in, None))
    assert refused.value.code == "findings"
    copy = copied(tmp_path / "copy.db", LINES[:9])
    before = copy.read_bytes()
    with pytest.raises(Refused, match="1 finding"):
        continued(copy, bad)
    assert (copy.read_bytes(), exported(copy)) == (before, b"".join(line + b"\n" for line in LINES[:9]))


def test_a_file_that_is_changed_between_check_and_writing_leaves_nothing(tmp_path: Path) -> None:
    path, copy = written(tmp_path / "a.jsonl", LINES), copied(tmp_path / "copy.db", LINES[:7])
    with closing(Ledger.open(copy)) as ledger, files(path) as handed_in:
        whole, rest = check_lines(handed_in, None), check_lines(handed_in, ledger.record)
        with path.open("ab") as other:
            other.write(b"{}\n")
        with pytest.raises(Refused, match="was changed while it was read"):
            make_copy(tmp_path / "new.db", whole)
        with pytest.raises(Refused, match="was changed while it was read"):
            continue_ledger(ledger.store, rest, admit=as_they_are)
    assert not (tmp_path / "new.db").exists()
    assert exported(copy) == b"".join(line + b"\n" for line in LINES[:7])


def test_who_records_meanwhile_is_not_overrun(tmp_path: Path) -> None:
    copy = copied(tmp_path / "copy.db", LINES[:7])
    with closing(Ledger.open(copy)) as ledger, files(written(tmp_path / "a.jsonl", LINES)) as handed_in:
        checked = check_lines(handed_in, ledger.record)
        with closing(Ledger.open(copy)) as other:
            record(other, "tr")
        with pytest.raises(Refused, match="Somebody recorded into the ledger") as refused:
            continue_ledger(ledger.store, checked, admit=as_they_are)
    assert refused.value.code == "ledger-busy"


def test_what_does_not_admit_lines_undoes_them(tmp_path: Path) -> None:
    seen: list[int] = []

    def refuse(record: Record) -> None:
        seen.append(record.size)
        raise Refused("not-sealed", "No.")

    copy, path = copied(tmp_path / "copy.db", LINES[:7]), written(tmp_path / "a.jsonl", LINES)
    with closing(Ledger.open(copy)) as ledger, files(path) as handed_in:
        with pytest.raises(Refused, match="No"):
            continue_ledger(ledger.store, check_lines(handed_in, ledger.record), admit=refuse)
        with pytest.raises(Refused, match="No"):
            make_copy(tmp_path / "new.db", check_lines(handed_in, None), admit=refuse)
        assert ledger.record.size == 7
    assert (seen, (tmp_path / "new.db").exists()) == ([15, 15], False)


def test_lines_of_a_damaged_ledger_are_given_out_as_they_are(tmp_path: Path) -> None:
    copy = copied(tmp_path / "copy.db", LINES)
    tamper(copy, "UPDATE event SET line = CAST('{}' AS BLOB) WHERE position = 3")
    assert exported(copy).split(b"\n")[2] == b"{}"


@settings(max_examples=40, deadline=None)
@these(histories, st.integers(0, 60))
def test_what_was_recorded_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, history: Writer, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("copies")
    whole = copied(folder / "whole.db", history.lines)
    first = exported(whole)
    assert first == b"".join(line + b"\n" for line in history.lines)
    (folder / "out.jsonl").write_bytes(first)
    part = copied(folder / "part.db", history.lines[: max(1, cut)])
    continued(part, folder / "out.jsonl")
    assert exported(part) == first
    with Record.open(whole) as one, Record.open(part) as other:
        assert (one.id, one.root()) == (other.id, other.root())
