"""Do the read models follow the ledger exactly once, in any slices, and stop where a line cannot be applied?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as hypothesis
from hypothesis import strategies as st

from domain.commitment import make
from domain.due import move_due
from domain.party import register_party
from domain.programme import open_programme
from domain.progress import report_progress
from domain.refused import Refused
from domain.retraction import retract
from projections import file
from projections.base import Base, BusyError, DamagedError
from projections.catchup import TRIES, catch_up, is_current
from projections.cursor import NOWHERE, cursor_of, move
from projections.kept import kept_beside
from projections.tables import models
from projections.version import VERSION
from tests.domain.given import fd
from tests.ledger.given import tamper
from tests.projections.given import Desk, notes

BOTH = True
TABLES = sorted(models.tables)


@pytest.fixture
def base(desk: Desk) -> Iterator[Base]:
    with closing(opened(desk)) as base:
        yield base


def opened(desk: Desk, timeout: float = 5) -> Base:
    return kept_beside(desk.path).open(timeout=timeout)


def dump(base: Base) -> dict[str, list[Any]]:
    """Every row of every table."""
    return {table: sorted(base.rows(f"every {table}")) for table in TABLES}


def anew(desk: Desk) -> dict[str, list[Any]]:
    """What a rebuild gives."""
    with closing(file.open_passing()) as base:
        base.lay_out()
        base.insert("insert cursor", [NOWHERE.row()])
        catch_up(base, desk.record)
        return dump(base)


class Watch:
    """Counts how streams were written: one by one, or all anew."""

    def __init__(self, base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
        self.anew = 0
        lay_out = base.lay_out

        def counted() -> None:
            self.anew += 1
            lay_out()

        monkeypatch.setattr(base, "lay_out", counted)


def test_the_first_catch_up_folds_everything(desk: Desk, base: Base) -> None:
    cursor = catch_up(base, desk.record)
    assert cursor == cursor_of(base)
    assert (cursor.position, cursor.model, cursor.ledger, cursor.stopped) == (12, VERSION, desk.record.id, None)
    assert dump(base) == anew(desk)


def test_what_is_current_is_left_alone(desk: Desk, base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = catch_up(base, desk.record)
    monkeypatch.setattr(base, "writing", None)  # would fail
    assert catch_up(base, desk.record) == cursor
    assert is_current(desk.record, cursor)
    assert not is_current(desk.record, NOWHERE)


@pytest.mark.parametrize(("before", "behind", "whole"), [(38, 2, 0), (39, 2, 0), (40, 3, 1)])
def test_over_5_percent_behind_all_is_folded_anew(
    desk: Desk, base: Base, monkeypatch: pytest.MonkeyPatch, before: int, behind: int, whole: int
) -> None:
    notes(desk, "ports", before - 12)
    assert catch_up(base, desk.record).position == before
    watch = Watch(base, monkeypatch)
    notes(desk, "fibre", behind)
    catch_up(base, desk.record)
    assert watch.anew == whole
    assert dump(base) == anew(desk)


def test_on_demand_all_is_folded_anew_and_the_progress_is_told(desk: Desk, base: Base) -> None:
    notes(desk, "ports", 1990)
    told: list[tuple[int, int]] = []
    catch_up(base, desk.record)
    cursor = catch_up(base, desk.record, anew=True, progress=lambda done, of: told.append((done, of)))
    assert cursor.position == 2002
    assert told == [(1000, 2002), (2000, 2002)]


COMMANDS = {
    "register": lambda desk: desk.do(register_party, "kz", "Qazaqstan"),
    "make": lambda desk: desk.do(make, "road", "Road", due=fd("2027")),
    "report": lambda desk: desk.do(report_progress, "fibre", note=f"at {desk.record.size}"),
    "report ports": lambda desk: desk.do(report_progress, "ports", note=f"at {desk.record.size}", on=desk.today),
    "move": lambda desk: desk.do(move_due, "ports", fd("2027"), because="late", approved_by="board"),
    "open": lambda desk: desk.do(open_programme, "corridor", "Corridor"),
    "take back": lambda desk: desk.do(retract, desk.last(), because="slip"),
}


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@hypothesis(history=st.lists(st.lists(st.sampled_from(sorted(COMMANDS)), max_size=4), min_size=1, max_size=4))
def test_catching_up_in_any_slices_equals_a_rebuild(
    ledger: Path, tmp_path_factory: pytest.TempPathFactory, history: list[list[str]]
) -> None:
    desk = Desk(Path(copy(ledger, tmp_path_factory.mktemp("slices"))))
    notes(desk, "fibre", 60)  # so that few more are no reason to fold all anew
    with closing(opened(desk)) as base:
        catch_up(base, desk.record)
        for slice in history:
            with desk.ledger.appending():
                for command in slice:
                    with suppress(Refused):
                        COMMANDS[command](desk)
            catch_up(base, desk.record)
            assert dump(base) == anew(desk)
    desk.ledger.close()


def test_another_version_of_the_models_is_folded_anew(desk: Desk, base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    old = catch_up(base, desk.record)
    with base.writing():
        assert move(base, old, old._replace(model=VERSION + 1))
        base.change("forget fact", stream="commitment/fibre")
    assert catch_up(base, desk.record) == old
    assert dump(base) == anew(desk)


@pytest.mark.files_only
def test_an_older_copy_of_the_ledger_that_went_on_otherwise_is_noticed(desk: Desk, base: Base, tmp_path: Path) -> None:
    with closing(sqlite3.connect(desk.path)) as there, closing(sqlite3.connect(tmp_path / "copy.db")) as aside:
        there.backup(aside)
    notes(desk, "ports", 1)
    catch_up(base, desk.record)
    other = Desk(tmp_path / "copy.db")
    other.do(report_progress, "fibre", note="another course")
    assert other.record.size == desk.record.size
    catch_up(base, other.record)
    assert dump(base) == anew(other)
    other.ledger.close()


@pytest.mark.files_only
def test_an_older_copy_of_the_ledger_is_noticed(desk: Desk, base: Base, tmp_path: Path) -> None:
    with closing(sqlite3.connect(desk.path)) as there, closing(sqlite3.connect(tmp_path / "copy.db")) as aside:
        there.backup(aside)
    notes(desk, "ports", 1)
    catch_up(base, desk.record)
    older = Desk(tmp_path / "copy.db")
    assert catch_up(base, older.record).position == 12
    assert dump(base) == anew(older)
    older.ledger.close()


def test_the_models_of_another_ledger_are_folded_anew(desk: Desk, base: Base, tmp_path: Path) -> None:
    catch_up(base, desk.record)
    other = Desk(tmp_path / "other.db")
    assert catch_up(base, other.record).ledger == other.record.id
    assert dump(base) == anew(other)
    other.ledger.close()


@pytest.mark.files_only
@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            """
            type = 'progress.invented.v1',
            line = CAST(replace(CAST(line AS TEXT), 'progress.reported', 'progress.invented') AS BLOB)
            """,
            "Update pledger",
        ),
        ("line = x'7b7d'", "cannot be read"),
        ("line = 'text'", "not as bytes"),
        ("line = (SELECT line FROM event WHERE position = 9)", "says that it is #9 of commitment/fibre"),
        ("stream = 'commitment/ports', version = 99", "says that it is #8 of commitment/fibre"),
        (
            """line = CAST(replace(CAST(line AS TEXT), '"time":"2026-04-02T12', '"time":"9999-12-31T23') AS BLOB)""",
            "end of the calendar",
        ),
    ],
)
def test_a_line_that_cannot_be_applied_stops_the_models_before_it(
    desk: Desk, base: Base, edit: str, sentence: str
) -> None:
    tamper(desk.path, f"UPDATE event SET {edit} WHERE position = 8")
    cursor = catch_up(base, desk.record)
    assert (cursor.position, cursor.stopped) == (7, 8)
    assert cursor.sentence
    assert sentence in cursor.sentence
    assert [row[1] for row in dump(base)["stream"]] == [7, 4, 1, 2]
    assert catch_up(base, desk.record) == cursor
    assert is_current(desk.record, cursor)


def test_lines_after_the_one_that_cannot_be_applied_change_nothing(desk: Desk, base: Base) -> None:
    tamper(desk.path, "UPDATE event SET line = x'00' WHERE position = 8")
    cursor = catch_up(base, desk.record)
    notes(desk, "ports", 2)
    assert catch_up(base, desk.record) == cursor


def test_the_first_of_several_such_lines_counts(desk: Desk, base: Base) -> None:
    tamper(desk.path, "UPDATE event SET line = x'00' WHERE position IN (4, 9)")  # streams come as fibre, ports
    assert catch_up(base, desk.record).stopped == 4


def test_however_many_such_lines_there_are_the_first_is_found_at_once(desk: Desk, base: Base) -> None:
    with desk.ledger.appending():
        for number in range(TRIES + 20, 0, -1):  # so that streams come in the opposite order of their lines
            desk.do(register_party, f"p{number:03}", "Party")
    tamper(desk.path, "UPDATE event SET line = x'00' WHERE position > 12")
    assert catch_up(base, desk.record).stopped == 13


def test_once_the_line_can_be_applied_the_models_go_on(desk: Desk, base: Base) -> None:
    line = desk.record.line_at(8)
    tamper(desk.path, "UPDATE event SET line = x'00' WHERE position = 8")
    catch_up(base, desk.record)
    tamper(desk.path, f"UPDATE event SET line = x'{line.hex()}' WHERE position = 8")
    assert catch_up(base, desk.record).position == 12
    assert dump(base) == anew(desk)


def test_a_line_that_was_applied_and_cannot_be_any_more_takes_the_models_back(desk: Desk, base: Base) -> None:
    notes(desk, "ports", 28)
    catch_up(base, desk.record)
    tamper(desk.path, "UPDATE event SET line = x'00' WHERE position = 8")
    notes(desk, "ports", 1)
    assert catch_up(base, desk.record).position == 41  # nobody looked at fibre
    notes(desk, "fibre", 1)
    cursor = catch_up(base, desk.record)
    assert (cursor.position, cursor.stopped) == (7, 8)
    assert dump(base) == anew(desk)


def test_a_ledger_whose_zone_cannot_be_read_is_not_followed(desk: Desk, base: Base) -> None:
    tamper(desk.path, "UPDATE event SET line = x'00' WHERE position = 1")
    reopened = Desk(desk.path)
    assert catch_up(base, reopened.record).stopped == 1
    reopened.ledger.close()


def test_the_cursor_moves_only_from_where_it_was_found(desk: Desk, base: Base) -> None:
    found = catch_up(base, desk.record)
    with base.writing():
        assert not move(base, found._replace(position=found.position - 1), NOWHERE)
        assert not move(base, found._replace(leaf=b"other"), NOWHERE)
    assert cursor_of(base) == found


def test_who_finds_that_another_was_faster_looks_again(desk: Desk, base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between reading the cursor and moving it, another process does all the work."""
    with closing(opened(desk)) as other:
        begin = base.writing
        done = []

        def late() -> Any:
            done.append(catch_up(other, desk.record))
            monkeypatch.setattr(base, "writing", begin)
            return begin()

        monkeypatch.setattr(base, "writing", late)
        written = Watch(base, monkeypatch)
        assert [catch_up(base, desk.record)] == done
        assert written.anew == 0


