"""Does time never fall in a ledger, whatever the clock does?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.occasion import Known
from domain.recorded import New
from ledger.ledger import Ledger
from ledger.line import describe
from ledger.verify import verify
from tests.ledger.given import (
    NOON,
    Clock,
    attributes,
    lines_of,
    new_ledger,
    party,
    pen,
    place_of,
    record,
)


@pytest.fixture
def ledger(where: Path | str) -> Iterator[Ledger]:
    with closing(new_ledger(where)) as ledger:
        yield ledger


def at(ledger: Ledger, reading: datetime) -> dict[str, object]:
    """What a line says that is recorded while the clock reads so."""
    with closing(Ledger.open(place_of(ledger), pen=pen(Clock(reading - timedelta(seconds=1))))) as other:
        record(other, "az")
        return attributes(other, other.record.size)


def test_a_clock_ahead_is_believed(ledger: Ledger) -> None:
    said = at(ledger, NOON + timedelta(days=1))
    assert said["time"] == "2026-04-03T12:00:00.000000Z"
    assert "clock" not in said


@pytest.mark.parametrize("behind", [timedelta(), timedelta(microseconds=1), timedelta(seconds=2)])
def test_a_clock_a_little_behind_is_set_to_the_head(ledger: Ledger, behind: timedelta) -> None:
    said = at(ledger, NOON + timedelta(seconds=2) - behind)
    assert said["time"] == ledger.record.head().time == "2026-04-02T12:00:02.000000Z"
    assert "clock" not in said


def test_the_reading_of_a_clock_far_behind_is_kept_and_listed(ledger: Ledger) -> None:
    said = at(ledger, NOON - timedelta(microseconds=1))
    assert said["time"] == "2026-04-02T12:00:02.000000Z"
    assert said["clock"] == "2026-04-02T11:59:59.999999Z"
    [remark] = verify(place_of(ledger)).remarks.listed
    assert (remark.code, remark.position) == ("clock-behind", ledger.record.size)


@given(st.lists(st.integers(-5, 5), max_size=6))
@settings(max_examples=10, deadline=None)
def test_whatever_the_clock_does_time_never_falls(tmp_path_factory: pytest.TempPathFactory, steps: list[int]) -> None:
    clock = Clock()
    folder = tmp_path_factory.mktemp("time")
    with closing(Ledger.create(folder / "pledger.db", "Title", "UTC", actor="office", pen=pen(clock))) as ledger:
        for step in steps:
            clock.at += timedelta(seconds=step)
            record(ledger, "az")
        times = [describe(line).recorded for line in lines_of(ledger.record)]
    assert times == sorted(times)


def test_the_decision_is_given_the_time_of_its_lines(ledger: Ledger) -> None:
    given = []

    def decide(known: Known, now: datetime) -> list[New]:
        given.append(now)
        return [party("az")]

    [one] = ledger.change(decide, actor="office")
    assert given == [one.recorded]
