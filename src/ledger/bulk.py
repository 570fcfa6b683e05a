"""How do many finished lines enter a record at once: into a copy, or where another copy left off?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from sqlalchemy import exc

from domain.opening import FORMAT, LedgerOpened
from domain.refused import Refused
from ledger import place, trouble
from ledger.append import Appending, Entry
from ledger.line import URN, Columns, Exact
from ledger.record import Record
from ledger.store import Store

PAGE = 1000


Admit = Callable[[Record], None]
"""Says of lines that have just entered whether they may stay. What it refuses undoes them."""


def _nobody(_: int) -> None:
    """Nobody watches the progress."""


def as_they_are(_: Record) -> None:
    """They may stay."""


def copy_lines(
    where: str | Path,
    lines: Iterable[Exact],
    *,
    admit: Admit = as_they_are,
    beside: Sequence[str] = (),
    progress: Callable[[int], None] = _nobody,
) -> None:
    """Make a copy of a ledger from its lines: same id, same bytes, same root. All of it, or nothing stands there.

    `beside`: as `ledger.place.new_store`, and what it refuses. Refused: `no-opening`, `newer-format`, as `append_lines`
    and `admit`.
    """
    rest = iter(lines)
    first = next(rest, None)
    if first is None or not isinstance(opened := first.envelope.data, LedgerOpened):
        raise Refused("no-opening", f"A ledger begins with {LedgerOpened.stored}; these lines do not. Export it whole.")
    if opened.format != FORMAT:
        raise trouble.wrong_format(Path(place.label(where)), opened.format, FORMAT)
    with place.new_store(where, first.envelope.source.removeprefix(URN), beside) as store:
        append_lines(store, chain((first,), rest), progress=progress)
        admit(Record(store))


def append_lines(store: Store, lines: Iterable[Exact], *, progress: Callable[[int], None] = _nobody) -> None:
    """Append lines that continue this ledger, in one transaction: all, or none when one is refused.

    `progress` is told the number of lines written so far, page by page. What the iterable raises undoes all.
    Refused: `out-of-sequence`, `another-ledger`, `time-falls`, `duplicate-id`.
    """
    with store.appending() as appending:
        versions, start = _Versions(store, appending.size), appending.size
        rest = iter(lines)
        while page := list(islice(rest, PAGE)):
            _append(appending, list(_entries(appending, page, versions)))
            progress(appending.size - start)


class _Versions:
    """Counts the lines of each stream, asking the record once for those that it may have already."""

    def __init__(self, store: Store, size: int) -> None:
        self._record = Record(store) if size else None
        self._last: dict[str, int] = {}

    def next(self, stream: str) -> int:
        """The version of the next line of a stream."""
        last = self._last.get(stream)
        if last is None:
            last = self._record.version(stream) if self._record else 0
        self._last[stream] = last + 1
        return last + 1


def _entries(appending: Appending, page: list[Exact], versions: _Versions) -> Iterator[Entry]:
    source, time = URN + appending.id, appending.time
    for line, envelope in page:
        if envelope.source != source:
            raise Refused(
                "another-ledger",
                f"Line {envelope.sequence} belongs to {envelope.source}, not to {source}. Ledgers are not merged:"
                " record its facts anew, with that ledger as their source.",
            )
        if envelope.time < time:
            raise Refused("time-falls", f"Line {envelope.sequence} was recorded at {envelope.time}, before {time}.")
        time = envelope.time
        yield Entry(Columns.of(envelope), versions.next(envelope.subject), line)


def _append(appending: Appending, entries: list[Entry]) -> None:
    try:
        appending.append(entries)
    except exc.IntegrityError:
        first, last = entries[0].columns.position, entries[-1].columns.position
        raise Refused(
            "duplicate-id",
            f"Among #{first} to #{last} a line has an id that another has. An id names one line.",
        ) from None
