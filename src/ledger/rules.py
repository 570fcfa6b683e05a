"""Which rules does a line keep, in the sight of all lines before it? What import and an audit agree on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, tzinfo

from domain.occasion import Occasion, admit
from domain.opening import LedgerOpened, zone
from domain.recorded import Fact, Recorded
from domain.refused import Refused
from ledger.line import Envelope, LineError, codec, instant_of
from ledger.replay import Replay
from ledger.seen_ids import SeenIds
from ledger.trouble import refuse_passing

CASCADING = frozenset({"unknown-key", "wrong-state", "unknown-indicator"})
"""Refusals that one bad line can bring upon all that follow it; the sentence tells the cause."""


@dataclass(frozen=True)
class Before:
    """What stands before the first line that is checked; nothing, where a ledger is checked from its beginning.

    `source` and `time` are those of its last line, `zone` is the ledger's.
    """

    size: int = 0
    source: str = ""
    time: str = ""
    zone: tzinfo = UTC


class Rules:
    """Asked line by line, in order. A line that breaks a rule is taken in too: one finding brings no others."""

    def __init__(self, known: Replay, before: Before, ids: SeenIds | None) -> None:
        """`ids` may be left out where a database vouches that none is there twice."""
        self.source = before.source
        self._known = known
        self._ids = ids
        self._time = before.time
        self._zone = before.zone
        self._begun = before.size > 0
        self._named = False

    def broken_by(self, said: Envelope[Fact]) -> Sequence[Refused]:
        """What is wrong with a line's attributes: `another-ledger`, `time-falls`, `duplicate-id`."""
        again = self._ids is not None and self._ids.again(said.id)
        self._named = True
        if said.source == self.source and said.time >= self._time and not again:
            self._time = said.time
            return ()
        return list(self._wrong(said, again))

    def take_in(self, one: Recorded) -> Sequence[Refused]:
        """What is wrong with a fact; and whatever it be, it is seen by those that follow.

        Codes: `no-opening`, those of `domain.occasion.admit`, and `cannot-be-checked` where the rules fail on it.
        Undecided: as `ledger.trouble.refuse_passing`.
        """
        found: tuple[Refused, ...] = () if self._begun else self._begin(one.fact)
        if self._ids and not self._named:
            self._ids.pass_over()
        self._named = False
        try:
            self._known.look_back(one)
            today = one.recorded.astimezone(self._zone).date()
            admit(Occasion(self._known, today, one.actor, one.effective), one.subject, one.fact)
        except Refused as refused:
            refuse_passing(refused)
            found = (*found, refused)
        except OverflowError:
            found = (*found, LineError("bad-line", "The line's time has no day in the ledger's zone."))
        except Exception as error:  # whatever others put into a line, the answer is a finding
            why = f"{type(error).__name__}: {error}"
            found = (*found, Refused("cannot-be-checked", f"The rules cannot be asked about it ({why})."))
        self._known.learn(one)
        return found

    def _wrong(self, said: Envelope[Fact], again: bool) -> Iterator[Refused]:
        if said.source != self.source:
            if self.source:
                yield Refused("another-ledger", f"It belongs to {said.source}, the others to {self.source}.")
            else:
                self.source = said.source
        if said.time < self._time:
            yield Refused("time-falls", f"It was recorded at {said.time}, the line before it at {self._time}, later.")
        self._time = said.time
        if again:
            yield Refused("duplicate-id", f"Its id {said.id} is that of another line. An id names one line.")

    def _begin(self, fact: Fact) -> tuple[Refused, ...]:
        self._begun = True
        if not isinstance(fact, LedgerOpened):
            first = LedgerOpened.stored
            return (Refused("no-opening", f"A ledger begins with {first}; this is {fact.stored}."),)
        with suppress(Refused):
            self._zone = zone(fact.timezone)
        return ()


def remembered(said: Envelope[Fact]) -> Recorded:
    """The fact as rules need it: subject and actor once in memory. ValueError where its time or place is none."""
    subject, actor = sys.intern(said.subject), sys.intern(said.actor)
    return Recorded(
        int(said.sequence), said.id, subject, 0, instant_of(said.time), said.effective, actor, "", said.data
    )


def as_read(line: bytes) -> Recorded | None:
    """The fact of a line that is not exact, where it can be read all the same."""
    try:
        return remembered(codec().envelope(line))
    except (LineError, ValueError):
        return None
