"""What does a row of actuals, progress, forecasts or targets record, beside what stands already?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from domain.actual import report_actual, slot_detail
from domain.entry import fuzzy_date
from domain.evidence import Evidence
from domain.forecast import revise_forecast
from domain.occasion import Occasion
from domain.progress import report_progress
from domain.quantity import parse_quantity, percent, rescale
from domain.recorded import New
from domain.refused import Refused
from domain.target import indicators
from domain.text import text
from exchange.aims import aim
from exchange.cells import Cells
from exchange.origin import Origin

SHARE = re.compile(r"0?\.[0-9]+")
"""A percentage as spreadsheets keep it: 0.42 for 42 %."""


def report(at: Occasion, item: str, cells: Cells, origin: Origin | None) -> list[New]:
    """What a row records on its own day; what is wrong with it is noted in `cells`."""
    effective = cells.date("effective", at.today)
    if effective and effective.earliest != effective.latest:
        cells.note("effective", Refused("bad-date", "One day is needed here. Write it like 2026-05-17."))
    if not cells.sound:
        return []
    on = effective.latest if effective else at.on
    return KINDS[cells.entry.kind](Occasion(at.known, at.today, at.actor, on), item, cells, origin)


def _target(at: Occasion, key: str, cells: Cells, _: Origin | None) -> list[New]:
    if "target" not in cells.entry.cells:
        cells.note("target", Refused("no-target", "The row has no target. Write one, such as 1.5 Mt/year."))
    said = cells.words()
    return aim(at, key, cells, said) if cells.sound else []


def _actual(at: Occasion, key: str, cells: Cells, origin: Origin | None) -> list[New]:
    entry, facts = cells.entry, at.facts(key)
    for column in ("amount", "period"):
        if column not in entry.cells:
            cells.note(
                column, Refused("nothing-said", f"The row has no {column}. Write how much was reached, and when.")
            )
    unit = entry.cells.get("unit", "")
    quantity = cells.read("amount", lambda cell: parse_quantity(f"{cell} {unit}".strip()))
    period = cells.read("period", lambda cell: fuzzy_date(cell, at.today))
    because = cells.read("because", lambda cell: text(cell, "reason"))
    note = cells.read("note", lambda cell: text(cell, "note"))
    stand = indicators(facts)
    indicator = entry.cells.get("indicator") or (stand[0] if len(stand) == 1 else key)
    if quantity is None or period is None or not cells.sound:
        return []
    counts: Any = facts.fact(key, "actual", slot_detail(indicator, period), at.effective)
    if (
        counts
        and counts.quantity.unit
        and _same(lambda: rescale(counts.quantity, quantity.unit).value == quantity.value)
    ):
        return []
    return cells.decide(
        "amount",
        lambda: report_actual(
            at, key, indicator, quantity, period, because=because, note=note or _noted(cells), evidence=_files(origin)
        ),
    )


def _same(asked: Callable[[], bool]) -> bool:
    """Is it, where the two can be compared at all?"""
    try:
        return asked()
    except Refused:
        return False


def _progress(at: Occasion, item: str, cells: Cells, origin: Origin | None) -> list[New]:
    facts = at.facts(item)
    done, note = cells.read("percent", _share), cells.read("note", lambda cell: text(cell, "note"))
    if not cells.sound:
        return []
    if done is None and note is None:
        cells.note("percent", Refused("nothing-said", "The row says nothing. Write a percentage, or a note."))
        return []
    rivals: list[Any] = [
        one.fact for one in facts.chain(item, "remark" if done is None else "percent", on=at.effective)
    ]
    rivals = rivals if done is None else rivals[-1:]
    if any(one.percent == done and note in (None, one.note) for one in rivals):
        return []
    return cells.decide(
        "percent",
        lambda: report_progress(at, item, percent=done, note=note or _noted(cells), evidence=_files(origin)),
    )


def _share(cell: str) -> Any:
    if SHARE.fullmatch(cell):
        raise Refused("bad-percent", f"{cell} may be a share or a percentage. Write it with its sign, like 42%.")
    return percent(cell)


def _forecast(at: Occasion, item: str, cells: Cells, _: Origin | None) -> list[New]:
    stands: Any = at.facts(item).fact(item, "forecast", on=at.effective)
    expected = cells.date("expected", at.today, stands.expected if stands else None)
    if "expected" not in cells.entry.cells:
        cells.note("expected", Refused("nothing-said", "The row has no date. Write when it is expected."))
    if expected is None or (stands and stands.expected.same_as(expected)):
        return []
    because = cells.entry.cells.get("because")
    return cells.decide("expected", lambda: revise_forecast(at, item, expected, because=because))


def _noted(cells: Cells) -> str | None:
    """The cell, where the row comes from a workbook and says nothing itself."""
    return cells.entry.place if cells.entry.sheet else None


def _files(origin: Origin | None) -> tuple[Evidence, ...]:
    return (origin.file,) if origin else ()


KINDS: dict[str, Callable[[Occasion, str, Cells, Origin | None], list[New]]] = {
    "targets": _target,
    "actuals": _actual,
    "progress": _progress,
    "forecasts": _forecast,
}
"""How each kind of sheet is read that is about what stands, in the order in which they are read."""
