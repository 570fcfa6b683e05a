"""How do reasons say days, dates and stretches of time?"""

from __future__ import annotations

from datetime import date

from domain.fuzzy import FuzzyDate


def days(count: int) -> str:
    """`1 day`, `37 days`."""
    return f"{count} day" if count == 1 else f"{count} days"


def ago(day: date, on: date) -> str:
    """How long ago a day is: `today`, `1 day ago`, `37 days ago`."""
    count = (on - day).days
    return f"{days(count)} ago" if count else "today"


def ahead(day: date, on: date) -> str:
    """How far ahead a day is: `in 1 day`, `in 37 days`."""
    return f"in {days((day - on).days)}"


def dated(fuzzy: FuzzyDate) -> str:
    """A date as worded, and its last day where the words do not say it: `end-2026 (2026-12-31)`."""
    return _meaning(fuzzy.wording, fuzzy.latest)


def beginning(fuzzy: FuzzyDate) -> str:
    """A date as worded, and its first day where the words do not say it: `2026 (2026-01-01)`."""
    return _meaning(fuzzy.wording, fuzzy.earliest)


def deadline(due: FuzzyDate) -> str:
    """A due as worded, and the last day before it is late: `about 2025-10 (with its grace 2025-12-01)`."""
    return f"{due.wording} (with its grace {due.grace_end})" if due.approximate else dated(due)


def _meaning(wording: str, day: date | None) -> str:
    if day is None or (said := day.isoformat()) in wording:
        return wording
    return f"{wording} ({said})"
