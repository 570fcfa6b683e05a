"""How do events go out for programs that follow them: as CloudEvents, one a line, or as one batch document?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import BinaryIO

import msgspec

from ledger.record import Record
from projections.asked import At


class _Place(msgspec.Struct):
    """What a filter asks of a line."""

    subject: str
    effective: date


_place = msgspec.json.Decoder(_Place)


def events(record: Record, at: At, subjects: Collection[str] | None) -> Iterator[bytes]:
    """The lines exactly as stored, in order, that were known at the point and effective by its day.

    `subjects`: only those about these streams; None: all. What was taken back is there, with what took it back.
    """
    for page in record.lines(until=at.known):
        for _, line in page:
            place = _place.decode(line)
            if place.effective <= at.on and (subjects is None or place.subject in subjects):
                yield line


def write_ndjson(out: BinaryIO, found: Iterator[bytes]) -> int:
    """One event a line, each ended by LF; gives their number."""
    count = 0
    for line in found:
        out.write(line + b"\n")
        count += 1
    return count


def write_batch(out: BinaryIO, found: Iterator[bytes]) -> int:
    """One array (CloudEvents JSON batch format, `application/cloudevents-batch+json`); gives the number of events."""
    count = 0
    out.write(b"[")
    for line in found:
        out.write((b",\n" if count else b"\n") + line)
        count += 1
    out.write(b"\n]\n")
    return count
