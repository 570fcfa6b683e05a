"""How does every commitment stand? The board."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from domain.assess import Assessed, Outcome, Reason
from domain.assess.item import Item
from domain.commitment import value
from domain.fuzzy import FuzzyDate
from domain.quantity import Quantity
from domain.recorded import Recorded
from projections.asked import At, all_of, last_positions
from projections.base import Base
from projections.filters import EVERYTHING, Filter
from projections.judged import judged


class Because(msgspec.Struct, frozen=True, gc=False):
    """A reason or a flag: a stable code, a sentence, and the positions of the events behind it."""

    code: str
    text: str
    positions: tuple[int, ...]


class Checkpoint(msgspec.Struct, frozen=True, gc=False):
    """A milestone of a commitment, in short."""

    key: str
    title: str
    due: FuzzyDate | None
    forecast: FuzzyDate | None
    met_on: FuzzyDate | None
    status: str


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """A period of a target: one that has ended, the running one, or the next. Amounts are in the target's unit."""

    indicator: str
    period: str
    amount: Quantity
    actual: Quantity | None
    projected: Quantity | None
    needed_per_month: Quantity | None
    outcome: Literal["met", "short", "unreported", "running", "future"]


class BoardItem(msgspec.Struct, frozen=True, gc=False):
    """A commitment with its status.

    `progress` is the last reported percentage, `days_left` counts to the due's last day, `last_position` is that of
    the last line about it.
    """

    key: str
    title: str
    kind: str
    programme: str | None
    promisors: tuple[str, ...]
    promisees: tuple[str, ...]
    owner: str | None
    due: FuzzyDate | None
    original_due: FuzzyDate | None
    forecast: FuzzyDate | None
    met_on: FuzzyDate | None
    progress: str | None
    days_left: int | None
    status: str
    flags: list[Because]
    reasons: list[Because]
    milestones: list[Checkpoint]
    targets: list[Stretch]
    last_position: int


def board(base: Base, at: At, wanted: Filter = EVERYTHING) -> list[BoardItem]:
    """Every commitment that stands and is wanted, in order of keys."""
    lasts = last_positions(base, at, all_of("commitment"))
    return [board_item(one, lasts[one.item.facts.subject]) for one in judged(base, at, wanted)]


def board_item(judged: Assessed, last_position: int) -> BoardItem:
    """A commitment, judged, as the board shows it; `last_position` is that of its last line."""
    item = judged.item
    return BoardItem(
        key=item.key,
        title=title_at(judged),
        kind=_value(item, "kind") or "",
        programme=_value(item, "programme"),
        promisors=_value(item, "promisors") or (),
        promisees=_value(item, "promisees") or (),
        owner=_owner(item),
        due=item.due,
        original_due=_original_due(item),
        forecast=_forecast(judged),
        met_on=item.met_on,
        progress=_progress(judged),
        days_left=judged.days_left,
        status=judged.status,
        flags=because(judged.flags),
        reasons=because(judged.reasons),
        milestones=[checkpoint(one) for one in judged.milestones],
        targets=[_stretch(one) for one in judged.outcomes],
        last_position=last_position,
    )


def checkpoint(judged: Assessed) -> Checkpoint:
    """A milestone, judged, in short."""
    item = judged.item
    return Checkpoint(item.key, title_of(item.made), item.due, _forecast(judged), item.met_on, judged.status)


def because(reasons: list[Reason]) -> list[Because]:
    """Reasons or flags in the shape in which they are given."""
    return [Because(*one) for one in reasons]


def title_at(judged: Assessed) -> str:
    """The title in force."""
    item = judged.item
    return title_of(item.made) if item.is_milestone else _value(item, "title") or ""


def title_of(made: Recorded) -> str:
    """The title with which something was made, planned or opened."""
    title: str = getattr(made.fact, "title", "")
    return title


def _value(item: Item, name: str) -> Any:
    if "field" not in item.chains:  # most are never restated, and a board asks for many words
        return getattr(item.made.fact, name, None)
    return value(item.facts, name, item.on)


def _owner(item: Item) -> str | None:
    return getattr((item.last("owner") or item.made).fact, "owner", None)


def _forecast(judged: Assessed) -> FuzzyDate | None:
    by = judged.item.forecast
    return getattr(by.fact, "expected", None) if by else None


def _original_due(item: Item) -> FuzzyDate | None:
    first = item.facts.first_due.get(item.key)
    return getattr(first.fact, "due", None) if first and first.effective <= item.on else None


def _progress(judged: Assessed) -> str | None:
    by: Any = judged.item.last("percent")
    return f"{by.fact.percent:f}" if by else None


def _stretch(one: Outcome) -> Stretch:
    return Stretch(
        one.indicator,
        one.period.label,
        one.terms.amount,
        one.actual,
        one.projected,
        one.needed_per_month,
        one.outcome,
    )
