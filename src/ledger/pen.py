"""What is a new line stamped with, besides what was decided: time, id, and the program that writes?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import version
from typing import NamedTuple

from domain.recorded import Fact, New
from ledger.ids import Ids
from ledger.line import URN, Envelope, instant_of, stamp
from ledger.record import Head

TOLERANCE = timedelta(seconds=2)
"""A clock that is further behind the head than this has its reading noted in the line."""


class Moment(NamedTuple):
    """The instant of recording; `clock` is what the clock said where it was far behind, as lines write it."""

    time: datetime
    clock: str | None


def now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


@cache
def program() -> str:
    """The name and version under which this program writes."""
    return f"pledger/{version('pledger')}"


@dataclass(frozen=True)
class Pen:
    """A clock, a source of ids and a program's name. Fixed ones make histories that repeat byte for byte."""

    clock: Callable[[], datetime] = now
    ids: Callable[[datetime], str] = Ids()  # noqa: RUF009 # shared, so that ids grow within a process
    program: str = ""

    def moment(self, last: str, server: Callable[[], datetime | None] = lambda: None) -> Moment:
        """Now, but never before the last line's time (as lines write it; empty before the first).

        The clock of the ledger's `server` stands for that of the machine, where there is one.
        """
        reading = (server() if self.clock is now else None) or self.clock()
        if not last or (head := instant_of(last)) <= reading:
            return Moment(reading, None)
        return Moment(head, stamp(reading) if head - reading > TOLERANCE else None)

    def write(
        self, news: Sequence[New], moment: Moment, head: Head, actor: str, command: str | None
    ) -> list[Envelope[Fact]]:
        """The lines of new facts, which follow on the head, as envelopes; without a command's id they get one."""
        command = command or self.ids(moment.time)
        return [
            Envelope(
                actor=actor,
                clock=moment.clock,
                commandid=command,
                data=new.fact,
                effective=new.effective,
                id=self.ids(moment.time),
                program=self.program or program(),
                sequence=f"{position:010}",
                source=URN + head.id,
                specversion="1.0",
                subject=new.subject,
                time=stamp(moment.time),
                type=new.fact.stored,
            )
            for position, new in enumerate(news, head.size + 1)
        ]
