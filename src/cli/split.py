"""Which of some words is the indicator, which the amount, which the period?"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from cli.terms import only_indicator
from domain.entry import fuzzy_date
from domain.fold import Facts
from domain.fuzzy import FuzzyDate, from_edtf
from domain.quantity import Quantity, parse_quantity
from domain.refused import Refused
from domain.target import indicators
from domain.text import shown

UNREAD = frozenset({"bad-quantity", "unknown-unit", "bad-date"})
"""Refusals of a word that was read as what it is not."""


def actual_words(facts: Facts, words: Sequence[str], today: date) -> tuple[str, Quantity, FuzzyDate]:
    """`[INDICATOR] QUANTITY [PERIOD]`: the first word that parses as a quantity splits them.

    Refused: `bad-quantity` where none does, or in another order, which is then named; `which-indicator` where several
    stand and none was named.
    """
    try:
        return _in_order(facts, words, today)
    except Refused as refused:
        meant = _in_another_order(facts, words, today) if refused.code in UNREAD else None
        if meant is None:
            raise
    raise Refused("bad-quantity", f"The amount comes before its period. Write: pledger actual {facts.key} {meant}.")


def _in_order(facts: Facts, words: Sequence[str], today: date) -> tuple[str, Quantity, FuzzyDate]:
    index = 0 if _is_amount(facts, words) else 1
    quantity, last = _quantity(words, index)
    if quantity is None and words[0].lower() in indicators(facts):
        quantity = parse_quantity(words[1])  # says what is wrong with it
    if quantity is None:
        raise Refused("bad-quantity", f"No amount in {shown(' '.join(words))}. Write it like 0.4Mt or 42%.")
    indicator = words[0].lower() if index else only_indicator(facts)
    try:
        return indicator, quantity, _period(" ".join(words[last:]), today)
    except Refused:
        if quantity.unit == "one" and words[last][:1].isalpha():
            parse_quantity(" ".join(words[last - 1 : last + 1]))  # a unit that there is not, rather than a period
        raise


def _in_another_order(facts: Facts, words: Sequence[str], today: date) -> str | None:
    """The words in the order in which they are taken, if amount and period are among them in some other."""
    named = next((word for word in words if word.lower() in indicators(facts)), None)
    rest = list(words)
    if named is not None:
        rest.remove(named)
    for cut in range(1, len(rest)):
        first, second = " ".join(rest[:cut]), " ".join(rest[cut:])
        for amount, period in ((second, first), (first, second)):
            with suppress(Refused):
                parse_quantity(amount)
                fuzzy_date(period, today)
                return " ".join(filter(None, (named, amount, period)))
    return None


def _is_amount(facts: Facts, words: Sequence[str]) -> bool:
    """Is the first word meant as the amount, and not as the indicator before it? Refused: as `parse_quantity`."""
    if _quantity(words, 0)[0] is not None:
        return True
    if len(words) == 1 or (words[0].lower() not in indicators(facts) and not words[0][:1].isalpha()):
        parse_quantity(words[0])  # says what is wrong with it
    return False


def _quantity(words: Sequence[str], index: int) -> tuple[Quantity | None, int]:
    """The amount that begins at a word: with the unit in the next word (`0.4 Mt`) where that makes one."""
    for last in (index + 2, index + 1):
        try:
            return parse_quantity(" ".join(words[index:last])), last
        except Refused:
            continue
    return None, index


def _period(text: str, today: date) -> FuzzyDate:
    return fuzzy_date(text, today) if text else from_edtf(f"{today:%Y-%m}")
