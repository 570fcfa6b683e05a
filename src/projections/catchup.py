"""How do the read models follow the ledger: a few streams anew, or all of them?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain, groupby
from operator import itemgetter
from struct import pack
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from domain.recorded import Recorded
from domain.refused import Refused
from ledger.reader import pages
from ledger.record import Head, Record
from projections.base import Base, BusyError
from projections.cursor import Cursor, cursor_of, leaf_at, move
from projections.queries import QUERIES
from projections.rows import Folded, Folding
from projections.version import VERSION

PAGE = 1000
ANEW_BEYOND = 20
"""When over one in so many events is missing, all is folded anew."""
TRIES = 100
"""So often others may be faster."""

Values = tuple[Any, ...]
Progress = Callable[[int, int], None]
"""Is told how many events are done, of how many."""
Line = tuple[str, int, int, str, bytes]
"""Stream, position, version, type and bytes, as the ledger keeps them."""


class CannotApplyError(Exception):
    """A line that the models cannot take in; they end before it."""

    def __init__(self, position: int, sentence: str) -> None:
        super().__init__(sentence)
        self.position = position
        self.sentence = sentence


def nobody(_done: int, _all: int) -> None:
    """Nobody watches the progress."""


def catch_up(base: Base, record: Record, *, anew: bool = False, progress: Progress = nobody) -> Cursor:
    """Follow the ledger to its head, or to just before the first line that cannot be applied; gives where that is.

    Rows and cursor move in one transaction, if the cursor still stands where it was found. `anew` folds all streams
    even if nothing is missing. Raises `DamagedError`, `UnwritableError` or `BusyError`.
    """
    stop: CannotApplyError | None = None
    for _ in range(TRIES):
        old, head = cursor_of(base), record.head()
        fits = old.fits(record, head)
        stop = stop or (_still_stopped(record, old) if fits else None)
        new = _goal(record, head, stop)
        if fits and new == old and not anew:
            return old
        missing = new.position - old.position
        everything = anew or not fits or not 0 <= missing * ANEW_BEYOND <= head.size
        try:
            with base.writing():
                if move(base, old, new):
                    _write(base, record, None if everything else old.position, new.position, progress)
                    return new
        except CannotApplyError as found:
            stop = _first(record, found)
    raise BusyError("other processes keep moving the cursor")


def is_current(record: Record, cursor: Cursor) -> bool:
    """Is nothing missing in models that stand here?"""
    head = record.head()
    return cursor.fits(record, head) and cursor == _goal(record, head, _still_stopped(record, cursor))


def _still_stopped(record: Record, cursor: Cursor) -> CannotApplyError | None:
    """The line at which the models stopped, if it still cannot be applied."""
    if cursor.stopped is None:
        return None
    return _unreadable(record, cursor.stopped - 1, cursor.stopped)


def _goal(record: Record, head: Head, stop: CannotApplyError | None) -> Cursor:
    if stop is None:
        return Cursor(head.size, VERSION, head.id, leaf_at(record, head.size))
    before = stop.position - 1
    return Cursor(before, VERSION, head.id, leaf_at(record, before), stop.position, stop.sentence)


def _first(record: Record, found: CannotApplyError) -> CannotApplyError:
    """The first line that cannot be applied, given one that cannot: streams are not folded in order of position."""
    return _unreadable(record, 0, found.position) or found


def _unreadable(record: Record, after: int, until: int) -> CannotApplyError | None:
    with _lines(record, "lines after", after=after, until=until) as lines:
        try:
            for _ in _decoded(record, lines):
                pass
        except CannotApplyError as found:
            return found
    return None


def _write(base: Base, record: Record, after: int | None, until: int, progress: Progress) -> None:
    """The rows of the streams touched after a position; without one, of all streams, in tables made anew."""
    if after is None:
        base.lay_out()
        with _lines(record, "lines", until=until) as lines:
            insert(base, _folded(record, lines, until, progress))
        base.index()
        return
    for stream in record.touched(after, until):
        for table in ("fact", "stream", "retraction"):
            base.change(f"forget {table}", stream=stream)
        with _lines(record, "lines of stream", stream=stream, until=until) as lines:
            insert(base, _folded(record, lines, until, progress))


def insert(base: Base, folded: Iterable[Folded]) -> None:
    """Write what is kept of streams, in the order in which they come."""
    facts, streams, retractions = list[Values](), list[Values](), list[Values]()

    def write() -> None:
        for table, rows in (("fact", facts), ("stream", streams), ("retraction", retractions)):
            if rows:
                base.insert(f"insert {table}", rows)
                rows.clear()

    for one in folded:
        facts += map(msgspec.structs.astuple, one.rows)
        streams.append((one.stream, one.positions[-1], packed(one.positions)))
        retractions += one.retractions
        if len(facts) + len(streams) >= PAGE:
            write()
    write()


def packed(positions: list[int]) -> bytes:
    """Positions in 8 bytes each, big-endian."""
    return pack(f">{len(positions)}q", *positions)


def _folded(record: Record, lines: Iterable[Line], until: int, progress: Progress) -> Iterator[Folded]:
    done = 0
    for stream, of_stream in groupby(lines, key=itemgetter(0)):
        folding = Folding(stream, _zone(record))
        for line in _decoded(record, of_stream):
            folding.take(line)
            done += 1
            if done % PAGE == 0:
                progress(done, until)
        yield folding.done()


def _zone(record: Record) -> ZoneInfo:
    try:
        return record.zone
    except Refused as refused:
        raise CannotApplyError(1, refused.sentence) from None


def _decoded(record: Record, lines: Iterable[Line]) -> Iterator[Recorded]:
    decode = record.codec.decode
    for stream, position, version, type, line in lines:
        try:
            recorded = decode(line, type, version)
        except Refused as refused:
            raise CannotApplyError(position, refused.sentence) from None
        if recorded.position != position or recorded.subject != stream:
            raise CannotApplyError(position, f"The line says that it is #{recorded.position} of {recorded.subject}.")
        if not date.min.year < recorded.recorded.year < date.max.year:  # in a zone it may have no day
            raise CannotApplyError(position, "The line's time lies at the end of the calendar.")
        yield recorded


@contextmanager
def _lines(record: Record, name: str, **asked: Any) -> Iterator[Iterator[Line]]:
    """Lines of the ledger as they lie there, whatever they are."""
    with record.store.asking() as reader, pages(reader, QUERIES[name], PAGE, **asked) as found:
        yield chain.from_iterable(found)
