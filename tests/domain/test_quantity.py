"""Are amounts read exactly, kept in one form, converted and added only where that has a meaning?"""

from __future__ import annotations

from decimal import Decimal, localcontext

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quantity import Quantity, add, check_quantity, parse_quantity, percent, plain, rescale, text
from domain.refused import Refused
from domain.units import UNITS

values = st.decimals(0, Decimal("999999999999999999.999999"), places=6).map(plain)
codes = st.sampled_from(sorted(UNITS))
quantities = st.builds(Quantity, unit=codes, value=values)


def refusal(typed: str) -> Refused:
    with pytest.raises(Refused) as refused:
        parse_quantity(typed)
    return refused.value


# Reading.


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("0.4 Mt", "Mt", "0.4"),
        ("0.4Mt", "Mt", "0.4"),
        ("5kt", "kt", "5"),
        ("470M USD", "USD", "470000000"),
        ("470 M USD", "USD", "470000000"),
        ("470MUSD", "USD", "470000000"),
        ("470m usd", "USD", "470000000"),
        ("USD 470M", "USD", "470000000"),
        ("usd 470 m", "USD", "470000000"),
        ("USD470", "USD", "470"),
        ("1.2bn EUR", "EUR", "1200000000"),
        ("1.2 billion EUR", "EUR", "1200000000"),
        ("470 million USD", "USD", "470000000"),
        ("500k KZT", "KZT", "500000"),
        ("0.0000005bn USD", "USD", "500"),
        ("999999999bn USD", "USD", "999999999000000000"),
        ("5 MMK", "MMK", "5"),
        ("250", "one", "250"),
        ("250 one", "one", "250"),
        ("42%", "%", "42"),
        ("42.5 %", "%", "42.5"),
        ("100 m3", "m3", "100"),
        ("100m3", "m3", "100"),
        ("5 m", "m", "5"),
        ("1 234.5 km", "km", "1234.5"),
        ("1\u202f234\u00a0567 TEU", "TEU", "1234567"),
        ("1,234.5 km", "km", "1234.5"),
        ("1,234,567 TEU", "TEU", "1234567"),
        ("12,345,678.9 bbl", "bbl", "12345678.9"),
        ("  1.50   Mt ", "Mt", "1.5"),
        ("007 t", "t", "7"),
        ("0", "one", "0"),
        ("0.000", "one", "0"),
        ("0.000001 bcm", "bcm", "0.000001"),
        ("999999999999999999", "one", "999999999999999999"),
    ],
)
def test_a_typed_amount_is_kept_as_plain_digits_and_a_unit(typed: str, unit: str, value: str) -> None:
    quantity = parse_quantity(typed)

    assert quantity.unit == unit
    assert str(quantity.value) == value


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("-5 t", "an amount is not negative"),
        ("−5 t", "an amount is not negative"),
        ("USD -5", "it does not begin with a number"),
        ("+5 t", "it does not begin with a number"),
        ("NaN", "it does not begin with a number"),
        ("inf", "it does not begin with a number"),
        ("Infinity t", "it does not begin with a number"),
        ("Mt", "it does not begin with a number"),
        ("", "it does not begin with a number"),
        (".5 t", "it does not begin with a number"),
        ("٤٢ t", "it does not begin with a number"),
        ("1e5 t", "only digits and a decimal point make a number"),
        ("1E+5", "only digits and a decimal point make a number"),
        ("1/2 t", "only digits and a decimal point make a number"),
        ("5-7 t", "only digits and a decimal point make a number"),
        ("1,234 t", "1,234 may mean 1234 or 1.234; write the one that is meant"),
        ("1,5 Mt", "the decimal mark is the point; write 1.5"),
        ("1 234,5 t", "1 234,5 is no number"),
        ("1.234.567 t", "1.234.567 is no number"),
        ("1'234 t", "1'234 is no number"),
        ("12 34 t", "12 34 is no number"),
        ("0 123 t", "0 123 is no number"),
        ("5. t", "5. is no number"),
        ("5, t", "5, is no number"),
        ("470M", "M multiplies money only"),
        ("250k TEU", "k multiplies money only"),
        ("3 M bbl", "M multiplies money only"),
        ("USD 470x", "it is neither like 470M USD or USD 470M, nor like 0.4 Mt"),
        ("USD 5 t", "it is neither like 470M USD or USD 470M, nor like 0.4 Mt"),
        ("USD 5 EUR", "it is neither like 470M USD or USD 470M, nor like 0.4 Mt"),
        ("mw 5", "it does not begin with a number"),
        ("TEU 5", "it is neither like 470M USD or USD 470M, nor like 0.4 Mt"),
        ("1000000000000000000", "it has over 18 digits before the point"),
        ("9999999999bn USD", "it has over 18 digits before the point"),
        ("0.0000001 bcm", "it has over 6 digits after the point"),
        ("9" * 99, "it has over 18 digits before the point"),
        ("0." + "3" * 90, "it has over 6 digits after the point"),
        ("9" * 18 + "." + "3" * 80, "it has over 6 digits after the point"),
    ],
)
def test_what_is_no_exact_amount_is_refused(typed: str, why: str) -> None:
    refused = refusal(typed)

    assert refused.code == "bad-quantity"
    assert f"is not taken as an amount: {why}" in refused.sentence


