"""How much: how is an amount read, kept, converted, added and said?"""

from __future__ import annotations

import re
from decimal import Context, Decimal

import msgspec

from domain.refused import Refused
from domain.text import shown
from domain.typed import typed
from domain.units import UNITS, Unit, unit_of

_TYPED = re.compile(r"(?:([A-Za-z]{3}|[$€£]) ?)?([0-9][0-9 .,']*)(.*)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?: [0-9]{3})+(?:\.[0-9]+)?|(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})")
_MULTIPLIED = re.compile(r"(k|m|bn|million|billion) ?([A-Za-z]{3}|)", re.IGNORECASE)
_POWERS = {"": 0, "k": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_SIX = Decimal("0.000001")
_THREE = Decimal("0.001")
_SUM = Context(prec=50)
_RESCALED = Context(prec=28)


class Quantity(msgspec.Struct, frozen=True):
    """An amount: a decimal number, never negative, of a unit (`domain.units`)."""

    unit: str
    value: Decimal

    def __post_init__(self) -> None:
        # Also read from files of others: a number with a huge exponent would fill the memory when printed.
        if not self.value.is_finite() or self.value.is_signed():
            raise ValueError("an amount is a number and not negative")
        if abs(self.value.adjusted()) > 40 or len(str(self.value)) > 60:
            raise ValueError("an amount has at most 40 digits")


def parse_quantity(text: str) -> Quantity:
    """Read an amount as people type it: `0.4 Mt`, `0.4Mt`, `42%`, `250`, `470M USD`, `USD 1.2bn`, `1 234.5 km`.

    The decimal mark is the point. Spaces or commas may part thousands where they can mean nothing else; a decimal
    comma is refused, and so is `1,234`, which is read as 1234 here and as 1.234 there. `k`, `M` and `bn` multiply
    money only. At most 18 digits before the point and 6 after it, so that the stored text needs no exponent.
    Refused: `bad-quantity`, `unknown-unit`.
    """
    said = typed(text, "bad-quantity", "An amount")
    if said[:1] in ("-", "\N{MINUS SIGN}"):
        raise _bad(said, "an amount is not negative; say what was reached, or record a correction")
    match = _TYPED.fullmatch(said)
    if match is None:
        raise _bad(said, "it does not begin with a number. Write it like 0.4 Mt, 42%, 250 or 470M USD")
    lead, number, rest = match.groups()
    digits = _digits(number.rstrip(), said)
    unit, power = _money(lead, rest.strip(), said) if lead else _unit(rest.strip(), said)
    return Quantity(unit=unit.code, value=_within_limits(Decimal(f"{digits}E{power}"), said))


def percent(text: str) -> Decimal:
    """Read a share of a work done, `42%`, `42`, `42.5 %`, from 0 to 100. Refused: `bad-percent`."""
    said = typed(text, "bad-percent", "A percentage")
    number = said.removesuffix("%").rstrip()
    if not _PERCENT.fullmatch(number) or Decimal(number) > 100:
        sentence = "is no percentage from 0 to 100 with at most 6 decimals. Write it like 42% or 42.5%."
        raise Refused("bad-percent", f"{shown(said)} {sentence}")
    return plain(Decimal(number))


def check_quantity(quantity: Quantity) -> None:
    """Check an amount that was not typed here: a known unit, and the number as `parse_quantity` would have kept it.

    Refused: `bad-quantity`, `unknown-unit`.
    """
    unit = unit_of(quantity.unit)
    if unit.code != quantity.unit:
        raise Refused("unknown-unit", f"{shown(quantity.unit)} is no unit of the ledger. Write {unit.code}.")
    if str(_within_limits(quantity.value, str(quantity.value))) != str(quantity.value):
        raise _bad(str(quantity.value), f"its number is kept as {plain(quantity.value)}")


def rescale(quantity: Quantity, unit: str) -> Quantity:
    """The same amount in another unit of its dimension, to 28 significant digits.

    Refused: `wrong-dimension`, `unknown-unit`.
    """
    if quantity.unit == unit:
        return quantity
    old, new = unit_of(quantity.unit), unit_of(unit)
    if old.dimension != new.dimension:
        raise _wrong_dimension(old, new)
    value = _RESCALED.divide(_RESCALED.multiply(quantity.value, old.factor), new.factor)
    return Quantity(unit=new.code, value=plain(value))


def add(one: Quantity, other: Quantity) -> Quantity:
    """The sum, in the unit of the first. Refused: `wrong-dimension`, also for two currencies; `unknown-unit`."""
    return Quantity(unit=one.unit, value=plain(_SUM.add(one.value, rescale(other, one.unit).value)))


def plain(value: Decimal) -> Decimal:
    """The same number in its stored form: no trailing zeros, no positive exponent (470000000, never 4.7E+8)."""
    digits = format(value, "f")
    return Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)


