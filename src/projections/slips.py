"""How often, by how many days, by whom and why did each due move, and what was expected beside it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec

from domain.assess import Assessed
from domain.assess.item import Item
from domain.assess.thresholds import MOVED_CLOSE_DAYS, THRESHOLDS
from domain.commitment import value
from domain.fuzzy import FuzzyDate, slip
from domain.recorded import Recorded
from projections.asked import At
from projections.base import Base
from projections.filters import Filter
from projections.judged import judged
from projections.rows import FOR_SLIPS
from projections.status import title_at


class Slip(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """A due or forecast took the place of another. `before` is None where there was none: a first date.

    `days` is None when either side has no last day. Of a move, `left` are the days that were left to the due that it
    replaced, negative when it had passed. Of a forecast, which nobody approves, `past_due` are the days by which it
    came after the due of that day.
    """

    position: int
    item: str
    effective: date
    recorded: date
    before: FuzzyDate | None
    after: FuzzyDate
    days: int | None
    left: int | None
    moved_close: bool
    past_due: int | None
    actor: str
    approved_by: str | None
    reason: str


class Slipped(msgspec.Struct, frozen=True):
    """A commitment with every move of its due and those of its milestones; forecasts are no promises."""

    key: str
    title: str
    programme: str | None
    promisors: tuple[str, ...]
    status: str
    original_due: FuzzyDate | None
    due: FuzzyDate | None
    moves: list[Slip]
    forecasts: list[Slip]


class Total(msgspec.Struct, frozen=True):
    """Sums over commitments: a first date is no move, and a milestone's days are not added to those of dues.

    `days`: later less earlier, of the commitments' own dues; None where no move has days.
    """

    key: str | None
    commitments: int
    moves: int
    days: int | None
    moved_close: int
    first_dated: int
    milestone_moves: int


class Sums(NamedTuple):
    """Sums by commitment, programme (None: in none) and promisor (None: not named)."""

    by_commitment: list[Total]
    by_programme: list[Total]
    by_party: list[Total]
    thresholds: dict[str, str]


def slips(base: Base, at: At, wanted: Filter) -> Iterator[Slipped]:
    """Every move that stood at a point, by commitment, oldest first; what never moved and was never forecast is left
    out. One that was taken back is no move: `history` has it. They are found one by one: all may be many."""
    for item in judged(base, at, wanted, FOR_SLIPS):
        one = slipped(item)
        if one.moves or one.forecasts:
            yield one


def summed(found: Iterable[Slipped]) -> Sums:
    """The sums over commitments."""
    moved = [without_forecasts(one) for one in found if one.moves]
    return Sums(
        [total(one.key, [one]) for one in moved],
        list(_totals((one.programme, one) for one in moved)),
        list(_totals((party, one) for one in moved for party in one.promisors or (None,))),
        {code: text for code, text in THRESHOLDS.items() if code == "moved-close"},
    )


def without_forecasts(one: Slipped) -> Slipped:
    """What is summed up; forecasts, of which there are many more, are not."""
    return msgspec.structs.replace(one, forecasts=[])


def slipped(found: Assessed) -> Slipped:
    """The moves of one commitment."""
    item = found.item
    items = [item, *(one.item for one in found.milestones)]
    first = item.facts.first_due.get(item.key)
    return Slipped(
        item.key,
        title_at(found),
        value(item.facts, "programme", item.on),
        value(item.facts, "promisors", item.on) or (),
        found.status,
        getattr(first.fact, "due", None) if first and first.effective <= item.on else None,
        item.due,
        sorted((one for each in items for one in moves_of(each)), key=lambda one: one.position),
        sorted((one for each in items for one in forecasts_of(each)), key=lambda one: one.position),
    )


def moves_of(item: Item) -> Iterator[Slip]:
    """The moves of the due of an item, oldest first."""
    for one in chain(item, "due"):
        fact: Any = one.fact
        before: FuzzyDate | None = fact.previous
        left = (before.latest - one.effective).days if before and before.latest else None
        yield _slip(one, item.key, before, fact.due, left=left, approved_by=fact.approved_by)


def forecasts_of(item: Item) -> Iterator[Slip]:
    """What was expected of an item, in the order of the days on which it was."""
    before = None
    for one in chain(item, "forecast"):
        fact: Any = one.fact
        yield _slip(one, item.key, before, fact.expected, past_due=slip(due_on(item, one.effective), fact.expected))
        before = fact.expected


def due_on(item: Item, day: date) -> FuzzyDate | None:
    """The due in force on a day that is past."""
    by = next((one for one in reversed(chain(item, "due")) if one.effective <= day), item.made)
    return getattr(by.fact, "due", None)


def chain(item: Item, what: str) -> list[Recorded]:
    """The facts seen of a kind of slot that has no details, in order."""
    chains = item.chains.get(what)
    return chains[0] if chains else []


def _slip(
    one: Recorded,
    item: str,
    before: FuzzyDate | None,
    after: FuzzyDate,
    *,
    left: int | None = None,
    past_due: int | None = None,
    approved_by: str | None = None,
) -> Slip:
    fact: Any = one.fact
    return Slip(
        position=one.position,
        item=item,
        effective=one.effective,
        recorded=one.recorded.date(),
        before=before,
        after=after,
        days=slip(before, after),
        left=left,
        moved_close=left is not None and left <= MOVED_CLOSE_DAYS,
        past_due=past_due,
        actor=one.actor,
        approved_by=approved_by,
        reason=fact.reason,
    )


def _totals(grouped: Iterable[tuple[str | None, Slipped]]) -> Iterator[Total]:
    groups: dict[str | None, list[Slipped]] = {}
    for key, one in grouped:
        groups.setdefault(key, []).append(one)
    for key in sorted(groups, key=lambda one: (one is None, one or "")):
        yield total(key, groups[key])


def total(key: str | None, found: list[Slipped]) -> Total:
    """The sums over some commitments."""
    moves = [(one, move) for one in found for move in one.moves if move.before]
    own = [move for one, move in moves if move.item == one.key]
    days = [move.days for move in own if move.days is not None]
    return Total(
        key,
        len({one.key for one, move in moves if move.item == one.key}),
        len(own),
        sum(days) if days else None,
        sum(move.moved_close for _, move in moves),
        sum(move.before is None for one in found for move in one.moves),
        len(moves) - len(own),
    )
