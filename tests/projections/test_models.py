"""Does every command get an answer, wherever the ledger lies and whatever became of its read models?"""

from __future__ import annotations

import gc
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy
from typing import NoReturn

import pytest

from domain.refused import Refused
from ledger.record import Record
from ledger.trouble import CannotDecide
from projections import file
from projections.base import Base, BusyError, DamagedError
from projections.models import Models, unhurried
from tests.ledger.given import tamper
from tests.ledger.machine import files_no_larger_than, names_in, without_permission
from tests.projections.given import Desk, notes

KEPT = "pledger.models.db"


def facts(base: Base) -> int:
    """A question: how many facts are there?"""
    return len(base.rows("facts among", first="a", beyond="z", known=10**9, on=10**6, keep=2))


def kept(desk: Desk) -> Path:
    return desk.file.with_name(KEPT)


def break_page(path: Path, page: int) -> None:
    """Bytes that no database wrote, in one of its pages."""
    with path.open("r+b") as there:
        there.seek(file.PAGE * (page - 1))
        there.write(b"\xff" * file.PAGE)


def test_models_lie_beside_the_ledger_under_its_name() -> None:
    here = Path("/srv/ledgers").resolve()
    assert file.models_path(here / "pledger.db") == here / KEPT
    assert file.models_path(here / "ports.ledger") == here / "ports.ledger.models.db"


def test_models_of_a_ledger_behind_a_link_lie_where_it_lies(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(desk.path)
    with Models.open(desk.record, link):
        assert kept(desk).exists()


def test_models_are_made_where_there_are_none_and_followed_then(desk: Desk) -> None:
    with desk.models() as models:
        assert models.position == 12
        assert models.answer(facts) == 4
    notes(desk, "ports", 1)
    with desk.models() as models:
        assert models.position == 13
    assert desk.said == []
    assert [name for name in names_in(desk.file.parent) if "models" in name] == [KEPT]


def test_a_file_that_is_not_ours_is_left_alone(desk: Desk) -> None:
    for content in (b"", b"minutes of a meeting", desk.file.read_bytes()):
        kept(desk).write_bytes(content)
        with pytest.raises(Refused, match="no file of read models") as refused:
            desk.models()
        assert refused.value.code == "not-models"
        assert kept(desk).read_bytes() == content


def test_a_folder_in_the_place_of_the_file_is_left_alone(desk: Desk) -> None:
    kept(desk).mkdir()
    with pytest.raises(Refused, match="no file of read models"):
        desk.models()


def test_damaged_models_are_thrown_away_and_made_anew(desk: Desk) -> None:
    with desk.models() as models:
        asked = models.answer(facts)
    for page in range(2, kept(desk).stat().st_size // file.PAGE + 1):
        break_page(kept(desk), page)
    with desk.models() as models:
        assert models.answer(facts) == asked
    assert desk.said == []


def test_models_that_turn_out_damaged_while_they_answer_are_made_anew(desk: Desk) -> None:
    notes(desk, "ports", 200)
    desk.models().close()
    (root,) = _pages_of(kept(desk), "fact")
    break_page(kept(desk), root)
    with desk.models() as models:
        assert models.answer(facts) == 4
    assert desk.said == []


def test_answers_that_are_given_one_by_one_are_not_begun_again_when_models_turn_out_damaged(desk: Desk) -> None:
    def breaking_off(base: Base) -> Iterator[int]:
        yield facts(base)
        raise DamagedError("page 7")

    with desk.models() as models:
        found = models.each(breaking_off)
        assert next(found) == 4
        with pytest.raises(CannotDecide, match=r"page 7.*Run pledger models rebuild") as refused:
            next(found)
    assert refused.value.code == "models-failed"


def _pages_of(path: Path, table: str) -> list[int]:
    with closing(sqlite3.connect(path)) as there:
        return [page for (page,) in there.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))]


def test_models_of_another_layout_are_made_anew(desk: Desk) -> None:
    desk.models().close()
    with closing(sqlite3.connect(kept(desk))) as there:
        there.execute("DROP TABLE fact")
    with desk.models() as models:
        assert models.answer(facts) == 4


