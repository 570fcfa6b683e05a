"""How does what is due look in a calendar? (iCalendar, RFC 5545)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO, NamedTuple

from domain.assess import Assessed, Outcome
from domain.text import FORBIDDEN
from exchange.outgoing import Outgoing, describes, listed, title, undated, word
from exchange.workdays import Workdays, told
from projections.due import AT_REST, dated

WIDTH = 75
"""Octets in a line of content, at most (RFC 5545, 3.1)."""
PRODUCT = "-//pledger//a ledger of promises//EN"

TODO_STATUS = {
    "met": "COMPLETED",
    "met-late": "COMPLETED",
    "claimed": "IN-PROCESS",
    "closed-short": "CANCELLED",
    "withdrawn": "CANCELLED",
}
"""The STATUS of a task; what is open is IN-PROCESS once a percentage was reported, else NEEDS-ACTION."""

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Entry(NamedTuple):
    """One day in the calendar: the last one of a due, or of a period.

    `status` is that of the item, or the outcome of the period; `met` the day on which it was met; `percent` is whole.
    """

    uid: str
    day: date
    summary: str
    text: str
    status: str
    tentative: bool
    reminds: bool
    sequence: int
    met: date | None
    percent: int | None
    categories: tuple[str, ...]


def write_calendar(out: Outgoing, file: BinaryIO, remind: Sequence[int] = (), *, todo: bool = False) -> list[str]:
    """Every due, milestone and end of a period as a whole day: as an event, or as a task with its due.

    UID is that of the item in its ledger, SEQUENCE the position of the last line about it: both stay and grow as
    calendars ask. There is no METHOD: this is published, nobody is invited. `remind`: days before the end of which an
    alarm is shown, of what is still open. The same ledger at the same point gives the same bytes. Gives the items that
    have no day to be shown on.
    """
    component, left_out = _todo if todo else _event, list[str]()
    _write(
        file,
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(out.title)}",
        f"X-WR-CALDESC:{_text(out.point)}",
    )
    workdays = Workdays(out.parties.values())
    for commitment in out.commitments:
        left_out += undated(commitment)
        for one in entries(out, commitment, workdays):
            _write(file, *component(one, _instant(out.time), remind))
    _write(file, "END:VCALENDAR")
    return left_out


def entries(out: Outgoing, commitment: Assessed, workdays: Workdays) -> Iterator[Entry]:
    """The days of a commitment: of its own due, its milestones', its periods'."""
    for one in _days(out, commitment):
        rests = told(one.day, workdays(listed(commitment, "promisors"), one.day)) if one.reminds else None
        yield one._replace(text=f"{one.text}\n{rests}.") if rests else one


def _days(out: Outgoing, commitment: Assessed) -> Iterator[Entry]:
    for one in (commitment, *commitment.milestones):
        if one.item.due and one.item.due.latest:
            yield _entry(out, commitment, one, one.item.due.latest)
    for outcome in commitment.outcomes:
        yield _period(out, commitment, outcome)


def _entry(out: Outgoing, commitment: Assessed, one: Assessed, day: date) -> Entry:
    item = one.item
    by = item.last("percent")
    return Entry(
        uid=f"{item.key.replace('/', '.')}@{out.ledger}",
        day=day,
        summary=f"{title(commitment)}: {title(one)}" if item.is_milestone else title(one),
        text="\n".join((*describes(out, one), f"Key: {item.key}.")),
        status=_status(commitment, one.status),
        tentative=bool(item.due and item.due.approximate) and not item.closed,
        reminds=one.status not in AT_REST and commitment.item.state == "open",
        sequence=out.last(one),
        met=item.met_on.latest if item.met_on else None,
        percent=int(getattr(by.fact, "percent", 0)) if by else None,
        categories=_categories(out, commitment, one.status),
    )


def _period(out: Outgoing, commitment: Assessed, outcome: Outcome) -> Entry:
    period, item = outcome.period, commitment.item
    said = (
        f"{outcome.indicator}: {outcome.promised}, {outcome.reached} so far: {outcome.outcome} ({out.point}).",
        f"Key: {item.key}.",
    )
    return Entry(
        uid=f"{item.key}.{outcome.indicator}.{dated(period).edtf.replace('/', '-')}@{out.ledger}",
        day=period.last,
        summary=f"{title(commitment)}: {outcome.indicator} {period.label}",
        text="\n".join(said),
        status=_status(commitment, outcome.outcome),
        tentative=False,
        reminds=item.state == "open" and outcome.outcome in ("running", "future"),
        sequence=out.last(commitment),
        met=period.last if outcome.outcome == "met" else None,
        percent=None,
        categories=_categories(out, commitment, outcome.outcome),
    )


def _status(commitment: Assessed, status: str) -> str:
    """What belongs to a promise that was withdrawn went with it."""
    return "withdrawn" if commitment.status == "withdrawn" else status


def _categories(out: Outgoing, commitment: Assessed, status: str) -> tuple[str, ...]:
    programme = out.programmes.get(word(commitment, "programme") or "")
    return (*((programme.title,) if programme else ()), status)


def _event(one: Entry, stamp: str, remind: Sequence[int]) -> Iterator[str]:
    status = "CANCELLED" if one.status == "withdrawn" else "TENTATIVE" if one.tentative else "CONFIRMED"
    yield "BEGIN:VEVENT"
    yield from _common(one, stamp, status)
    yield f"DTSTART;VALUE=DATE:{_day(one.day)}"
    if one.day < date.max:
        yield f"DTEND;VALUE=DATE:{_day(one.day + timedelta(days=1))}"  # the day after: an end is not included
    yield "TRANSP:TRANSPARENT"
    yield from _alarms(one, remind, "")
    yield "END:VEVENT"


def _todo(one: Entry, stamp: str, remind: Sequence[int]) -> Iterator[str]:
    status = TODO_STATUS.get(one.status, "IN-PROCESS" if one.percent else "NEEDS-ACTION")
    yield "BEGIN:VTODO"
    yield from _common(one, stamp, status)
    yield f"DUE;VALUE=DATE:{_day(one.day)}"
    if status == "COMPLETED":
        yield "PERCENT-COMPLETE:100"
        yield f"COMPLETED:{_day(one.met or one.day)}T000000Z"
    elif one.percent is not None:
        yield f"PERCENT-COMPLETE:{one.percent}"
    yield from _alarms(one, remind, ";RELATED=END")
    yield "END:VTODO"


def _common(one: Entry, stamp: str, status: str) -> Iterator[str]:
    yield f"UID:{one.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"STATUS:{status}"
    yield f"SUMMARY:{_text(one.summary)}"
    yield f"DESCRIPTION:{_text(one.text)}"
    yield f"CATEGORIES:{','.join(map(_text, one.categories))}"


def _alarms(one: Entry, remind: Sequence[int], related: str) -> Iterator[str]:
    for days in remind if one.reminds else ():
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"TRIGGER{related}:-P{days}D"
        yield f"DESCRIPTION:{_text(one.summary)}"
        yield "END:VALARM"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _instant(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A value of type TEXT; what a calendar must not be fed becomes visible."""
    seen = "\n".join(FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", line) for line in text.split("\n"))
    return seen.translate(_ESCAPED)


def _write(file: BinaryIO, *lines: str) -> None:
    file.write("".join(map(_folded, lines)).encode())


def _folded(line: str) -> str:
    """A line of content, folded where it is too long, never inside a character."""
    data = line.encode()
    parts: list[str] = []
    while len(data) > WIDTH - bool(parts):
        cut = WIDTH - bool(parts)
        while data[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(data[:cut].decode())
        data = data[cut:]
    return "\r\n ".join([*parts, data.decode()]) + "\r\n"
