"""How were promises kept, by who promised them: against the due in force, and against the one first promised?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import median_high
from typing import Literal, NamedTuple, get_args

import msgspec

from domain.assess import Assessed
from domain.commitment import value
from domain.fuzzy import FuzzyDate, slip
from domain.owner import owner_of
from projections.asked import At
from projections.base import Base
from projections.filters import Filter
from projections.honesty import Forecast, Honesty, Lag, forecasts_of, honesty, lag, lags_of
from projections.judged import judged
from projections.rows import FOR_REPORTS

Group = Literal["party", "programme", "owner"]
Standing = Literal["kept", "kept-late", "claimed", "short", "closed-short", "late", "open", "withdrawn"]
STANDINGS: dict[Standing, str] = {
    "kept": "met by the last day, with evidence; or every period of the targets was met",
    "kept-late": "met with evidence, after the last day",
    "claimed": "said to be met, without evidence; from the last day on it counts as late",
    "short": "the last period that decides was short",
    "closed-short": "ended by agreement with less than was promised",
    "late": "the last day has passed, and it is not met",
    "open": "none of these: there is time, or no last day",
    "withdrawn": "no longer promised",
}
"""What a commitment counts as, once, and what that means; the last day of an approximate due is that of its grace."""
ENDED: dict[str, Standing] = {"withdrawn": "withdrawn", "closed-short": "closed-short"}
STILL: dict[str, Standing] = {"claimed": "claimed", "short": "short"}
"""Statuses that count as themselves: always, and while the last day has not passed."""


class Score(msgspec.Struct, frozen=True):
    """The commitments of a group, counted twice; `key` is None for those in no group.

    `median_slip`: days from the first due's last day to that of the due in force, of the `dated` that have both; of
    two in the middle the later. `moved` of these are not 0.
    """

    key: str | None
    commitments: int
    current: dict[Standing, int]
    original: dict[Standing, int]
    median_slip: int | None
    dated: int
    moved: int
    forecasts: list[Honesty]
    lag: Lag


class Scores(msgspec.Struct, frozen=True):
    """All groups in order of their keys, and all commitments once."""

    group: Group
    groups: list[Score]
    all: Score


class _Told(NamedTuple):
    current: Standing
    original: Standing
    slip: int | None
    forecasts: list[Forecast]
    lags: Counter[int]


def score(base: Base, at: At, wanted: Filter, group: Group = "party") -> Scores:
    """The scores at a point. A commitment of several promisors counts for each of them, and once in all."""
    found: list[_Told] = []
    groups: dict[str | None, list[_Told]] = {}
    for one in judged(base, at, wanted, FOR_REPORTS):
        told = _told(one)  # all that is counted of it: its facts are let go
        found.append(told)
        for key in groups_of(one, group):
            groups.setdefault(key, []).append(told)
    ordered = sorted(groups, key=lambda key: (key is None, key or ""))
    return Scores(group, [_score(key, groups[key]) for key in ordered], _score(None, found))


def groups_of(found: Assessed, group: Group) -> Iterable[str | None]:
    """Who answers for it."""
    item = found.item
    if group == "party":
        return value(item.facts, "promisors", item.on) or (None,)
    return (value(item.facts, "programme", item.on) if group == "programme" else owner_of(item.facts),)


def _told(one: Assessed) -> _Told:
    first, due = original_due(one), one.item.due
    return _Told(standing(one, due), standing(one, first), slip(first, due), forecasts_of(one), lags_of(one))


def _score(key: str | None, found: list[_Told]) -> Score:
    slips = [one.slip for one in found if one.slip is not None]
    lags: Counter[int] = Counter()
    for one in found:
        lags.update(one.lags)
    return Score(
        key,
        len(found),
        _counted(one.current for one in found),
        _counted(one.original for one in found),
        median_high(slips) if slips else None,
        len(slips),
        sum(days != 0 for days in slips),
        honesty(forecast for one in found for forecast in one.forecasts),
        lag(lags),
    )


def _counted(standings: Iterable[Standing]) -> dict[Standing, int]:
    counts = Counter(standings)
    return {name: counts[name] for name in get_args(Standing)}


def original_due(found: Assessed) -> FuzzyDate | None:
    """The due first put on record, where it was true by then."""
    item = found.item
    first = item.facts.first_due.get(item.key)
    return getattr(first.fact, "due", None) if first and first.effective <= item.on else None


def standing(found: Assessed, due: FuzzyDate | None) -> Standing:
    """What a commitment counts as, judged by that due."""
    status, item = found.status, found.item
    last = due.grace_end if due else None
    if status in ENDED:
        return ENDED[status]
    if status in ("met", "met-late"):
        met = item.met_on.latest if item.met_on else None
        return "kept-late" if met and last and met > last else "kept"
    if last and item.on > last:
        return "late"
    return STILL.get(status, "open")
