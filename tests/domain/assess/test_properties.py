"""For any history at all: is every status explained, and told from the facts that count alone?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assess import STATUSES, Assessed, Expected, assess, expectation
from domain.assess.item import Item
from domain.fold import Facts
from domain.fuzzy import from_edtf
from tests.domain.assess import given as told
from tests.domain.assess.histories import days, histories, lately, what_counts

FLAGS = {"past-due", "late-vs-original", "moved", "moved-close", "back-dated", "silent", "disputed"}
ELSEWHERE = 1000
"""The position of an event in another stream."""


def elsewhere(name: str) -> Expected | None:
    return Expected(True, date(2027, 6, 30), (ELSEWHERE,)) if name == "grid" else None


def everything(one: Assessed) -> Iterator[Assessed]:
    yield one
    yield from one.milestones


@settings(max_examples=200, deadline=None)
@given(histories(), days)
def test_assess_answers_for_any_history_on_any_day(facts: Facts, on: date) -> None:
    found = assess(facts, on, elsewhere)

    made = facts.last(facts.key, "made", on=on)
    assert (found is None) is (made is None)
    for name in ("fibre", "fibre/landing", "nothing"):
        expectation(facts, name, on)


@settings(max_examples=200, deadline=None)
@given(histories(), lately)
def test_every_status_and_flag_is_explained_by_events_that_were_seen(facts: Facts, on: date) -> None:
    found = assess(facts, on, elsewhere)
    known = {one.position for one in facts.log.values()} | {ELSEWHERE}
    seen = {one.position for one in facts.standing() if one.effective <= on}

    for one in everything(found) if found else ():
        assert one.status in STATUSES
        assert one.reasons
        for reason in [*one.reasons, *one.flags]:
            assert reason.text
            assert known.issuperset(reason.positions), reason
            assert seen.intersection(reason.positions), reason
        assert FLAGS.issuperset(flag.code for flag in one.flags)
        for outcome in one.outcomes:
            assert seen.issuperset(outcome.positions)


def said(one: Assessed | None) -> object:
    """All that an answer says, without the facts behind it."""
    if one is None:
        return None
    item = {name: getattr(one.item, name) for name in Item.__struct_fields__ if name not in ("facts", "chains")}
    return (
        item,
        one.status,
        one.reasons,
        one.flags,
        one.outcomes,
        one.days_left,
        [said(each) for each in one.milestones],
    )


@settings(max_examples=200, deadline=None)
@given(histories(), lately)
def test_what_was_superseded_does_not_matter(facts: Facts, on: date) -> None:
    assert said(assess(what_counts(facts, on), on, elsewhere)) == said(assess(facts, on, elsewhere))
    assert expectation(what_counts(facts, on), "fibre", on) == expectation(facts, "fibre", on)


@settings(max_examples=100, deadline=None)
@given(histories(), lately)
def test_what_comes_later_does_not_matter(facts: Facts, on: date) -> None:
    """What is effective after the day is not seen, however it was recorded."""
    before = Facts(facts.subject, [one for one in facts.standing() if one.effective <= on])
    before.first_due.clear()
    before.first_due.update(facts.first_due)

    assert said(assess(before, on, elsewhere)) == said(assess(facts, on, elsewhere))


@given(st.sampled_from([date.min, date.max]), st.sampled_from(["year", "quarter", "once"]))
@settings(deadline=None)
def test_a_target_may_last_from_the_first_year_to_the_last(on: date, per: str) -> None:
    window = from_edtf("0001/9999" if per == "once" else "9990/..")
    facts = told.given(
        told.Said(told.made(), date.min), told.Said(told.target("1 Mt", window.edtf, per=per), date.min), key="fibre"
    )
    found = assess(facts, on)

    assert found is not None
    assert found.outcomes
