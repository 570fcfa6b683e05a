"""How is a date kept that is known only roughly: "by the end of 2026", "about October 2025", "from 2022"?"""

from __future__ import annotations

import re
from datetime import date, timedelta

import msgspec

from domain.refused import Refused
from domain.text import shown

_SINGLE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%])?")
_FORMS = ("a day (2026-05-17)", "a month (2026-05)", "Q1 2026", "H1 2026", "2026", "2022/2027", "2022/..", "2026~")
_SUB_YEARS = {
    **{"33": ("Q1", 1, 3), "34": ("Q2", 4, 6), "35": ("Q3", 7, 9), "36": ("Q4", 10, 12)},
    **{"40": ("H1", 1, 6), "41": ("H2", 7, 12)},
}
_PARTS = {f"{month:02}": ("", month, month) for month in range(1, 13)} | _SUB_YEARS
_MARKS = ("~", "?", "%")
_OPEN = ("", "..")
_NO_SPAN = ("a span lies between two different dates", "2022/2027", "2022/..", "../2027", "2026~")
_SAID = {"~": "about ", "%": "perhaps about ", "?": "perhaps "}


class FuzzyDate(msgspec.Struct, frozen=True):
    """A date as it was promised: its words, its EDTF (ISO 8601-2) and its first and last day.

    A side that is null is open. The bounds are facts: they are stored beside the EDTF and never worked out
    again from it. `latest` is the deadline where the date is a due.
    """

    earliest: date | None
    edtf: str
    latest: date | None
    wording: str

    def __post_init__(self) -> None:
        earliest, latest = self.earliest, self.latest
        if earliest is None or latest is None:
            if earliest is latest:
                raise ValueError("a fuzzy date has a first or a last day")
        elif earliest > latest:
            raise ValueError("a fuzzy date does not end before it begins")

    @property
    def approximate(self) -> bool:
        """Whether the source itself said "about" (`~`, `%`). Doubt alone (`?`) does not make a date approximate."""
        return self.edtf.endswith(("~", "%"))

    @property
    def length(self) -> int | None:
        """Days of the window, both ends included; None when a side is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    @property
    def grace_end(self) -> date | None:
        """The last day before a due is late: `latest`, and for an approximate date once its own length more."""
        if self.latest is None or self.length is None or not self.approximate:
            return self.latest
        return self.latest + timedelta(days=min(self.length, (date.max - self.latest).days))

    def same_as(self, other: FuzzyDate) -> bool:
        """Whether both say the same date, in whatever words."""
        return (self.edtf, self.earliest, self.latest) == (other.edtf, other.earliest, other.latest)

    def described(self) -> str:
        """What was understood, read as a deadline: "by 2026-12-31", "on 2026-05-17", "about 2026, by 2026-12-31"."""
        mark = self.edtf[-1:]
        if self.length is None or (mark not in _SAID and (self.length == 1 or "/" in self.edtf)):
            return self.spanned()
        if mark not in _SAID:
            return f"by {self.latest}"
        about = _SAID[mark] + self.edtf[:-1]
        return about if self.length == 1 else f"{about}, by {self.latest}"

    def spanned(self) -> str:
        """The window itself: "2022-01-01 to 2027-12-31", "from 2022-01-01", "until 2027-12-31", "on 2026-05-17"."""
        if self.latest is None:
            return f"from {self.earliest}"
        if self.earliest is None:
            return f"until {self.latest}"
        return f"on {self.latest}" if self.earliest == self.latest else f"{self.earliest} to {self.latest}"


def day(exact: date) -> FuzzyDate:
    """One exact day."""
    text = exact.isoformat()
    return FuzzyDate(earliest=exact, edtf=text, latest=exact, wording=text)


def slip(before: FuzzyDate | None, after: FuzzyDate | None) -> int | None:
    """Days from the last day of `before` to that of `after`; negative when pulled in, None when either has none."""
    if before is None or after is None or before.latest is None or after.latest is None:
        return None
    return (after.latest - before.latest).days


def from_edtf(text: str, wording: str | None = None) -> FuzzyDate:
    """Read an EDTF string of the ledger's profile of ISO 8601-2.

    Level 0 without times of day; of level 1 intervals open on one side and `~ ? %` on single dates; of level 2
    the quarters 33-36 and halves 40-41. Kept in canonical form: an interval between two equal dates is that date,
    and a quarter or half at an end of an interval is written as its months, as EDTF asks. `wording` is what was
    typed, by default the text itself. Refused: `bad-date`.
    """
    said = text if wording is None else wording
    left, slash, right = text.partition("/")
    if slash and left != right:
        return _interval(left, right, said)
    if slash and (left in _OPEN or left.endswith(_MARKS)):
        raise bad_date(said, *_NO_SPAN)
    earliest, latest = _bounds(left, said)
    return FuzzyDate(earliest=earliest, edtf=left, latest=latest, wording=said)


def bad_date(said: str, why: str, *instead: str) -> Refused:
    """The refusal of a date: what was typed, why it is not taken, and the nearest accepted forms."""
    *others, last = instead
    forms = f"{', '.join(others)} or {last}" if others else last
    return Refused("bad-date", f"{shown(said)} is not taken as a date: {why}. Write {forms}.")


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def _interval(left: str, right: str, said: str) -> FuzzyDate:
    if left in _OPEN and right in _OPEN:
        raise bad_date(said, *_NO_SPAN)
    earliest = None if left in _OPEN else _bounds(left, said)[0]
    latest = None if right in _OPEN else _bounds(right, said)[1]
    first, last = (side.rstrip("~?%") or ".." for side in (left, right))
    if earliest and latest and earliest > latest:
        raise bad_date(said, "it ends before it begins", f"{last}/{first}")
    if not left or not right:
        raise bad_date(said, "a side is missing", f"{first}/{last}", left or right)
    if (left, right) != (first, last):
        raise bad_date(said, "~ ? % belong to single dates, not to the ends of a span", f"{first}/{last}")
    edtf = f"{_in_months(left, 1)}/{_in_months(right, 2)}"
    return FuzzyDate(earliest=earliest, edtf=edtf, latest=latest, wording=said)


def _in_months(side: str, end: int) -> str:
    """A side of an interval, a quarter or half of it written as its first (1) or last (2) month."""
    part = _SUB_YEARS.get(side[5:])
    return f"{side[:5]}{part[end]:02}" if part else side


def _bounds(text: str, said: str) -> tuple[date, date]:
    """First and last day of a year, quarter, half, month or day."""
    match = _SINGLE.fullmatch(text)
    if match is None:
        raise bad_date(said, "it is not understood", *_FORMS)
    digits, month, day_of_month, mark = match.groups()
    year = int(digits)
    if year == 0:
        raise bad_date(said, "years run from 0001 to 9999", "2026")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day_of_month is not None:
        exact = _exact_day(year, month, day_of_month, said)
        return exact, exact
    return _part(year, month, mark, said)


def _part(year: int, code: str, mark: str | None, said: str) -> tuple[date, date]:
    """First and last day of a month, quarter or half."""
    if code not in _PARTS:
        years = [f"{year:04}/{year // 100:02}{code}"] if int(code) > year % 100 else []
        why = f"{code} is neither a month (01-12) nor a quarter (33-36) or half (40-41) of EDTF"
        raise bad_date(said, why, f"{year:04}-12", *years, f"{year:04}")
    name, first, last = _PARTS[code]
    if mark and name:
        raise bad_date(said, f"EDTF has no {mark} on quarters and halves", f"{name} {year:04}", f"{year:04}{mark}")
    return date(year, first, 1), last_day(year, last)


def _exact_day(year: int, month: str, day_of_month: str, said: str) -> date:
    if not "01" <= month <= "12":
        raise bad_date(said, "months run from 01 to 12", f"{year:04}-12-31")
    try:
        return date(year, int(month), int(day_of_month))
    except ValueError:
        raise bad_date(said, "there is no such day", *_nearest_days(year, int(month), day_of_month)) from None


def _nearest_days(year: int, month: int, day_of_month: str) -> list[str]:
    """Accepted days beside an impossible one: the 0th, or one after the end of the month."""
    last = last_day(year, month)
    if day_of_month == "00":
        return [str(last.replace(day=1))]
    return [str(last)] if last == date.max else [str(last), str(last + timedelta(days=1))]
