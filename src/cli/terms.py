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
        measure=choice(Measure, measure, "measure") if measure else default_measure(quantity.unit),
        aim=choice(Aim, aim, "aim") if aim else "at-least",
        window=window,
        baseline=parse_quantity(baseline) if baseline else None,
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
    name = indicator.lower() if indicator else only_indicator(facts)
    now = target_in_force(facts, name)
    quantity, per = parse_amount(amount)
    stated = "/" in amount or " per " in amount
    return name, Terms(
        amount=quantity,
        per=per if stated else now.per,
        measure=now.measure,
        aim=choice(Aim, aim, "aim") if aim else now.aim,
        window=fuzzy_date(window, at.today) if window else now.window,
        baseline=parse_quantity(baseline) if baseline else now.baseline,
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
