"""Is what is read exactly what was recorded, from one state, at any earlier end?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.opening import LedgerOpened
from domain.refused import Refused
from ledger.ledger import Ledger
from ledger.line import LineError, describe
from ledger.record import Record
from ledger.roots import Nodes
from ledger.tree import leaf_hash, root_of
from tests.ledger.given import NOON, deciding, lines_of, new_ledger, party, record, tamper


@pytest.fixture
def ledger(where: Path | str) -> Iterator[Ledger]:
    with closing(new_ledger(where)) as ledger:
        ledger.change(deciding(party("az"), party("kz")), actor="office", command_id="both")
        ledger.change(deciding(party("az", "Azerbaijan")), actor="board")
        yield ledger


def test_the_first_line_says_title_and_zone(ledger: Ledger) -> None:
    found = ledger.record
    assert found.opened == LedgerOpened(title="Middle Corridor", timezone="Asia/Baku", format=1)
    assert (found.title, found.zone) == ("Middle Corridor", ZoneInfo("Asia/Baku"))
    assert found.head() == (found.id, 4, "2026-04-02T12:00:04.000000Z")
    assert found.size == 4


def test_lines_come_in_order_by_pages_between_two_positions(ledger: Ledger) -> None:
    pages = list(ledger.record.lines(page=3))
    assert [[position for position, _ in page] for page in pages] == [[1, 2, 3], [4]]
    assert [describe(line).position for page in pages for _, line in page] == [1, 2, 3, 4]
    assert list(ledger.record.lines(after=1, until=3)) == [pages[0][1:]]
    assert list(ledger.record.lines(after=4)) == []


def test_a_stream_is_read_whole_or_up_to_a_position(ledger: Ledger) -> None:
    whole = ledger.record.stream("party/az")
    assert [(one.position, one.version, one.actor) for one in whole] == [(2, 1, "office"), (4, 2, "board")]
    assert ledger.record.stream("party/az", until=3) == whole[:1]
    assert ledger.record.stream("party/tr") == []
    assert (ledger.record.version("party/az"), ledger.record.version("party/tr")) == (2, 0)


def test_facts_come_in_order_by_pages(ledger: Ledger) -> None:
    pages = list(ledger.record.recorded(after=1, page=2))
    assert [[one.position for one in page] for page in pages] == [[2, 3], [4]]
    assert pages[1] == ledger.record.stream("party/az")[1:]


def test_a_key_is_found_wherever_a_line_holds_it_whole(ledger: Ledger) -> None:
    assert [one.position for one in ledger.record.naming("Azerbaijan")] == [4]
    assert [one.position for one in ledger.record.naming("Azərbaycan")] == [2, 3]
    assert [one.position for one in ledger.record.naming("Azərbaycan", until=2)] == [2]
    assert ledger.record.naming("Azerb") == []


def test_a_command_is_found_by_its_id(ledger: Ledger) -> None:
    assert [one.position for one in ledger.record.of_command("both")] == [2, 3]
    assert ledger.record.of_command("neither") == []


def test_subjects_touched_since_a_position(ledger: Ledger) -> None:
    assert ledger.record.touched(0) == ["ledger", "party/az", "party/kz"]
    assert ledger.record.touched(2) == ["party/kz", "party/az"]
    assert ledger.record.touched(2, until=3) == ["party/kz"]
    assert ledger.record.touched(4) == []


def test_an_event_is_found_by_its_id(ledger: Ledger) -> None:
    [first, _] = ledger.record.stream("party/az")
    assert ledger.record.position_of(first.id) == 2
    assert ledger.record.position_of("019d4d41") is None


def test_a_line_is_found_by_its_position(ledger: Ledger) -> None:
    record = ledger.record
    assert record.line_at(2) == lines_of(record)[1]
    assert [record.recorded_at(2)] == next(record.recorded())[1:2]
    for position in (0, 5, -1):
        for asked in (record.line_at, record.recorded_at):
            with pytest.raises(Refused, match=f"#{position}") as refused:
                asked(position)
            assert refused.value.code == "no-such-position"


def test_instants_and_positions_answer_each_other(ledger: Ledger) -> None:
    second = timedelta(seconds=1)
    times = [ledger.record.time_at(position) for position in range(1, 5)]
    assert times == [NOON + 2 * second, NOON + 3 * second, NOON + 3 * second, NOON + 4 * second]
    assert [ledger.record.position_at(NOON + n * second) for n in range(6)] == [0, 0, 1, 3, 4, 4]
    assert ledger.record.position_at(datetime(2026, 4, 2, 16, 0, 3, tzinfo=ZoneInfo("Asia/Baku"))) == 3
    assert ledger.record.position_at(datetime(9999, 12, 31, tzinfo=UTC)) == 4


def test_a_snapshot_does_not_see_what_others_record_meanwhile(where: Path | str, ledger: Ledger) -> None:
    with Record.open(where) as reader:
        with reader.snapshot():
            before = reader.head(), lines_of(reader), reader.root()
            record(ledger, "tr")
            assert (reader.head(), lines_of(reader), reader.root()) == before
        assert reader.size == 5


def test_every_earlier_root_can_be_told(where: Path | str) -> None:
    with closing(new_ledger(where)) as ledger:
        for start in range(0, 700, 70):
            ledger.change(deciding(*(party(f"k{start + n}") for n in range(70))), actor="office")
        leaves = [leaf_hash(line) for line in lines_of(ledger.record)]
        for size in (*range(5), 255, 256, 257, 511, 512, 513, 700, 701):
            assert ledger.record.root(size) == root_of(leaves[:size]), size
        assert ledger.record.root() == root_of(leaves)
        with ledger.record.store.asking() as reader:
            nodes = Nodes(reader)
            for level, index in ((0, 0), (0, 700), (3, 5), (7, 1), (8, 0), (8, 1), (9, 0)):
                root = root_of(leaves[index << level : index + 1 << level])
                assert ledger.record.node(level, index) == nodes(level, index) == root
        with ledger.record.snapshot() as connection:
            kept = connection.exec_driver_sql('SELECT level, "index" FROM node ORDER BY 2').all()
        assert kept == [(8, 0), (8, 1)]


@pytest.mark.parametrize("size", [-1, 5, 10**20])
def test_there_is_no_root_beyond_the_ends(ledger: Ledger, size: int) -> None:
    with pytest.raises(Refused) as refused:
        ledger.record.root(size)
    assert refused.value.code == "no-such-position"


@pytest.mark.parametrize("leaf", ["x'00'", "'text'"])
def test_hashes_that_do_not_fit_are_damage(where: Path | str, ledger: Ledger, leaf: str) -> None:
    tamper(where, f"UPDATE event SET leaf = {leaf} WHERE position = 2")
    with pytest.raises(Refused) as refused:
        ledger.record.root(3)
    assert refused.value.code == "ledger-damaged"


def test_missing_nodes_are_damage(ledger: Ledger) -> None:
    with pytest.raises(Refused) as refused:
        ledger.record.node(3, 0)
    assert refused.value.code == "ledger-damaged"


@pytest.mark.parametrize(
    "edit",
    ["line = 'text'", "line = x'00'", "type = 'x.y.v1'", "type = '7'"],
)
def test_an_edited_line_is_refused_with_its_position(where: Path | str, ledger: Ledger, edit: str) -> None:
    tamper(where, f"UPDATE event SET {edit} WHERE position = 2")
    refuse_it(ledger)


@pytest.mark.parametrize("edit", ["type = x'00'", "type = 7", "line = CAST(line AS TEXT)"])
def test_what_only_sqlite_lets_into_a_column_is_refused_too(tmp_path: Path, edit: str) -> None:
    with closing(new_ledger(tmp_path / "pledger.db")) as ledger:
        record(ledger, "az")
        tamper(tmp_path / "pledger.db", f"UPDATE event SET {edit} WHERE position = 2")
        refuse_it(ledger)


def refuse_it(ledger: Ledger) -> None:
    with pytest.raises(LineError, match=r"^#2: "):
        ledger.record.stream("party/az")
    with pytest.raises(LineError, match=r"^#2: "):
        list(ledger.record.recorded())


def test_an_edited_time_is_refused(where: Path | str, ledger: Ledger) -> None:
    line = ledger.record.line_at(2).replace(b".000000Z", b"Z")
    tamper(where, f"UPDATE event SET line = x'{line.hex()}' WHERE position = 2")
    with pytest.raises(LineError, match=r"^#2: "):
        ledger.record.time_at(2)


def test_reading_needs_nothing_of_the_writing_library() -> None:
    code = "import sys, ledger.record, ledger.bulk; sys.exit('eventsourcing' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], check=False, env=environment)
    assert done.returncode == 0
