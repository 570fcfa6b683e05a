"""What stands in the record? Everything that is read from a ledger, without the means to write."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from zoneinfo import ZoneInfo

import msgspec

from domain.opening import LedgerOpened, zone
from domain.recorded import Recorded
from domain.refused import Refused
from domain.retraction import EventRetracted
from ledger import place
from ledger.line import Codec, LineError, codec, describe, instant_of, stamp
from ledger.reader import pages, rows
from ledger.roots import node_at, root_at
from ledger.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAGE = 1000
LAST = 2**63 - 1

_FACTS = "SELECT position, line, type, version FROM event"
HEAD = "SELECT id, size, time FROM head"
PAGES = f"{_FACTS} WHERE position > :after AND position <= :until ORDER BY position LIMIT :page"
STREAM = f"{_FACTS} WHERE stream = :stream AND position <= :until ORDER BY position"
NAMING = f"{_FACTS} WHERE instr(line, :needle) > 0 AND position <= :until ORDER BY position"
OF_TYPE = f"{_FACTS} WHERE type = :type AND position <= :until ORDER BY position"
COMMAND = f"{_FACTS} WHERE command = :command ORDER BY position"
TOUCHED = """
SELECT stream FROM event WHERE position > :after AND position <= :until GROUP BY stream ORDER BY min(position)
"""
VERSION = "SELECT coalesce(max(version), 0) FROM event WHERE stream = :stream"
PLACE = "SELECT position FROM event WHERE id = :id"
LINE = "SELECT line FROM event WHERE position = :position"

Found = tuple[int, bytes, str, int]  # position, line, type, version


class Head(NamedTuple):
    """Where the record ends: `time` is the instant of the last line, as lines write it; empty before the first."""

    id: str
    size: int
    time: str


class Record:
    """A ledger to be read. `until` is always a position, inclusive; None means the head."""

    def __init__(self, store: Store, facts: Codec | None = None) -> None:
        self.store = store
        self._codec = facts

    @classmethod
    def open(cls, where: str | Path, *, timeout: float = place.PATIENCE) -> Self:
        """The record at a path, to be read only. Refused: see `ledger.sqlite.open_file`."""
        return cls(place.open_store(where, writing=False, timeout=timeout))

    def snapshot(self) -> AbstractContextManager[Connection]:
        """All questions asked within are answered from one state of the record."""
        return self.store.reading()

    def close(self) -> None:
        """Give back the file."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def codec(self) -> Codec:
        """What reads the lines."""
        return self._codec or codec()

    def head(self) -> Head:
        """Id, size and time, in one look."""
        (found,) = self._rows(HEAD)
        return Head(*found)

    @property
    def size(self) -> int:
        """The number of lines, and the position of the last."""
        return self.head().size

    @cached_property
    def id(self) -> str:
        """The ledger's id, a UUID."""
        return self.head().id

    @cached_property
    def opened(self) -> LedgerOpened:
        """The first fact: title, zone and format. Refused: `bad-line`, `no-such-position`."""
        fact = Codec({LedgerOpened.stored: LedgerOpened}).decode(self.line_at(1)).fact
        assert isinstance(fact, LedgerOpened)
        return fact

    @property
    def title(self) -> str:
        """The ledger's title."""
        return self.opened.title

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which the ledger's days begin and end."""
        return zone(self.opened.timezone)

    def root(self, at: int | None = None) -> bytes:
        """The Merkle tree hash over the first `at` lines, from stored hashes (RFC 9162). Refused: `ledger-damaged`."""
        with self.store.asking() as reader:
            return root_at(reader, self.size if at is None else at)

    def node(self, level: int, index: int) -> bytes:
        """The hash of a full node of the tree, from stored hashes. Refused: `ledger-damaged`."""
        with self.store.asking() as reader:
            return node_at(reader, level, index)

    def line_at(self, position: int) -> bytes:
        """The line at a position. Refused: `no-such-position`."""
        for (line,) in self._rows(LINE, position=position):
            found: bytes = line
            return found
        raise _nothing_at(position)

    def recorded_at(self, position: int) -> Recorded:
        """The fact at a position. Refused: `no-such-position`, and as `Codec.decode`."""
        for page in self.recorded(position - 1, position):
            return page[0]
        raise _nothing_at(position)

    def time_at(self, position: int) -> datetime:
        """The instant at which a line was recorded. Refused: `no-such-position`, `bad-line`."""
        try:
            return instant_of(describe(self.line_at(position)).recorded)
        except ValueError:
            raise LineError("bad-line", f"#{position}: The line's time cannot be read.") from None

    def position_at(self, instant: datetime) -> int:
        """The last position recorded at or before an instant; 0 before the first.

        Times never fall from line to line, so a few looks are enough.
        """
        limit = stamp(instant)
        with self.store.asking():
            return bisect_right(range(1, self.size + 1), limit, key=lambda at: describe(self.line_at(at)).recorded)

    def position_of(self, id: str) -> int | None:
        """Where the line of that id lies; None when there is none."""
        return next((position for (position,) in self._rows(PLACE, id=id)), None)

    def lines(self, after: int = 0, until: int | None = None, page: int = PAGE) -> Iterator[list[tuple[int, bytes]]]:
        """Positions and lines exactly as stored, in order, by pages."""
        for found in self._pages(after, until, page):
            yield [(position, line) for position, line, *_ in found]

    def recorded(self, after: int = 0, until: int | None = None, page: int = PAGE) -> Iterator[list[Recorded]]:
        """The facts in order, by pages. Refused: as `Codec.decode`, with the position."""
        for found in self._pages(after, until, page):
            yield self._read(found)

    def stream(self, subject: str, until: int | None = None) -> list[Recorded]:
        """The facts of one subject, in order; empty when there are none. Refused: as `Codec.decode`."""
        return self._read(self._rows(STREAM, stream=subject, until=_or_last(until)))

    def naming(self, key: str, until: int | None = None) -> list[Recorded]:
        """The facts anywhere that hold `key` as a whole text. Reads every line: for rare questions."""
        return self._read(self._rows(NAMING, needle=msgspec.json.encode(key), until=_or_last(until)))

    def of_command(self, command: str) -> list[Recorded]:
        """The facts that a command recorded, in order; empty when it recorded none."""
        return self._read(self._rows(COMMAND, command=command))

    def taken_back(self, until: int | None = None) -> set[str]:
        """The ids of all that some retraction names, whether that holds or not. Asks every line for its type."""
        asked = {"type": EventRetracted.stored, "until": _or_last(until)}
        with self.store.asking() as reader, pages(reader, OF_TYPE, PAGE, **asked) as found:
            gone = (one.fact.takes_back() for page in found for one in self._read(page))
            return {id for id in gone if id is not None}

    def touched(self, after: int, until: int | None = None) -> list[str]:
        """The subjects with lines after a position, in order of their first."""
        return [subject for (subject,) in self._rows(TOUCHED, after=after, until=_or_last(until))]

    def version(self, subject: str) -> int:
        """How many lines a subject has."""
        ((counted,),) = self._rows(VERSION, stream=subject)
        version: int = counted
        return version

    def _pages(self, after: int, until: int | None, page: int) -> Iterator[Sequence[Found]]:
        until = self.size if until is None else until
        while True:
            found = self._rows(PAGES, after=after, until=until, page=page)
            if not found:
                return
            yield found
            after = found[-1][0]

    def _rows(self, question: str, **asked: Any) -> Sequence[Any]:
        with self.store.asking() as reader:
            return rows(reader, question, **asked)

    def _read(self, found: Sequence[Found]) -> list[Recorded]:
        decode, read = self.codec.decode, []
        for position, line, type, version in found:
            try:
                read.append(decode(line, type, version))
            except LineError as error:
                raise LineError(error.code, f"#{position}: {error.sentence}") from None
        return read


def _nothing_at(position: int) -> Refused:
    return Refused("no-such-position", f"There is no #{position} in this ledger.")


def _or_last(until: int | None) -> int:
    return LAST if until is None else until