@pytest.fixture
def folder(ledger: Path) -> Iterator[Path]:
    """One that another user can look into, with a ledger."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        copy(ledger, name)
        yield Path(name)
        Path(name).chmod(0o755)


def asked(folder: Path) -> tuple[int, int, list[str]]:
    """What another user is told: the last position, the answer, and the talk."""
    said: list[str] = []
    with (
        without_permission(),
        Record.open(folder / "pledger.db") as record,
        Models.open(record, folder / "pledger.db", say=said.append) as models,
    ):
        return models.position, models.answer(facts), said


def follow(folder: Path) -> None:
    with Record.open(folder / "pledger.db") as record:
        Models.open(record, folder / "pledger.db").close()


def test_where_nothing_can_be_written_models_are_worked_out_for_the_command_alone(folder: Path) -> None:
    folder.chmod(0o555)
    position, answer, said = asked(folder)
    assert (position, answer) == (12, 4)
    assert len(said) == 1
    assert "for this command alone" in said[0]
    assert names_in(folder) == ["pledger.db"]


def test_models_that_can_only_be_read_are_used_while_nothing_is_missing(folder: Path) -> None:
    follow(folder)
    folder.chmod(0o555)
    assert asked(folder) == (12, 4, [])


def test_models_that_can_only_be_read_and_lag_are_left_alone(folder: Path) -> None:
    follow(folder)
    desk = Desk(folder / "pledger.db")
    notes(desk, "ports", 1)
    desk.ledger.close()
    folder.chmod(0o555)
    position, answer, said = asked(folder)
    assert (position, answer, len(said)) == (13, 4, 1)


def test_models_that_cannot_even_be_read_are_left_alone(folder: Path) -> None:
    follow(folder)
    (folder / KEPT).chmod(0)
    position, answer, said = asked(folder)
    assert (position, answer, len(said)) == (12, 4, 1)


def test_damaged_models_that_can_only_be_read_are_left_alone(folder: Path) -> None:
    follow(folder)
    for page in range(2, (folder / KEPT).stat().st_size // file.PAGE + 1):
        break_page(folder / KEPT, page)
    content = (folder / KEPT).read_bytes()
    folder.chmod(0o555)
    position, answer, said = asked(folder)
    assert (position, answer, len(said)) == (12, 4, 1)
    assert (folder / KEPT).read_bytes() == content


def test_a_full_disk_does_not_keep_answers_away(desk: Desk) -> None:
    notes(desk, "ports", 300)
    with files_no_larger_than(40_000), desk.models() as models:
        assert models.answer(facts) == 4
    assert "for this command alone" in desk.said[0]


def test_while_another_process_writes_the_answer_says_where_it_ends(desk: Desk) -> None:
    desk.models().close()
    notes(desk, "ports", 1)
    with closing(file.open_kept(kept(desk), timeout=1)) as other, other.writing():
        other.change("forget fact", stream="x")
        with desk.models(timeout=0.01) as models:
            assert models.position == 12
            assert models.answer(facts) == 4
    assert desk.said == ["Another process is writing the read models. Answers end at #12."]


def test_while_another_process_makes_them_for_the_first_time_nobody_waits_for_ever(desk: Desk) -> None:
    with closing(file.open_kept(kept(desk), timeout=1)) as other, other.writing():
        other.change("forget fact", stream="x")
        with desk.models(timeout=0.01) as models:
            assert models.position == 12
    assert "for this command alone" in desk.said[0]


def test_a_line_that_cannot_be_applied_is_told(desk: Desk) -> None:
    tamper(desk.path, "UPDATE event SET line = x'00' WHERE position = 8")
    with desk.models() as models:
        assert models.position == 7
    (said,) = desk.said
    assert said.startswith("Answers end at #7: #8 cannot be applied. The line cannot be read")


def test_models_for_one_command_alone_that_break_have_no_other_in_their_place(desk: Desk) -> None:
    with closing(file.open_kept(kept(desk), timeout=1)) as other, other.writing():
        other.change("forget fact", stream="x")
        with desk.models(timeout=0.01) as models, pytest.raises(CannotDecide, match="by hand") as refused:
            models.answer(lambda _: _breaking())
    assert refused.value.code == "models-failed"


def test_where_there_is_no_room_at_all_nothing_is_decided(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "open_kept", lambda *_, **__: _breaking())
    monkeypatch.setattr(file, "discard", lambda _: _breaking())
    monkeypatch.setattr(file, "open_passing", _breaking)
    with pytest.raises(CannotDecide, match="TMPDIR"):
        desk.models()


def _breaking() -> NoReturn:
    raise DamagedError("by hand")


def test_models_that_break_again_and_again_are_worked_out_for_the_command_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.models() as models:
        monkeypatch.setattr(file, "discard", lambda _: _breaking())
        broken = iter([True, False])
        assert models.answer(lambda base: _breaking() if next(broken) else facts(base)) == 4
    assert "for this command alone" in desk.said[0]


def test_a_lock_while_answering_is_worked_around(desk: Desk) -> None:
    def locked(base: Base) -> int:
        if base.kept:
            raise BusyError("locked")
        return facts(base)

    with desk.models() as models:
        assert models.answer(locked) == 4
    assert "locked" in desk.said[0]


def test_what_the_question_itself_raises_is_not_about_the_models(desk: Desk) -> None:
    def wrong(_: Base) -> None:
        raise Refused("unknown-key", "There is no such thing here.")

    with desk.models() as models:
        with pytest.raises(Refused, match="no such thing"):
            models.answer(wrong)
        assert models.answer(facts) == 4


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with unhurried():
            assert not gc.isenabled()
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()
