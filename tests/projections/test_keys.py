"""Is the key found that somebody means, and are the others refused with a hint?"""

from __future__ import annotations

from datetime import date

import pytest

from domain.commitment import make
from domain.milestone import plan_milestone
from domain.party import register_party
from domain.refused import Refused
from domain.retraction import retract
from projections.asked import At
from projections.keys import resolve, resolve_item, standing
from tests.domain.given import EARLY, TODAY, do
from tests.projections.given import Office, modelled


def office() -> Office:
    office = Office(today=TODAY)
    for step in (
        do(register_party, "az", "Azərbaycan", on=EARLY),
        do(make, "fibre", "Cable", on=EARLY),
        do(make, "fibre-two", "Second cable", on=date(2025, 6, 1)),
        do(make, "ports", "Ports", on=EARLY),
        do(plan_milestone, "ports/alat", "Alat", on=EARLY),
        do(plan_milestone, "ports/aktau", "Aktau", on=EARLY),
        do(plan_milestone, "ports/aktau-two", "Aktau", on=date(2025, 6, 1)),
        do(make, "azure", "Blue", on=EARLY),
        do(make, "road", "Road", on=EARLY),
    ):
        office.record(step)
    office.record(do(retract, office.lines[-1], because="twice"))
    return office


def found(noun: str, typed: str, on: date = TODAY) -> str:
    with modelled(office().lines) as base:
        at = At(100, on)
        return resolve_item(base, at, typed) if noun == "item" else resolve(base, at, noun, typed)


def refused(noun: str, typed: str, on: date = TODAY) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        found(noun, typed, on)
    return refusal.value.code, refusal.value.sentence


@pytest.mark.parametrize(
    ("noun", "typed", "key"),
    [
        ("commitment", "fibre", "fibre"),
        ("commitment", "FIBRE", "fibre"),
        ("commitment", "fibre-", "fibre-two"),
        ("commitment", "p", "ports"),
        ("party", "AZ", "az"),
        ("party", "a", "az"),
        ("item", "fibre", "fibre"),
        ("item", "po/alat", "ports/alat"),
        ("item", "ports/aktau", "ports/aktau"),
        ("item", "ports/aktau-", "ports/aktau-two"),
    ],
)
def test_an_exact_key_wins_over_those_that_begin_so(noun: str, typed: str, key: str) -> None:
    assert found(noun, typed) == key


def test_a_beginning_is_enough_while_it_is_the_only_one() -> None:
    assert found("commitment", "fib", date(2025, 5, 31)) == "fibre"
    code, sentence = refused("commitment", "fib")
    assert code == "ambiguous-key"
    assert sentence == "fib begins more than one commitment: fibre, fibre-two. Type more of the one you mean."


def test_of_many_that_begin_so_only_some_are_listed() -> None:
    many = Office(today=TODAY)
    for number in range(10, 20):
        many.record(do(make, f"c{number}", "Cable"))
    with modelled(many.lines) as base, pytest.raises(Refused, match=r"c17 and 2 more\. Type"):
        resolve(base, At(100, TODAY), "commitment", "c")


@pytest.mark.parametrize(
    ("noun", "typed", "hint"),
    [
        ("commitment", "fiber", "Did you mean fibre?"),
        ("commitment", "road", "Check the spelling, or add it first."),
        ("party", "kz", "Check the spelling, or add it first."),
        ("item", "ports/alta", "Did you mean ports/alat or ports/aktau"),
        ("item", "fibre/alat", "Check the spelling, or add it first."),
        ("programme", "corridor", "There is no programme corridor here."),
    ],
)
def test_an_unknown_key_is_refused_with_near_ones(noun: str, typed: str, hint: str) -> None:
    code, sentence = refused(noun, typed)
    assert code == "unknown-key"
    assert hint in sentence


def test_an_ambiguous_milestone_is_refused() -> None:
    assert refused("item", "ports/a")[0] == "ambiguous-key"


def test_what_is_no_key_is_refused() -> None:
    assert refused("commitment", "no key")[0] == "bad-key"
    assert refused("item", "ports/")[0] == "bad-key"


def test_what_stands_is_listed_in_order() -> None:
    with modelled(office().lines) as base:
        assert standing(base, At(100, TODAY), "commitment") == ["azure", "fibre", "fibre-two", "ports"]
        assert standing(base, At(100, TODAY), "commitment", "fib") == ["fibre", "fibre-two"]
        assert standing(base, At(2, TODAY), "commitment") == ["fibre"]
