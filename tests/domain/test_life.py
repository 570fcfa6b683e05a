"""Does every item live by the table: open, suspended, met, closed-short, withdrawn, and what each state takes?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.actual import report_actual
from domain.commitment import make, restate
from domain.due import move_due
from domain.evidence import attach_evidence
from domain.forecast import revise_forecast
from domain.life import (
    ItemClosedShort,
    ItemMet,
    ItemReopened,
    ItemResumed,
    ItemSuspended,
    ItemWithdrawn,
    close_short,
    meet,
    reopen,
    resume,
    suspend,
    withdraw,
)
from domain.milestone import link_milestone, plan_milestone
from domain.occasion import state_of
from domain.owner import assign
from domain.progress import report_progress
from domain.recorded import Fact
from domain.retraction import retract
from domain.target import revise_target, set_target
from domain.verdict import give_verdict
from tests.domain.given import EARLY, FIBRE, LANDING, OIL, TODAY, Board, Step, do, fd, file, given, quantity, terms

PORTS = do(make, "ports", "Ports", on=EARLY)


def path_to(state: str, item: str) -> list[Step]:
    """The acts that bring an item into a state."""
    return {
        "open": [],
        "reopened": [do(withdraw, item, because="x"), do(reopen, item, because="x")],
        "resumed": [do(suspend, item, because="x"), do(resume, item, because="x")],
        "suspended": [do(suspend, item, because="x")],
        "met": [do(meet, item, met_on=fd("2026-05"))],
        "closed-short": [do(close_short, item, achieved="Half", because="x")],
        "withdrawn": [do(withdraw, item, because="x")],
    }[state]


def asked_of(item: str) -> dict[str, Step]:
    """Every fact that is about an item."""
    return {
        "due": do(move_due, item, fd("2027"), because="x", approved_by="board"),
        "forecast": do(revise_forecast, item, fd("2027"), because="x"),
        "progress": do(report_progress, item, percent=Decimal(42)),
        "note": do(report_progress, item, note="One"),
        "evidence": do(attach_evidence, item, (file(),)),
        "verdict": do(give_verdict, item, scale="ogp", rating="limited", assessor="court", because="x"),
        "met": do(meet, item, met_on=fd("2026-04")),
        "closed-short": do(close_short, item, achieved="A third", because="y"),
        "withdrawn": do(withdraw, item, because="y"),
        "suspended": do(suspend, item, because="y"),
        "resumed": do(resume, item, because="y"),
        "reopened": do(reopen, item, because="y"),
    }


def asked_of_a_commitment() -> dict[str, Step]:
    """Every fact that only commitments take."""
    return {
        "restated": do(restate, "fibre", {"title": "Line"}, because="x"),
        "owner": do(assign, "fibre", "Ports office"),
        "planned": do(plan_milestone, "fibre/lit", "Lit"),
        "target": do(set_target, "fibre", "gas", terms("1 bcm")),
        "revised": do(revise_target, "fibre", "oil", terms("2 Mt"), because="x", approved_by="board"),
        "actual": do(report_actual, "fibre", "oil", quantity("0.1 Mt"), fd("2026-03")),
    }


LINKED = {"linked": do(link_milestone, "fibre/landing", ["ports"])}
STATES = ("open", "reopened", "resumed", "suspended", "met", "closed-short", "withdrawn")
TAKEN_WHEN_CLOSED = {"evidence", "verdict", "actual", "reopened"}


def taken(state: str, what: str) -> bool:
    """The life table, in words of its own."""
    if state in ("met", "closed-short", "withdrawn"):
        return what in TAKEN_WHEN_CLOSED
    if what == "reopened":
        return False
    return what != "resumed" if state != "suspended" else what != "suspended"


def board_in(state: str, item: str, *setup: Step) -> Board:
    return given(FIBRE, *setup, *path_to(state, item))


def judge(board: Board, step: Step, state: str, what: str, item: str) -> None:
    then = board.asked(step)
    if taken(state, what):
        then.then_accepted()
        return
    known = {"reopened": "open", "resumed": "open"}.get(state, state)
    sentence = then.then_refused("wrong-state", f"{item} is {known}")
    way_out = {"open": "only a closed item can be reopened", "suspended": f"pledger resume {item}"}
    assert way_out.get(known, f"pledger reopen {item}") in sentence


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("what", asked_of("fibre"))
def test_a_commitment_takes_what_its_state_takes(state: str, what: str) -> None:
    judge(board_in(state, "fibre"), asked_of("fibre")[what], state, what, "fibre")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("what", [*asked_of("fibre/landing"), *LINKED])
def test_a_milestone_takes_what_its_state_takes(state: str, what: str) -> None:
    board = board_in(state, "fibre/landing", LANDING, PORTS)
    judge(board, (asked_of("fibre/landing") | LINKED)[what], state, what, "fibre/landing")


@pytest.mark.parametrize("state", [one for one in STATES if one != "met"])
@pytest.mark.parametrize("what", asked_of_a_commitment())
def test_a_commitment_with_targets_takes_what_its_state_takes(state: str, what: str) -> None:
    judge(board_in(state, "fibre", OIL), asked_of_a_commitment()[what], state, what, "fibre")


@pytest.mark.parametrize("what", ["restated", "owner", "planned", "target"])
def test_a_met_commitment_takes_none_of_them(what: str) -> None:
    judge(board_in("met", "fibre"), asked_of_a_commitment()[what], "met", what, "fibre")


@pytest.mark.parametrize("state", STATES)
def test_each_act_leads_into_its_state(state: str) -> None:
    expected = {"reopened": "open", "resumed": "open"}.get(state, state)
    assert state_of(board_in(state, "fibre").facts(), "fibre") == expected


# The same again.


@pytest.mark.parametrize(
    "step",
    [
        do(meet, "fibre", met_on=fd("2026-05"), evidence=(file(),)),
        do(close_short, "fibre", achieved="Half", because="x"),
        do(withdraw, "fibre", because="x"),
        do(suspend, "fibre", because="x"),
    ],
)
def test_the_same_act_as_the_last_of_its_life_records_nothing(step: Step) -> None:
    given(FIBRE, step).asked(step).then_nothing()


def test_the_wording_of_a_day_does_not_make_another_act() -> None:
    board = given(FIBRE, do(meet, "fibre", met_on=fd("2026-05")))
    board.when(meet, "fibre", met_on=fd("2026-05", "May 2026")).then_nothing()
    board.when(meet, "fibre", met_on=fd("2026-04")).then_refused("wrong-state", "fibre is met")


# Meeting.


def test_a_promise_is_met_on_a_day_with_evidence() -> None:
    then = given(FIBRE).when(meet, "fibre", met_on=fd("2026-05"), note=" Signed ", evidence=(file("e\u0301.pdf"),))
    then.then_recorded(
        ItemMet(item="fibre", met_on=fd("2026-05"), note="Signed", evidence=(file("\u00e9.pdf"),)),
        effective=date(2026, 5, 31),
    )


@pytest.mark.parametrize(
    ("met_on", "on", "effective"),
    [
        ("2026-05-17", None, date(2026, 5, 17)),
        ("2026-05", None, date(2026, 5, 31)),
        ("2026", None, TODAY),  # it holds today
        ("../2025", None, date(2025, 12, 31)),
        ("2024", None, EARLY),  # as early as it was made
        ("2026-05", TODAY, TODAY),
        ("2026-05", date(2026, 6, 1), date(2026, 6, 1)),
    ],
)
def test_being_met_is_effective_as_asked_or_as_early_as_may_be(met_on: str, on: date | None, effective: date) -> None:
    then = given(FIBRE).when(meet, "fibre", met_on=fd(met_on), on=on)
    then.then_recorded(ItemMet(item="fibre", met_on=fd(met_on)), effective=effective)


def test_being_met_is_effective_no_earlier_than_the_last_act_of_its_life() -> None:
    day = date(2026, 6, 10)
    board = given(FIBRE, do(suspend, "fibre", because="x", on=day))
    board.when(meet, "fibre", met_on=fd("2026-05")).then_recorded(
        ItemMet(item="fibre", met_on=fd("2026-05")), effective=day
    )
    board.when(meet, "fibre", met_on=fd("2026-05"), on=day - timedelta(1)).then_refused("out-of-order", f"{day}")


@pytest.mark.parametrize("met_on", ["2026-07", "2026-07-01", "2027", "2026-07/2027", "2026-41"])
def test_nothing_is_met_in_the_future(met_on: str) -> None:
    given(FIBRE).when(meet, "fibre", met_on=fd(met_on)).then_refused("met-in-future", str(TODAY))
    given(FIBRE).admit(ItemMet(item="fibre", met_on=fd(met_on))).then_refused("met-in-future")


def test_nothing_is_met_after_the_day_on_which_that_is_effective() -> None:
    board, day = given(FIBRE), date(2026, 5, 1)
    board.when(meet, "fibre", met_on=fd("2026-06"), on=day).then_refused("met-in-future", f"{day}")
    board.when(meet, "fibre", met_on=fd("2026-05"), on=day).then_accepted()
    board.admit(ItemMet(item="fibre", met_on=fd("2026-06")), on=day).then_refused("met-in-future")


@pytest.mark.parametrize("met_on", ["2026", "2026-06-30", "2026-06", "2026-40", "2025/2027", "2026~", "../2027"])
def test_what_may_be_today_is_taken(met_on: str) -> None:
    given(FIBRE).when(meet, "fibre", met_on=fd(met_on)).then_accepted()


def test_a_day_without_an_end_says_too_little() -> None:
    given(FIBRE).when(meet, "fibre", met_on=fd("2022/..")).then_refused("bad-date", "has no end")


def test_nothing_is_met_before_its_start() -> None:
    board = given(do(make, "fibre", "Cable", start=fd("2025-06"), on=EARLY), LANDING)
    board.when(meet, "fibre", met_on=fd("2025-05")).then_refused("met-before-start", "2025-06")
    board.when(meet, "fibre/landing", met_on=fd("2025-05")).then_accepted()  # a milestone has no start
    board.record(do(withdraw, "fibre/landing", because="x"))
    board.when(meet, "fibre", met_on=fd("2025")).then_accepted()
    board.when(meet, "fibre", met_on=fd("2025-06-01")).then_accepted()
    given(do(make, "fibre", "Cable", start=fd("../2027"), on=EARLY)).when(
        meet, "fibre", met_on=fd("2025-05")
    ).then_accepted()


def test_nothing_is_met_while_its_milestones_are_open() -> None:
    lit = do(plan_milestone, "fibre/lit", "Lit", on=EARLY)
    board = given(FIBRE, LANDING, lit, do(suspend, "fibre/lit", because="x"))
    board.when(meet, "fibre", met_on=fd("2026-05")).then_refused("open-milestones", "fibre/landing, fibre/lit")
    board.record(do(meet, "fibre/landing", met_on=fd("2026-05")))
    board.when(meet, "fibre", met_on=fd("2026-05")).then_refused("open-milestones", ": fibre/lit.")
    board.record(do(withdraw, "fibre/lit", because="x"))
    board.when(meet, "fibre", met_on=fd("2026-05")).then_accepted()


def test_where_targets_decide_nobody_says_that_it_is_met() -> None:
    board = given(FIBRE, OIL, LANDING)
    board.when(meet, "fibre", met_on=fd("2026-05")).then_refused("targets-decide", "oil", "pledger actual fibre")
    board.when(meet, "fibre/landing", met_on=fd("2026-05")).then_accepted()
    board.record(do(retract, board.lines[1], because="x"))
    board.when(meet, "fibre", met_on=fd("2026-05")).then_refused("open-milestones")


def test_evidence_of_being_met_is_checked() -> None:
    board = given(FIBRE)
    board.when(meet, "fibre", met_on=fd("2026-05"), evidence=(file("a/b"),)).then_refused("bad-file-name")
    board.when(meet, "fibre", met_on=fd("2026-05"), note=" ").then_refused("blank", "note")
    board.when(close_short, "fibre", achieved="x", because="x", evidence=(file(sha256="x"),)).then_refused(
        "bad-evidence"
    )


# Ending otherwise.


def test_what_fell_short_says_what_was_achieved_and_why() -> None:
    board = given(FIBRE)
    board.when(close_short, "fibre", achieved=" Half ", because=" Fleet ", evidence=(file("a.pdf "),)).then_recorded(
        ItemClosedShort(item="fibre", achieved="Half", reason="Fleet", evidence=(file("a.pdf"),))
    )
    board.when(close_short, "fibre", achieved=" ", because="x").then_refused("blank", "achieved")
    board.when(close_short, "fibre", achieved="x", because=None).then_refused("no-reason")


def test_what_is_withdrawn_may_be_superseded_by_another() -> None:
    board = given(FIBRE, PORTS, LANDING)
    board.when(withdraw, "fibre", because=" Merged ", superseded_by="PORTS").then_recorded(
        ItemWithdrawn(item="fibre", reason="Merged", superseded_by="ports")
    )
    board.when(withdraw, "fibre", because="x", superseded_by="fibre").then_refused("superseded-by-itself")
    board.when(withdraw, "fibre", because="x", superseded_by="gone").then_refused("unknown-key", "'gone'")
    board.when(withdraw, "fibre", because="x", superseded_by="fibre/landing").then_refused("bad-key")
    board.when(withdraw, "fibre", because=None).then_refused("no-reason")


@pytest.mark.parametrize("decision", [suspend, resume, reopen])
@pytest.mark.parametrize("because", [None, " "])
def test_resting_going_on_and_opening_again_need_a_reason(decision: Any, because: str | None) -> None:
    given(FIBRE).when(decision, "fibre", because=because).then_refused("no-reason", "--because")


def test_under_a_closed_commitment_no_milestone_is_reopened() -> None:
    board = given(FIBRE, LANDING, do(withdraw, "fibre/landing", because="x"), do(withdraw, "fibre", because="x"))
    board.when(reopen, "fibre/landing", because="x").then_refused("wrong-state", "reopen it before its milestone")
    board.record(do(reopen, "fibre", because="x"))
    board.when(reopen, "fibre/landing", because="x").then_accepted()


def test_opening_again_clears_that_it_was_met_and_leaves_the_rest() -> None:
    board = given(FIBRE, do(meet, "fibre", met_on=fd("2026-05")), do(attach_evidence, "fibre", (file(),)))
    board.record(do(reopen, "fibre", because="x"))
    assert board.facts().fact("fibre", "life") == ItemReopened(item="fibre", reason="x")
    assert board.facts().chain("fibre", "evidence")


def test_an_item_that_is_none_has_no_life() -> None:
    for item in ("ports", "fibre/x"):
        given(FIBRE).when(suspend, item, because="x").then_refused("unknown-key", f"'{item}'")


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (ItemMet(item="fibre", met_on=fd("2026-05"), note=""), "blank"),
        (ItemMet(item="fibre", met_on=fd("2026-05"), evidence=(file("a/b"),)), "bad-file-name"),
        (ItemMet(item="ports", met_on=fd("2026-05")), "unknown-key"),
        (ItemMet(item="fibre", met_on=fd("2026-05")), "open-milestones"),
        (ItemClosedShort(item="fibre", achieved="", reason="x"), "blank"),
        (ItemClosedShort(item="fibre", achieved="x", reason=" "), "no-reason"),
        (ItemSuspended(item="fibre", reason=""), "no-reason"),
        (ItemResumed(item="fibre", reason="x"), "wrong-state"),
        (ItemReopened(item="fibre/landing", reason="x"), "wrong-state"),
        (ItemWithdrawn(item="fibre", reason=" "), "no-reason"),
        (ItemWithdrawn(item="fibre", reason="x", superseded_by=""), "blank"),
        (ItemWithdrawn(item="fibre", reason="x", superseded_by="fibre"), "superseded-by-itself"),
        (ItemWithdrawn(item="fibre", reason="x", superseded_by="Ports"), "unknown-key"),
        (ItemWithdrawn(item="fibre", reason="x", superseded_by="fibre/landing"), "bad-key"),
    ],
)
def test_an_act_from_elsewhere_is_held_to_the_same_rules(fact: Fact, code: str) -> None:
    given(FIBRE, LANDING, PORTS).admit(fact).then_refused(code)
