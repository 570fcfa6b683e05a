"""Is every fact said in one line of plain words?"""

from __future__ import annotations

import pytest

from domain.facts import FACTS
from domain.ledger_acts import KeyRotated, LedgerRestored
from domain.recorded import Fact
from domain.retraction import EventRetracted
from projections.said import SAYINGS, said

LEDGER_FACTS = (
    KeyRotated(previous="old", key="new", reason="lost the old one"),
    LedgerRestored(size=3, root="00", reason="lost the old one"),
)


def test_every_fact_has_its_saying() -> None:
    assert set(SAYINGS) == set(FACTS)


@pytest.mark.parametrize("fact", LEDGER_FACTS, ids=lambda fact: fact.stored)
def test_what_happened_to_the_ledger_itself_is_said_with_its_reason(fact: Fact) -> None:
    assert said(fact).endswith(": lost the old one")


def test_a_retraction_names_what_it_takes_back_where_it_is_known() -> None:
    fact = EventRetracted(event="x", type="due.moved.v1", reason="A slip")
    assert said(fact) == "takes back due.moved: A slip"
    assert said(fact, "#12, ") == "takes back #12, due.moved: A slip"
