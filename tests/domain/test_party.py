"""Do parties enter the ledger and keep the names they had?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.party import PartyRegistered, PartyRenamed, name_of, register_party, rename_party
from tests.domain.given import EARLY, TODAY, do, given

TURKIYE = do(register_party, "tr", "Turkey", kind="state", country="TR", on=EARLY)


def test_a_party_is_registered_under_a_key_in_small_letters() -> None:
    then = given().when(register_party, "SOCAR", " SOCAR ", kind="Company", country=" az ")
    then.then_recorded(PartyRegistered(name="SOCAR", kind="company", country="AZ"))
    assert then.news[0].subject == "party/socar"


def test_the_same_party_again_records_nothing() -> None:
    board = given(TURKIYE)
    board.when(register_party, "TR", "Turkey", kind="state", country="tr").then_nothing()


@pytest.mark.parametrize("other", [{"name": "Turkei"}, {"kind": "group"}, {"country": None}])
def test_a_key_that_is_another_party_is_refused(other: dict[str, Any]) -> None:
    said = {"name": "Turkey", "kind": "state", "country": "TR"} | other
    given(TURKIYE).when(register_party, "tr", **said).then_refused("duplicate-key", "pledger party rename")


@pytest.mark.parametrize("country", ["Azerbaijan", "A", "A1", "ÄZ", "Aİ"])
def test_a_country_is_two_letters(country: str) -> None:
    given().when(register_party, "az", "Azerbaijan", country=country).then_refused("bad-country", "AZ")


def test_a_kind_is_one_of_the_list() -> None:
    given().when(register_party, "az", "Azerbaijan", kind="firm").then_refused("bad-choice", "company, group")


def test_a_party_has_a_name_and_a_key() -> None:
    given().when(register_party, "az", " ").then_refused("blank")
    given().when(register_party, "a z", "Azerbaijan").then_refused("bad-key", "Try a-z.")


def test_a_party_is_renamed_with_the_name_that_it_had() -> None:
    board = given(TURKIYE)
    then = board.when(rename_party, "TR", " Türkiye ", because="Its own spelling")
    then.then_recorded(PartyRenamed(previous="Turkey", name="Türkiye", reason="Its own spelling"), effective=TODAY)


def test_a_name_that_is_in_force_is_not_given_again() -> None:
    board = given(TURKIYE)
    board.when(rename_party, "tr", "Turkey", because="x").then_nothing()
    board.record(do(rename_party, "tr", "Türkiye", because="x"))
    board.when(rename_party, "tr", "Türkiye", because="another reason").then_nothing()


def test_a_renaming_needs_a_reason_a_name_and_a_party() -> None:
    board = given(TURKIYE)
    board.when(rename_party, "tr", "Türkiye", because=None).then_refused("no-reason")
    board.when(rename_party, "tr", "", because="x").then_refused("blank", "name")
    board.when(rename_party, "uz", "Uzbekistan", because="x").then_refused("unknown-key", "no party 'uz'")


def test_names_form_a_chain() -> None:
    board = given(TURKIYE, do(rename_party, "tr", "Türkiye", because="x", on=EARLY + timedelta(5)))
    board.when(rename_party, "tr", "TR", because="x", on=EARLY).then_refused("out-of-order")


def test_a_party_had_its_name_on_the_day() -> None:
    board = given(TURKIYE, do(rename_party, "tr", "Türkiye", because="x"))
    facts = board.facts("party/tr")
    assert name_of(facts) == "Türkiye"
    assert name_of(facts, on=TODAY - timedelta(1)) == "Turkey"
    assert name_of(facts, on=EARLY - timedelta(1)) is None


def test_a_line_from_elsewhere_states_the_name_that_was_in_force_and_changes_it() -> None:
    board = given(TURKIYE)
    board.admit(PartyRenamed(previous="Turkei", name="x", reason="x"), "party/tr").then_refused("wrong-previous")
    board.admit(PartyRenamed(previous="Turkey", name="Turkey", reason="x"), "party/tr").then_refused("nothing-changed")
    board.admit(PartyRenamed(previous="Turkey", name="x", reason=" "), "party/tr").then_refused("no-reason")
    board.admit(PartyRegistered(name="x", kind="state", country="az"), "party/az").then_refused("bad-country")
