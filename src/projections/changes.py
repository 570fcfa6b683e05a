"""What changed of a commitment and its milestones between two points, in the words of a programme?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from sys import intern
from typing import Any

import msgspec

from domain.assess import Assessed
from domain.assess.item import Item
from domain.assess.words import dated, days
from domain.fuzzy import FuzzyDate, slip
from domain.quantity import text as amount
from domain.recorded import Recorded
from projections.said import said
from projections.slips import chain

CODES = (
    *("added", "withdrawn", "met", "closed-short", "suspended", "resumed", "reopened"),
    *("slipped", "pulled-in", "first-dated", "moved", "forecast", "progress", "report", "actual"),
    *("target", "restated", "owner", "linked", "evidence", "verdict", "corrected", "status"),
)
"""What can change, in the order in which it is told."""


class By(msgspec.Struct, frozen=True, gc=False):
    """An event behind a change: who recorded it when, of which day it is true, who approved it, and why."""

    position: int
    actor: str
    effective: date
    recorded: date
    approved_by: str | None
    reason: str | None


class Change(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """One thing that is otherwise. `days` is None where a side has no last day, or where days mean nothing."""

    code: str
    item: str
    text: str
    before: FuzzyDate | str | None
    after: FuzzyDate | str | None
    days: int | None
    by: list[By]


def changes(before: Assessed | None, after: Assessed | None) -> list[Change]:
    """All that is otherwise, item by item; the status of each last. One side may not stand at its point."""
    old = {one.item.key: one for one in _all(before)}
    seen = {one.position for item in old.values() for one in _facts(item.item)}
    found = []
    for now in _all(after):
        was = old.get(now.item.key)
        found += sorted(_of_item(was.item if was else None, now.item, seen), key=lambda one: CODES.index(one.code))
        found += _status(was, now)
    standing = {now.item.key for now in _all(after)}
    return found + [_gone(was) for key, was in old.items() if key not in standing]


def by(one: Recorded) -> By:
    """The event behind a change. `recorded` is to be in the ledger's zone. Many events have few offices and reasons."""
    fact: Any = one.fact
    reason, approver = getattr(fact, "reason", None), getattr(fact, "approved_by", None)
    reason = intern(reason) if reason else reason
    return By(one.position, intern(one.actor), one.effective, one.recorded.date(), approver, reason)


def _all(found: Assessed | None) -> list[Assessed]:
    return [found, *found.milestones] if found else []


def _facts(item: Item) -> Iterator[Recorded]:
    for chains in item.chains.values():
        for one in chains:
            yield from one


def _of_item(was: Item | None, now: Item, seen: set[int]) -> Iterator[Change]:
    """What is new of an item; a fact that fills several slots is told once."""
    if now.made.position not in seen:
        yield Change("added", now.key, said(now.made.fact), None, None, None, [by(now.made)])
    yield from _due(was, now, seen)
    yield from _forecast(was, now, seen)
    told = {one.position for what in ("made", "due", "forecast") for one in chain(now, what)}
    yield from _progress(was, now, seen, told)
    for what, code in PLAIN.items():
        for one in now.chains.get(what, ()):
            for new in one if what in ("life", "evidence", "target") else one[-1:]:
                if new.position not in seen and new.position not in told:
                    told.add(new.position)
                    yield _plain(code(new) if callable(code) else code, was, now, new)


def _due(was: Item | None, now: Item, seen: set[int]) -> Iterator[Change]:
    moves = [one for one in chain(now, "due") if one.position not in seen]
    before: FuzzyDate | None = was.due if was else getattr(now.made.fact, "due", None)
    after = now.due
    if not moves or after is None:
        return
    count = slip(before, after)
    if before is None:
        code, how = "first-dated", "first dated:"
    elif not count:
        code, how = "moved", f"moved: {dated(before)} ->" if not before.same_as(after) else "moved there and back:"
    elif count > 0:
        code, how = "slipped", f"slipped {days(count)}: {dated(before)} ->"
    else:
        code, how = "pulled-in", f"pulled in {days(-count)}: {dated(before)} ->"
    text = f"due {how} {dated(after)}"
    yield Change(code, now.key, text, before, after, count, [by(one) for one in moves])


def _forecast(was: Item | None, now: Item, seen: set[int]) -> Iterator[Change]:
    new = [one for one in chain(now, "forecast") if one.position not in seen]
    before, after = _expected(was), _expected(now)
    if not new or after is None or now.forecast is not new[-1]:
        return
    count = slip(before, after)
    text = f"expected {dated(after)}"
    if before:
        text += f", before {dated(before)}{_by_days(count)}"
    elif len(new) > 1:
        first = _of(new[0]).expected
        text += f", at first {dated(first)}{_by_days(slip(first, after))}"
    else:
        text = f"first {text}"
    yield Change("forecast", now.key, text, before, after, count, [by(one) for one in new])


def _by_days(count: int | None) -> str:
    return "" if count is None else f" ({'+' if count > 0 else ''}{days(count)})"


def _expected(item: Item | None) -> FuzzyDate | None:
    fact: Any = item.forecast.fact if item and item.forecast else None
    return fact.expected if fact else None


def _progress(was: Item | None, now: Item, seen: set[int], told: set[int]) -> Iterator[Change]:
    new = now.last("percent")
    if new is None or new.position in seen:
        return
    told.add(new.position)
    before, after, fact = _percent(was), _percent(now), _of(new)
    text = f"progress {before or 'not reported'} -> {after}" + (f"; {fact.note}" if fact.note else "")
    yield Change("progress", now.key, text, before, after, None, [by(new)])


def _percent(item: Item | None) -> str | None:
    one = item.last("percent") if item else None
    return f"{_of(one).percent:f} %" if one else None


def _of(one: Recorded) -> Any:
    return one.fact


def _plain(code: str, was: Item | None, now: Item, new: Recorded) -> Change:
    fact = _of(new)
    before: str | FuzzyDate | None = None
    after: str | FuzzyDate | None = None
    if code == "actual":
        before, after = _amount(was, new, now.key), amount(fact.quantity)
    elif code == "owner":
        before, after = fact.previous, fact.owner
    elif code == "met":
        after = fact.met_on
    return Change(code, now.key, said(fact), before, after, None, [by(new)])


def _amount(was: Item | None, new: Recorded, key: str) -> str | None:
    """What was reported before for the same period."""
    (slot,) = new.fact.settles(key)
    old = was.facts.last(key, "actual", slot.detail, was.on) if was else None
    return amount(_of(old).quantity) if old else None


def _life(one: Recorded) -> str:
    return one.fact.stored.removeprefix("item.").removesuffix(".v1")


PLAIN: dict[str, str | Callable[[Recorded], str]] = {
    "life": _life,
    "remark": "report",
    "actual": "actual",
    "target": "target",
    "field": "restated",
    "owner": "owner",
    "after": "linked",
    "evidence": "evidence",
    "verdict": "verdict",
}
"""Kinds of slot of which what is new is said in the words of its fact, and how that is called."""


def _status(was: Assessed | None, now: Assessed) -> list[Change]:
    if was and was.status == now.status:
        return []
    why = now.reasons[0].text
    text = f"{was.status} -> {now.status}: {why}" if was else f"{now.status}: {why}"
    return [Change("status", now.item.key, text, was.status if was else None, now.status, None, [])]


def _gone(was: Assessed) -> Change:
    return Change("status", was.item.key, f"{was.status} -> not on record", was.status, None, None, [])