@pytest.mark.parametrize("typed", ["5 mt", "5 MT", "5 foo", "$470M", "€5", "12 BGN", "5 M t", "3 %%", "5 kilo"])
def test_an_unknown_unit_is_refused(typed: str) -> None:
    assert refusal(typed).code == "unknown-unit"


def test_an_amount_of_a_hundred_thousand_characters_is_refused_unread() -> None:
    assert refusal("9" * 100_000).sentence == "An amount has at most 100 characters; 100,000 were given. Shorten it."


@given(st.text(max_size=120) | st.text("0123456789., kKmMbBnNtTUSD%e-'", max_size=20))
def test_no_text_breaks_the_parser(typed: str) -> None:
    try:
        quantity = parse_quantity(typed)
    except Refused:
        return
    check_quantity(quantity)


@given(quantities)
def test_a_decimal_context_of_somebody_else_changes_no_amount(quantity: Quantity) -> None:
    with localcontext() as context:
        context.prec = 3
        assert parse_quantity(f"{quantity.value} {quantity.unit}") == quantity
        assert parse_quantity(text(quantity)) == quantity


# Keeping.


@given(quantities)
def test_an_amount_survives_json_as_text_without_exponent(quantity: Quantity) -> None:
    line = msgspec.json.encode(quantity)

    assert list(msgspec.json.decode(line)) == ["unit", "value"]
    assert set(msgspec.json.decode(line)["value"]) <= set("0123456789.")
    assert msgspec.json.decode(line, type=Quantity) == quantity


@pytest.mark.parametrize(
    "value", ["NaN", "-1", "-0", "Infinity", "sNaN", "1E+41", "1E-41", "0E+999999", "1" * 61, "0." + "3" * 59]
)
def test_a_stored_number_that_is_no_amount_is_not_decoded(value: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(f'{{"unit":"t","value":"{value}"}}', type=Quantity)


@pytest.mark.parametrize("value", ["1E+40", "1E-40", "1" * 41, "0." + "3" * 58])
def test_a_computed_number_may_be_longer_than_a_typed_one(value: str) -> None:
    assert msgspec.json.decode(f'{{"unit":"t","value":"{value}"}}', type=Quantity).value == Decimal(value)


@pytest.mark.parametrize(
    ("unit", "value", "code"),
    [
        ("t", "4.7E+8", "bad-quantity"),
        ("t", "1.50", "bad-quantity"),
        ("t", "0.0000001", "bad-quantity"),
        ("t", "1000000000000000000", "bad-quantity"),
        ("usd", "5", "unknown-unit"),
        ("parsec", "5", "unknown-unit"),
    ],
)
def test_an_amount_in_another_form_than_ours_is_refused(unit: str, value: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_quantity(Quantity(unit=unit, value=Decimal(value)))

    assert refused.value.code == code


@given(quantities)
def test_an_amount_in_our_form_is_taken(quantity: Quantity) -> None:
    check_quantity(quantity)


@pytest.mark.parametrize(
    ("value", "stored"),
    [("4.7E+8", "470000000"), ("1.50", "1.5"), ("100", "100"), ("0.00", "0"), ("0E+3", "0"), ("10.0", "10")],
)
def test_the_same_number_has_one_form(value: str, stored: str) -> None:
    assert str(plain(Decimal(value))) == stored


# Converting and adding.


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("0.4 Mt", "t", "400000"),
        ("400 kt", "Mt", "0.4"),
        ("1500 m", "km", "1.5"),
        ("1.2 GW", "MW", "1200"),
        ("1 m3", "bcm", "1E-9"),
        ("42 bbl", "m3", "6.677466386976"),
        ("42 %", "%", "42"),
        ("5 USD", "USD", "5"),
    ],
)
def test_an_amount_is_converted_within_its_dimension(typed: str, unit: str, value: str) -> None:
    assert rescale(parse_quantity(typed), unit) == Quantity(unit=unit, value=Decimal(value))


