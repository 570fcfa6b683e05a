"""What stands of one item on a day? The facts that the status table asks for, picked in one pass."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import msgspec

from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.life import ItemMet
from domain.occasion import CLOSED
from domain.recorded import Recorded

REPORTS = frozenset({"percent", "remark", "forecast", "actual"})
"""The kinds of slot in which reports lie; beside them, an item's being met is one."""


class Reason(NamedTuple):
    """Why a status or flag holds: a stable code, a sentence, and the positions of the events behind it."""

    code: str
    text: str
    positions: tuple[int, ...]


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An item as of a day: each `..._by` is the fact that settled the value before it."""

    facts: Facts
    key: str
    on: date
    chains: dict[str, list[list[Recorded]]]
    """The facts seen on that day: by kind of slot, those of each slot in order."""
    made: Recorded
    due: FuzzyDate | None
    due_by: Recorded
    last_day: date | None
    """The last day on which it is not late: the due's latest, and for an approximate due its grace."""
    start: FuzzyDate | None
    start_by: Recorded
    state: str
    life: Recorded | None
    forecast: Recorded | None
    report: Recorded | None
    """The latest report: progress, actual, forecast or being met."""

    @property
    def is_milestone(self) -> bool:
        """Milestones use the same table, without targets."""
        return "/" in self.key

    @property
    def closed(self) -> bool:
        """Met, closed short or withdrawn."""
        return self.state in CLOSED

    @property
    def expected_by(self) -> Recorded:
        """The fact that says when it is expected: a forecast that has a last day, else that of the due."""
        if self.forecast:
            fact: Any = self.forecast.fact
            if fact.expected.latest:
                return self.forecast
        return self.due_by

    @property
    def expected(self) -> date | None:
        """When it is expected: the forecast's last day, else the due's."""
        by: Any = self.expected_by.fact
        due: FuzzyDate | None = getattr(by, "expected", self.due)
        return due.latest if due else None

    @property
    def met_on(self) -> FuzzyDate | None:
        """When it was met, while it is."""
        return getattr(self.life.fact, "met_on", None) if self.life else None

    @property
    def after(self) -> tuple[str, ...]:
        """The items that must come first."""
        return getattr((self.last("after") or self.made).fact, "after", ())

    def last(self, what: str) -> Recorded | None:
        """The fact that counts of a kind of slot that has no details."""
        chains = self.chains.get(what)
        return chains[0][-1] if chains else None


def item_at(facts: Facts, key: str, on: date) -> Item | None:
    """The item as of a day; None when it does not stand on that day."""
    chains: dict[str, list[list[Recorded]]] = {}
    report: Recorded | None = None
    for what, details in facts.whats(key).items():
        seen: list[list[Recorded]] = []
        for chain in details.values():
            if chain and chain[-1].effective > on:
                chain = [one for one in chain if one.effective <= on]
            if not chain:
                continue
            seen.append(chain)
            if what in REPORTS:
                report = later(chain[-1], report)
            elif what == "life":
                report = later(next((one for one in reversed(chain) if isinstance(one.fact, ItemMet)), None), report)
        if seen:
            chains[what] = seen
    return _item(facts, key, on, chains, report) if "made" in chains else None


def _item(facts: Facts, key: str, on: date, chains: dict[str, list[list[Recorded]]], report: Recorded | None) -> Item:
    made = chains["made"][0][-1]
    due_by = chains["due"][0][-1] if "due" in chains else made
    life = chains["life"][0][-1] if "life" in chains else None
    due: FuzzyDate | None = getattr(due_by.fact, "due", None)
    start, start_by = _start(facts, made, on, restated="field" in chains)
    return Item(
        facts=facts,
        key=key,
        on=on,
        chains=chains,
        made=made,
        due=due,
        due_by=due_by,
        last_day=due.grace_end if due else None,
        start=start,
        start_by=start_by,
        state=getattr(life.fact, "state", "open") if life else "open",
        life=life,
        forecast=chains["forecast"][0][-1] if "forecast" in chains else None,
        report=report,
    )


def later(one: Recorded | None, other: Recorded | None) -> Recorded | None:
    """Which of two counts: the later by (effective, position)."""
    if one is None or other is None:
        return one or other
    if one.effective != other.effective:
        return one if one.effective > other.effective else other
    return one if one.position > other.position else other


def _start(facts: Facts, made: Recorded, on: date, *, restated: bool) -> tuple[FuzzyDate | None, Recorded]:
    by = facts.last(facts.key, "field", "start", on) if restated else None
    fact: Any = by.fact if by else made.fact
    start = fact.changes["start"].to if by else getattr(fact, "start", None)
    return start if isinstance(start, FuzzyDate) else None, by or made
