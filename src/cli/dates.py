"""Which date is meant by an option that may be left out?"""

from __future__ import annotations

from domain.entry import fuzzy_date
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion


def maybe_date(typed: str | None, at: Occasion) -> FuzzyDate | None:
    """None where nothing was typed; an empty answer is no date, and more likely a slip. Refused: `bad-date`."""
    return None if typed is None else fuzzy_date(typed, at.today)
