"""Is every answer at every point that of the plain fold, for histories that were decided and not merely written?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import given as hypothesis
from hypothesis import settings
from hypothesis import strategies as st

from domain.actual import report_actual
from domain.assess import Assessed, Expected, assess, expectation
from domain.commitment import make, restate
from domain.due import move_due
from domain.evidence import attach_evidence
from domain.fold import Facts
from domain.forecast import revise_forecast
from domain.life import close_short, meet, reopen, resume, suspend, withdraw
from domain.milestone import link_milestone, plan_milestone
from domain.occasion import stream_of
from domain.owner import assign
from domain.party import register_party
from domain.progress import report_progress
from domain.recorded import New
from domain.refused import Refused
from domain.retraction import retract
from domain.source import cite_source
from domain.target import revise_target, set_target
from domain.verdict import give_verdict
from projections.asked import At
from projections.due import due_of, falling_due
from projections.status import BoardItem, board, board_item
from tests.domain.given import EARLY, Step, do, fd, file, quantity, terms
from tests.projections.given import Office, modelled, plain

ITEMS = st.sampled_from(["fibre", "fibre", "ports", "fibre/landing", "ports/alat"])
COMMITMENTS = st.sampled_from(["fibre", "fibre", "ports"])
DUES = st.sampled_from(["2025-03", "2025-06~", "2025-33", "2026", "2025/..", "2026-02-10"]).map(fd)
PERIODS = st.sampled_from(["2025-01", "2025-02", "2025-33", "2025-03"]).map(fd)
AMOUNTS = st.sampled_from(["0.1 Mt", "0.4 Mt", "1.5 Mt"])
WHY: dict[str, Any] = {"because": "so it was"}
APPROVED: dict[str, Any] = {**WHY, "approved_by": "steering-board"}

Wanted = Callable[[Office, date | None], Step]
"""A command, given the office and the day asked for."""


def asked(decision: Callable[..., list[New]], *args: Any, **named: Any) -> Wanted:
    return lambda office, on: do(decision, *args, on=on, today=office.today, **named)


def retracting(back: int) -> Wanted:
    return lambda office, on: do(retract, office.lines[-min(back, len(office.lines))], today=office.today, **WHY)


observations = st.one_of(
    st.builds(
        lambda item, percent: asked(report_progress, item, percent=percent), ITEMS, st.integers(0, 100).map(Decimal)
    ),
    st.builds(lambda item: asked(report_progress, item, note="seen"), ITEMS),
    st.builds(lambda item, due: asked(revise_forecast, item, due, **WHY), ITEMS, DUES),
    st.builds(
        lambda key, amount, period: asked(report_actual, key, key, quantity(amount), period, **WHY),
        COMMITMENTS,
        AMOUNTS,
        PERIODS,
    ),
    st.builds(lambda item: asked(attach_evidence, item, (file(),)), ITEMS),
    st.builds(
        lambda item, rating: asked(give_verdict, item, scale="politifact", rating=rating, assessor="audit", **WHY),
        ITEMS,
        st.sampled_from(["kept", "broken", "stalled"]),
    ),
)
acts = st.one_of(
    st.builds(lambda item, due: asked(move_due, item, due, **APPROVED), ITEMS, DUES),
    st.builds(lambda item, met: asked(meet, item, met_on=met), ITEMS, DUES),
    st.builds(lambda item: asked(meet, item, met_on=fd("2025-02"), evidence=(file(),)), ITEMS),
    st.builds(lambda item, life: asked(life, item, **WHY), ITEMS, st.sampled_from([suspend, resume, reopen, withdraw])),
    st.builds(lambda item: asked(close_short, item, achieved="half", **WHY), ITEMS),
    st.builds(lambda key, due: asked(make, key, "Cable", due=due), COMMITMENTS, st.none() | DUES),
    st.builds(lambda item, due: asked(plan_milestone, item, "Landing", due=due), ITEMS, st.none() | DUES),
    st.builds(lambda item, after: asked(link_milestone, item, (after,)), ITEMS, ITEMS),
    st.builds(lambda key, office: asked(assign, key, office), COMMITMENTS, st.sampled_from(["port", "ministry"])),
    st.builds(
        lambda key, title, start: asked(restate, key, {"title": title, "start": start}, **WHY),
        COMMITMENTS,
        st.sampled_from(["Cable", "Cable line"]),
        st.sampled_from(["2025", "2025-02"]).map(fd),
    ),
    st.builds(
        lambda key, per: asked(set_target, key, key, terms(per=per, window="2025/2026")),
        COMMITMENTS,
        st.sampled_from(["month", "quarter", "once"]),
    ),
    st.builds(
        lambda key, amount: asked(
            revise_target, key, key, terms(amount, per="month", window="2025-02/2026"), **APPROVED
        ),
        COMMITMENTS,
        AMOUNTS,
    ),
)
commands = st.one_of(
    observations, observations, acts, st.integers(1, 3).map(retracting), st.integers(1, 12).map(retracting)
)
steps = st.tuples(commands, st.integers(0, 12), st.none() | st.integers(0, 60))
histories = st.lists(steps, min_size=3, max_size=30)


class Answers(NamedTuple):
    """What the plain fold says at a point."""

    board: list[BoardItem]
    judged: list[Assessed]


def office_after(history: list[tuple[Wanted, int, int | None]]) -> Office:
    """An office after these commands, those left out that were refused."""
    office = Office()
    for step in (
        do(register_party, "az", "Azərbaycan", on=EARLY),
        do(cite_source, "interview", "Interview", "Kazinform", on=EARLY),
        do(make, "fibre", "Cable", due=fd("2025-06"), promisors=("az",), source="interview", on=EARLY),
        do(make, "ports", "Ports", on=EARLY),
        do(plan_milestone, "fibre/landing", "Landing", due=fd("2025-04"), on=EARLY),
        do(plan_milestone, "ports/alat", "Alat", after=("fibre/landing",), on=EARLY),
    ):
        office.record(step)
    for wanted, later, ago in history:
        office.today += timedelta(days=later)
        try:
            office.record(wanted(office, None if ago is None else office.today - timedelta(days=ago)))
        except Refused:
            continue
    return office


def naive(office: Office, at: At) -> Answers:
    """Every answer, from the lines alone."""
    folded = plain(office.lines, at)

    def elsewhere(name: str) -> Expected | None:
        return expectation(folded.get(stream_of(name), Facts(stream_of(name))), name, at.on)

    judged = [
        found
        for subject, facts in folded.items()
        if subject.startswith("commitment/") and (found := assess(facts, at.on, elsewhere))
    ]
    return Answers([board_item(one, last(office, at, f"commitment/{one.item.key}")) for one in judged], judged)


def last(office: Office, at: At, subject: str) -> int:
    return max(one.position for one in office.lines if one.subject == subject and one.position <= at.known)


points = st.tuples(st.integers(0, 40), st.dates(EARLY - timedelta(days=5), date(2026, 3, 1)))


@settings(deadline=None, max_examples=80)
@hypothesis(histories, st.lists(points, min_size=1, max_size=6))
def test_the_board_is_that_of_the_lines_known(history: list[Any], asked_at: list[tuple[int, date]]) -> None:
    office = office_after(history)
    with modelled(office.lines) as base:
        for at in [At(known, on) for known, on in asked_at] + [At(len(office.lines), office.today)]:
            assert board(base, at) == naive(office, at).board


@settings(deadline=None, max_examples=80)
@hypothesis(histories, points, st.integers(0, 120))
def test_no_due_is_missed_by_looking_at_candidates_alone(
    history: list[Any], asked_at: tuple[int, date], within: int
) -> None:
    office, at = office_after(history), At(*asked_at)
    until = at.on + timedelta(days=within)
    with modelled(office.lines) as base:
        found = falling_due(base, at, within)
    due = [one for judged in naive(office, at).judged for one in due_of(judged, until)]
    assert found.items == sorted(due, key=lambda one: (one.days_left, one.key))
