"""How many days are meant by 30d, 12w or 6m?"""

from __future__ import annotations

import re

from domain.refused import Refused
from domain.text import shown

DAYS = {"": 1, "d": 1, "w": 7, "m": 31, "y": 366}
LENGTH = re.compile(r"([0-9]{1,6})\s*(d|w|m|y|)(?:ays?|eeks?|onths?|ears?)?")


def days_of(text: str) -> int:
    """The days of a length, at most a month or year taken long. Refused: `bad-length`."""
    found = LENGTH.fullmatch(text.strip().lower())
    if not found:
        raise Refused("bad-length", f"{shown(text)} is no length of time. Write 30d, 12w, 6m or 1y.")
    return int(found[1]) * DAYS[found[2]]
