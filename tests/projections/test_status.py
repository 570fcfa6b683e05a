"""Does the board say of each commitment what it should, in the shape that was agreed?"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from domain.actual import report_actual
from domain.commitment import make, restate
from domain.due import move_due
from domain.forecast import revise_forecast
from domain.life import meet
from domain.milestone import link_milestone, plan_milestone
from domain.owner import assign
from domain.party import register_party
from domain.programme import open_programme
from domain.progress import report_progress
from domain.retraction import retract
from domain.target import set_target
from projections.asked import At, all_of, last_positions
from projections.filters import EVERYTHING, Filter
from projections.status import BoardItem, board
from tests.domain.given import TODAY, Step, do, fd, file, quantity, terms
from tests.projections.given import Office, modelled, wanted

WHY: dict[str, Any] = {"because": "permit late"}
MADE = date(2026, 1, 10)


def corridor(*steps: Step) -> Office:
    """Two commitments of two states, one of which has a target, and what came later."""
    office = Office(today=TODAY)
    for step in (
        do(register_party, "az", "Azərbaycan", kind="state", on=MADE),
        do(register_party, "kz", "Qazaqstan", kind="state", on=MADE),
        do(open_programme, "corridor", "Corridor", on=MADE),
        do(
            make,
            "fibre",
            "Cable under the Caspian",
            promisors=("az", "kz"),
            promisees=("kz",),
            due=fd("2026", "end-2026"),
            start=fd("2025-03"),
            programme="corridor",
            owner="telecom-office",
            tags=("digital",),
            on=MADE,
        ),
        do(make, "oil", "Oil by Aktau and Ceyhan", kind="target", promisors=("az",), on=MADE),
        do(set_target, "oil", "oil", terms(per="quarter", window="2026-33/2026-34"), on=MADE),
        *steps,
    ):
        office.record(step)
    return office


def asked(office: Office, wanted: Filter = EVERYTHING, known: int | None = None, on: date = TODAY) -> list[BoardItem]:
    with modelled(office.lines) as base:
        return board(base, At(len(office.lines) if known is None else known, on), wanted)


def test_an_item_has_the_agreed_shape() -> None:
    office = corridor(
        do(plan_milestone, "fibre/landing", "Landing at Aktau", due=fd("2026-06"), on=MADE),
        do(report_progress, "fibre", percent=Decimal("42.5"), on=date(2026, 5, 1)),
        do(revise_forecast, "fibre", fd("2027-33"), **WHY, on=date(2026, 5, 2)),
        do(move_due, "fibre", fd("2027"), approved_by="steering-board", **WHY, on=date(2026, 5, 3)),
        do(meet, "fibre/landing", met_on=fd("2026-05-17"), evidence=(file(),), on=date(2026, 5, 17)),
        do(report_actual, "oil", "oil", quantity("0.4 Mt"), fd("2026-04"), on=date(2026, 5, 1)),
    )
    fibre, oil = msgspec.json.decode(msgspec.json.encode(asked(office)))
    assert fibre == {
        "key": "fibre",
        "title": "Cable under the Caspian",
        "kind": "deliverable",
        "programme": "corridor",
        "promisors": ["az", "kz"],
        "promisees": ["kz"],
        "owner": "telecom-office",
        "due": {"wording": "2027", "edtf": "2027", "earliest": "2027-01-01", "latest": "2027-12-31"},
        "original_due": {"wording": "end-2026", "edtf": "2026", "earliest": "2026-01-01", "latest": "2026-12-31"},
        "forecast": {"wording": "2027-33", "edtf": "2027-33", "earliest": "2027-01-01", "latest": "2027-03-31"},
        "met_on": None,
        "progress": "42.5",
        "days_left": 549,
        "status": "on-track",
        "flags": [
            {"code": "moved", "text": fibre["flags"][0]["text"], "positions": [10]},
            {"code": "back-dated", "text": fibre["flags"][1]["text"], "positions": [8, 9]},
        ],
        "reasons": [{"code": "on-track", "text": fibre["reasons"][0]["text"], "positions": [11]}],
        "milestones": [
            {
                "key": "fibre/landing",
                "title": "Landing at Aktau",
                "due": {"wording": "2026-06", "edtf": "2026-06", "earliest": "2026-06-01", "latest": "2026-06-30"},
                "forecast": None,
                "met_on": {
                    "wording": "2026-05-17",
                    "edtf": "2026-05-17",
                    "earliest": "2026-05-17",
                    "latest": "2026-05-17",
                },
                "status": "met",
            }
        ],
        "targets": [],
        "last_position": 11,
    }
    assert oil["targets"] == [
        {
            "indicator": "oil",
            "period": "2026-Q1",
            "amount": {"unit": "Mt", "value": "1.5"},
            "actual": None,
            "projected": None,
            "needed_per_month": None,
            "outcome": "unreported",
        },
        {
            "indicator": "oil",
            "period": "2026-Q2",
            "amount": {"unit": "Mt", "value": "1.5"},
            "actual": {"unit": "Mt", "value": "0.4"},
            "projected": {"unit": "Mt", "value": oil["targets"][1]["projected"]["value"]},
            "needed_per_month": None,
            "outcome": "running",
        },
    ]
    assert (oil["due"], oil["owner"], oil["programme"], oil["progress"]) == (None, None, None, None)


def test_words_are_those_in_force() -> None:
    to = {"title": "Cable line", "promisors": ("kz",), "programme": None, "tags": ("sea",), "kind": "roadmap"}
    office = corridor(do(restate, "fibre", to, because="clearer"), do(assign, "fibre", "port"))
    (item,) = asked(office, wanted("tag:sea"))
    assert (item.title, item.promisors, item.programme, item.kind, item.owner) == (
        "Cable line",
        ("kz",),
        None,
        "roadmap",
        "port",
    )
    assert item.promisees == ("kz",)


@pytest.mark.parametrize(
    ("filter", "keys"),
    [
        (wanted(), ["fibre", "oil"]),
        (wanted("programme:corridor"), ["fibre"]),
        (wanted("party:az"), ["fibre", "oil"]),
        (wanted("party:kz"), ["fibre"]),
        (wanted("owner:Telecom-Office "), ["fibre"]),
        (wanted("tag:digital"), ["fibre"]),
        (wanted("tag:analogue"), []),
        (wanted("kind:target"), ["oil"]),
        (wanted("status:unreported"), ["fibre", "oil"]),
        (wanted("status:late,met"), []),
        (wanted("FIB"), ["fibre"]),
        (wanted("ceyhan", "unreported"), ["oil"]),
        (wanted("ceyhan", "cable"), []),
        (wanted("party:az", "Caspian"), ["fibre"]),
    ],
)
def test_only_what_is_wanted_is_given(filter: Filter, keys: list[str]) -> None:
    assert [item.key for item in asked(corridor(), filter)] == keys


def test_what_is_not_made_yet_is_not_there() -> None:
    office = corridor()
    assert asked(office, on=date(2026, 1, 9)) == []
    assert asked(office, known=3) == []
    assert [item.key for item in asked(office, known=4)] == ["fibre"]


def test_an_item_whose_making_was_retracted_is_gone_and_its_key_free() -> None:
    office = corridor()
    office.record(do(retract, office.lines[3], because="wrong key"))
    assert [item.key for item in asked(office)] == ["oil"]
    office.record(do(make, "fibre", "Cable anew"))
    assert [item.title for item in asked(office)] == ["Cable anew", "Oil by Aktau and Ceyhan"]


def test_a_milestone_that_waits_for_one_elsewhere_is_at_risk_by_it() -> None:
    office = corridor(
        do(plan_milestone, "fibre/landing", "Landing", due=fd("2026-07"), on=MADE),
        do(make, "ports", "Ports", on=MADE),
        do(plan_milestone, "ports/alat", "Alat", due=fd("2026-08"), on=MADE),
        do(link_milestone, "fibre/landing", ("ports/alat",), on=MADE),
        do(plan_milestone, "fibre/test", "Test", due=fd("2026-07"), after=("ports/alat",), on=MADE),
    )
    fibre, _, _ = asked(office)
    assert [one.status for one in fibre.milestones] == ["at-risk", "at-risk"]
    assert any(re.search("ports/alat", reason.text) for reason in fibre.reasons)


def test_the_original_due_is_the_first_on_record_retracted_or_not_once_it_was_true() -> None:
    office = corridor(do(make, "ports", "Ports", on=MADE))
    office.record(do(move_due, "ports", fd("2027"), approved_by="board", **WHY, on=date(2026, 6, 1)))
    office.record(do(retract, office.lines[-1], because="slip"))
    office.record(do(move_due, "ports", fd("2028"), approved_by="board", **WHY, on=date(2026, 5, 1)))
    assert [item.original_due for item in asked(office) if item.key == "ports"] == [fd("2027")]
    (then,) = (item for item in asked(office, on=date(2026, 5, 31)) if item.key == "ports")
    assert (then.due, then.original_due) == (fd("2028"), None)


def test_the_last_position_counts_retractions_and_what_is_known() -> None:
    office = corridor(do(report_progress, "fibre", note="seen"))
    office.record(do(retract, office.lines[-1], because="slip"))
    assert [item.last_position for item in asked(office)] == [8, 6]
    assert [item.last_position for item in asked(office, known=7)] == [7, 6]
    assert [item.last_position for item in asked(office, known=6)] == [4, 6]
    with modelled(office.lines) as base:
        assert last_positions(base, At(4, TODAY), all_of("commitment")) == {"commitment/fibre": 4}
