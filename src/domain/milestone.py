"""Which checkpoints does a commitment have, and what must come before them?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from domain.due import check_change
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import CLOSED, Known, Occasion, state_of, stream_of
from domain.recorded import Fact, New, Slot, alike
from domain.refused import Refused
from domain.text import check_key, text
from domain.text import item as item_of


class MilestonePlanned(Fact, frozen=True, kw_only=True):
    """A checkpoint enters a commitment; `after` names the items that must come first."""

    stored: ClassVar[str] = "milestone.planned.v1"
    opens: ClassVar[bool] = True

    milestone: str
    title: str
    due: FuzzyDate | None = None
    after: tuple[str, ...] = ()

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(self.milestone, "made"),)

    def names(self) -> tuple[str, ...]:
        return others(self.milestone, self.after)

    def check(self, at: Occasion, facts: Facts) -> None:
        must_be_milestone(self.milestone)
        check_key(self.milestone.partition("/")[2], "milestone key")
        if stream_of(self.milestone) != facts.subject:
            raise Refused("wrong-stream", f"The milestone {self.milestone} does not belong to {facts.subject}.")
        check_links(at.known, self.milestone, self.after)


class MilestoneLinked(Fact, frozen=True, kw_only=True):
    """What must come before a milestone changed."""

    stored: ClassVar[str] = "milestone.linked.v1"

    milestone: str
    after: tuple[str, ...]
    previous: tuple[str, ...]

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(self.milestone, "after"),)

    def names(self) -> tuple[str, ...]:
        return others(self.milestone, self.after)

    def check(self, at: Occasion, facts: Facts) -> None:
        must_be_milestone(self.milestone)
        check_change(self.previous, after_of(facts, self.milestone), self.after)
        check_links(at.known, self.milestone, self.after)


def plan_milestone(
    at: Occasion, item: str, title: str, *, due: FuzzyDate | None = None, after: Iterable[str] = ()
) -> list[New]:
    """A new milestone `fibre/landing-aktau`. The same again records nothing.

    Refused: `not-a-milestone`, `duplicate-key`, `wrong-state` (its commitment is closed), `unknown-key`, `cycle`.
    """
    milestone = item_of(item)
    must_be_milestone(milestone)
    fact = MilestonePlanned(milestone=milestone, title=text(title, "title"), due=due, after=tuple(map(item_of, after)))
    if alike(at.facts(milestone).fact(milestone, "made"), fact):
        return []
    return at.record(stream_of(milestone), fact)


def link_milestone(at: Occasion, item: str, after: Iterable[str]) -> list[New]:
    """Replace what must come before a milestone. The same items, in any order, record nothing.

    Refused: `not-a-milestone`, `unknown-key`, `named-twice`, `cycle`, `wrong-state`.
    """
    must_be_milestone(item)
    wanted = tuple(map(item_of, after))
    previous = after_of(at.facts(item), item)
    if sorted(previous) == sorted(wanted) and at.facts(item).last(item, "made"):
        return []
    return at.record(stream_of(item), MilestoneLinked(milestone=item, after=wanted, previous=previous))


def must_be_milestone(item: str) -> None:
    """Refused: `not-a-milestone`."""
    if "/" not in item:
        raise Refused("not-a-milestone", f"{item} is a commitment; write a milestone as {item}/its-key.")


def after_of(facts: Facts, milestone: str, on: date | None = None) -> tuple[str, ...]:
    """The items that must come before a milestone."""
    fact = facts.fact(milestone, "after", on=on) or facts.fact(milestone, "made", on=on)
    return getattr(fact, "after", ())


def open_milestones(facts: Facts) -> list[str]:
    """The milestones of a commitment that are not closed."""
    return [item for item in facts.items() if "/" in item and state_of(facts, item) not in CLOSED]


def others(milestone: str, after: Iterable[str]) -> tuple[str, ...]:
    """The subjects of its predecessors. That it may not name itself is a cycle, not an unknown key."""
    return tuple(f"commitment/{one}" for one in after if one != milestone)


def check_links(known: Known, milestone: str, after: tuple[str, ...]) -> None:
    """Nothing waits for itself. Refused: `named-twice`, `cycle`."""
    if len(set(after)) < len(after):
        raise Refused("named-twice", "A predecessor is named twice. Name each once.")
    circle = _circle(known, milestone, after)
    if circle:
        raise Refused(
            "cycle", f"This would make {milestone} wait for itself: {' -> '.join(circle)}. Leave one link out."
        )


def _circle(known: Known, milestone: str, after: Iterable[str]) -> list[str]:
    """The items along which a milestone would wait for itself; empty when it would not."""
    reached_from = dict.fromkeys(after, milestone)
    ahead = list(reached_from)
    while ahead and milestone not in reached_from:
        item = ahead.pop()
        for one in _waits_for(known, item, milestone):
            if one not in reached_from:
                reached_from[one] = item
                ahead.append(one)
    if milestone not in reached_from:
        return []
    circle = [milestone, reached_from[milestone]]
    while circle[-1] != milestone:
        circle.append(reached_from[circle[-1]])
    return circle[::-1]


def _waits_for(known: Known, item: str, milestone: str) -> Iterable[str]:
    """A milestone waits for its predecessors, a commitment for its milestones: closed ones too, as they may reopen."""
    facts = known.facts(stream_of(item))
    if "/" in item:
        return after_of(facts, item)
    planned = [milestone] if milestone.startswith(f"{item}/") else []
    return [*(one for one in facts.items() if "/" in one), *planned]