@given(quantities, st.data())
def test_an_amount_converted_there_and_back_is_the_same(quantity: Quantity, data: st.DataObject) -> None:
    dimension = UNITS[quantity.unit].dimension
    other = data.draw(st.sampled_from([unit.code for unit in UNITS.values() if unit.dimension == dimension]))

    back = rescale(rescale(quantity, other), quantity.unit)

    if "bbl" in (quantity.unit, other):
        assert abs(back.value - quantity.value) <= quantity.value * Decimal("1E-26")
    else:
        assert back == quantity


@pytest.mark.parametrize(
    ("typed", "unit", "why"),
    [
        ("5 t", "km", "t measures mass, km length"),
        ("42 %", "one", "% measures share, one count"),
        ("5 GW", "GWh", "GW measures power, GWh energy"),
        ("5 TEU", "one", "TEU measures containers, one count"),
        ("5 USD", "EUR", "no rate of exchange is kept here"),
        ("5 USD", "t", "USD measures money USD, t mass"),
    ],
)
def test_nothing_is_converted_into_another_dimension(typed: str, unit: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        rescale(parse_quantity(typed), unit)

    assert refused.value.code == "wrong-dimension"
    assert why in refused.value.sentence


def test_a_sum_is_in_the_unit_of_the_first() -> None:
    assert add(parse_quantity("0.4 Mt"), parse_quantity("250 kt")) == parse_quantity("0.65 Mt")


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(Refused, match="no rate of exchange is kept here"):
        add(parse_quantity("5 USD"), parse_quantity("5 EUR"))


@given(codes, values, values)
def test_a_sum_is_exact_and_does_not_depend_on_the_order(code: str, one: Decimal, other: Decimal) -> None:
    a, b = Quantity(unit=code, value=one), Quantity(unit=code, value=other)

    with localcontext() as context:
        context.prec = 60
        assert add(a, b) == add(b, a) == Quantity(unit=code, value=one + other)


# Saying.


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.50 Mt", "1.5 Mt"),
        ("470M USD", "470 M USD"),
        ("1.2bn EUR", "1.2 bn EUR"),
        ("1234.5M USD", "1 234.5 M USD"),
        ("1234567 USD", "1 234 567 USD"),
        ("1234000 USD", "1.234 M USD"),
        ("500k KZT", "500 000 KZT"),
        ("0 USD", "0 USD"),
        ("42%", "42 %"),
        ("250", "250"),
        ("1234567.25", "1 234 567.25"),
        ("1500 km", "1 500 km"),
    ],
)
def test_an_amount_is_said_shortly(typed: str, said: str) -> None:
    assert text(parse_quantity(typed)) == said


@given(quantities)
def test_what_is_said_can_be_typed_again(quantity: Quantity) -> None:
    assert parse_quantity(text(quantity)) == quantity


def test_a_computed_amount_is_said_to_six_decimals_and_an_unknown_unit_as_it_is() -> None:
    assert text(Quantity(unit="Mt", value=Decimal("1.483561643835616"))) == "1.483562 Mt"
    assert text(Quantity(unit="t", value=Decimal("9" * 40))).startswith("9 999 999")
    assert text(Quantity(unit="BGN", value=Decimal(5000000))) == "5 000 000 BGN"


# Percentages.


@pytest.mark.parametrize(
    ("typed", "value"),
    [("42%", "42"), ("42", "42"), ("42.5 %", "42.5"), ("42.50%", "42.5"), ("0", "0"), ("100.0%", "100"), (" 7 %", "7")],
)
def test_a_percentage_runs_from_0_to_100(typed: str, value: str) -> None:
    assert str(percent(typed)) == value


@pytest.mark.parametrize(
    "typed",
    ["101", "100.000001%", "-1", "42%%", "%", "", "42,5", "NaN", "1e1", "half", "42 percent", "1.1234567", "٤٢", "4 2"],
)
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        percent(typed)

    assert refused.value.code == "bad-percent"
    assert refused.value.sentence.endswith("Write it like 42% or 42.5%.")


def test_a_percentage_of_a_hundred_thousand_characters_is_refused_unread() -> None:
    with pytest.raises(Refused) as refused:
        percent("4" * 100_000)

    assert refused.value.code == "bad-percent"