def text(quantity: Quantity) -> str:
    """An amount for people, to 6 decimals: `1.5 Mt`, `470 M USD`, `42 %`, `1 500 km`, `250`. It can be typed again."""
    value = plain(_to_six(quantity.value))
    unit = UNITS.get(quantity.unit)
    if unit is not None and unit.money:
        return f"{_money_text(value)} {unit.code}"
    return _grouped(value) if quantity.unit == "one" else f"{_grouped(value)} {quantity.unit}"


def _bad(said: str, why: str) -> Refused:
    return Refused("bad-quantity", f"{shown(said)} is not taken as an amount: {why}.")


def _digits(number: str, said: str) -> str:
    """A typed number without what parts its thousands."""
    if _NUMBER.fullmatch(number):
        return number
    if _GROUPED.fullmatch(number):
        return number.replace(",", "").replace(" ", "")
    if re.fullmatch(r"[0-9]+,[0-9]{3}", number):
        comma = number.replace(",", ".")
        raise _bad(said, f"{number} may mean {number.replace(',', '')} or {comma}; write the one that is meant")
    if re.fullmatch(r"[0-9]+,[0-9]+", number):
        raise _bad(said, f"the decimal mark is the point; write {number.replace(',', '.')}")
    raise _bad(said, f"{number} is no number; write it like 1234.5 or 1 234.5")


def _unit(rest: str, said: str) -> tuple[Unit, int]:
    """The unit after a number, and the power of ten that its multiplier stands for."""
    if not rest or rest in UNITS:
        return UNITS[rest or "one"], 0
    if not (rest[0].isalpha() or rest[0] in "%$€£") or re.match(r"[eE][+-]?[0-9]", rest):
        raise _bad(said, "only digits and a decimal point make a number; write it like 1234.5")
    multiplied = _MULTIPLIED.fullmatch(rest)
    if multiplied and _is_money(multiplied[2]):
        return _money(multiplied[2], multiplied[1], said)
    if multiplied and (not multiplied[2] or multiplied[2] in UNITS):
        raise _bad(said, f"{multiplied[1]} multiplies money only; write the zeros, or a currency like 470M USD")
    return unit_of(rest), 0


def _is_money(code: str) -> bool:
    unit = UNITS.get(code.upper())
    return unit is not None and unit.money


def _money(currency: str, multiplier: str, said: str) -> tuple[Unit, int]:
    """The currency, and the power of ten of `k`, `M`, `bn` or nothing."""
    unit = unit_of(currency)
    power = _POWERS.get(multiplier.lower())
    if power is None or not unit.money:
        raise _bad(said, "it is neither like 470M USD or USD 470M, nor like 0.4 Mt")
    return unit, power


def _within_limits(value: Decimal, said: str) -> Decimal:
    value = plain(value)
    if value.adjusted() >= 18:
        raise _bad(said, "it has over 18 digits before the point; write it in a larger unit")
    if value != _to_six(value):
        raise _bad(said, "it has over 6 digits after the point; round it, or write it in a smaller unit")
    return value


def _to_six(value: Decimal) -> Decimal:
    return value.quantize(_SIX, context=_SUM)


def _wrong_dimension(old: Unit, new: Unit) -> Refused:
    if old.money and new.money:
        why = "no rate of exchange is kept here; record each currency by itself"
    elif old.code == "one":
        return Refused("wrong-dimension", f"The amount has no unit. Write it with one, as in 0.4 {new.code}.")
    else:
        why = f"{old.code} measures {old.dimension}, {new.code} {new.dimension}; use units of one kind"
    return Refused("wrong-dimension", f"An amount in {old.code} cannot be turned into {new.code}: {why}.")


def _grouped(value: Decimal) -> str:
    return f"{value:,f}".replace(",", " ")


def _money_text(value: Decimal) -> str:
    """Money in billions or millions where at most three decimals say it wholly."""
    for word, power in (("bn", 9), ("M", 6)):
        scaled = plain(value.scaleb(-power, context=_SUM))
        if scaled >= 1 and scaled == scaled.quantize(_THREE, context=_SUM):
            return f"{_grouped(scaled)} {word}"
    return _grouped(value)
