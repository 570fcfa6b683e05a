"""Is a copy the same ledger, and do lines that do not continue it leave no trace?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from domain.refused import Refused
from ledger.bulk import PAGE, append_lines, copy_lines
from ledger.ledger import Ledger
from ledger.line import Exact, encode
from ledger.record import Record
from ledger.tables import event, head, node
from tests.ledger.given import deciding, exact, lines_of, new_ledger, party, record
from tests.ledger.machine import names_in

Place = Callable[[str], Path | str]
MANY = 2 * PAGE + 300


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """A ledger of several pages and nodes, in few and in many streams."""
    with closing(new_ledger(tmp_path_factory.mktemp("source") / "source.db")) as ledger:
        for start in range(0, MANY, 500):
            ledger.change(deciding(*(party(f"k{n % 7}x{n // 99}") for n in range(start, start + 500))), actor="office")
        return lines_of(ledger.record)


def rows(where: Path | str) -> list[object]:
    with Record.open(where) as record, record.snapshot() as connection:
        return [connection.execute(select(table).order_by(*table.primary_key)).all() for table in (event, node, head)]


def nothing_stands(where: Path | str) -> bool:
    with pytest.raises(Refused) as refused:
        Record.open(where)
    return refused.value.code == "no-ledger"


def test_a_copy_has_the_same_id_bytes_and_root(somewhere: Place, lines: list[bytes]) -> None:
    copy_lines(somewhere("copy"), exact(lines))
    with Record.open(somewhere("copy")) as copy:
        assert lines_of(copy) == lines
        assert copy.title == "Middle Corridor"


def test_a_copy_leaves_nothing_beside_it(tmp_path: Path, lines: list[bytes]) -> None:
    copy_lines(tmp_path / "copy.db", exact(lines))
    assert names_in(tmp_path) == ["copy.db"]


def test_a_copy_made_at_once_equals_one_made_piece_by_piece(somewhere: Place, lines: list[bytes]) -> None:
    one, other = somewhere("one"), somewhere("other")
    copy_lines(one, exact(lines))
    copy_lines(other, exact(lines[:1]))
    for start, stop in ((1, 2), (2, 300), (300, PAGE + 300), (PAGE + 300, len(lines))):
        with closing(Ledger.open(other)) as ledger:
            append_lines(ledger.store, exact(lines[start:stop]))
    assert rows(one) == rows(other)


def test_a_ledger_that_recorded_them_itself_looks_the_same(somewhere: Place) -> None:
    with closing(new_ledger(somewhere("one"))) as ledger:
        record(ledger, "az", "kz", "az")
        copy_lines(somewhere("two"), exact(lines_of(ledger.record)))
    assert rows(somewhere("one")) == rows(somewhere("two"))


def test_a_copy_is_recorded_on(somewhere: Place, lines: list[bytes]) -> None:
    copy_lines(somewhere("copy"), exact(lines))
    with closing(Ledger.open(somewhere("copy"))) as ledger:
        [one] = record(ledger, "az")
        assert one.position == len(lines) + 1


def test_progress_is_told_by_pages(somewhere: Place, lines: list[bytes]) -> None:
    told: list[int] = []
    copy_lines(somewhere("copy"), exact(lines), progress=told.append)
    assert told == [PAGE, 2 * PAGE, len(lines)]


def test_nothing_to_append_is_nothing_appended(somewhere: Place, lines: list[bytes]) -> None:
    copy_lines(somewhere("copy"), exact(lines[:1]))
    with closing(Ledger.open(somewhere("copy"))) as ledger:
        append_lines(ledger.store, [])
        assert ledger.record.size == 1


def test_several_calls_under_one_lock_are_one(somewhere: Place, lines: list[bytes]) -> None:
    copy_lines(somewhere("copy"), exact(lines[:1]))

    def append() -> None:
        with ledger.appending():
            append_lines(ledger.store, exact(lines[1:3]))
            append_lines(ledger.store, exact(lines[4:5]))

    with closing(Ledger.open(somewhere("copy"))) as ledger:
        with pytest.raises(Refused):
            append()
        assert ledger.record.size == 1


def altered(line: bytes, **attributes: object) -> Exact:
    [(_, envelope)] = exact([line])
    changed = msgspec.structs.replace(envelope, **attributes)
    return Exact(encode(changed), changed)


REFUSED = {
    "a gap": ("out-of-sequence", {"sequence": "0000000005"}),
    "what is there": ("out-of-sequence", {"sequence": "0000000003"}),
    "another ledger": ("another-ledger", {"source": "urn:uuid:019d4d41-0000-7000-8000-000000000000"}),
    "time that falls": ("time-falls", {"time": "2026-04-02T00:00:00.000000Z"}),
}


@pytest.mark.parametrize(("code", "attributes"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("start", [1, 3])
def test_lines_that_do_not_continue_it_leave_no_trace(
    somewhere: Place, lines: list[bytes], code: str, attributes: dict[str, object], start: int
) -> None:
    copy_lines(somewhere("copy"), exact(lines[:start]))
    before = rows(somewhere("copy"))
    with closing(Ledger.open(somewhere("copy"))) as ledger, pytest.raises(Refused) as refused:
        append_lines(ledger.store, [*exact(lines[start:3]), altered(lines[3], **attributes)])
    assert refused.value.code == code
    assert rows(somewhere("copy")) == before


def test_time_does_not_fall_from_line_to_line(somewhere: Place, lines: list[bytes]) -> None:
    late = altered(lines[1], time="2026-04-03T00:00:00.000000Z")
    with pytest.raises(Refused) as refused:
        copy_lines(somewhere("copy"), [*exact(lines[:1]), late, *exact(lines[2:3])])
    assert refused.value.code == "time-falls"


def test_an_id_names_one_line(somewhere: Place, lines: list[bytes]) -> None:
    [(_, first)] = exact(lines[:1])
    copy_lines(somewhere("copy"), exact(lines[:3]))
    with closing(Ledger.open(somewhere("copy"))) as ledger, pytest.raises(Refused, match="#4 to #4") as refused:
        append_lines(ledger.store, [altered(lines[3], id=first.id)])
    assert refused.value.code == "duplicate-id"
    with pytest.raises(Refused) as refused:
        copy_lines(somewhere("other"), [*exact(lines[:3]), altered(lines[3], id=first.id)])
    assert refused.value.code == "duplicate-id"


def test_a_copy_that_fails_late_leaves_nothing(tmp_path: Path, somewhere: Place, lines: list[bytes]) -> None:
    def broken() -> Iterator[Exact]:
        yield from exact(lines[: PAGE + 1])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_lines(somewhere("copy"), broken())
    assert nothing_stands(somewhere("copy"))
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("start", [1, 5000])
def test_a_copy_begins_at_the_beginning(somewhere: Place, lines: list[bytes], start: int) -> None:
    with pytest.raises(Refused) as refused:
        copy_lines(somewhere("copy"), exact(lines[start:]))
    assert refused.value.code == "no-opening"


@pytest.mark.parametrize(("format", "code"), [(0, "older-format"), (2, "newer-format")])
def test_lines_of_another_format_are_not_copied(somewhere: Place, lines: list[bytes], format: int, code: str) -> None:
    [(_, first)] = exact(lines[:1])
    with pytest.raises(Refused) as refused:
        copy_lines(somewhere("copy"), [altered(lines[0], data=msgspec.structs.replace(first.data, format=format))])
    assert refused.value.code == code


def test_a_copy_never_replaces(somewhere: Place, lines: list[bytes]) -> None:
    new_ledger(somewhere("copy")).close()
    with pytest.raises(Refused) as refused:
        copy_lines(somewhere("copy"), exact(lines))
    assert refused.value.code == "ledger-exists"
