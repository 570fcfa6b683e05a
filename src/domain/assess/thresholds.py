"""Where are the lines drawn? All thresholds of the status table and its flags, in one place; `why` prints them."""

from __future__ import annotations

UNREPORTED_DAYS = 90
"""A report is recent when it is effective at most this many days before as-of."""
SILENT_DAYS = 90
"""An open item about which nothing at all became true for more than this many days is silent."""
BEHIND_POINTS = 15
"""More percentage points than this under the straight line from start to due put an item at risk."""
MISS_PERCENT = 10
"""A running period that is projected to miss its amount by more percent than this is at risk."""
MOVED_CLOSE_DAYS = 14
"""A due moved at most this many days before it, or after it, was moved close."""
BACK_DATED_DAYS = 30
"""An observation recorded more than this many days after its day is back-dated."""

THRESHOLDS = {
    "no-report": f"no report for more than {UNREPORTED_DAYS} days",
    "silent": f"nothing at all for more than {SILENT_DAYS} days",
    "behind": f"over {BEHIND_POINTS} points under the straight line from start to due",
    "projected-miss": f"the running period is projected to miss by over {MISS_PERCENT} %",
    "moved-close": f"moved within {MOVED_CLOSE_DAYS} days before the due that it replaced, or after it",
    "back-dated": f"recorded over {BACK_DATED_DAYS} days after its day",
}
"""Each threshold in words, by the code of the reason or flag that it draws the line for."""
