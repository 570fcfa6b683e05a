"""What stands of one item on a day? The facts that the status table asks for, picked once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.milestone import after_of
from domain.occasion import CLOSED
from domain.recorded import Recorded

REPORTS = ("percent", "remark", "forecast", "actual", "life")
"""The kinds of slot in which reports lie; of an item's life only its being met is one."""


class Reason(NamedTuple):
    """Why a status or flag holds: a stable code, a sentence, and the positions of the events behind it."""

    code: str
    text: str
    positions: tuple[int, ...]


@dataclass(slots=True)
class Item:
    """An item as of a day: each `..._by` is the fact that settled the value before it."""

    facts: Facts
    key: str
    on: date
    made: Recorded
    due: FuzzyDate | None
    due_by: Recorded
    start: FuzzyDate | None
    start_by: Recorded | None
    state: str
    life: Recorded | None
    forecast: Recorded | None

    @property
    def is_milestone(self) -> bool:
        """Milestones use the same table, without targets."""
        return "/" in self.key

    @property
    def closed(self) -> bool:
        """Met, closed short or withdrawn."""
        return self.state in CLOSED

    @property
    def last_day(self) -> date | None:
        """The last day on which it is not late: the due's latest, and for an approximate due its grace."""
        return self.due.grace_end if self.due else None

    @property
    def expected(self) -> date | None:
        """When it is expected: the forecast's last day, else the due's."""
        if self.forecast:
            expected: FuzzyDate = self.forecast.fact.expected  # type: ignore[attr-defined]  # only forecasts lie there
            if expected.latest:
                return expected.latest
        return self.due.latest if self.due else None

    @property
    def met_on(self) -> FuzzyDate | None:
        """When it was met, while it is."""
        return getattr(self.life.fact, "met_on", None) if self.life else None

    @property
    def after(self) -> tuple[str, ...]:
        """The items that must come first."""
        return after_of(self.facts, self.key, self.on)

    def behind(self) -> tuple[int, ...]:
        """The positions of the facts that settle when it is expected."""
        return (self.forecast.position,) if self.forecast else (self.due_by.position,)


def item_at(facts: Facts, key: str, on: date) -> Item | None:
    """The item as of a day; None when it does not stand on that day."""
    made = facts.last(key, "made", on=on)
    if made is None:
        return None
    moved = facts.last(key, "due", on=on)
    due_by = moved or made
    life = facts.last(key, "life", on=on)
    start, start_by = _start(facts, made, on) if key == facts.key else (None, None)
    return Item(
        facts=facts,
        key=key,
        on=on,
        made=made,
        due=due_by.fact.due,  # type: ignore[attr-defined]  # made, planned and moved all have one
        due_by=due_by,
        start=start,
        start_by=start_by,
        state=life.fact.state if life else "open",  # type: ignore[attr-defined]  # only acts of life lie there
        life=life,
        forecast=facts.last(key, "forecast", on=on),
    )


def last_of(facts: Facts, keys: list[str], on: date, *, reports: bool) -> Recorded | None:
    """The latest standing fact of some items by (effective, position): of reports only, or of anything at all."""
    latest: Recorded | None = None
    for key in keys:
        for what, chain in facts.chains(key):
            if reports and what not in REPORTS:
                continue
            for one in reversed(chain):
                if one.effective > on or (reports and what == "life" and not hasattr(one.fact, "met_on")):
                    continue
                if latest is None or (one.effective, one.position) > (latest.effective, latest.position):
                    latest = one
                break
    return latest


def days(count: int) -> str:
    """`1 day`, `37 days`."""
    return f"{count} day" if count == 1 else f"{count} days"


def ago(on: date, days_back: int) -> date:
    """The day that many days before; the first of all days when there is none."""
    return on - timedelta(days_back) if on.toordinal() > days_back else date.min


def _start(facts: Facts, made: Recorded, on: date) -> tuple[FuzzyDate | None, Recorded | None]:
    restated = facts.last(facts.key, "field", "start", on)
    fact: Any = restated.fact if restated else made.fact
    start = fact.changes["start"].to if restated else fact.start
    return (start, restated or made) if start else (None, None)
