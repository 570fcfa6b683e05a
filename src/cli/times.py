"""Which point of both time axes is meant: what was known when, judged on which day?"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from domain.refused import Refused
from domain.text import shown
from ledger.record import Record

if TYPE_CHECKING:
    from projections.asked import At

POSITION = re.compile(r"(#?)([0-9]{1,18})")


class Known(NamedTuple):
    """A position, and the day that goes with it where `--as-known` was given."""

    position: int
    day: date | None


def as_known(text: str | None, record: Record, today: date) -> Known:
    """`154`, `#154`, a date (its end in the ledger's zone), an instant with offset, or a checkpoint file.

    None means everything, and so does a future date. Refused: `position-or-year`, `beyond-head`, `bad-date`,
    `no-offset`, `unknown-checkpoint`, `another-checkpoint`.
    """
    if text is None:
        return Known(record.size, None)
    found = POSITION.fullmatch(text)
    if found:
        return _position(found[1], found[2], record)
    if Path(text).is_file():
        return _at(record, _checkpoint(Path(text), record))
    if text.endswith(".checkpoint") or text.startswith(("/", "./", "../")):
        raise Refused("unknown-checkpoint", f"There is no file {shown(text)}. Give a checkpoint, a date, or #154.")
    if ":" in text:
        return _instant(text, record)
    meant = day(text, today)
    end = datetime.combine(meant, time.max, tzinfo=record.zone)
    return Known(record.position_at(end), min(meant, max(today, _newest_day(record))) if meant > today else meant)


def point(text: str, record: Record, today: date, as_of: str | None) -> At:
    """A point of both axes as typed: `#120`, `2026-06-30`, `june.checkpoint`, each with `@DATE`, or `@DATE` alone.

    Without `@DATE` it is judged on `as_of`, else on the day of what is known. Refused: as `as_known`.
    """
    from projections.asked import At  # late: recording commands do not wait for it

    when, mark, on = (text, "", "") if Path(text).is_file() else text.partition("@")
    known = as_known(None if mark and not when else when, record, today)
    asked = on if mark else as_of
    return At(known.position, known.day or today if asked is None else day(asked, today))


def day(text: str, today: date) -> date:
    """A day as typed. Refused: `bad-date`."""
    from domain import entry  # late: most questions are about now

    return entry.day(text, today)


def _position(mark: str, digits: str, record: Record) -> Known:
    position, size = int(digits), record.size
    if not mark and 1900 <= position <= 2199:
        raise Refused("position-or-year", f"{digits} could be a year or a position. Write {digits}-12-31 or #{digits}.")
    if position > size:
        raise Refused("beyond-head", f"There is no #{position} yet: the ledger ends at #{size}.")
    return _at(record, position)


def _at(record: Record, position: int) -> Known:
    return Known(position, _day_of(record, position) if position else None)


def _newest_day(record: Record) -> date:
    """That of the last line: a clock may have been ahead of today's."""
    return _day_of(record, record.size)


def _day_of(record: Record, position: int) -> date:
    return record.time_at(position).astimezone(record.zone).date()


def _instant(text: str, record: Record) -> Known:
    try:
        instant = datetime.fromisoformat(text.upper())
    except ValueError:
        raise Refused("bad-date", f"{shown(text)} is no instant. Write it like 2026-06-30T12:00+04:00.") from None
    if instant.tzinfo is None:
        raise Refused("no-offset", f"{shown(text)} has no offset from UTC. Add it: {text}+04:00 or {text}Z.")
    if instant.year == date.max.year:
        instant -= timedelta(days=2)  # so that it still exists in UTC
    return Known(record.position_at(instant), instant.astimezone(record.zone).date())


def _checkpoint(path: Path, record: Record) -> int:
    """The size that a checkpoint pins (C2SP tlog-checkpoint), where this ledger had its root at that size."""
    import base64

    lines = path.read_bytes()[:10_000].decode("utf-8", "replace").split("\n")
    if len(lines) < 3 or not re.fullmatch(r"[0-9]{1,18}", lines[1]):
        raise Refused("bad-date", f"{shown(str(path))} is a file, but no checkpoint. Write a date, or #154.")
    size = int(lines[1])
    if size > record.size or base64.b64encode(record.root(size)).decode() != lines[2]:
        raise Refused(
            "another-checkpoint", f"{shown(str(path))} is a checkpoint of another ledger, or this one was changed."
        )
    return size
