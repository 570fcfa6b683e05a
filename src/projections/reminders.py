"""Who is to be told that something falls due, and was that told before?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from domain.assess import Assessed
from domain.commitment import value
from domain.fuzzy import FuzzyDate
from domain.owner import owner_of
from domain.text import folded_office
from projections.asked import At
from projections.base import Base
from projections.due import DueItem, falling, soonest
from projections.filters import EVERYTHING, Filter
from projections.rows import LAST_DAY
from projections.status import title_at


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was told of one thing, and to whom, as all spellings of that office have it."""

    to: str
    due: FuzzyDate
    status: str

    def same_as(self, other: Told | None) -> bool:
        """Was the same told to the same office?"""
        return bool(other and (self.to, self.status) == (other.to, other.status) and self.due.same_as(other.due))


class Reminder(NamedTuple):
    """Something that falls due, under a name that it keeps, and who looks after it; where nobody does, its programme.

    `was` is what was told of it before.
    """

    id: str
    owner: str | None
    programme: str | None
    item: DueItem
    was: Told | None = None

    @property
    def to(self) -> str:
        """Who is told."""
        return folded_office(self.owner) if self.owner else f"programme {self.programme or ''}".strip()

    @property
    def told(self) -> Told:
        """What is told."""
        return Told(self.to, self.item.due, self.item.status)


def reminders(base: Base, at: At, within: int, wanted: Filter = EVERYTHING) -> list[Reminder]:
    """All of `projections.due.falling_due`, overdue on top."""
    found = (_reminder(judged, one) for judged, one in falling(base, at, within, wanted))
    return sorted(found, key=lambda one: (*soonest(one.item), one.id))


def _reminder(judged: Assessed, one: DueItem) -> Reminder:
    facts, name = judged.item.facts, one.key
    if one.what == "period":  # the title of a period names its indicator where there may be several
        name += f"{one.title.removeprefix(title_at(judged))} {one.due.edtf}"
    owner = owner_of(facts)
    return Reminder(name, owner, None if owner else value(facts, "programme", judged.item.on), one)


def standing(base: Base, at: At) -> dict[str, Told]:
    """What could be told of everything that is open, however far ahead, by its name."""
    return {one.id: one.told for one in reminders(base, at, LAST_DAY)}


def still(told: Mapping[str, Told], now: Mapping[str, Told]) -> dict[str, Told]:
    """Of what was told, what still holds. What has changed, or came to rest, is told anew when it falls due again."""
    return {name: one for name, one in told.items() if one.same_as(now.get(name))}


def news(found: Iterable[Reminder], told: Mapping[str, Told]) -> Iterator[Reminder]:
    """Of what falls due, what was not told yet, or is not what was told."""
    for one in found:
        was = told.get(one.id)
        if not one.told.same_as(was):
            yield one._replace(was=was)


class Group(NamedTuple):
    """All that one office is told; or of one programme what nobody looks after."""

    owner: str | None
    programme: str | None
    reminders: list[Reminder]


def grouped(found: Iterable[Reminder]) -> list[Group]:
    """Owners by their names, then programmes by their keys, then what belongs to neither. Their order within stays."""
    groups: dict[str, Group] = {}
    for one in found:
        groups.setdefault(one.to, Group(one.owner, one.programme, [])).reminders.append(one)
    return sorted(
        groups.values(),
        key=lambda one: (one.owner is None, one.programme is None, one.owner or one.programme or ""),
    )
