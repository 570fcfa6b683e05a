"""Do milestones belong to their commitments, and does none wait for itself?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.commitment import make
from domain.life import meet, reopen, suspend, withdraw
from domain.milestone import (
    MilestoneLinked,
    MilestonePlanned,
    after_of,
    link_milestone,
    open_milestones,
    plan_milestone,
)
from domain.recorded import Fact
from domain.retraction import retract
from tests.domain.given import EARLY, FIBRE, LANDING, do, fd, file, given

PORTS = do(make, "ports", "Ports", on=EARLY)
ALAT = do(plan_milestone, "ports/alat", "Alat", on=EARLY)
LIT = do(plan_milestone, "fibre/lit", "Lit", after=["fibre/landing"], on=EARLY)


def test_a_milestone_is_planned_in_its_commitment() -> None:
    board = given(FIBRE, PORTS)
    then = board.when(plan_milestone, "Fibre/Landing", " Landing ", due=fd("2026-06"), after=["PORTS"])
    then.then_recorded(
        MilestonePlanned(milestone="fibre/landing", title="Landing", due=fd("2026-06"), after=("ports",))
    )
    assert then.news[0].subject == "commitment/fibre"


def test_the_same_milestone_again_records_nothing_another_is_refused() -> None:
    board = given(FIBRE, LANDING)
    worded = fd("2026-06", "June 2026")
    board.when(plan_milestone, "fibre/landing", "Landing at Aktau", due=worded).then_nothing()
    board.when(plan_milestone, "fibre/landing", "Landing").then_refused("duplicate-key", "fibre/landing is taken (#2)")


def test_a_milestone_has_a_commitment_a_key_and_a_title() -> None:
    board = given(FIBRE)
    board.when(plan_milestone, "fibre", "Landing").then_refused("not-a-milestone", "fibre/its-key")
    board.when(plan_milestone, "ports/alat", "Alat").then_refused("unknown-key", "no commitment 'ports'")
    board.when(plan_milestone, "fibre/the landing", "x").then_refused("bad-key", "Try the-landing.")
    board.when(plan_milestone, "fibre/landing", " ").then_refused("blank", "title")
    board.when(plan_milestone, "fibre/landing", "x", after=["ports"]).then_refused("unknown-key", "'ports'")
    board.when(plan_milestone, "fibre/landing", "x", after=["fibre/lit"]).then_refused("unknown-key", "no milestone")


def test_under_a_closed_commitment_no_milestone_is_added_under_a_suspended_one_it_is() -> None:
    board = given(FIBRE, do(suspend, "fibre", because="x"))
    board.asked(do(plan_milestone, "fibre/landing", "Landing")).then_accepted()
    board.record(do(withdraw, "fibre", because="x"))
    board.when(plan_milestone, "fibre/landing", "Landing").then_refused("wrong-state", "fibre is withdrawn")


def test_a_milestone_has_no_start_that_its_due_could_be_before() -> None:
    board = given(do(make, "fibre", "Cable", start=fd("2026"), on=EARLY))
    board.when(plan_milestone, "fibre/permit", "Permit", due=fd("2025")).then_accepted()


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (MilestonePlanned(milestone="fibre/lit", title=" "), "blank"),
        (MilestonePlanned(milestone="fibre/Lit", title="Lit"), "bad-key"),
        (MilestonePlanned(milestone="fibre/", title="Lit"), "bad-key"),
        (MilestonePlanned(milestone="fibre/a/b", title="Lit"), "bad-key"),
        (MilestonePlanned(milestone="ports/lit", title="Lit"), "wrong-stream"),
        (MilestonePlanned(milestone="ports", title="Lit"), "not-a-milestone"),
        (MilestonePlanned(milestone="fibre/landing", title="Lit"), "duplicate-key"),
        (MilestonePlanned(milestone="fibre", title="Lit"), "duplicate-key"),
        (MilestonePlanned(milestone="fibre/lit", title="Lit", after=("fibre/x",)), "unknown-key"),
        (MilestonePlanned(milestone="fibre/lit", title="Lit", after=("fibre/landing",) * 2), "named-twice"),
        (MilestonePlanned(milestone="fibre/lit", title="Lit", after=("fibre/lit",)), "cycle"),
        (MilestoneLinked(milestone="fibre/landing", after=("fibre/lit",), previous=()), "unknown-key"),
        (MilestoneLinked(milestone="fibre/landing", after=("ports",), previous=("ports",)), "wrong-previous"),
        (MilestoneLinked(milestone="fibre/landing", after=(), previous=()), "nothing-changed"),
        (MilestoneLinked(milestone="fibre", after=("ports",), previous=()), "not-a-milestone"),
        (MilestoneLinked(milestone="ports/alat", after=("ports",), previous=()), "unknown-key"),
    ],
)
def test_a_line_from_elsewhere_is_held_to_the_same_rules(fact: Fact, code: str) -> None:
    given(FIBRE, LANDING, PORTS, ALAT).admit(fact).then_refused(code)


def test_a_milestone_of_no_commitment_opens_none() -> None:
    given().admit(MilestonePlanned(milestone="fibre", title="Lit")).then_refused("not-a-milestone")


# Links.


def test_links_are_replaced_as_a_whole_with_what_they_were() -> None:
    board = given(FIBRE, LANDING, LIT, PORTS, ALAT)
    then = board.when(link_milestone, "fibre/lit", ["Ports", "PORTS/alat"])
    then.then_recorded(
        MilestoneLinked(milestone="fibre/lit", after=("ports", "ports/alat"), previous=("fibre/landing",))
    )
    board.when(link_milestone, "fibre/lit", []).then_recorded(
        MilestoneLinked(milestone="fibre/lit", after=(), previous=("fibre/landing",))
    )


def test_the_same_links_in_any_order_record_nothing() -> None:
    board = given(FIBRE, LANDING, LIT, PORTS)
    board.when(link_milestone, "fibre/lit", ["fibre/landing"]).then_nothing()
    board.record(do(link_milestone, "fibre/lit", ["ports", "fibre/landing"]))
    board.when(link_milestone, "fibre/lit", ["fibre/landing", "ports"]).then_nothing()
    assert after_of(board.facts(), "fibre/lit") == ("ports", "fibre/landing")
    assert after_of(board.facts(), "fibre/lit", on=EARLY) == ("fibre/landing",)


def test_links_need_a_milestone_that_is_open_and_items_that_stand() -> None:
    board = given(FIBRE, LANDING, LIT, PORTS)
    board.when(link_milestone, "fibre", ["ports"]).then_refused("not-a-milestone")
    board.when(link_milestone, "fibre/x", []).then_refused("unknown-key", "no milestone 'fibre/x'")
    board.when(link_milestone, "fibre/lit", ["ports/x"]).then_refused("unknown-key", "no milestone 'ports/x'")
    board.when(link_milestone, "fibre/lit", ["ports", "PORTS"]).then_refused("named-twice", "predecessor")
    board.when(link_milestone, "fibre/lit", [], on=EARLY - timedelta(1)).then_refused("out-of-order")
    board.record(do(meet, "fibre/lit", met_on=fd("2026-05")))
    board.when(link_milestone, "fibre/lit", ["ports"]).then_refused("wrong-state", "pledger reopen fibre/lit")


# Cycles.


def test_no_milestone_waits_for_itself() -> None:
    board = given(FIBRE, LANDING)
    sentence = board.when(plan_milestone, "fibre/lit", "Lit", after=["fibre/lit"]).then_refused("cycle")
    assert "fibre/lit -> fibre/lit" in sentence
    board.when(link_milestone, "fibre/landing", ["fibre/landing"]).then_refused("cycle")


def test_a_circle_is_named_in_the_order_of_waiting() -> None:
    board = given(FIBRE, LANDING, LIT, do(plan_milestone, "fibre/open", "Open", after=["fibre/lit"], on=EARLY))
    sentence = board.when(link_milestone, "fibre/landing", ["fibre/open"]).then_refused("cycle")
    assert "fibre/landing -> fibre/open -> fibre/lit -> fibre/landing" in sentence


def test_a_commitment_waits_for_its_milestones() -> None:
    board = given(FIBRE, LANDING)
    sentence = board.when(link_milestone, "fibre/landing", ["fibre"]).then_refused("cycle")
    assert "fibre/landing -> fibre -> fibre/landing" in sentence
    planned = board.when(plan_milestone, "fibre/lit", "Lit", after=["fibre"]).then_refused("cycle")
    assert "fibre/lit -> fibre -> fibre/lit" in planned


def test_a_circle_is_found_across_commitments() -> None:
    board = given(FIBRE, LANDING, PORTS, do(plan_milestone, "ports/alat", "Alat", after=["fibre"], on=EARLY))
    sentence = board.when(link_milestone, "fibre/landing", ["ports"]).then_refused("cycle")
    assert "fibre/landing -> ports -> ports/alat -> fibre -> fibre/landing" in sentence
    board.when(link_milestone, "fibre/landing", ["ports/alat"]).then_refused("cycle")


def test_two_ways_to_the_same_item_are_no_circle() -> None:
    board = given(FIBRE, LANDING, LIT, PORTS)
    board.when(plan_milestone, "ports/alat", "Alat", after=["fibre/lit", "fibre/landing", "fibre"]).then_accepted()


def test_a_closed_milestone_still_counts_as_it_may_be_reopened() -> None:
    board = given(FIBRE, LANDING, PORTS, ALAT)
    board.record(do(link_milestone, "fibre/landing", ["ports/alat"], on=EARLY))
    board.record(do(withdraw, "fibre/landing", because="x"))
    board.when(link_milestone, "ports/alat", ["fibre"]).then_refused("cycle", "fibre/landing")
    board.record(do(reopen, "fibre/landing", because="x"))


def test_a_retracted_link_no_longer_binds() -> None:
    board = given(FIBRE, LANDING, LIT)
    board.record(do(link_milestone, "fibre/lit", []))
    board.when(link_milestone, "fibre/landing", ["fibre/lit"]).then_accepted()
    board.record(do(retract, board.lines[-1], because="x"))
    board.when(link_milestone, "fibre/landing", ["fibre/lit"]).then_refused("cycle")


def test_open_milestones_are_those_that_are_not_closed() -> None:
    board = given(FIBRE, LANDING, LIT, do(suspend, "fibre/lit", because="x"))
    assert open_milestones(board.facts()) == ["fibre/landing", "fibre/lit"]
    board.record(do(meet, "fibre/landing", met_on=fd("2026-05"), evidence=(file(),)))
    assert open_milestones(board.facts()) == ["fibre/lit"]
