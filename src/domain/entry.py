"""How do people type dates, and what do they mean by them?

    point  2026 | 2025-03 | 2026-05-17 | 2026-33 | Q1 2026 | 2026-Q1 | H1 2026 | March 2025 | 17.05.2026 | end-point
           | today | yesterday | tomorrow | +30d | -1w | +3m | friday | next friday | eom | eoq | eoy
    date   point | by point | about point | point~ | point? | point%
           | 2022-2027 | point/point | point to point | from point to point
           | point/.. | ../point | from point | until point

Letters may be large or small, months may be cut to three letters, and any dash will do. A bare year, quarter or
month is all of it, so that its end is the deadline. A weekday is the first one after today. What is relative to
today is worked out before it is recorded, and its wording is then the day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.fuzzy import FuzzyDate, bad_date, from_edtf, last_day
from domain.hints import month_of, not_a_date
from domain.typed import typed

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Word processors put other dashes for a hyphen or between years.
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))

# The first form that fits decides; what is in brackets is a point.
_FORMS = tuple(
    (re.compile(form), edtf)
    for form, edtf in (
        (r"from (.+) to (.+)", "{}/{}"),
        (r"from (.+)", "{}/.."),
        (r"until (.+)", "../{}"),
        (r"about (.+)", "{}~"),
        (r"by (.+)", "{}"),
        (r"([0-9]{4}) ?- ?([0-9]{4})", "{}/{}"),
        (r"(.*?) ?/ ?(.*)", "{}/{}"),
        (r"(.+) (?:-|to) (.+)", "{}/{}"),
        (r"(.*)", "{}"),
    )
)
_END = re.compile(r"(?:the )?end(?: of |-| )")
_EDTF = re.compile(r"(?:[0-9]{4}(?:-[0-9]{2}){0,2}|\.\.)?")
_PART = re.compile(r"(?P<part>q[1-4]|h[12])[ -]?(?P<year>[0-9]{4})")
_PART_LAST = re.compile(r"(?P<year>[0-9]{4})[ -]?(?P<part>q[1-4]|h[12])")
_MONTH = re.compile(r"([a-z]+) ([0-9]{4})")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_OFFSET = re.compile(r"([+-][0-9]+)([dwmy])")
_WEEKDAY = re.compile(r"(?:next )?([a-z]+)")
_PARTS = {"q1": "33", "q2": "34", "q3": "35", "q4": "36", "h1": "40", "h2": "41"}


def fuzzy_date(text: str, today: date) -> FuzzyDate:
    """The date that somebody means who types this today, with the words in which it was typed.

    Refused: `bad-date`, naming the nearest form that is accepted.
    """
    said = typed(text, "bad-date", "A date")
    read = said.translate(_DASHES).lower()
    match, edtf = next((match, edtf) for form, edtf in _FORMS if (match := form.fullmatch(read)))
    resolved = _resolved(match, today, said)
    if resolved != read:
        return fuzzy_date(resolved, today)
    points = [_point(piece) for piece in match.groups()]
    if None in points:
        raise not_a_date(said, read, today)
    return from_edtf(edtf.format(*points), said)


def day(text: str, today: date) -> date:
    """One exact day, typed as any date is. Refused: `bad-date`, also for what is longer or only approximate."""
    fuzzy = fuzzy_date(text, today)
    if fuzzy.latest is None or fuzzy.edtf != str(fuzzy.latest):
        raise bad_date(fuzzy.wording, "one exact day is needed here", str(fuzzy.latest or fuzzy.earliest))
    return fuzzy.latest


def _resolved(match: re.Match[str], today: date, said: str) -> str:
    """What was read, with the words that are relative to today replaced by their days."""
    read = match.string
    for group in range(len(match.groups()), 0, -1):
        exact = _relative(match[group], today, said)
        if exact:
            read = f"{read[: match.start(group)]}{exact}{read[match.end(group) :]}"
    return read


def _relative(piece: str, today: date, said: str) -> date | None:
    try:
        return _named(piece, today) or _offset(piece, today) or _weekday(piece, today)
    except (OverflowError, ValueError):
        raise bad_date(said, "it lies outside the years 0001 to 9999", "+30d", "2026-12-31") from None


def _named(piece: str, today: date) -> date | None:
    match piece:
        case "today":
            return today
        case "yesterday":
            return today - timedelta(days=1)
        case "tomorrow":
            return today + timedelta(days=1)
        case "eom":
            return last_day(today.year, today.month)
        case "eoq":
            return last_day(today.year, (today.month + 2) // 3 * 3)
        case "eoy":
            return last_day(today.year, 12)
    return None


def _offset(piece: str, today: date) -> date | None:
    """So many days, weeks, months or years from today; a day that the month does not have is its last one."""
    match = _OFFSET.fullmatch(piece)
    if match is None:
        return None
    count = int(match[1])
    if match[2] in "dw":
        return today + timedelta(days=count if match[2] == "d" else 7 * count)
    month = today.year * 12 + today.month - 1 + (count if match[2] == "m" else 12 * count)
    end = last_day(month // 12, month % 12 + 1)
    return end.replace(day=min(today.day, end.day))


def _weekday(piece: str, today: date) -> date | None:
    match = _WEEKDAY.fullmatch(piece)
    for number, name in enumerate(_WEEKDAYS):
        if match and match[1] in (name, name[:3]):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _point(piece: str) -> str | None:
    """A point of the calendar as EDTF, its mark included; None for what is none."""
    end = _END.match(piece)
    bare = piece[end.end() :] if end else piece
    mark = bare[-1:] if bare.endswith(("~", "?", "%")) else ""
    bare = bare.removesuffix(mark)
    edtf = bare if _EDTF.fullmatch(bare) else _part(bare) or _month(bare) or _dotted(bare)
    return None if edtf is None else edtf + mark


def _part(bare: str) -> str | None:
    match = _PART.fullmatch(bare) or _PART_LAST.fullmatch(bare)
    return f"{match['year']}-{_PARTS[match['part']]}" if match else None


def _month(bare: str) -> str | None:
    match = _MONTH.fullmatch(bare)
    month = month_of(match[1]) if match else None
    return f"{match[2]}-{month:02}" if match and month else None


def _dotted(bare: str) -> str | None:
    match = _DOTTED.fullmatch(bare)
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else None
