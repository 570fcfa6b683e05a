"""What is otherwise at one point of the two time axes than at another, and by whom and why?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from heapq import merge
from itertools import groupby
from typing import NamedTuple

import msgspec

from domain.assess import Assessed
from domain.commitment import value
from domain.recorded import Recorded
from domain.refused import Refused
from ledger.record import Record
from projections.asked import At
from projections.base import Base
from projections.changes import CODES, Change, by, changes
from projections.filters import EVERYTHING
from projections.history import retractions
from projections.judged import judged
from projections.rows import FOR_SLIPS
from projections.said import said
from projections.status import title_at


class Side(msgspec.Struct, frozen=True):
    """A point of both time axes, with what pins it: the root over the lines that were known (RFC 9162)."""

    as_known: int
    as_of: date
    root: str


class Changed(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """A commitment of which something is otherwise. `before` and `after`: its status, None where it does not stand."""

    key: str
    title: str
    programme: str | None
    before: str | None
    after: str | None
    changes: list[Change]


class Diff(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """Both sides, what changed by programme and key, how many changes of each kind, and what did not change."""

    before: Side
    after: Side
    commitments: list[Changed]
    counts: dict[str, int]
    unchanged: int


class _Pair(NamedTuple):
    before: Assessed | None
    after: Assessed | None

    @property
    def newest(self) -> Assessed:
        found = self.after or self.before
        assert found  # one of them stands
        return found


def diff(record: Record, base: Base, before: At, after: At) -> Diff:
    """All changes of commitments and milestones from one point to a later one. Refused: `reversed`."""
    if (before.known, before.on) > (after.known, after.on) or before.on > after.on:
        raise Refused(
            "reversed",
            f"#{before.known} as of {before.on} does not lie before #{after.known} as of {after.on} on both axes."
            " Write the earlier point first.",
        )
    corrected = _corrected(record, base, before, after)
    told, unchanged = [], 0
    for pair in _pairs(base, before, after):
        one = _changed(pair, corrected)
        if one.changes:
            told.append(one)
        else:
            unchanged += 1
    told.sort(key=lambda one: (one.programme is None, one.programme or ""))
    counted = Counter(change.code for one in told for change in one.changes)
    return Diff(
        _side(record, before),
        _side(record, after),
        told,
        {code: counted[code] for code in CODES if code in counted},
        unchanged,
    )


def _side(record: Record, at: At) -> Side:
    return Side(at.known, at.on, record.root(at.known).hex())


def _pairs(base: Base, before: At, after: At) -> Iterator[_Pair]:
    """Both sides of each commitment, in order of keys; neither side is held as a whole."""
    sides = (_sided(base, at, side) for side, at in enumerate((before, after)))
    for _, group in groupby(merge(*sides, key=lambda one: one[:2]), key=lambda one: one[0]):
        found = {side: one for _, side, one in group}
        yield _Pair(found.get(0), found.get(1))


def _sided(base: Base, at: At, side: int) -> Iterator[tuple[str, int, Assessed]]:
    for one in judged(base, at, EVERYTHING, FOR_SLIPS):
        yield one.item.key, side, one


def _changed(pair: _Pair, corrected: dict[str, list[Change]]) -> Changed:
    newest = pair.newest
    key = newest.item.key
    return Changed(
        key,
        title_at(newest),
        value(newest.item.facts, "programme", newest.item.on),
        pair.before.status if pair.before else None,
        pair.after.status if pair.after else None,
        [*changes(pair.before, pair.after), *corrected.get(key, ())],
    )


def _corrected(record: Record, base: Base, before: At, after: At) -> dict[str, list[Change]]:
    """By commitment, what counted at the one point and was taken back by the other, or stands again.

    What was recorded and taken back in between changed nothing.
    """
    old, new = retractions(base, before), retractions(base, after)
    found: dict[str, list[Change]] = {}
    for position in sorted({*old, *new}):
        if (position in old) is (position in new) or position > before.known:
            continue
        taken_back = position in new
        one = record.recorded_at(position)
        cause = record.recorded_at(new[position] if taken_back else new[old[position]])
        noun, _, key = one.subject.partition("/")
        if noun == "commitment" and one.effective <= after.on and one.fact.takes_back() is None:
            how = "was taken back" if taken_back else "stands again"
            text = f"#{position} {how}: {said(one.fact)}"
            found.setdefault(key, []).append(_correction(record, one.fact.about(key), text, cause))
    return found


def _correction(record: Record, item: str, text: str, cause: Recorded) -> Change:
    local = msgspec.structs.replace(cause, recorded=cause.recorded.astimezone(record.zone))
    return Change("corrected", item, text, None, None, None, [by(local)])
