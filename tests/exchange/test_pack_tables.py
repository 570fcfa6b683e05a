"""Are board and slips in a pack what was known, for any spreadsheet?"""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

from domain.commitment import make
from domain.due import move_due
from domain.retraction import retract
from exchange.pack_tables import tables
from projections.asked import At
from tests.domain.given import fd
from tests.projections.given import Desk


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def moved(path: Path) -> Desk:
    """Moved on #4, #5 and #6; #6 was retracted in #7."""
    desk = Desk(path)
    desk.do(make, "fibre", "Fibre", due=fd("2026"))
    desk.do(make, "oil", "Oil")
    for item, to, why in (("oil", "2027/..", "=1+1"), ("fibre", "2027-03", "Permit"), ("fibre", "2028", "Slip")):
        desk.do(move_due, item, fd(to), because=why, approved_by="board")
    desk.do(retract, desk.last(), because="Mistyped")
    return desk


def found(desk: Desk, known: int) -> dict[str, list[dict[str, str]]]:
    at = At(known, desk.today)
    with desk.models() as models:
        return {name: read(text) for name, text in models.answer(lambda base: tables(desk.record, base, at)).items()}


def test_each_move_of_a_due_is_a_row_with_days_approver_and_reason(tmp_path: Path) -> None:
    desk = moved(tmp_path / "pledger.db")
    oil, fibre, taken_back = found(desk, 7)["slips.csv"]
    assert (oil["position"], oil["item"], oil["from"], oil["to"], oil["to by"], oil["days"]) == (
        *("4", "oil", "", "2027/..", "", ""),
    )
    assert oil["reason"] == "'=1+1"
    assert (fibre["from by"], fibre["to by"], fibre["days"]) == ("2026-12-31", "2027-03-31", "90")
    assert (fibre["approved by"], fibre["retracted by"]) == ("board", "")
    assert (taken_back["days"], taken_back["retracted by"]) == ("641", "7")


def test_what_was_not_known_yet_is_not_told(tmp_path: Path) -> None:
    desk = moved(tmp_path / "pledger.db")
    told = found(desk, 5)
    assert [one["position"] for one in told["slips.csv"]] == ["4", "5"]
    assert [(one["key"], one["due"]) for one in told["status.csv"]] == [("fibre", "2027-03"), ("oil", "2027/..")]
    assert found(desk, 6)["slips.csv"][-1]["retracted by"] == ""


def test_a_move_that_was_not_effective_yet_is_not_told(tmp_path: Path) -> None:
    desk = moved(tmp_path / "pledger.db")
    with desk.models() as models:
        at = At(7, desk.today - timedelta(days=1))
        assert read(models.answer(lambda base: tables(desk.record, base, at))["slips.csv"]) == []
