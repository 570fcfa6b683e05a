"""Do ids carry their time, grow, and repeat when their chance is seeded?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.ids import EPOCH, Ids

times = st.integers(0, 10**17).map(lambda micros: EPOCH + timedelta(microseconds=micros))


@given(times)
def test_an_id_is_a_uuid_of_version_7_that_carries_its_millisecond(time: datetime) -> None:
    made = UUID(Ids()(time))
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == (time - EPOCH) // timedelta(milliseconds=1)


@given(times, st.integers(1, 9))
def test_ids_grow_even_while_time_stands_still(time: datetime, count: int) -> None:
    ids = Ids(lambda bits: 2**bits - 1)
    made = [ids(time) for _ in range(count)]
    assert made == sorted(set(made))
    assert {UUID(one).version for one in made} == {7}


def test_ids_grow_from_microsecond_to_microsecond_whatever_chance_says() -> None:
    high, low = Ids(lambda bits: 2**bits - 1), Ids(lambda bits: 0)
    time = datetime(2026, 4, 2, 8, 15, 30, 123456, UTC)
    assert high(time) < low(time + timedelta(microseconds=1))


def test_ids_do_not_fall_when_time_does() -> None:
    ids = Ids()
    assert ids(EPOCH + timedelta(days=9)) < ids(EPOCH)


def test_a_time_before_1970_still_gives_an_id() -> None:
    assert UUID(Ids()(EPOCH - timedelta(days=1))).version == 7


def test_seeded_chance_repeats() -> None:
    time = datetime(2026, 4, 2, tzinfo=UTC)
    assert Ids(Random(7).getrandbits)(time) == Ids(Random(7).getrandbits)(time)
    assert Ids()(time) != Ids()(time)


@pytest.mark.parametrize("micros", [0, 1, 999])
def test_the_fraction_stands_behind_the_version(micros: int) -> None:
    made = UUID(Ids(lambda bits: 0)(EPOCH + timedelta(microseconds=micros)))
    assert made.int >> 64 & 0xFFF == micros * 4096 // 1000
