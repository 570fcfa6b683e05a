"""In which units are amounts promised and counted?"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from domain.refused import Refused
from domain.text import shown


class Unit(msgspec.Struct, frozen=True):
    """A unit of amounts.

    `factor` is its size in the coherent unit of its dimension: kg, m, W, J, m3, or one of its own kind.
    `rec20` is its common code in UN/CEFACT Recommendation 20 (Rev 17) and `ucum` its code in the Unified Code for
    Units of Measure; None where the list has none: Rec 20 knows no megatonne, and money is ISO 4217 alone.
    """

    code: str
    name: str
    dimension: str
    factor: Decimal
    rec20: str | None
    ucum: str | None

    @property
    def money(self) -> bool:
        """Whether it is a currency; each is a dimension of its own, for no rate of exchange is a fact of ours."""
        return self.dimension.startswith("money ")


_AMOUNTS = (
    Unit("t", "tonne", "mass", Decimal(1000), "TNE", "t"),
    Unit("kt", "kilotonne", "mass", Decimal(1_000_000), "KTN", "kt"),
    Unit("Mt", "megatonne", "mass", Decimal(1_000_000_000), None, "Mt"),
    Unit("m", "metre", "length", Decimal(1), "MTR", "m"),
    # KTM, which many lists still give for the kilometre, is deleted in Rec 20.
    Unit("km", "kilometre", "length", Decimal(1000), "KMT", "km"),
    Unit("MW", "megawatt", "power", Decimal(1_000_000), "MAW", "MW"),
    Unit("GW", "gigawatt", "power", Decimal(1_000_000_000), "A90", "GW"),
    Unit("GWh", "gigawatt hour", "energy", Decimal(3_600_000_000_000), "GWH", "GW.h"),
    Unit("m3", "cubic metre", "volume", Decimal(1), "MTQ", "m3"),
    Unit("bcm", "billion cubic metres", "volume", Decimal(1_000_000_000), "H20", "km3"),
    # 42 US gallons of 231 cubic inches; Rec 20 rounds the same barrel to 0.1589873 m3.
    Unit("bbl", "barrel of oil", "volume", Decimal("0.158987294928"), "BLL", "[bbl_us]"),
    Unit("TEU", "twenty-foot equivalent unit", "containers", Decimal(1), "E22", "{TEU}"),
    # A share and a count have different dimensions here: 42 % of a work is not 0.42 works.
    Unit("%", "percent", "share", Decimal("0.01"), "P1", "%"),
    Unit("one", "one", "count", Decimal(1), "C62", "1"),
)

# ISO 4217, list one as published on 2026-01-01, without XTS (tests) and XXX (no currency). When ISO withdraws a code
# it stays here: ledgers that hold it are read and verified for ever.
_CURRENCIES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF
CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS
VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMW ZWG
"""

UNITS: dict[str, Unit] = {unit.code: unit for unit in _AMOUNTS} | {
    code: Unit(code, code, f"money {code}", Decimal(1), None, None) for code in _CURRENCIES.split()
}


def unit_of(code: str) -> Unit:
    """The unit of a code, spelled as in the list: `MW` is megawatt, `mw` is nothing.

    Currencies may be typed in small letters. Refused: `unknown-unit`, naming the nearest one.
    """
    unit = UNITS.get(code)
    if unit is None and code.isascii() and len(code) == 3:
        unit = UNITS.get(code.upper())
        unit = unit if unit and unit.money else None
    if unit is None:
        raise Refused("unknown-unit", f"{shown(code)} is no unit of the ledger. {_advice(code)}")
    return unit


# What people write for units that have one right spelling here, where the letters alone would mislead.
_MEANT = {
    "mt": "Mt is the megatonne (1000000 t), kt the kilotonne, t the tonne",
    "ton": "Write t for the metric tonne",
    "tons": "Write t for the metric tonne",
    "tonne": "Write t",
    "tonnes": "Write t",
    "percent": "Write %",
    "mwh": "Energy is counted in GWh; 1000 MWh are 1 GWh",
    "m³": "Write m3",
    "$": "Write the currency as its ISO 4217 code, like USD",
}


def _advice(code: str) -> str:
    """The nearest unit, by meaning first, by letters else."""
    known = _MEANT.get(code.lower())
    if known:
        return f"{known}."
    from difflib import get_close_matches  # imported late: only a refusal needs it

    by_small = {unit.code.lower(): unit for unit in reversed(UNITS.values())}
    close = get_close_matches(code.lower(), by_small, n=1, cutoff=0.5)
    listed = f"Units are {', '.join(unit.code for unit in _AMOUNTS)} and ISO 4217 currency codes like USD."
    if not close:
        return listed
    nearest = by_small[close[0]]
    return f"The nearest is {nearest.code}" + ("" if nearest.money else f" ({nearest.name})") + f". {listed}"
