"""How do people type dates, and what do they mean by them?

    point    2026 | 2025-03 | 2026-05-17 | 2026-33 | Q1 2026 | 2026-Q1 | H1 2026 | March 2025 | 17.05.2026
             | today | yesterday | tomorrow | +30d | -1w | +3m | friday | next friday | eom | eoq | eoy
    deadline point | by point | end-point | end of point
    about    about point | point~ | point? | point%
    span     2022-2027 | point/point | point to point | from point | until point | from point to point | point/.. | ../point

Letters may be large or small, months may be cut to three letters, and any dash will do. A bare year, quarter or
month is all of it, so that its end is the deadline. A weekday is the first one after today. What is relative to
today is worked out before it is recorded, and its wording is then the day.
"""

from __future__ import annotations

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# The dashes that word processors put for a hyphen or between years.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
"E"
