"""Is every move of a due told: from, to, days, by whom, approved by whom, why?"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from domain.commitment import make
from domain.due import move_due
from domain.forecast import revise_forecast
from domain.milestone import plan_milestone
from domain.party import register_party
from domain.programme import open_programme
from domain.retraction import retract
from projections.asked import At
from projections.filters import EVERYTHING, Asked, Filter, parse
from projections.slips import Slipped, Total, slips, summed
from tests.domain.given import TODAY, Step, do, fd
from tests.projections.given import Office, modelled

MADE = date(2026, 1, 10)
WHY: dict[str, Any] = {"because": "permit late", "approved_by": "board"}


def moved(*steps: Step) -> Office:
    office = Office(today=TODAY)
    for step in (
        do(register_party, "az", "Azərbaycan", kind="state", on=MADE),
        do(register_party, "kz", "Qazaqstan", kind="state", on=MADE),
        do(open_programme, "sea", "Sea", on=MADE),
        do(make, "fibre", "Cable", promisors=("az", "kz"), due=fd("2026", "end-2026"), programme="sea", on=MADE),
        do(plan_milestone, "fibre/landing", "Landing", due=fd("2026-06"), on=MADE),
        do(make, "oil", "Oil", on=MADE),
        *steps,
    ):
        office.record(step)
    return office


class SlipList(NamedTuple):
    """What slipped, and its sums."""

    commitments: list[Slipped]
    by_commitment: list[Total]
    by_programme: list[Total]
    by_party: list[Total]
    thresholds: dict[str, str]


def asked(office: Office, wanted: Filter = EVERYTHING, *, known: int | None = None, on: date = TODAY) -> SlipList:
    with modelled(office.lines) as base:
        found = list(slips(base, At(len(office.lines) if known is None else known, on), wanted))
    return SlipList(found, *summed(found))


def test_a_move_tells_from_to_days_who_and_why() -> None:
    office = moved(do(move_due, "fibre", fd("2027-03"), **WHY, on=date(2026, 5, 2)))
    ((fibre,), *_) = asked(office)
    (move,) = fibre.moves
    assert (move.position, move.item, move.effective) == (7, "fibre", date(2026, 5, 2))
    assert (move.before, move.after) == (fd("2026", "end-2026"), fd("2027-03"))
    assert (move.days, move.left, move.moved_close, move.past_due) == (90, 243, False, None)
    assert (move.actor, move.approved_by, move.reason) == (office.lines[-1].actor, "board", "permit late")
    assert (fibre.original_due, fibre.due, fibre.programme) == (fd("2026", "end-2026"), fd("2027-03"), "sea")
    assert fibre.promisors == ("az", "kz")


@pytest.mark.parametrize(
    ("day", "left", "close"),
    [(date(2026, 12, 16), 15, False), (date(2026, 12, 17), 14, True), (date(2027, 1, 5), -5, True)],
)
def test_a_move_close_to_the_due_or_after_it_is_marked(day: date, left: int, close: bool) -> None:
    office = moved()
    office.today = date(2027, 2, 1)
    office.record(do(move_due, "fibre", fd("2027-03"), **WHY, on=day, today=office.today))
    (move,) = asked(office, on=day).commitments[0].moves
    assert (move.left, move.moved_close) == (left, close)
    assert [one.moved_close for one in asked(office, on=day).by_commitment] == [close]


def test_where_a_side_has_no_day_the_days_are_null_and_a_first_date_is_no_move() -> None:
    office = moved(
        do(move_due, "oil", fd("2027/.."), **WHY, on=date(2026, 5, 2)),
        do(move_due, "oil", fd("2028"), **WHY, on=date(2026, 5, 3)),
    )
    (oil,) = asked(office).commitments
    first, second = oil.moves
    assert (first.before, first.days, first.left) == (None, None, None)
    assert (second.before, second.days, second.left) == (fd("2027/.."), None, None)
    (total,) = asked(office).by_commitment
    assert (total.moves, total.days, total.first_dated) == (1, None, 1)


def test_sums_count_a_commitment_once_for_each_promisor_and_keep_milestones_apart() -> None:
    office = moved(
        do(move_due, "fibre", fd("2027-03"), **WHY, on=date(2026, 5, 2)),
        do(move_due, "fibre", fd("2027-01"), **WHY, on=date(2026, 5, 3)),
        do(move_due, "fibre/landing", fd("2026-09"), **WHY, on=date(2026, 5, 4)),
        do(move_due, "oil", fd("2027"), **WHY, on=date(2026, 5, 5)),
    )
    found = asked(office)
    assert [(one.key, one.moves, one.days, one.milestone_moves) for one in found.by_commitment] == [
        ("fibre", 2, 31, 1),
        ("oil", 0, None, 0),
    ]
    assert [(one.key, one.commitments, one.moves) for one in found.by_programme] == [("sea", 1, 2), (None, 0, 0)]
    assert [(one.key, one.days, one.first_dated) for one in found.by_party] == [
        ("az", 31, 0),
        ("kz", 31, 0),
        (None, None, 1),
    ]


def test_forecasts_stand_beside_the_moves_against_the_due_of_their_day() -> None:
    office = moved(
        do(revise_forecast, "fibre", fd("2027-02"), because="Ship late", on=date(2026, 5, 1)),
        do(move_due, "fibre", fd("2027-03"), **WHY, on=date(2026, 5, 2)),
        do(revise_forecast, "fibre", fd("2027-03"), because="As planned", on=date(2026, 5, 3)),
        do(revise_forecast, "oil", fd("2027/.."), because="Some day", on=date(2026, 5, 3)),
    )
    fibre, oil = asked(office).commitments
    assert [(one.days, one.past_due, one.approved_by) for one in fibre.forecasts] == [(None, 59, None), (31, 0, None)]
    assert [(one.days, one.past_due, one.moved_close) for one in oil.forecasts] == [(None, None, False)]
    assert asked(office).by_commitment[0].key == "fibre"


def test_a_back_dated_forecast_takes_its_place_among_the_others() -> None:
    office = moved(
        do(revise_forecast, "fibre", fd("2027-02"), because="Ship late", on=date(2026, 5, 1)),
        do(revise_forecast, "fibre", fd("2027-01"), because="Heard before", on=date(2026, 4, 1)),
    )
    (fibre,) = asked(office).commitments
    assert [(one.position, one.days) for one in fibre.forecasts] == [(7, 28), (8, None)]


def test_what_was_taken_back_is_no_move() -> None:
    office = moved(do(move_due, "fibre", fd("2027-03"), **WHY, on=date(2026, 5, 2)))
    office.record(do(retract, office.lines[-1], because="Mistyped"))
    assert asked(office).commitments == []
    assert len(asked(office, known=7).commitments) == 1


def test_only_what_was_known_and_true_by_then_is_told() -> None:
    office = moved(do(move_due, "fibre", fd("2027-03"), **WHY, on=date(2026, 5, 2)))
    assert asked(office, known=6).commitments == []
    assert asked(office, on=date(2026, 5, 1)).commitments == []
    assert len(asked(office, on=date(2026, 5, 2)).commitments) == 1


def test_an_original_due_that_was_not_true_yet_is_not_told() -> None:
    office = moved(do(move_due, "oil", fd("2027"), **WHY, on=date(2026, 5, 2)))
    office.record(do(revise_forecast, "oil", fd("2027-02"), because="Ship late", on=date(2026, 5, 1)))
    (oil,) = asked(office, on=date(2026, 5, 1)).commitments
    assert (oil.original_due, oil.due, oil.moves) == (None, None, [])


def test_a_filter_chooses_commitments() -> None:
    office = moved(
        do(move_due, "fibre", fd("2027-03"), **WHY, on=date(2026, 5, 2)),
        do(move_due, "oil", fd("2027"), **WHY, on=date(2026, 5, 2)),
    )
    wanted = parse(["moved:>0"], Asked(TODAY, lambda noun, typed: typed))
    assert [one.key for one in asked(office, wanted).commitments] == ["fibre"]