def test_whoever_is_always_slower_gives_up(desk: Desk, base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("projections.catchup.move", lambda *_: False)
    with pytest.raises(BusyError):
        catch_up(base, desk.record)


def test_who_waits_too_long_for_another_gives_up(desk: Desk) -> None:
    with closing(opened(desk)) as writer, closing(opened(desk, timeout=0.01)) as base, writer.writing():
        move(writer, cursor_of(writer), NOWHERE)
        with pytest.raises(BusyError):
            catch_up(base, desk.record)


def test_what_breaks_off_leaves_the_old_rows(desk: Desk, base: Base) -> None:
    catch_up(base, desk.record)
    before = dump(base)
    notes(desk, "ports", 1000)

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catch_up(base, desk.record, progress=stop)
    assert dump(base) == before
    assert cursor_of(base).position == 12
    assert catch_up(base, desk.record).position == 1012


def test_readers_see_the_old_rows_until_a_rebuild_ends(desk: Desk, base: Base) -> None:
    catch_up(base, desk.record)
    before = dump(base)
    notes(desk, "ports", 1000)
    seen = []
    with closing(opened(desk)) as reader:
        catch_up(base, desk.record, progress=lambda _done, _all: seen.append(dump(reader)))
        assert seen == [before]
        assert dump(reader) == dump(base)


def test_a_cursor_that_is_not_one_is_damage(base: Base) -> None:
    with base.writing():
        base.insert("insert cursor", [(2, *NOWHERE)])
    with pytest.raises(DamagedError, match="2 cursors"):
        cursor_of(base)


def test_an_empty_ledger_has_empty_models(desk: Desk, base: Base) -> None:
    tamper(desk.path, "DELETE FROM event", "UPDATE head SET size = 0")
    cursor = catch_up(base, desk.record)
    assert (cursor.position, cursor.leaf) == (0, b"")
    assert dump(base) == {table: [] for table in TABLES}
