"""How is a target read from what was typed?"""

from __future__ import annotations

from domain.amount import Measure, default_measure, parse_amount
from domain.entry import fuzzy_date
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion
from domain.quantity import parse_quantity
from domain.refused import Refused
from domain.target import Aim, Terms, indicators, target_in_force
from domain.text import choice


def terms(amount: str, window: FuzzyDate, *, measure: str | None, aim: str | None, baseline: str | None) -> Terms:
    """`1.5 Mt/year` over a window; what is not said has the usual meaning of the unit.

    Refused: `bad-quantity`, `unknown-unit`, `bad-choice`.
    """
    quantity, per = parse_amount(amount)
    return Terms(
        amount=quantity,
        per=per,
        measure=default_measure(quantity.unit) if measure is None else choice(Measure, measure, "measure"),
        aim="at-least" if aim is None else choice(Aim, aim, "aim"),
        window=window,
        baseline=None if baseline is None else parse_quantity(baseline),
    )


def revised(
    at: Occasion,
    key: str,
    indicator: str | None,
    amount: str,
    *,
    window: str | None,
    aim: str | None,
    baseline: str | None,
) -> tuple[str, Terms]:
    """The indicator meant and its new terms; what is not said stays as it was. Refused: `unknown-indicator`."""
    facts = at.facts(key)
    name = only_indicator(facts) if indicator is None else indicator.lower()
    now = target_in_force(facts, name)
    quantity, per = parse_amount(amount)
    stated = "/" in amount or " per " in amount
    return name, Terms(
        amount=quantity,
        per=per if stated else now.per,
        measure=now.measure,
        aim=now.aim if aim is None else choice(Aim, aim, "aim"),
        window=now.window if window is None else fuzzy_date(window, at.today),
        baseline=now.baseline if baseline is None else parse_quantity(baseline),
    )


def only_indicator(facts: Facts) -> str:
    """The indicator meant where none was named. Refused: `unknown-indicator`, `which-indicator`."""
    stand = indicators(facts)
    if len(stand) == 1:
        return stand[0]
    if not stand:
        raise Refused("unknown-indicator", f"{facts.key} has no target. Set one first: pledger target set {facts.key}.")
    raise Refused(
        "which-indicator", f"{facts.key} has several targets: {', '.join(stand)}. Name the one that is meant."
    )
