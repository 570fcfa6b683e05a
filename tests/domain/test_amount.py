"""Is what a target aims at split into an amount and a period?"""

from __future__ import annotations

import pytest

from domain.amount import Measure, default_measure, parse_amount
from domain.quantity import parse_quantity
from domain.refused import Refused
from domain.units import UNITS


@pytest.mark.parametrize(
    ("typed", "amount", "per"),
    [
        ("1.5 Mt/year", "1.5 Mt", "year"),
        ("1.5Mt / year", "1.5 Mt", "year"),
        ("1.5 Mt per year", "1.5 Mt", "year"),
        ("1.5 Mt PER Year", "1.5 Mt", "year"),
        ("470M USD/quarter", "470M USD", "quarter"),
        ("USD 470M per month", "470M USD", "month"),
        ("1 234.5 km/month", "1234.5 km", "month"),
        ("30%", "30%", "once"),
        ("30% once", "30%", "once"),
        ("30 % per once", "30%", "once"),
        ("500 MW", "500 MW", "once"),
        ("250", "250", "once"),
    ],
)
def test_an_amount_is_due_per_period_or_once(typed: str, amount: str, per: str) -> None:
    assert parse_amount(typed) == (parse_quantity(amount), per)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("5 percent", "unknown-unit"),
        ("1.5 Mt/week", "bad-amount"),
        ("5 t/h", "bad-amount"),
        ("5 t/", "bad-amount"),
        ("5 t/year/month", "bad-amount"),
        ("5 t per half", "bad-amount"),
        ("/year", "bad-quantity"),
        ("-5 t/year", "bad-quantity"),
        ("", "bad-quantity"),
        ("9" * 101, "bad-quantity"),
    ],
)
def test_what_is_no_amount_or_no_period_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_amount(typed)

    assert refused.value.code == code


def test_a_period_that_is_none_is_answered_with_those_that_are() -> None:
    with pytest.raises(Refused) as refused:
        parse_amount("5 t/week")

    assert refused.value.sentence == "'5 t/week': an amount is per year, quarter, month or once, like 1.5 Mt/year."


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_shares_counts_and_capacities_are_levels_and_all_else_flows(unit: str) -> None:
    expected: Measure = "level" if unit in ("%", "one", "MW", "GW") else "flow"

    assert default_measure(unit) == expected
