"""Which accepted form is nearest to a date that was typed in a form that is not accepted?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from domain.fuzzy import bad_date, last_day
from domain.refused import Refused

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NEXT = {"week": ("+1w",), "month": ("+1m", "eom"), "quarter": ("+3m", "eoq"), "year": ("+1y", "eoy")}
_SEASONS = {"spring": "Q2", "summer": "Q3", "autumn": "Q4", "fall": "Q4", "winter": "Q1"}
_FORMS = ("a day (2026-05-17)", "a month (2026-05)", "Q1 2026", "2026", "2022-2027", "from 2022", "about 2026", "+30d")

Typed = re.Match[str]
Hint = tuple[str, ...]
"""Why it is not taken, and then what to write instead."""


def month_of(word: str) -> int | None:
    """The number of a month, by its English name or the first three letters of it."""
    return next((number for number, name in enumerate(_MONTHS, 1) if word in (name, name[:3])), None)


def not_a_date(said: str, read: str, today: date) -> Refused:
    """The refusal of what was typed (`said`; `read` is the same in small letters), with the nearest accepted form."""
    for pattern, hint in _HINTS:
        match = pattern.fullmatch(read)
        found = hint(match, today) if match else None
        if found:
            return bad_date(said, *found)
    return bad_date(said, "it is not understood", *_FORMS)


def _exact(year: str, month: int, day_of_month: int) -> str:
    """A day as ISO 8601; an impossible one becomes the last of its month, an impossible month the last of its year."""
    if not 1 <= month <= 12:
        return f"{year}-12-31"
    return f"{year}-{month:02}-{min(max(day_of_month, 1), last_day(int(year), month).day):02}"


def _year_out_of_range(match: Typed, today: date) -> Hint:
    return "years run from 0001 to 9999", f"{today.year:04}"


def _year_first(match: Typed, today: date) -> Hint:
    """2026/5/7, 20260507."""
    return "days are written like 2026-05-17", _exact(match["year"], int(match["month"]), int(match["day"]))


def _year_last(match: Typed, today: date) -> Hint:
    """12/31/2026, 17.5.26: with the day first or the month, if either is possible."""
    one, two = int(match[1]), int(match[2])
    year = match[3] if len(match[3]) == 4 else f"{today.year // 100:02}{match[3]}"
    possible = [(month, day) for month, day in ((two, one), (one, two)) if month <= 12]
    nearest = dict.fromkeys(_exact(year, month, day) for month, day in possible or [(two, one)])
    return "days are written like 2026-05-17, with all figures of the year", *nearest


def _month_in_figures(match: Typed, today: date) -> Hint:
    year, month = match["year"], int(match["month"])
    return "months are written like 2026-03", f"{year}-{month:02}" if 1 <= month <= 12 else year


def _stretch(match: Typed, today: date) -> Hint | None:
    """mid-2026, early 2026, late March 2026."""
    part, word, year = match["part"], match["word"], match["year"]
    why = "where it ends is not clear"
    if word:
        return (why, f"{word.title()} {year}") if _names_months(word) else None
    if part.startswith("mid"):
        return why, f"H1 {year}", f"{year}-06"
    return (why, f"Q4 {year}", f"end-{year}") if part == "late" else (why, f"Q1 {year}")


def _names_months(word: str) -> bool:
    return month_of(word) is not None or re.fullmatch("q[1-4]|h[12]", word) is not None


def _season(match: Typed, today: date) -> Hint:
    return "seasons differ from place to place", f"{_SEASONS[match[1]]} {match[2]}"


def _approximate(match: Typed, today: date) -> Hint:
    return "about is the word for that", f"about {match[1]}"


def _approximate_span(match: Typed, today: date) -> Hint:
    return "only a single date can be approximate", f"{match[1]}-{match[2]}"


def _day_in_words(match: Typed, today: date) -> Hint | None:
    """May 17, 2026 or 17 May 2026."""
    month = month_of(match["month"])
    return ("days are written like 2026-05-17", _exact(match["year"], month, int(match["day"]))) if month else None


def _one_sided(match: Typed, today: date) -> Hint:
    word, year = match[1], int(match[2])
    if word == "before":
        return "by is the word for that", f"by {max(year - 1, 1):04}"
    if word in ("after", "since"):
        return "from is the word for that", f"from {min(year + (word == 'after'), 9999):04}"
    return "until is the word for that", f"until {year:04}"


def _without_year(match: Typed, today: date) -> Hint | None:
    return ("a year is missing", f"{match[1].title()} {today.year:04}") if _names_months(match[1]) else None


def _no_such_part(match: Typed, today: date) -> Hint:
    return "quarters are Q1 to Q4, halves H1 and H2", f"{'Q4' if match[1] == 'q' else 'H2'} {match[2]}"


def _counted(match: Typed, today: date) -> Hint:
    """30d, in 30 days, 2 weeks ago."""
    return "what is counted from today begins with + or -", f"{'-' if match[3] else '+'}{match[1]}{match[2]}"


def _coming(match: Typed, today: date) -> Hint:
    return "it is not exact enough", *_NEXT[match[1]]


def _open_digits(match: Typed, today: date) -> Hint:
    """202X, 2026-XX, 2026-05-XX."""
    known = match[1]
    if len(known) >= 4:
        return "figures left open (X) are not taken", known
    return "figures left open (X) are not taken", f"{max(known.ljust(4, '0'), '0001')}/{known.ljust(4, '9')}"


def _time_of_day(match: Typed, today: date) -> Hint:
    return "a date has no time of day", _exact(match["year"], int(match["month"]), int(match["day"]))


_YEAR = "(?P<year>[0-9]{4})"
_DAY = "(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_HINTS: tuple[tuple[re.Pattern[str], Callable[[Typed, date], Hint | None]], ...] = tuple(
    (re.compile(pattern), hint)
    for pattern, hint in (
        (r".*0000.*|-[0-9]{4}.*|y?-?[0-9]{5,7}|y?-?[0-9]{9,}", _year_out_of_range),
        (rf"{_YEAR}[-/. ](?P<month>[0-9]{{1,2}})[-/. ](?P<day>[0-9]{{1,2}})", _year_first),
        (rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})", _year_first),
        (r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})", _year_last),
        (rf"(?P<month>[0-9]{{1,2}})[-/. ]{_YEAR}", _month_in_figures),
        (rf"{_YEAR}[-/. ](?P<month>[0-9]{{1,2}})", _month_in_figures),
        (
            r"(?:by )?(?P<part>mid|middle of|early|start of|beginning of|late)[- ]"
            rf"(?:(?P<word>[a-z]+[1-4]?)[- ])?{_YEAR}",
            _stretch,
        ),
        (r"(?:by )?(spring|summer|autumn|fall|winter)(?: of)? ([0-9]{4})", _season),
        (r"(?:~|circa|around|approximately|roughly|ca?\.) ?([0-9]{4})", _approximate),
        (r"about ([0-9]{4}) ?[-/] ?([0-9]{4})", _approximate_span),
        (rf"{_DAY}(?: of)? (?P<month>[a-z]+),? {_YEAR}", _day_in_words),
        (rf"(?P<month>[a-z]+) {_DAY},? {_YEAR}", _day_in_words),
        (r"(before|after|since|till|through|up to) ([0-9]{4})", _one_sided),
        (r"(?:by )?([a-z]+[1-4]?)", _without_year),
        (r"([qh])[0-9][ -]?([0-9]{4})", _no_such_part),
        (r"(?:in )?([0-9]{1,3}) ?([dwmy])(?:|ays?|eeks?|onths?|ears?)( ago)?", _counted),
        (r"(?:next|this|end of|end of the) (week|month|quarter|year)", _coming),
        (r"([0-9]{2,3})x{1,2}", _open_digits),
        (r"([0-9]{4}(?:-[0-9]{2})?)(?:-xx)+", _open_digits),
        (rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})[t ].+", _time_of_day),
    )
)
