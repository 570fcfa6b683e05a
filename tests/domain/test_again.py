"""Does asking again record nothing, for every decision there is?"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from inspect import get_annotations
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import given as hypothesis
from hypothesis import strategies as st

import domain
from domain.actual import report_actual
from domain.commitment import make, restate
from domain.due import move_due
from domain.evidence import attach_evidence, link
from domain.figure import observe_figure
from domain.forecast import revise_forecast
from domain.ledger_acts import acknowledge_restore, rotate_key
from domain.life import close_short, meet, reopen, resume, suspend, withdraw
from domain.milestone import link_milestone, plan_milestone
from domain.opening import open_ledger
from domain.owner import assign
from domain.party import register_party, rename_party
from domain.programme import close_programme, note, open_programme
from domain.progress import report_progress
from domain.retraction import retract
from domain.source import cite_source
from domain.target import revise_target, set_target
from domain.verdict import SCALES, give_verdict
from tests.domain.any_fact import EDTF
from tests.domain.given import EARLY, FIBRE, LANDING, OIL, TODAY, Board, Step, do, fd, file, given, quantity, terms

PARTY = do(register_party, "az", "Azerbaijan", on=EARLY)
PROGRAMME = do(open_programme, "corridor", "Corridor", on=EARLY)
SOURCE = do(cite_source, "interview", "An interview", "An agency", on=EARLY)
PORTS = do(make, "ports", "Ports", on=EARLY)
EVERYTHING = (FIBRE, LANDING, OIL, PORTS, PARTY, PROGRAMME, SOURCE)

Draw = Callable[[st.SearchStrategy[Any]], Any]

words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
padded = st.builds("{}{}{}".format, st.sampled_from(["", " ", "\n"]), words, st.sampled_from(["", "  "]))
keys = st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9-]{0,20}", fullmatch=True)
dates = st.sampled_from(EDTF).map(fd)
days = st.dates(EARLY, TODAY)
items = st.sampled_from(["fibre", "fibre/landing", "ports"])
files = st.lists(st.sampled_from([file(), file("e\u0301.pdf"), link("https://example.org/a")]), max_size=3).map(tuple)
some_files = files.filter(bool)
shares = st.decimals(0, 100, places=3, allow_nan=False)
amounts = st.integers(0, 5000).map(lambda count: quantity(f"{count} kt"))
vkeys = st.sampled_from([f"desk+{digit * 8}+A{'Q' * 43}" for digit in "0123"])
roots = st.sampled_from([digit * 64 for digit in "09af"])


def maybe(draw: Draw, strategy: st.SearchStrategy[Any]) -> Any:
    return draw(st.none() | strategy)


# What each decision may be asked, drawn at random: its arguments by place and by name.
ASKED: dict[Any, Callable[[Draw], tuple[list[Any], dict[str, Any]]]] = {
    open_ledger: lambda draw: ([draw(padded), draw(st.sampled_from(["UTC", "Asia/Baku"]))], {}),
    rotate_key: lambda draw: ([draw(vkeys), draw(vkeys)], {"because": draw(padded)}),
    acknowledge_restore: lambda draw: ([draw(st.integers(1, 99)), draw(roots)], {"because": draw(padded)}),
    open_programme: lambda draw: ([draw(keys), draw(padded)], {"window": maybe(draw, dates)}),
    close_programme: lambda draw: (["Corridor"], {"because": draw(padded)}),
    note: lambda draw: (
        ["Corridor", draw(padded)],
        {
            "period": maybe(draw, dates),
            "source": draw(st.sampled_from([None, "Interview"])),
            "locator": maybe(draw, padded),
        },
    ),
    observe_figure: lambda draw: (
        ["Corridor", draw(keys), draw(amounts), draw(dates)],
        {"wording": maybe(draw, padded), "source": draw(st.sampled_from([None, "Interview"]))},
    ),
    register_party: lambda draw: (
        [draw(keys), draw(padded)],
        {"kind": draw(st.sampled_from(["State", "company"])), "country": draw(st.sampled_from([None, "az", "KZ"]))},
    ),
    rename_party: lambda draw: (["AZ", draw(padded)], {"because": draw(padded)}),
    cite_source: lambda draw: (
        [draw(keys), draw(padded), draw(padded)],
        {
            "published": maybe(draw, dates),
            "url": draw(st.sampled_from([None, "https://example.org/a"])),
            "file": draw(st.sampled_from([None, file("e\u0301.pdf")])),
        },
    ),
    make: lambda draw: (
        [draw(keys), draw(padded)],
        {
            "kind": draw(st.sampled_from(["Roadmap", "deliverable"])),
            "promisors": draw(st.sampled_from([(), ("AZ",)])),
            "due": maybe(draw, dates),
            "statement": maybe(draw, padded),
            "programme": draw(st.sampled_from([None, "Corridor"])),
            "source": draw(st.sampled_from([None, "Interview"])),
            "owner": maybe(draw, padded),
            "tags": tuple(draw(st.lists(keys, max_size=3, unique_by=str.lower))),
        },
    ),
    restate: lambda draw: (
        [
            "fibre",
            draw(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "title": padded,
                        "kind": st.sampled_from(["Target", "observance"]),
                        "statement": padded | st.none(),
                        "tags": st.lists(keys, max_size=2, unique_by=str.lower),
                        "promisees": st.sampled_from([["AZ"], []]),
                        "start": st.sampled_from([fd("2026"), fd("2025-03"), None]),
                    },
                )
            ),
        ],
        {"because": draw(padded)},
    ),
    assign: lambda draw: (["fibre", draw(padded)], {}),
    plan_milestone: lambda draw: (
        [f"fibre/{draw(keys)}", draw(padded)],
        {
            "due": maybe(draw, dates),
            "after": draw(st.sampled_from([[], ["Fibre/landing"], ["ports", "fibre/landing"]])),
        },
    ),
    link_milestone: lambda draw: (["fibre/landing", draw(st.sampled_from([[], ["Ports"]]))], {}),
    set_target: lambda draw: (["ports", draw(keys), terms(baseline=maybe(draw, amounts))], {}),
    revise_target: lambda draw: (
        [
            "fibre",
            "OIL",
            terms(f"{draw(st.integers(1, 9))} Mt", window=draw(st.sampled_from(["2025/..", "2026/2030"]))),
        ],
        {"because": draw(padded), "approved_by": draw(padded)},
    ),
    move_due: lambda draw: ([draw(items), draw(dates)], {"because": draw(padded), "approved_by": draw(padded)}),
    revise_forecast: lambda draw: ([draw(items), draw(dates)], {"because": draw(padded)}),
    report_progress: lambda draw: (
        [draw(items)],
        {"percent": maybe(draw, shares), "note": draw(padded), "evidence": draw(files)},
    ),
    report_actual: lambda draw: (
        ["fibre", "OIL", draw(amounts), draw(st.sampled_from(["2025", "2025-33", "2025-06"]).map(fd))],
        {"because": maybe(draw, padded), "note": maybe(draw, padded), "evidence": draw(files)},
    ),
    attach_evidence: lambda draw: ([draw(items), draw(some_files)], {"note": maybe(draw, padded)}),
    give_verdict: lambda draw: (
        [draw(items)],
        {
            "scale": "OGP",
            "rating": draw(st.sampled_from(SCALES["ogp"])),
            "assessor": draw(padded),
            "because": draw(padded),
        },
    ),
    meet: lambda draw: (
        [draw(st.sampled_from(["ports", "fibre/landing"]))],
        {"met_on": draw(st.sampled_from(["2025", "2025-03", "2026"]).map(fd)), "evidence": draw(files)},
    ),
    close_short: lambda draw: (
        [draw(items)],
        {"achieved": draw(padded), "because": draw(padded), "evidence": draw(files)},
    ),
    suspend: lambda draw: ([draw(items)], {"because": draw(padded)}),
    resume: lambda draw: (["ports"], {"because": draw(padded)}),
    reopen: lambda draw: (["ports"], {"because": draw(padded)}),
    withdraw: lambda draw: (
        [draw(st.sampled_from(["fibre", "fibre/landing"]))],
        {"because": draw(padded), "superseded_by": draw(st.sampled_from([None, "Ports"]))},
    ),
}
OPEN = do(open_ledger, "Corridor", "UTC", on=EARLY)
FIRST = {
    rotate_key: OPEN,
    acknowledge_restore: OPEN,
    resume: do(suspend, "ports", because="x", on=EARLY),
    reopen: do(withdraw, "ports", because="x", on=EARLY),
}
"""What must stand before a decision can be taken, beside everything."""


def decisions() -> set[Any]:
    """Every public function of the domain that is given an occasion and says what is to be recorded."""
    found = set()
    for module in pkgutil.iter_modules(domain.__path__, "domain."):
        for name, one in vars(importlib.import_module(module.name)).items():
            if callable(one) and not isinstance(one, type) and not name.startswith("_"):
                said = get_annotations(one)
                if str(said.get("return")) == "list[New]" and "at" in said:
                    found.add(one)
    return found


def test_no_decision_is_forgotten() -> None:
    assert {one.__name__ for one in decisions() - set(ASKED)} == {"retract", "undo"}  # both have tests of their own
    assert not set(ASKED) - decisions()


@pytest.mark.parametrize("decision", ASKED, ids=lambda one: one.__name__)
@hypothesis(st.data())
def test_asking_again_records_nothing(decision: Any, data: st.DataObject) -> None:
    board = given(*EVERYTHING, *([FIRST[decision]] if decision in FIRST else []))
    args, named = ASKED[decision](data.draw)
    step = do(decision, *args, **named, on=data.draw(st.none() | days))
    then = board.asked(step)
    assume(then.refused is None)
    board.record(step)
    board.asked(step).then_nothing()


@hypothesis(st.integers(0, 3), days)
def test_taking_back_again_records_nothing(which: int, on: date) -> None:
    board = given(FIBRE, do(report_progress, "fibre", percent=Decimal(1)), PORTS, PARTY)
    target = board.lines[which]
    step = do(retract, target, because="x", on=on)
    assume(board.asked(step).refused is None)
    board.record(step)
    board.asked(step).then_nothing()


def observed() -> st.SearchStrategy[Step]:
    """Observations of one commitment, many of them alike."""
    on = st.sampled_from([EARLY, TODAY])
    because = st.sampled_from(["x", "y"])
    return st.one_of(
        st.builds(
            lambda due, why, day: do(revise_forecast, "fibre", fd(due), because=why, on=day),
            st.sampled_from(["2026", "2027"]),
            because,
            on,
        ),
        st.builds(
            lambda share, day: do(report_progress, "fibre", percent=Decimal(share), on=day), st.sampled_from([1, 2]), on
        ),
        st.builds(lambda words, day: do(report_progress, "fibre", note=words, on=day), because, on),
        st.builds(
            lambda count, why, day: do(report_actual, "fibre", "oil", quantity(count), fd("2024"), because=why, on=day),
            st.sampled_from(["1 Mt", "2 Mt"]),
            because,
            on,
        ),
    )


@hypothesis(st.lists(observed(), max_size=12), observed())
def test_asking_again_records_nothing_whatever_was_recorded_before(history: list[Step], step: Step) -> None:
    wide = do(set_target, "fibre", "oil", terms(window="2024/.."), on=EARLY)
    board: Board = given(FIBRE, wide, *history)
    board.record(step)
    board.asked(step).then_nothing()
