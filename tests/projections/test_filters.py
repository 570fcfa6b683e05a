"""Does the filter language mean what it says, and refuse what it does not know?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assess import STATUSES
from domain.commitment import make, restate
from domain.due import move_due
from domain.milestone import plan_milestone
from domain.party import register_party
from domain.programme import open_programme
from domain.progress import report_progress
from domain.refused import Refused
from domain.target import set_target
from domain.text import key as key_of
from projections.asked import At
from projections.filters import FIELDS, Asked, parse
from projections.judged import judged
from tests.domain.given import TODAY, do, fd, terms
from tests.projections.given import Office, modelled

MADE = date(2026, 1, 10)
WHY: dict[str, Any] = {"because": "permit late", "approved_by": "board"}


@pytest.fixture(scope="module")
def office() -> Office:
    office = Office(today=TODAY)
    for step in (
        do(register_party, "az", "Azərbaycan", kind="state", on=MADE),
        do(register_party, "kz", "Qazaqstan", kind="state", on=MADE),
        do(open_programme, "sea", "Sea", on=MADE),
        do(make, "fibre", "Cable", promisors=("az",), promisees=("kz",), due=fd("2026-33"), programme="sea", on=MADE),
        do(make, "oil", "Transit", kind="target", promisors=("kz",), owner="Energy Office", tags=("oil",), on=MADE),
        do(set_target, "oil", "oil", terms(), on=MADE),
        do(make, "road", "Road", statement="From Baku to Aktau", due=fd("2027-12-31"), on=MADE),
        do(plan_milestone, "road/bridge", "Bridge over the Ural", on=MADE),
        do(report_progress, "road", note="The Survey is out", on=date(2026, 3, 1)),
        do(report_progress, "road", note="Built", on=date(2026, 4, 1)),
        do(move_due, "fibre", fd("2026-06"), **WHY, on=date(2026, 3, 2)),
        do(move_due, "fibre", fd("2026-12"), **WHY, on=date(2026, 5, 2)),
        do(restate, "road", {"title": "Motorway"}, because="Wider", on=date(2026, 5, 3)),
    ):
        office.record(step)
    return office


def asked(on: date = TODAY) -> Asked:
    return Asked(on, lambda noun, typed: key_of(typed, f"{noun} key"))


def found(office: Office, *words: str, on: date = TODAY) -> list[str]:
    with modelled(office.lines) as base:
        return [one.item.key for one in judged(base, At(len(office.lines), on), parse(words, asked()))]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ([], ["fibre", "oil", "road"]),
        (["programme:sea"], ["fibre"]),
        (["promisor:az"], ["fibre"]),
        (["promisor:KZ"], ["oil"]),
        (["promisee:kz"], ["fibre"]),
        (["party:kz"], ["fibre", "oil"]),
        (["promisor:az,kz"], ["fibre", "oil"]),
        (["owner: energy office "], ["oil"]),
        (["tag:Oil"], ["oil"]),
        (["kind:target"], ["oil"]),
        (["kind:target,deliverable", "programme:sea"], ["fibre"]),
        (["due:2026-12"], ["fibre"]),
        (["due:=2026"], ["fibre"]),
        (["due:<=2026-12"], ["fibre"]),
        (["due:<2026-12"], []),
        (["due:<2027-01"], ["fibre"]),
        (["due:>2026-12"], ["road"]),
        (["due:>=2026-12"], ["fibre", "road"]),
        (["due:>=2027"], ["road"]),
        (["due:<=until 2027"], ["fibre", "road"]),
        (["due:none"], ["oil"]),
        (["due:none,2027"], ["oil", "road"]),
        (["moved:>0"], ["fibre"]),
        (["moved:2"], ["fibre"]),
        (["moved:<2"], ["oil", "road"]),
        (["MOVED:>=3"], []),
        (["fib"], ["fibre"]),
        (["CABLE"], ["fibre"]),
        (["motorway"], ["road"]),
        (["baku"], ["road"]),
        (["ural"], ["road"]),
        (["survey"], ["road"]),
        (["aktau", "built"], ["road"]),
        (["aktau", "cable"], []),
        (["10:30"], []),
    ],
)
def test_what_is_typed_finds_what_is_meant(office: Office, words: list[str], keys: list[str]) -> None:
    assert found(office, *words) == keys


def test_a_status_is_that_of_the_day(office: Office) -> None:
    assert found(office, "status:late", on=date(2026, 12, 31)) == []
    assert found(office, "status:late", on=date(2027, 1, 1)) == ["fibre"]
    assert found(office, "status:LATE,unreported", on=date(2027, 1, 1)) == ["fibre", "oil", "road"]
    assert found(office, "late", on=date(2027, 1, 1)) == ["fibre"]
    assert found(office, "status:late", "status:unreported", on=date(2027, 1, 1)) == []


def test_a_day_is_compared_with_the_near_end_of_a_period(office: Office) -> None:
    day = date(2026, 4, 1)  # fibre is due on the last of June
    assert found(office, "due:>=2026", on=day) == ["fibre", "road"]
    assert found(office, "due:<2027", "due:<=2026", on=day) == ["fibre"]
    assert found(office, "due:>2026", on=day) == ["road"]
    assert found(office, "due:<2026", on=day) == []


def test_a_milestone_is_found_by_its_own_words(office: Office) -> None:
    facts = office.facts("commitment/road")
    assert parse(["bridge"], asked()).holds(facts, "road/bridge", "undated")
    assert parse(["road/b"], asked()).holds(facts, "road/bridge", "undated")
    assert not parse(["survey"], asked()).holds(facts, "road/bridge", "undated")


def test_relative_days_count_from_the_day_that_is_asked_about(office: Office) -> None:
    with modelled(office.lines) as base:
        wanted = parse(["due:<=+30d"], asked(date(2026, 12, 10)))
        assert [one.item.key for one in judged(base, At(len(office.lines), TODAY), wanted)] == ["fibre"]


def test_what_was_not_known_yet_cannot_be_searched(office: Office) -> None:
    with modelled(office.lines) as base:
        assert not list(judged(base, At(len(office.lines) - 1, TODAY), parse(["motorway"], asked())))


@pytest.mark.parametrize(
    ("word", "code", "part"),
    [
        ("movd:>0", "unknown-field", "Did you mean moved:?"),
        ("ownr:x", "unknown-field", "Did you mean owner:?"),
        ("zzz:x", "unknown-field", "There are: status, programme,"),
        ("owner:", "bad-filter", "such as owner:energy-ministry"),
        ("Status:", "bad-filter", "such as status:late"),
        ("tag:a,,b", "bad-filter", "such as tag:oil"),
        ("moved:>x", "bad-filter", "Write 'moved:>0'"),
        ("moved:often", "bad-filter", "is compared with a number"),
        ("status:lat", "bad-status", "is no status"),
        ("kind:promise", "bad-choice", "It is one of: deliverable"),
        ("due:<=soon", "bad-date", "'soon'"),
        ("programme:_", "bad-key", "is no programme key"),
        ("@mine", "unknown-view", "Write it out"),
    ],
)
def test_a_slip_is_refused_with_the_way_out(word: str, code: str, part: str) -> None:
    with pytest.raises(Refused) as refused:
        parse([word], asked())
    assert refused.value.code == code
    assert part in refused.value.sentence


@given(st.lists(st.text(max_size=12), max_size=4))
def test_whatever_is_typed_is_a_filter_or_refused(words: list[str]) -> None:
    try:
        wanted = parse(words, asked())
    except Refused:
        return
    assert len(wanted.tests) + len(wanted.statuses) + len(wanted.words) == len(words)


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_can_be_asked_for(status: str) -> None:
    assert parse([f"status:{status}"], asked()).statuses == (frozenset({status}),)


def test_every_field_has_an_example_that_is_read() -> None:
    from projections.filters import EXAMPLES

    assert {*FIELDS, "status"} == {*EXAMPLES}
    for text in EXAMPLES.values():
        parse([text.strip("'")], asked())
