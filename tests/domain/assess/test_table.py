"""Does the first row that holds decide, in the order of the table?"""

from __future__ import annotations

from itertools import combinations
from typing import Any, NamedTuple

import pytest

from domain.assess import STATUSES, assess
from domain.fold import Facts
from tests.domain.assess.given import (
    PROOF,
    Said,
    actual,
    assessed,
    at,
    closed_short,
    codes,
    day,
    forecast,
    given,
    made,
    met,
    progress,
    status,
    suspended,
    target,
    why,
    withdrawn,
)

ON = "2027-03-01"


class Row(NamedTuple):
    """What makes a row of the table hold on 2027-03-01: words of the promise, and facts beside it."""

    code: str
    promise: dict[str, Any]
    facts: tuple[Said, ...] = ()


ROWS = {
    "withdrawn": Row("withdrawn", {}, (at("2027-02-01", withdrawn()),)),
    "closed-short": Row("closed-short", {}, (at("2027-02-01", closed_short()),)),
    "met": Row("met", {}, (at("2026-06-30", met("2026-06-30", PROOF)),)),
    "met, by its periods": Row(
        "periods-met",
        {},
        (at("2026-01-01", target("1 Mt", "2026", "gas")), at("2027-01-01", actual("1 Mt", "2026", "gas"))),
    ),
    "met-late": Row("met-late", {"due": "2026"}, (at("2027-01-05", met("2027-01-05", PROOF)),)),
    "claimed": Row("claimed", {}, (at("2026-06-30", met("2026-06-30")),)),
    "suspended": Row("suspended", {}, (at("2027-02-01", suspended()),)),
    "late": Row("late", {"due": "2026"}),
    "short": Row(
        "period-short", {}, (at("2026-01-01", target("1 Mt", "2026/2028")), at("2027-01-01", actual("0.9 Mt", "2026")))
    ),
    "at-risk": Row("forecast-passed", {}, (at("2026-02-01", forecast("2026-06")),)),
    "undated": Row("undated", {"due": None}),
    "planned": Row("planned", {"start": "2028", "due": "2029"}),
    "unreported": Row("no-report", {"due": "2029"}),
}

LIVES = ("withdrawn", "closed-short", "met", "met-late", "claimed", "suspended")
PERIODS = "met, by its periods"
IMPOSSIBLE = {
    **dict.fromkeys(combinations(LIVES, 2), "an item is in one state at a time"),
    **dict.fromkeys([("met", PERIODS), (PERIODS, "met-late"), (PERIODS, "claimed")], "its targets decide"),
    (PERIODS, "short"): "a target of two falls short",
    **dict.fromkeys([(PERIODS, "undated"), ("short", "undated")], "it has a target"),
    **dict.fromkeys([("met-late", "undated"), ("late", "undated")], "what is late has a due"),
    **dict.fromkeys([("met-late", "planned"), ("late", "planned")], "nothing is due before it starts"),
}


def facts_of(*rows: str) -> Facts:
    """A commitment, made long ago, for which all of these rows hold."""
    promise: dict[str, Any] = {}
    for row in rows:
        promise |= {name: promise.get(name, value) for name, value in ROWS[row].promise.items()}
    return given(at("2025-01-01", made(**promise)), *(said for row in rows for said in ROWS[row].facts))


def holds(row: str) -> str:
    return row.partition(",")[0]


@pytest.mark.parametrize("row", ROWS)
def test_each_row_holds_for_its_own_reason(row: str) -> None:
    facts = facts_of(row)

    assert status(facts, ON) == holds(row)
    assert ROWS[row].code in codes(facts, ON)


@pytest.mark.parametrize(
    "pair", [pair for pair in combinations(ROWS, 2) if pair not in IMPOSSIBLE], ids=" before ".join
)
def test_the_first_row_that_holds_decides(pair: tuple[str, str]) -> None:
    assert status(facts_of(*pair), ON) == holds(pair[0])


def test_every_status_has_its_row_here_but_the_one_where_none_holds() -> None:
    assert [*dict.fromkeys(map(holds, ROWS)), "on-track"] == list(STATUSES)


def test_on_track_is_where_no_row_holds() -> None:
    facts = given(at("2026-12-31", made("2027")))

    assert status(facts, ON) == "on-track"
    assert why(facts, ON) == ("on-track", "made 60 days ago, no report yet", (1,))


def test_on_track_names_the_last_report() -> None:
    facts = given(at("2026-01-01", made("2027")), at("2027-02-01", progress("10")), at("2027-02-28", progress("11")))

    assert why(facts, ON) == ("on-track", "last report 1 day ago, 2027-02-28", (3,))


def test_there_is_no_status_before_the_commitment_was_made() -> None:
    facts = given(at("2026-01-01", made("2027")))

    assert assess(facts, day("2025-12-31")) is None
    assert assess(given(), day(ON)) is None


def test_every_row_that_holds_alone_says_where_it_comes_from() -> None:
    for row in ROWS:
        for reason in assessed(facts_of(row), ON).reasons:
            assert reason.positions, row
