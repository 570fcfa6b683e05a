"""What does a target aim at: how much, how often, and counted how?"""

from __future__ import annotations

import re
from typing import Literal, get_args

from domain.period import Per
from domain.quantity import Quantity, parse_quantity
from domain.refused import Refused
from domain.text import shown
from domain.typed import typed

Measure = Literal["flow", "level"]

_TYPED = re.compile(r"(.*?)(?: ?/ ?| per | (?=once$))(.*)", re.IGNORECASE)
_PERS: tuple[Per, ...] = get_args(Per)
_LEVELS = frozenset({"%", "one", "MW", "GW"})


def parse_amount(text: str) -> tuple[Quantity, Per]:
    """Read the amount of a target and the period that it is due in: `1.5 Mt/year`, `1.5 Mt per year`, `30%`.

    Without a period it is to be reached once. Refused: `bad-amount` for a period other than year, quarter, month
    or once; `bad-quantity` and `unknown-unit` as for any amount.
    """
    said = typed(text, "bad-quantity", "An amount")
    match = _TYPED.fullmatch(said)
    if match is None:
        return parse_quantity(said), "once"
    return parse_quantity(match[1]), _per(match[2], said)


def default_measure(unit: str) -> Measure:
    """How actuals count where nothing is said: shares, counts and capacities as a level, all else as a flow."""
    return "level" if unit in _LEVELS else "flow"


def _per(word: str, said: str) -> Per:
    for per in _PERS:
        if word.lower() == per:
            return per
    raise Refused("bad-amount", f"{shown(said)}: an amount is per year, quarter, month or once, like 1.5 Mt/year.")
