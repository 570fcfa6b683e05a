"""How is a sentence kept that says how long ago something was, so that it is the same sentence on the next day?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from domain.assess.item import Item

MARK = "\x01"
"""Around what depends on the day: a letter, and the day from which or to which is counted. No ledger holds it."""

_SINCE = re.compile(r"\b(\d{1,7}) days?(?= late: due )")
_PAST = re.compile(r"\b(\d{1,7}) days?(?= past the )")
_AGO = re.compile(r"\b(\d{1,7}) days? ago\b|(?<=made )today\b|(?<=report )today\b|(?<=the last )today\b")
_AHEAD = re.compile(r"(?<=starts )in (\d{1,7}) days?\b|(?<=begins )in (\d{1,7}) days?\b")
_LINE = re.compile(r"\d[\d.]* %(?= by the straight line)")


def telling(sentence: str, item: Item) -> str:
    """The sentence with marks in the place of what changes from day to day.

    What is not found, or is only the text of somebody, is still told rightly: it just has to be told anew each day.
    """
    on = item.on
    text = _AGO.sub(lambda found: _marked("a", on, -int(found[1] or 0), found), sentence.replace(MARK, "\\u0001"))
    text = _AHEAD.sub(lambda found: _marked("i", on, int(found[1] or found[2]), found), text)
    text = _SINCE.sub(lambda found: _marked("d", on, -int(found[1]), found), text)
    if not item.closed:
        text = _PAST.sub(lambda found: _marked("d", on, -int(found[1]), found), text)
    return _LINE.sub(_straight(item), text, count=1) if "by the straight line" in text else text


def _marked(kind: str, on: date, days: int, found: re.Match[str]) -> str:
    far = on.toordinal() + days
    return f"{MARK}{kind}{date.fromordinal(far)}{MARK}" if 0 < far <= date.max.toordinal() else found[0]


def _straight(item: Item) -> Callable[[re.Match[str]], str]:
    """The line from start to due, of which the percentage is worked out on each day."""
    start, due = item.start, item.due
    if start is None or start.earliest is None or due is None or due.latest is None:
        return lambda found: found[0]  # it is a milestone's or a text's, and told as it is
    told = f"{MARK}l{start.earliest}/{due.latest}{MARK}"
    return lambda found: told if found[0] == worked_out(told, item.on) else found[0]


_MARKED = re.compile(f"{MARK}([a-z])([^{MARK}]*){MARK}")


def worked_out(told: str, on: date) -> str:
    """The sentence as it is said on a day; the page does the same in its own language."""
    return _MARKED.sub(lambda found: _said(found[1], found[2], on), told)


def _said(kind: str, of: str, on: date) -> str:
    if kind == "l":
        start, end = map(date.fromisoformat, of.split("/"))
        tenths = -(-min(on - start, end - start).days * 1000 // (end - start).days)
        return f"{tenths / 10:g} %"
    count = abs((date.fromisoformat(of) - on) // timedelta(days=1))
    words = f"{count} day" if count == 1 else f"{count} days"
    if kind == "a":
        return f"{words} ago" if count else "today"
    return f"in {words}" if kind == "i" else words
