"""Is a fact that was kept in a row the same when it is read back?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given as hypothesis
from hypothesis import strategies as st

from domain.facts import FACTS
from domain.programme import ProgrammeOpened
from domain.recorded import Fact, Recorded, Slot
from projections.seen import kept, read
from tests.domain.any_fact import facts, wild
from tests.projections.given import BAKU

MOMENT = datetime(2026, 4, 2, 20, 15, 30, 123456, tzinfo=UTC)
SLOT = Slot("fibre", "due", "as said")


def line(fact: Fact, moment: datetime = MOMENT) -> Recorded:
    return Recorded(7, "id-7", "commitment/fibre", 3, moment, date(2026, 3, 31), "office", "command", fact)


@hypothesis(facts(wild), st.builds(Slot, wild, wild, wild))
def test_any_fact_in_any_slot_is_read_back(fact: Fact, slot: Slot) -> None:
    first, again = read(",".join([kept(line(fact), slot, BAKU)] * 2).encode())
    assert msgspec.to_builtins(first) == msgspec.to_builtins(again)
    assert isinstance(first.fact, type(fact))
    for name in fact.__struct_fields__:
        before, after = getattr(fact, name), getattr(first.fact, name)
        assert msgspec.json.encode(after) == msgspec.json.encode(before)
    assert first.slot == slot
    assert (first.position, first.subject, first.effective) == (7, "commitment/fibre", date(2026, 3, 31))
    assert first.actor == "office"


def test_the_instant_is_that_on_the_ledger_s_wall() -> None:
    (seen,) = read(kept(line(ProgrammeOpened(title="Corridor")), SLOT, BAKU).encode())
    assert seen.recorded == datetime(2026, 4, 3, 0, 15, 30, 123456)  # noqa: DTZ001 # without its offset, as kept


def test_nothing_reads_as_nothing() -> None:
    assert read(b"") == []


@pytest.mark.parametrize("name", sorted(FACTS))
def test_each_stored_name_is_told_apart(name: str) -> None:
    fact = msgspec.convert(example(FACTS[name]), FACTS[name])
    (seen,) = read(kept(line(fact), SLOT, BAKU).encode())
    assert seen.fact.stored == name
    assert type(seen.fact).__mro__[1] is FACTS[name]


def example(fact: type[Fact]) -> dict[str, object]:
    """Data with nothing but what is required, each of its kind."""
    from hypothesis.errors import NonInteractiveExampleWarning

    from tests.domain.any_fact import of

    with pytest.warns(NonInteractiveExampleWarning):
        return msgspec.to_builtins(of(fact).example())  # type: ignore[no-any-return]  # a fact is a JSON object
