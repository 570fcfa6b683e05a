"""Does a command that is sent twice record once, and tell its first result?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from domain.occasion import Known
from domain.recorded import New
from domain.refused import Refused
from ledger.ledger import Ledger
from tests.ledger.given import (
    NOON,
    Clock,
    deciding,
    new_ledger,
    party,
    pen,
    place_of,
    record,
    registering,
)


@pytest.fixture
def ledger(where: Path | str) -> Iterator[Ledger]:
    with closing(new_ledger(where)) as ledger:
        yield ledger


def test_a_command_asked_again_gives_its_first_result(ledger: Ledger) -> None:
    first = ledger.change(registering("az"), actor="office", command_id="c")
    record(ledger, "kz")
    assert ledger.change(registering("az"), actor="office", command_id="c") == first
    assert ledger.change(registering("az"), actor="office", command_id="c", dry_run=True) == first
    assert ledger.record.size == 3


def test_also_when_today_it_would_be_refused(ledger: Ledger) -> None:
    def decide(known: Known, now: datetime) -> list[New]:
        if known.load("party/az"):
            raise Refused("duplicate-key", "It stands already.")
        return [party("az"), party("kz")]

    first = ledger.change(decide, actor="office", command_id="c")
    assert ledger.change(decide, actor="office", command_id="c") == first


def test_also_when_it_depends_on_the_day(ledger: Ledger) -> None:
    def decide(known: Known, now: datetime) -> list[New]:
        return [party("az", day=now.date())]

    first = ledger.change(decide, actor="office", command_id="c")
    with closing(Ledger.open(place_of(ledger), pen=pen(Clock(NOON + timedelta(days=9))))) as later:
        assert later.change(decide, actor="office", command_id="c") == first


def test_also_when_it_looks_for_names_that_came_later(ledger: Ledger) -> None:
    def decide(known: Known, now: datetime) -> list[New]:
        return [] if list(known.naming("Azərbaycan")) else [party("az")]

    first = ledger.change(decide, actor="office", command_id="c")
    assert ledger.change(decide, actor="office", command_id="c") == first


@pytest.mark.parametrize(
    ("news", "actor"),
    [
        ([party("az", "Another name")], "office"),
        ([party("kz")], "office"),
        ([party("az", day=date(2026, 3, 31))], "office"),
        ([party("az"), party("kz")], "office"),
        ([], "office"),
        ([party("az")], "board"),
    ],
)
def test_a_command_id_with_other_content_is_refused(ledger: Ledger, news: list[New], actor: str) -> None:
    ledger.change(deciding(party("az")), actor="office", command_id="c")
    with pytest.raises(Refused, match="#2") as refused:
        ledger.change(deciding(*news), actor=actor, command_id="c")
    assert refused.value.code == "command-id-reused"
    assert ledger.record.size == 2


def test_also_when_the_other_content_is_refused_itself(ledger: Ledger) -> None:
    def refuse(known: Known, now: datetime) -> list[New]:
        raise Refused("wrong-state", "No.")

    ledger.change(deciding(party("az")), actor="office", command_id="c")
    with pytest.raises(Refused) as refused:
        ledger.change(refuse, actor="office", command_id="c")
    assert refused.value.code == "command-id-reused"


def test_a_command_that_recorded_nothing_leaves_its_id_free(ledger: Ledger) -> None:
    assert ledger.change(deciding(), actor="office", command_id="c") == []
    assert ledger.change(deciding(party("az")), actor="office", command_id="c")
