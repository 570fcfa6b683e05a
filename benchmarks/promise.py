"""What may be recorded next of one commitment? Just enough of its state to say something that every rule lets pass."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random

from benchmarks import words
from benchmarks.plan import Sketch
from benchmarks.target import Aim
from domain.commitment import Change, CommitmentMade, CommitmentRestated
from domain.due import DueMoved
from domain.evidence import EvidenceAttached
from domain.forecast import ForecastRevised
from domain.fuzzy import FuzzyDate, day
from domain.life import ItemClosedShort, ItemMet, ItemReopened, ItemResumed, ItemSuspended, ItemWithdrawn
from domain.milestone import MilestoneLinked, MilestonePlanned
from domain.owner import OwnerAssigned
from domain.progress import ProgressReported
from domain.quantity import percent
from domain.recorded import Fact, New
from domain.retraction import EventRetracted
from domain.verdict import SCALES, VerdictGiven

MOST_MOVES = 8
"""Nobody re-baselines a promise for ever."""


@dataclass(slots=True)
class Item:
    """A commitment or milestone. `forecasts` lie in the order in which they count: by day, then position."""

    key: str
    due: FuzzyDate | None
    after: tuple[str, ...] = ()
    open: bool = True
    moves: int = 0
    percent: int = 0
    forecasts: list[tuple[date, int, FuzzyDate]] = field(default_factory=list)


class Promise:
    """A commitment on its way through the years that a plan gives it."""

    def __init__(self, sketch: Sketch, random: Random, programme: str, parties: tuple[str, ...], source: str) -> None:
        self.key = sketch.key
        self.subject = f"commitment/{sketch.key}"
        self.last: tuple[str, str] = ("", "")
        """Id and stored name of the stream's newest line."""
        self._sketch = sketch
        self._random = random
        self._programme, self._parties, self._source = programme, parties, source
        self._left = sketch.lines - sketch.made_of
        self._count = 0
        self._items: list[Item] = []
        self._aim: Aim | None = None
        self._resting = False
        self._owner: str | None = None
        self._statement: str | None = None
        self._take_back: Callable[[], object] | None = None

    def made(self, on: date, earlier: str | None) -> list[New]:
        """It is promised. `earlier` is the key of another commitment that a milestone may wait for."""
        random = self._random
        due = None
        if self._sketch.kind != "target" and random.random() < 0.92:
            due = words.later(random, on, 400, 3000)
        start = words.period(words.months(on)) if due and random.random() < 0.4 else None
        self._owner = words.pick(random, words.OFFICES) if random.random() < 0.5 else None
        self._items = [Item(self.key, due)]
        made = CommitmentMade(
            title=words.title(random, self._sketch.number),
            kind=self._sketch.kind,
            promisors=self._parties,
            due=due,
            start=start,
            programme=self._programme,
            source=self._source if random.random() < 0.6 else None,
            locator=f"page {1 + int(random.random() * 40)}" if random.random() < 0.4 else None,
            owner=self._owner,
        )
        planned = [self._planned(index, on, earlier) for index in range(self._sketch.milestones)]
        if self._sketch.kind == "target":
            self._aim = Aim(self.key, random, on, self._sketch.lines)
        aimed = [self._aim.set()] if self._aim else []
        return [New(self.subject, fact, on) for fact in (made, *planned, *aimed)]

    def next(self, on: date) -> New:
        """The next line of its stream."""
        self._left -= 1
        self._count += 1
        self._take_back, take_back = None, self._take_back
        fact, effective = self._towards_end(on) or self._happened(on, take_back)
        return New(self.subject, fact, effective)

    def _happened(self, on: date, take_back: Callable[[], object] | None) -> tuple[Fact, date]:
        if not self._items[0].open:
            return self._judged(on)
        if self._resting and self._random.random() < 0.3:
            return self._rest(on)
        if take_back and self._random.random() < 0.02:
            take_back()
            return EventRetracted(event=self.last[0], type=self.last[1], reason="Entered for the wrong month"), on
        return words.pick(self._random, OF_TARGETS if self._aim else ACTIVITIES)(self, on) or self._progress(on)

    def _planned(self, index: int, on: date, earlier: str | None) -> MilestonePlanned:
        random, key = self._random, f"{self.key}/m{index + 1}"
        due = words.later(random, on, 200, 1600) if random.random() < 0.8 else None
        after: tuple[str, ...] = ()
        if index and random.random() < 0.5:
            after = (self._items[-1].key,)
        elif earlier and random.random() < 0.2:
            after = (earlier,)
        self._items.append(Item(key, due, after))
        return MilestonePlanned(milestone=key, title=words.title(random, index + 1), due=due, after=after)

    # ---- Observations

    def _item(self) -> Item:
        """The commitment itself, more often than one of its open milestones."""
        whole = self._items[0]
        if len(self._items) == 1 or self._random.random() < 0.6:
            return whole
        one = words.pick(self._random, self._items)
        return one if one.open else whole

    def _day(self, on: date) -> date:
        """The day of an observation: mostly today, now and then some weeks ago."""
        draw = self._random.random()
        return on if draw < 0.85 else on - timedelta(days=1 + int(draw * draw * 45))

    def _progress(self, on: date) -> tuple[Fact, date]:
        random, item = self._random, self._item()
        self._take_back = int  # what nothing else builds upon
        note, further = f"Report {self._count}: {words.pick(random, words.REPORTS)}", int(random.random() * 4)
        if not further or item.percent == 99:  # never the same report twice
            return ProgressReported(item=item.key, note=note), self._day(on)
        item.percent = min(99, item.percent + further)
        said = note if random.random() < 0.3 else None
        return ProgressReported(item=item.key, percent=percent(str(item.percent)), note=said), self._day(on)

    def _forecast(self, on: date) -> tuple[Fact, date]:
        random, item, effective = self._random, self._item(), self._day(on)
        counted = next((one for one in reversed(item.forecasts) if one[0] <= effective), None)
        expected = words.later(random, on, 20, 900)
        one = (effective, self._count, expected)
        insort(item.forecasts, one, key=lambda forecast: forecast[:2])
        self._take_back = partial(item.forecasts.remove, one)
        reason = words.pick(random, words.REASONS)
        previous = counted[2] if counted else None
        return ForecastRevised(item=item.key, previous=previous, expected=expected, reason=reason), effective

    def _actual(self, on: date) -> tuple[Fact, date] | None:
        if self._aim is None:
            return None
        fact, effective, self._take_back = self._aim.reported(on, self._day(on))
        return (fact, effective) if fact else None

    def _evidence(self, on: date) -> tuple[Fact, date]:
        self._take_back = int
        return EvidenceAttached(item=self._item().key, evidence=words.proof(self._random)), self._day(on)

    def _judged(self, on: date) -> tuple[Fact, date]:
        random = self._random
        scale = words.pick(random, tuple(SCALES))
        rating, reason = words.pick(random, SCALES[scale]), f"Review {self._count}: {words.pick(random, words.REASONS)}"
        return VerdictGiven(item=self.key, scale=scale, rating=rating, assessor="audit-chamber", reason=reason), on

    # ---- Acts

    def _move(self, on: date) -> tuple[Fact, date] | None:
        random, item = self._random, self._item()
        before = item.due
        if self._aim or item.moves == MOST_MOVES:
            return None
        than = max(on, before.latest) if before and before.latest else on
        item.due = words.later(random, than, 20, 500)
        if before and before.same_as(item.due):
            item.due = before
            return None
        item.moves += 1
        self._take_back = partial(setattr, item, "due", before)
        reason = words.pick(random, words.REASONS)
        moved = DueMoved(item=item.key, previous=before, due=item.due, reason=reason, approved_by=words.APPROVER)
        return moved, on

    def _hand_over(self, on: date) -> tuple[Fact, date] | None:
        before, self._owner = self._owner, words.pick(self._random, words.OFFICES)
        return None if before == self._owner else (OwnerAssigned(previous=before, owner=self._owner), on)

    def _restate(self, on: date) -> tuple[Fact, date]:
        before, self._statement = self._statement, f"As agreed in round {self._count}: {words.REPORTS[0]}"
        change = Change(before=before, to=self._statement)
        return CommitmentRestated(changes={"statement": change}, reason="Wording of the protocol"), on

    def _link(self, on: date) -> tuple[Fact, date] | None:
        if len(self._items) < 3 or not self._items[2].open:
            return None
        before, first = self._items[2].after, self._items[1].key
        after = self._items[2].after = (*before, first) if first not in before else before[:-1]
        return MilestoneLinked(milestone=self._items[2].key, after=after, previous=before), on

    def _rest(self, on: date) -> tuple[Fact, date]:
        self._resting = not self._resting
        reason = words.pick(self._random, words.REASONS)
        return (ItemSuspended if self._resting else ItemResumed)(item=self.key, reason=reason), on

    def _revise(self, on: date) -> tuple[Fact, date] | None:
        fact = self._aim.revised() if self._aim else None
        return (fact, on) if fact else None

    # ---- The end

    def _towards_end(self, on: date) -> tuple[Fact, date] | None:
        """The next step to the end that was planned, once few lines are left."""
        whole, end = self._items[0], self._sketch.end
        waiting = [one for one in self._items[1:] if one.open]
        if end == "reopened" and not whole.open and self._left == 1:
            whole.open = True
            return ItemReopened(item=self.key, reason="The acceptance protocol was withdrawn"), on
        if end == "open" or not whole.open or self._left > len(waiting) + 3 or self._left < len(waiting) + 1:
            return None
        if waiting and end not in ("withdrawn", "closed-short"):
            waiting[0].open = False
            return ItemMet(item=waiting[0].key, met_on=day(on)), on
        whole.open = self._resting = False
        return self._closed(end, on), on

    def _closed(self, end: str, on: date) -> Fact:
        if end == "withdrawn":
            return ItemWithdrawn(item=self.key, reason="The parties agreed on another route")
        if end == "closed-short":
            return ItemClosedShort(item=self.key, achieved="Two of three sections", reason="Funding ended")
        evidence = words.proof(self._random) if end != "claimed" else ()
        return ItemMet(item=self.key, met_on=words.period(words.months(on)), evidence=evidence)


Activity = Callable[[Promise, date], tuple[Fact, date] | None]
ACTS: tuple[Activity, ...] = (
    *[Promise._evidence] * 4,
    *[Promise._judged] * 2,
    *[Promise._hand_over] * 2,
    *[Promise._restate] * 1,
    *[Promise._rest] * 2,
)
ACTIVITIES = (*ACTS, *[Promise._progress] * 60, *[Promise._forecast] * 22, *[Promise._move] * 5, *[Promise._link] * 2)
"""What happens to an open commitment, as often as it is listed; what does not apply becomes a report of progress."""
OF_TARGETS = (*ACTS, *[Promise._actual] * 60, *[Promise._progress] * 25, *[Promise._revise] * 4)
