"""What do the tests of the read models start from? Lines in memory or in a ledger, their rows, and the plain fold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from domain.commitment import make
from domain.fold import Facts
from domain.occasion import Known, Occasion
from domain.party import register_party
from domain.progress import ProgressReported
from domain.recorded import Fact, New, Recorded
from domain.refused import Refused
from ledger.ledger import Ledger
from ledger.record import Record
from projections.asked import At
from projections.base import Base
from projections.catchup import insert
from projections.cursor import NOWHERE
from projections.file import open_passing
from projections.filters import Asked, Filter, parse
from projections.kept import made_beside
from projections.models import Models
from projections.rows import Folded, fold
from tests.domain.given import EARLY, OFFICE, TODAY, Board, fd
from tests.ledger.given import Clock, pen

T = TypeVar("T")
Place = TypeVar("Place", Path, str)

BAKU = ZoneInfo("Asia/Baku")
"""Days there begin at 20:00 UTC."""


@dataclass
class Office(Board):
    """A ledger in memory that is recorded in day by day; `today` moves on."""

    today: date = EARLY

    def put(
        self, fact: Fact, subject: str = "commitment/fibre", *, on: date = TODAY, by: str = OFFICE, id: str = ""
    ) -> Recorded:
        """A line as it is, recorded today at noon."""
        super().put(fact, subject, on=on, by=by, id=id)
        moment = datetime.combine(self.today, time(12), UTC)
        self.lines[-1] = msgspec.structs.replace(self.lines[-1], recorded=moment)
        return self.lines[-1]


def streams(lines: Iterable[Recorded]) -> dict[str, list[Recorded]]:
    """Lines by their streams, in the order in which streams lie."""
    ordered = sorted(lines, key=lambda one: (one.subject, one.position))
    return {subject: list(found) for subject, found in groupby(ordered, key=lambda one: one.subject)}


def folded(lines: Iterable[Recorded]) -> list[Folded]:
    """The rows of all streams."""
    return [fold(subject, found, BAKU) for subject, found in streams(lines).items()]


@contextmanager
def modelled(lines: Iterable[Recorded]) -> Iterator[Base]:
    """Read models of these lines, for this process alone."""
    with closing(open_passing()) as base:
        base.lay_out()
        base.index()
        found = list(lines)
        base.insert("insert cursor", [NOWHERE._replace(position=max((one.position for one in found), default=0)).row()])
        insert(base, folded(found))
        yield base


def plain(lines: Iterable[Recorded], at: At) -> dict[str, Facts]:
    """The plain fold of exactly the lines that were known, with instants as the ledger's zone shows them."""
    seen = [local(one) for one in lines if one.position <= at.known]
    return {subject: Facts(subject, found) for subject, found in streams(seen).items()}


def local(one: Recorded) -> Recorded:
    return msgspec.structs.replace(one, recorded=one.recorded.astimezone(BAKU).replace(tzinfo=None))


@dataclass
class Desk:
    """A ledger in a file or on a server, its clock set by the test, and its read models."""

    path: Path | str
    clock: Clock = field(default_factory=Clock)
    said: list[str] = field(default_factory=list)
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        if not self._stands():
            beside = made_beside(self.path)
            Ledger.create(
                self.path, "Middle Corridor", "Asia/Baku", actor=OFFICE, pen=pen(self.clock), beside=beside
            ).close()
        with Record.open(self.path) as record:
            seed = 8 + record.size  # ids go on otherwise than before
        self.ledger = Ledger.open(self.path, pen=pen(self.clock, seed=seed))

    @property
    def file(self) -> Path:
        """Where it lies, if in a file."""
        assert isinstance(self.path, Path)
        return self.path

    def _stands(self) -> bool:
        with suppress(Refused):
            Record.open(self.path).close()
            return True
        return False

    @property
    def record(self) -> Record:
        return self.ledger.record

    @property
    def today(self) -> date:
        return self.clock.at.astimezone(BAKU).date()

    def wait(self, days: int) -> None:
        """Time passes."""
        self.clock.at += timedelta(days=days)

    def do(
        self, decision: Callable[..., list[New]], *args: Any, on: date | None = None, by: str = OFFICE, **named: Any
    ) -> list[Recorded]:
        """A command."""

        def decide(known: Known, now: datetime) -> list[New]:
            return decision(Occasion(known, now.astimezone(BAKU).date(), by, on), *args, **named)

        return self.ledger.change(decide, actor=by)

    def put(self, subject: str, fact: Fact, on: date | None = None) -> Recorded:
        """A fact as it is, whatever the rules say."""
        (done,) = self.ledger.change(lambda known, now: [New(subject, fact, on or self.today)], actor=OFFICE)
        return done

    def last(self) -> Recorded:
        """The newest line."""
        ((line,),) = self.record.recorded(self.record.size - 1)
        return line

    def models(self, **named: Any) -> Models:
        """The read models beside it."""
        return Models.open(self.record, self.path, say=self.said.append, **named)

    def at(self, known: int | None = None, on: date | None = None) -> At:
        """A point of both axes; by default now."""
        return At(self.record.size if known is None else known, on or self.today)

    def ask(
        self, question: Callable[..., T], *args: Any, known: int | None = None, on: date | None = None, **named: Any
    ) -> T:
        """The answer to a question about the read models."""
        with self.models() as models:
            return models.answer(lambda base: question(base, self.at(known, on), *args, **named))


def wanted(*words: str) -> Filter:
    """A filter from its words; keys are taken as they are."""
    return parse(words, Asked(TODAY, lambda _, typed: typed))


def small_ledger(path: Place) -> Place:
    """A ledger of 12 lines in 4 streams: 1 ledger, 2 az, 3 fibre, 4 ports, 5-12 fibre."""
    desk = Desk(path)
    with desk.ledger.appending():
        desk.do(register_party, "az", "Azərbaycan", kind="state")
        for key in ("fibre", "ports"):
            desk.do(make, key, key.title(), due=fd("2026"), promisors=("az",))
        notes(desk, "fibre", 8)
    desk.ledger.close()
    return path


def notes(desk: Desk, key: str, count: int) -> None:
    """So many reports, in one change."""
    words = [f"step {step} after {desk.record.size}" for step in range(count)]
    news = [New(f"commitment/{key}", ProgressReported(item=key, note=one), desk.today) for one in words]
    desk.ledger.change(lambda known, now: news, actor=OFFICE)
