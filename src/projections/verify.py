"""Do the read models say what the ledger says? They are held against others that are worked out anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from domain.text import shown
from ledger.record import Record
from projections.base import Base, ModelsError, Rows
from projections.catchup import Progress, catch_up, nobody
from projections.cursor import NOWHERE, cursor_of
from projections.file import open_passing
from projections.kept import kept_beside
from projections.models import undecided, unhurried

TABLES = ("fact", "stream", "retraction")
LISTED = 100
"""So many differences are told; models are thrown away as a whole, so a few will do."""


class Difference(NamedTuple):
    """Something that the kept models say otherwise. Codes: `models-differ`, `models-damaged`."""

    code: str
    text: str


def differences(record: Record, ledger: str | Path, *, progress: Progress = nobody) -> list[Difference]:
    """What the models beside a ledger say otherwise than a replay of it; at most `LISTED`.

    Nothing where there are none, or where the next command makes them anew in any case. Streams that have gone on
    since the models were last brought up to date are left out. Refused: `models-failed`.
    """
    try:
        kept = kept_beside(ledger).look()
        if kept is None:
            return []
        with closing(kept), kept.reading():
            cursor = cursor_of(kept)
            if not cursor.fits(record, record.head()):
                return []
            moved_on = set(record.touched(cursor.position))
            return list(islice(_compared(record, kept, moved_on, progress), LISTED))
    except ModelsError as error:
        return [Difference("models-damaged", f"The read models cannot be read: {error}.")]


def _compared(record: Record, kept: Base, moved_on: set[str], progress: Progress) -> Iterator[Difference]:
    with closing(_worked_out(record, progress)) as replayed, replayed.reading():
        for table in TABLES:
            for stream in _differing(kept, replayed, table):
                if stream not in moved_on:
                    text = f"The read models say otherwise than a replay about {shown(stream)} ({table})."
                    yield Difference("models-differ", text)


def _worked_out(record: Record, progress: Progress) -> Base:
    """Models of all lines, for this process alone."""
    try:
        base = open_passing()
        base.lay_out()
        base.insert("insert cursor", [NOWHERE.row()])
        with unhurried():
            catch_up(base, record, progress=progress)
    except ModelsError as error:
        raise undecided(error) from error
    return base


def _differing(kept: Base, replayed: Base, table: str) -> Iterator[str]:
    """The streams whose rows are not the same, or only in one of the two."""
    both = merge(_by_stream(kept, table), _by_stream(replayed, table), key=itemgetter(0))
    for stream, pair in groupby(both, key=itemgetter(0)):
        rows = [one for _, one in pair]
        if len(rows) != 2 or rows[0] != rows[1]:
            yield stream


def _by_stream(base: Base, table: str) -> Iterator[tuple[str, Rows]]:
    for stream, rows in groupby(base.each(f"every {table}"), key=itemgetter(0)):
        yield str(stream), list(rows)
