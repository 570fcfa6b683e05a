"""Is every acknowledged event there after the primary has died under load, and how long does nobody record?

    python -m benchmarks.failover [--writers 4] [--seconds 10]

A primary with a synchronous standby on this machine; writers whose address names both; `kill -9` of the primary, the
standby is promoted, the writers go on by themselves. Exit code 1 where anything is missing.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import pairwise
from multiprocessing.synchronize import Event
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from benchmarks.standby import Server, folder, primary, standby
from domain.occasion import Known, Occasion
from domain.party import register_party
from domain.recorded import New
from domain.refused import Refused
from ledger.ledger import Decision, Ledger
from ledger.record import Record
from ledger.verify import verify
from projections.kept import made_beside


class Acknowledged(NamedTuple):
    """A command that was answered: where its line stands, how often the answer was no answer before, and when."""

    command: str
    position: int
    doubts: int
    at: float


class Drill(NamedTuple):
    """What came of it. `killed` and `promoted` are instants of the same clock as those of the acknowledged."""

    acknowledged: Sequence[Acknowledged]
    killed: float
    promoted: float
    lost: Sequence[str]
    lines: int
    sound: bool

    def told(self) -> Iterator[str]:
        """In sentences, with counts."""
        before = sum(one.at < self.killed for one in self.acknowledged)
        times = sorted(one.at for one in self.acknowledged)
        pause = max(later - earlier for earlier, later in pairwise(times))
        doubted = sum(one.doubts > 0 for one in self.acknowledged)
        yield f"{before:,} events acknowledged before the primary was killed, {len(self.acknowledged) - before:,} after"
        yield f"promoted after {self.promoted - self.killed:.1f} s; the longest time without an event is {pause:.1f} s"
        yield f"{doubted} commands in doubt were sent again under their ids"
        yield f"{len(self.lost)} of {len(self.acknowledged):,} acknowledged lost; {self.lines:,} lines, " + (
            "tree and rules hold" if self.sound else "which do NOT verify"
        )


def drill(writers: int, seconds: float) -> Drill:
    """Half of the time before the kill, half after it."""
    with folder() as within, primary(within) as first, standby(first) as second:
        first.set_synchronous()
        address = f"postgresql:///?{_named(first, second)}&target_session_attrs=read-write"
        with closing(Ledger.create(address, "Drill", "UTC", actor="drill", beside=made_beside(address))):
            pass
        context = multiprocessing.get_context("fork")
        enough = context.Event()
        told = [within / f"writer-{number}" for number in range(writers)]
        working = [context.Process(target=_write, args=(address, path, enough), daemon=True) for path in told]
        for one in working:
            one.start()
        sleep(seconds / 2)
        first.kill()
        killed = monotonic()
        second.promote()
        promoted = monotonic()
        sleep(seconds / 2)
        enough.set()
        for one in working:
            one.join()
        return _drilled([one for path in told for one in _read(path)], killed, promoted, address)


def _named(first: Server, second: Server) -> str:
    return f"host=127.0.0.1,127.0.0.1&port={first.port},{second.port}&user=postgres&dbname=postgres"


def _write(address: str, told: Path, enough: Event) -> None:
    """Record one event after the other; what is not answered is sent again under its id."""
    ledger, count, doubts = None, 0, 0
    with told.open("w") as file:
        while not enough.is_set():
            command = f"{told.name}-{count}"
            try:
                ledger = ledger or Ledger.open(address)
                [done] = ledger.change(_decision(command), actor="drill", command_id=command)
            except Refused:
                doubts += 1
                if ledger:
                    ledger.close()
                ledger = None
                sleep(0.05)
            else:
                file.write(f"{command} {done.position} {doubts} {monotonic()}\n")
                count, doubts = count + 1, 0


def _decision(key: str) -> Decision:
    def decide(known: Known, now: datetime) -> Sequence[New]:
        return register_party(Occasion(known, now.date(), "drill"), key, "Party", kind="company")

    return decide


def _read(path: Path) -> Iterator[Acknowledged]:
    for line in path.read_text().splitlines():
        command, position, doubts, at = line.split()
        yield Acknowledged(command, int(position), int(doubts), float(at))


def _drilled(acknowledged: Sequence[Acknowledged], killed: float, promoted: float, address: str) -> Drill:
    with Record.open(address) as record:
        stands: dict[str, list[int]] = {}
        for page in record.recorded():
            for one in page:
                stands.setdefault(one.command, []).append(one.position)
        lines = record.size
    lost = [one.command for one in acknowledged if stands.get(one.command) != [one.position]]
    return Drill(acknowledged, killed, promoted, lost, lines, not verify(address).findings)


def main(words: Sequence[str]) -> int:
    """Run the drill and say what came of it."""
    parser = argparse.ArgumentParser(description="Kill the primary under load, promote its standby, count.")
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=10)
    asked = parser.parse_args(words)
    found = drill(asked.writers, asked.seconds)
    print("\n".join(found.told()))
    return 1 if found.lost or not found.sound else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
