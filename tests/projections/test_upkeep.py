"""Is it told how far the read models are, and are they made anew when asked?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from domain.refused import Refused
from projections import file
from projections.base import DamagedError, UnwritableError
from projections.cursor import NOWHERE, cursor_of, move
from projections.kept import kept_beside
from projections.upkeep import Status, rebuild, status
from projections.version import VERSION
from tests.ledger.given import tamper
from tests.projections.given import Desk, notes
from tests.projections.test_catchup import anew, dump
from tests.projections.test_models import break_page, kept

BOTH = True


def in_file(desk: Desk) -> bool:
    return isinstance(desk.path, Path)


def test_models_that_are_current_lag_by_nothing(desk: Desk) -> None:
    desk.models().close()
    assert status(desk.record, desk.path) == Status(12, 0, 0.0, None, None)


def test_a_lag_is_told_in_events_and_seconds(desk: Desk) -> None:
    desk.models().close()
    desk.wait(1)
    notes(desk, "ports", 2)
    lag = status(desk.record, desk.path)
    assert (lag.position, lag.behind, lag.sentence) == (12, 2, None)
    assert 86_000 < lag.seconds < 87_000
    assert status(desk.record, desk.path) == lag  # telling does not catch up


@pytest.mark.files_only
def test_before_the_first_command_there_are_none(desk: Desk) -> None:
    lag = status(desk.record, desk.path)
    assert (lag.position, lag.behind) == (0, 12)
    assert lag.sentence == "There are none that can be read. The next command makes them."
    assert not kept(desk).exists()


def test_those_that_follow_nothing_yet_are_not_called_those_of_another_ledger(desk: Desk) -> None:
    kept_beside(desk.path).open(timeout=1).close()
    lag = status(desk.record, desk.path)
    assert (lag.position, lag.behind) == (0, 12)
    assert str(lag.sentence).endswith(" The next command makes them." if in_file(desk) else " catches up.")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"model": VERSION + 1}, "by another version of this program. {} makes"), ({"leaf": b"x"}, "another course")],
)
def test_models_that_do_not_fit_are_told(desk: Desk, changed: dict[str, object], sentence: str) -> None:
    desk.models().close()
    with closing(kept_beside(desk.path).open(timeout=1)) as base, base.writing():
        found = cursor_of(base)
        assert move(base, found, found._replace(**changed))  # type: ignore[arg-type]  # one field of many
    lag = status(desk.record, desk.path)
    assert (lag.position, lag.behind) == (0, 12)
    assert sentence.format(kept_beside(desk.path).made_by) in str(lag.sentence)


def test_where_the_models_stopped_is_told(desk: Desk) -> None:
    tamper(desk.path, "UPDATE event SET line = x'00' WHERE position = 8")
    desk.models().close()
    lag = status(desk.record, desk.path)
    assert (lag.position, lag.behind, lag.stopped) == (7, 5, 8)
    assert str(lag.sentence).startswith("The line cannot be read")


def test_a_rebuild_makes_all_rows_anew(desk: Desk) -> None:
    notes(desk, "ports", 1000)
    desk.models().close()
    with closing(kept_beside(desk.path).open(timeout=1)) as base:
        with base.writing():
            base.change("forget fact", stream="commitment/fibre")
        told: list[tuple[int, int]] = []
        assert rebuild(desk.record, desk.path, progress=lambda *done: told.append(done)) == Status(
            1012, 0, 0.0, None, None
        )
        assert told == [(1000, 1012)]
        assert dump(base) == anew(desk)


def test_a_rebuild_makes_them_where_there_are_none(desk: Desk) -> None:
    assert rebuild(desk.record, desk.path).position == 12


@pytest.mark.files_only
def test_a_rebuild_throws_a_damaged_file_away(desk: Desk) -> None:
    desk.models().close()
    for page in range(2, kept(desk).stat().st_size // file.PAGE + 1):
        break_page(kept(desk), page)
    assert rebuild(desk.record, desk.path).position == 12


def test_a_rebuild_waits_for_another_process_only_so_long(desk: Desk) -> None:
    desk.models().close()
    with closing(kept_beside(desk.path).open(timeout=1)) as other, other.writing():
        assert move(other, cursor_of(other), NOWHERE)
        with pytest.raises(Refused, match="Try again") as refused:
            rebuild(desk.record, desk.path, timeout=0.01)
    assert refused.value.code == "models-busy"


@pytest.mark.files_only
@pytest.mark.parametrize("error", [UnwritableError("it is read-only"), DamagedError("it does not last")])
def test_a_rebuild_that_cannot_be_kept_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(file, "open_kept", fails)
    with pytest.raises(Refused, match=str(error)) as refused:
        rebuild(desk.record, desk.path)
    assert refused.value.code == "models-unwritable"


@pytest.mark.files_only
def test_a_file_that_is_not_ours_is_refused(desk: Desk) -> None:
    kept(desk).write_bytes(b"minutes")
    for ask in (status, rebuild):
        with pytest.raises(Refused) as refused:
            ask(desk.record, desk.path)
        assert refused.value.code == "not-models"
