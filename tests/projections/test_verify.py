"""Are kept read models that say otherwise than the ledger found out?"""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from domain.refused import Refused
from projections.base import UnwritableError
from projections.file import models_path
from projections.models import Models
from projections.rows import Row
from projections.verify import LISTED, differences
from tests.projections.given import Desk, notes


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """With read models that are up to date."""
    Models.open(desk.record, desk.path).close()
    return desk


def changed(desk: Desk, *statements: str) -> None:
    with closing(sqlite3.connect(models_path(desk.file))) as other:
        for statement in statements:
            other.execute(statement)
        other.commit()


def codes(desk: Desk) -> list[str]:
    return [one.code for one in differences(desk.record, desk.path)]


def test_models_that_nobody_touched_are_those_of_a_replay(kept: Desk) -> None:
    assert differences(kept.record, kept.path) == []


def test_where_there_are_none_there_is_nothing_to_compare(desk: Desk) -> None:
    assert differences(desk.record, desk.path) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fact SET latest = 1 WHERE latest IS NOT NULL",
        "UPDATE fact SET data = replace(data, '2', '3')",
        "DELETE FROM fact WHERE what = 'made'",
        "INSERT INTO fact SELECT 'commitment/ghost', gone, number, item, what, detail, position, effective,"
        " from_position, to_position, next_position, next_effective, keep, late, latest, state, data FROM fact LIMIT 1",
        "UPDATE stream SET last = last - 1",
        "DELETE FROM stream",
        "INSERT INTO retraction VALUES ('commitment/fibre', 3, 4, 4, 10000000000)",
        "UPDATE fact SET stream = CAST(stream AS BLOB)",
    ],
)
def test_a_changed_row_is_found(kept: Desk, statement: str) -> None:
    changed(kept, statement)
    assert set(codes(kept)) == {"models-differ"}


def test_a_stream_that_went_on_since_is_left_to_the_next_command(kept: Desk) -> None:
    changed(kept, "UPDATE fact SET data = replace(data, '2', '3')")
    before = {one.text for one in differences(kept.record, kept.path)}
    notes(kept, "fibre", 1)
    after = {one.text for one in differences(kept.record, kept.path)}
    assert after < before
    assert not any("commitment/fibre" in text for text in after)


@pytest.mark.parametrize("statement", ["UPDATE cursor SET model = 0", "UPDATE cursor SET leaf = x'00'"])
def test_models_that_will_be_made_anew_are_not_compared(kept: Desk, statement: str) -> None:
    changed(kept, statement, "DELETE FROM fact")
    assert codes(kept) == []


def test_models_that_cannot_be_read_are_a_difference(kept: Desk) -> None:
    changed(kept, "DROP TABLE fact")
    assert codes(kept) == ["models-damaged"]


def test_only_so_many_differences_are_told(kept: Desk) -> None:
    columns = ", ".join(Row.__struct_fields__[1:])
    for number in range(LISTED + 10):
        changed(kept, f"INSERT INTO fact SELECT 'commitment/ghost-{number}', {columns} FROM fact LIMIT 1")
    assert len(codes(kept)) == LISTED


def test_where_no_models_can_be_worked_out_at_all_it_cannot_be_decided(
    kept: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise UnwritableError("the disk is full")

    monkeypatch.setattr("projections.verify.catch_up", fails)
    with pytest.raises(Refused) as refused:
        differences(kept.record, kept.path)
    assert refused.value.code == "models-failed"
