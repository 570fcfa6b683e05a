"""Where on the calendar does each item lie: as a point or as a span, with what is expected and what was met?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.commitment import make
from domain.forecast import revise_forecast
from domain.fuzzy import FuzzyDate, from_edtf
from domain.life import meet, withdraw
from domain.milestone import plan_milestone
from domain.programme import open_programme
from domain.target import set_target
from projections.asked import At
from projections.filters import EVERYTHING, Asked, Filter, parse
from projections.timeline import Bar, Span, span, timeline
from tests.domain.given import TODAY, Step, do, fd, terms
from tests.projections.given import Office, modelled

MADE = date(2026, 1, 10)
WHY: dict[str, Any] = {"because": "permit late"}


def office(*steps: Step) -> Office:
    made = Office(today=TODAY)
    for step in steps:
        made.record(step)
    return made


def asked(made: Office, wanted: Filter = EVERYTHING, on: date = TODAY) -> list[Bar]:
    with modelled(made.lines) as base:
        return timeline(base, At(len(made.lines), on), wanted)


@pytest.mark.parametrize(
    ("wording", "edtf", "first", "last"),
    [
        ("end-2026", "2026", "2026-12-31", "2026-12-31"),
        ("By 2026-12", "2026-12", "2026-12-31", "2026-12-31"),
        ("the end of 2026", "2026", "2026-12-31", "2026-12-31"),
        ("until 2027", "../2027", "2027-12-31", "2027-12-31"),
        ("2026", "2026", "2026-01-01", "2026-12-31"),
        ("Q1 2027", "2027-33", "2027-01-01", "2027-03-31"),
        ("2022-2027", "2022/2027", "2022-01-01", "2027-12-31"),
        ("about 2025-10", "2025-10~", "2025-10-01", "2025-10-31"),
        ("from 2022", "2022/..", "2022-01-01", None),
        ("../2027", "../2027", None, "2027-12-31"),
        ("2026-05-17", "2026-05-17", "2026-05-17", "2026-05-17"),
        ("bypass 2026", "2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_wording_that_means_its_end_is_a_point_and_another_window_a_span(
    wording: str, edtf: str, first: str | None, last: str | None
) -> None:
    found: FuzzyDate = from_edtf(edtf, wording)
    assert span(found) == Span(first and date.fromisoformat(first), last and date.fromisoformat(last))  # type: ignore[arg-type]  # None stays None


def test_a_date_that_is_none_has_no_span() -> None:
    assert span(None) is None


def test_a_commitment_is_followed_by_its_milestones_with_all_that_is_known() -> None:
    made = office(
        do(make, "fibre", "Cable", due=fd("2026", "end-2026"), start=fd("2025-03"), on=MADE),
        do(plan_milestone, "fibre/landing", "Landing", due=fd("2026-06"), on=MADE),
        do(plan_milestone, "fibre/old", "Old", on=MADE),
        do(revise_forecast, "fibre", fd("2027-01"), **WHY, on=date(2026, 2, 1)),
        do(meet, "fibre/landing", met_on=fd("2026-05-17"), on=date(2026, 5, 17)),
        do(withdraw, "fibre/old", **WHY, on=date(2026, 5, 18)),
    )
    fibre, landing, old = asked(made)
    end = date(2026, 12, 31)
    assert (fibre.key, fibre.start, fibre.due, fibre.due_wording) == (
        *("fibre", date(2025, 3, 1), Span(end, end)),
        "end-2026",
    )
    assert (fibre.forecast, fibre.met, fibre.ended, fibre.periods) == (
        *(Span(date(2027, 1, 1), date(2027, 1, 31)), None, None),
        [],
    )
    assert (landing.start, landing.met, landing.ended) == (None, Span(date(2026, 5, 17), date(2026, 5, 17)), None)
    assert (old.status, old.due, old.ended, old.met) == ("withdrawn", None, date(2026, 5, 18), None)


def test_a_target_is_drawn_by_its_periods() -> None:
    made = office(
        do(make, "oil", "Oil", kind="target", on=MADE),
        do(set_target, "oil", "oil", terms(per="quarter", window="2026-33/2026-34"), on=MADE),
    )
    (oil,) = asked(made)
    assert oil.periods == [
        Span(date(2026, 1, 1), date(2026, 3, 31)),
        Span(date(2026, 4, 1), date(2026, 6, 30)),
    ]


def test_programmes_come_in_order_and_what_is_in_none_last() -> None:
    made = office(
        do(open_programme, "sea", "Sea", on=MADE),
        do(open_programme, "air", "Air", on=MADE),
        *(
            do(make, key, key, programme=programme, on=MADE)
            for key, programme in (("a", None), ("b", "sea"), ("c", "air"))
        ),
    )
    assert [bar.key for bar in asked(made)] == ["c", "b", "a"]
    assert [bar.key for bar in asked(made, parse(["programme:sea"], Asked(TODAY, lambda _, typed: typed)))] == ["b"]
    assert asked(made, on=date(2026, 1, 9)) == []
