"""Do the units have the size that UCUM gives them, and the codes of the lists that they name?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from ucumvert import PintUcumRegistry

from domain.refused import Refused
from domain.units import UNITS, unit_of

AMOUNTS = [unit for unit in UNITS.values() if not unit.money]
MONEY = [unit for unit in UNITS.values() if unit.money]
COHERENT = {"mass": "kg", "length": "m", "power": "W", "energy": "J", "volume": "m3", "share": "1", "count": "1"}

# UN/CEFACT Recommendation 20, Rev 17 (2021): common code and name.
REC_20 = {
    "TNE": "tonne (metric ton)",
    "KTN": "kilotonne",
    "MTR": "metre",
    "KMT": "kilometre",
    "MAW": "megawatt",
    "A90": "gigawatt",
    "GWH": "gigawatt hour",
    "MTQ": "cubic metre",
    "H20": "cubic kilometre",
    "BLL": "barrel (US)",
    "E22": "TEU",
    "P1": "percent",
    "C62": "one",
}


@pytest.fixture(scope="module")
def judge() -> PintUcumRegistry:
    return PintUcumRegistry()


@pytest.mark.parametrize("code", [unit.code for unit in AMOUNTS if unit.dimension in COHERENT])
def test_every_factor_is_that_of_ucum(code: str, judge: PintUcumRegistry) -> None:
    ours = UNITS[code]

    theirs = judge.from_ucum(ours.ucum).to(judge.from_ucum(COHERENT[ours.dimension]))

    assert float(ours.factor) == pytest.approx(theirs.magnitude, rel=1e-15)


def test_a_kt_is_a_kilotonne_and_no_knot() -> None:
    assert (UNITS["kt"].dimension, UNITS["kt"].factor / UNITS["t"].factor) == ("mass", Decimal(1000))


def test_a_barrel_is_42_gallons_of_231_cubic_inches() -> None:
    assert UNITS["bbl"].factor == 42 * 231 * Decimal("0.0254") ** 3


def test_containers_are_counted_by_themselves() -> None:
    assert (UNITS["TEU"].dimension, UNITS["TEU"].ucum) == ("containers", "{TEU}")


def test_the_list_is_that_of_the_design() -> None:
    listed = "t, kt, Mt, km, m, MW, GW, GWh, m3, bcm, bbl, TEU, %, one"

    assert {unit.code for unit in AMOUNTS} == set(listed.split(", "))


def test_every_amount_has_a_code_of_rec_20_but_the_megatonne_which_has_none() -> None:
    codes = [unit.rec20 for unit in AMOUNTS]

    assert set(codes) == set(REC_20) | {None}
    assert len(set(codes)) == len(codes)
    assert UNITS["Mt"].rec20 is None


def test_money_is_the_active_codes_of_iso_4217() -> None:
    codes = {unit.code for unit in MONEY}

    assert len(codes) == 176
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in codes)
    assert {"AZN", "KZT", "USD", "EUR", "TRY", "UZS", "CNY", "RUB", "GBP", "XCG", "ZWG", "XDR"} <= codes
    assert not {"AZM", "BGN", "HRK", "ANG", "ZWL", "CUC", "SLL", "XTS", "XXX"} & codes


def test_each_currency_is_a_dimension_of_its_own_without_codes_for_units() -> None:
    assert len({unit.dimension for unit in MONEY}) == len(MONEY)
    assert {(unit.rec20, unit.ucum, unit.factor) for unit in MONEY} == {(None, None, Decimal(1))}


def test_a_unit_is_found_as_it_is_spelled_and_a_currency_in_small_letters_too() -> None:
    assert unit_of("MW").name == "megawatt"
    assert unit_of("usd") is unit_of("USD")


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("mw", "The nearest is MW (megawatt)."),
        ("gwh", "The nearest is GWh (gigawatt hour)."),
        ("teu", "The nearest is TEU (twenty-foot equivalent unit)."),
        ("M3", "The nearest is m3 (cubic metre)."),
        ("kms", "The nearest is km (kilometre)."),
        ("USDD", "The nearest is USD."),
        ("mt", "Mt is the megatonne (1000000 t)"),
        ("MT", "Mt is the megatonne (1000000 t)"),
        ("tons", "Write t for the metric tonne."),
        ("tonnes", "Write t."),
        ("percent", "Write %."),
        ("MWh", "1000 MWh are 1 GWh."),
        ("m³", "Write m3."),
        ("$", "ISO 4217"),
        ("ıqd", "ISO 4217"),
        ("qqqqq", "Units are t, kt, Mt, m, km, MW, GW, GWh, m3, bcm, bbl, TEU, %, one and ISO 4217"),
    ],
)
def test_an_unknown_unit_is_refused_with_the_nearest_one(code: str, advice: str) -> None:
    with pytest.raises(Refused) as refused:
        unit_of(code)

    assert refused.value.code == "unknown-unit"
    assert refused.value.sentence.startswith(f"'{code}' is no unit of the ledger. ")
    assert advice in refused.value.sentence
