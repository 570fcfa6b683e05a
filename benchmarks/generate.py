"""How is a plausible ledger of any size made, the same each time? `python -m benchmarks.generate SIZE`."""

from __future__ import annotations

import argparse
import shutil
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from time import perf_counter
from typing import BinaryIO
from uuid import uuid4
from zoneinfo import ZoneInfo

from benchmarks import words
from benchmarks.chronicle import Chronicle
from benchmarks.plan import Plan, Sketch, default_commitments, plan
from benchmarks.promise import Promise
from domain.recorded import New
from ledger.bulk import copy_lines
from ledger.ids import Ids
from ledger.line import Exact, encode
from ledger.pen import Moment, Pen
from ledger.record import Head

VERSION = 1
"""Of the generator: raise it when other lines come out, so that ledgers kept from before are not taken for these."""
KEPT = Path("build/bench")
ZONE = ZoneInfo("Asia/Baku")
BEGIN = datetime(2021, 1, 4, 5, tzinfo=UTC)
SPAN = datetime(2026, 10, 30, 14, tzinfo=UTC) - BEGIN
MADE_BY = 0.7
"""By then, as a share of the lines, all commitments are made."""
CHRONICLE = -1


class Generator:
    """Writes the lines of a plan, in order."""

    def __init__(self, of: Plan) -> None:
        self._plan = of
        self._random = Random(of.seed)
        self._chronicle = Chronicle(of, self._random)
        self._pen = Pen(ids=Ids(Random(of.seed).getrandbits), program="pledger/0.1.0")
        self._id = self._pen.ids(BEGIN)
        self._size = 0
        self._promises: list[Promise] = []
        self._bag = array("i", [CHRONICLE] * of.chronicle)
        """Each line to come once, by the number of the commitment that it is about."""

    def lines(self) -> Iterator[Exact]:
        """All lines. Each would be let pass by the rules of `domain.occasion.admit`."""
        yield from self._recorded(self._chronicle.opening(self._today()), words.OFFICES[0])
        waiting = list(reversed(self._plan.sketches))
        pace = (self._plan.size * MADE_BY - self._size) / len(waiting)
        while waiting or self._bag:
            due = self._size >= self._plan.opening + len(self._promises) * pace
            if waiting and (due or not self._bag):
                yield from self._made(waiting.pop())
            else:
                yield from self._next(self._drawn())

    def _made(self, sketch: Sketch) -> list[Exact]:
        random, chronicle = self._random, self._chronicle
        parties = {words.pick(random, chronicle.parties), words.pick(random, chronicle.parties)}
        programme, source = words.pick(random, chronicle.programmes), words.pick(random, chronicle.sources)
        earlier = words.pick(random, self._promises).key if self._promises else None
        promise = Promise(sketch, random, programme, tuple(sorted(parties)), source)
        self._promises.append(promise)
        self._bag.extend([sketch.number] * (sketch.lines - sketch.made_of))
        return self._recorded(promise.made(self._today(), earlier), self._office(sketch.number))

    def _next(self, number: int) -> list[Exact]:
        if number == CHRONICLE:
            return self._recorded([self._chronicle.next(self._today())], words.OFFICES[0])
        promise = self._promises[number]
        recorded = self._recorded([promise.next(self._today())], self._office(number))
        promise.last = recorded[0].envelope.id, recorded[0].envelope.type
        return recorded

    def _drawn(self) -> int:
        """A line out of the bag."""
        index, last = int(self._random.random() * len(self._bag)), self._bag.pop()
        if index == len(self._bag):
            return last
        drawn, self._bag[index] = self._bag[index], last
        return drawn

    def _office(self, number: int) -> str:
        return words.OFFICES[number % len(words.OFFICES)]

    def _now(self) -> datetime:
        """Time goes on evenly from line to line."""
        return BEGIN + SPAN * (self._size / self._plan.size)

    def _today(self) -> date:
        return self._now().astimezone(ZONE).date()

    def _recorded(self, news: Sequence[New], actor: str) -> list[Exact]:
        moment, head = Moment(self._now(), None), Head(self._id, self._size, "")
        self._size += len(news)
        return [Exact(encode(one), one) for one in self._pen.write(news, moment, head, actor, None)]


@dataclass(frozen=True)
class Made:
    """A generated ledger: its folder, and the keys of commitments with streams of equal length in every size."""

    folder: Path
    size: int
    steady: list[str]
    address: str | None = None
    """Where the same ledger lies on a server, if that is to be measured."""

    @property
    def place(self) -> Path | str:
        """The ledger that is measured."""
        return self.address or self.ledger

    @property
    def ledger(self) -> Path:
        """The ledger in SQLite."""
        return self.folder / "pledger.db"

    @property
    def lines(self) -> Path:
        """Its lines, as exported."""
        return self.folder / "events.jsonl"


def made(size: int, *, commitments: int | None = None, seed: int = 1, kept: Path = KEPT) -> Made:
    """The ledger of that size and seed, made now or kept from before. ValueError: see `benchmarks.plan.plan`."""
    of = plan(size, commitments or default_commitments(size), seed)
    folder = kept / f"v{VERSION}-seed{seed}-{len(of.sketches)}x{size}"
    if not folder.exists():
        draft = kept / f"draft-{uuid4().hex}"
        draft.mkdir(parents=True)
        try:
            write(of, draft)
            draft.rename(folder)  # whole, or not there
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return Made(folder, size, of.steady)


def write(of: Plan, folder: Path) -> None:
    """The ledger and its lines, into a folder."""
    with (folder / "events.jsonl").open("wb") as file:
        copy_lines(folder / "pledger.db", _written(Generator(of).lines(), file))


def _written(lines: Iterable[Exact], file: BinaryIO) -> Iterator[Exact]:
    for one in lines:
        file.write(one.line + b"\n")
        yield one


def main() -> None:
    """Make one, and say where it lies and how fast that was."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("size", type=int, help="lines")
    asked.add_argument("--commitments", type=int, help="default: a fifth of the lines, at most 2,000")
    asked.add_argument("--seed", type=int, default=1)
    said = asked.parse_args()
    start = perf_counter()
    one = made(said.size, commitments=said.commitments, seed=said.seed)
    print(f"{one.ledger}: {said.size:,} lines in {perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
