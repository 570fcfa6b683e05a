"""What does a row say of a target: a new one, or what changed of one that stands?"""

from __future__ import annotations

from typing import Any

from domain.amount import default_measure, parse_amount
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion
from domain.quantity import parse_quantity
from domain.recorded import New, alike
from domain.refused import Refused
from domain.target import Terms, indicators, revise_target, set_target, target_in_force
from domain.text import key as key_of
from exchange.cells import Cells

OF_TARGETS = ("window", "indicator", "measure", "aim", "baseline")


def aim(at: Occasion, key: str, cells: Cells, said: dict[str, Any]) -> list[New]:
    """What the row's columns of a target record; `said` has what is read already. Findings are noted in `cells`."""
    if "target" not in cells.entry.cells:
        for column in OF_TARGETS:
            if column in cells.entry.cells:
                cells.note(column, Refused("no-target", "The row has no target that this could belong to. Write one."))
        return []
    facts = at.facts(key)
    indicator = cells.read("indicator", lambda cell: key_of(cell, "indicator")) or _only(facts) or key
    stands = target_in_force(facts, indicator) if facts.last(key, "target", indicator) else None
    terms = _terms(at, cells, said, stands)
    if terms is None or (stands and alike(terms, stands)):
        return []
    if stands is None:
        return cells.decide("target", lambda: set_target(at, key, indicator, terms))
    if "because" not in said or "approved by" not in said:
        cells.note(
            "target",
            Refused(
                "target-differs",
                f"The target {indicator} of {key} is another so far. It changes only with a reason and an approver:"
                " fill in because and approved by, or put the old one back.",
            ),
        )
        return []
    return cells.decide(
        "target",
        lambda: revise_target(at, key, indicator, terms, because=said["because"], approved_by=said["approved by"]),
    )


def _terms(at: Occasion, cells: Cells, said: dict[str, Any], stands: Terms | None) -> Terms | None:
    """The terms that the row says; what it does not say is as it stands, or as is usual for the unit."""
    amount = cells.read("target", parse_amount)
    window = _window(at, cells, said, stands)
    baseline = cells.read("baseline", parse_quantity) or (stands.baseline if stands else None)
    if amount is None or window is None or not cells.sound:
        return None
    quantity, per = amount
    typed = cells.entry.cells["target"]
    stated = "/" in typed or " per " in typed or stands is None
    return Terms(
        amount=quantity,
        per=per if stated or stands is None else stands.per,
        measure=said.get("measure") or (stands.measure if stands else default_measure(quantity.unit)),
        aim=said.get("aim") or (stands.aim if stands else "at-least"),
        window=window,
        baseline=baseline,
    )


def _window(at: Occasion, cells: Cells, said: dict[str, Any], stands: Terms | None) -> FuzzyDate | None:
    standing = stands.window if stands else None
    window = cells.date("window", at.today, standing) or standing or said.get("due")
    if window is None and "window" not in cells.entry.cells:
        cells.note(
            "window", Refused("bad-window", "From when to when? Write a window, such as 2026-2030 or from 2026.")
        )
    return window


def _only(facts: Facts) -> str | None:
    stand = indicators(facts)
    return stand[0] if len(stand) == 1 else None
