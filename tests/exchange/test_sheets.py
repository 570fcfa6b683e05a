"""Do the five tables say what stands?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from exchange.outgoing import Outgoing
from exchange.sheets import KINDS, SHEETS, sheet

WITHIN = 90


def rows(out: Outgoing, name: str) -> list[dict[str, object]]:
    table = sheet(out, name, WITHIN)
    return [dict(zip(table.head, row, strict=True)) for row in table.rows]


def test_the_board_has_milestones_below_their_commitment(odd: Outgoing) -> None:
    assert [row["key"] for row in rows(odd, "board")][-5:] == [
        "odd",
        "odd/quay",
        "odd/crane",
        "odd/rail",
        "oil",
        "rest",
        "short",
    ][-5:]


def test_what_is_due_is_soonest_first_and_goes_as_far_as_asked(odd: Outgoing) -> None:
    found = rows(odd, "due")
    assert [row["days left"] for row in found] == sorted(int(str(row["days left"])) for row in found)
    assert max(int(str(row["days left"])) for row in found) <= WITHIN
    assert {row["key"] for row in found} == {"odd", "oil"}


def test_slips_are_in_order_with_their_days(odd: Outgoing) -> None:
    assert [(row["item"], row["to"], row["days"], row["approved by"]) for row in rows(odd, "slips")] == [
        ("long", "2027-33", -275, "board"),
        ("long", "2028", 641, "board"),
    ]


def test_actuals_are_numbers_with_their_period(odd: Outgoing) -> None:
    (row,) = rows(odd, "actuals")
    said = [row[name] for name in ("key", "indicator", "period by", "amount", "unit")]
    assert said == ["oil", "oil", "2025-12-31", Decimal("1.6"), "Mt"]


def test_activity_is_all_that_stands_in_order(odd: Outgoing) -> None:
    found = rows(odd, "activity")
    positions = [int(str(row["position"])) for row in found]
    assert positions == sorted(set(positions))
    assert (found[0]["what"], found[0]["item"]) == ("commitment.made.v1", "odd")
    assert all(row["said"] for row in found)


@pytest.mark.parametrize("name", SHEETS)
def test_a_filter_that_matches_nothing_gives_a_head_alone(nothing: Outgoing, name: str) -> None:
    table = sheet(nothing, name, WITHIN)
    assert (table.rows, len(table.head)) == ([], len(table.kinds))


@pytest.mark.parametrize("name", SHEETS)
def test_each_column_holds_what_its_kind_says(story: Outgoing, name: str) -> None:
    table = sheet(story, name, 900)
    assert len(set(table.head)) == len(table.head)
    for row in table.rows:
        for kind, cell in zip(table.kinds, row, strict=True):
            assert cell is None or isinstance(cell, {"integer": int, "number": Decimal}.get(kind, str))


def test_each_kind_is_that_of_a_column() -> None:
    assert set(KINDS) <= {name for _, head, _ in SHEETS.values() for name in head}
