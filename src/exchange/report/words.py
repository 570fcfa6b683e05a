"""How are statuses shown and summed up: a sign, a tone and a meaning for each, the most urgent first?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from exchange.language import ENGLISH, Language
from exchange.report.state import State


class Shown(NamedTuple):
    """A sign, so that colour is never all; the tone that colours it; what the status means."""

    sign: str
    tone: str
    means: str


STATUSES = {
    "late": Shown("✖", "bad", "the last day of its due has passed, and it is not met"),
    "short": Shown("▼", "bad", "a period of its target ended below what was promised"),
    "at-risk": Shown("▲", "warn", "a forecast, a milestone, a predecessor or the pace points past the due"),
    "unreported": Shown("?", "warn", "nobody reported for 90 days, or on the last period of its target"),
    "claimed": Shown("◆", "note", "said to be met, without evidence"),
    "suspended": Shown("■", "note", "at rest, by a recorded decision"),
    "undated": Shown("○", "rest", "no due was stated"),
    "planned": Shown("▷", "rest", "its start, or the first period of its target, is still to come"),
    "on-track": Shown("●", "good", "none of the others: reported, and nothing points past its due"),
    "met-late": Shown("✓", "good", "met with evidence, after its due"),
    "met": Shown("✓", "good", "met with evidence, or every period of its targets was met"),
    "closed-short": Shown("◇", "rest", "ended by agreement with less than was promised"),
    "withdrawn": Shown("×", "rest", "no longer promised"),
}


def summary(board: Mapping[str, State], on: date, language: Language = ENGLISH) -> str:
    """`2 of 10 commitments late, 1 at-risk, 7 on-track; next due in 37 days (fibre).`

    Milestones fall due as well.
    """
    if not board:
        return language.word("No commitment.")
    counts = Counter(one.status for one in board.values())
    first, *others = [status for status in STATUSES if status in counts]
    of_all = language.counted(
        "{some} of {count} commitment {status}", "{some} of {count} commitments {status}", len(board)
    )
    head = of_all.replace("{some}", str(counts[first])).replace("{status}", language.word(first, "status"))
    told = ", ".join([head, *(f"{counts[status]} {language.word(status, 'status')}" for status in others)])
    ahead = [(last, item) for one in board.values() for what, item, _, last, _ in one.next if what != "period"]
    ahead = [one for one in ahead if one[0] >= on.isoformat()]
    if not ahead:
        return f"{told}."
    last, key = min(ahead)
    left = (date.fromisoformat(last) - on).days
    wait = language.counted("next due in {count} day ({key})", "next due in {count} days ({key})", left)
    then = (wait if left else language.word("next due today ({key})")).replace("{key}", key)
    return f"{told}; {then}."


def left(state: State, on: date, language: Language = ENGLISH) -> str:
    """Of what is due; `–` where nothing is."""
    return "–" if state.last is None else counted_left(state.last, on, language)


def counted_left(last: str, on: date, language: Language = ENGLISH) -> str:
    """`37 d`, `24 d over`."""
    count = (date.fromisoformat(last) - on).days
    told = language.word("{days} d") if count >= 0 else language.word("{days} d over")
    return told.replace("{days}", str(abs(count)))
