"""How do states lie in the page in little room? Each as what is otherwise than in the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from exchange.report.state import State

Step = list[Any]
"""A position and, by the number of a field, its value or what is otherwise in a list; or a position and None where
the commitment stands no longer."""
LISTS = frozenset({"reasons", "flags", "milestones", "next", "timeline", "trend", "pace", "score"})
"""Fields whose lists change in part: told as `[kept before, taken out, *put in]`."""


def shrunk(states: Iterable[tuple[int, State | None]]) -> list[Step]:
    """The states of one commitment, in order of position; what changes nothing is left out."""
    steps: list[Step] = []
    before: State | None = None
    for position, now in states:
        if now is None:
            steps += [[position, None]] if before else []
        elif now != before:
            steps.append([position, _otherwise(before or EMPTY, now)])
        before = now
    return steps


def _otherwise(before: State, now: State) -> dict[str, Any]:
    told = {}
    for number, (name, old, new) in enumerate(zip(State._fields, before, now, strict=True)):
        if old != new:
            told[str(number)] = spliced(list(old or ()), list(new or ())) if name in LISTS else new
    return told


def spliced(old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    """How the one list becomes the other: how many stay before, how many go, and what comes in their place."""
    shorter = min(len(old), len(new))
    begin = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - begin) if old[-1 - at] != new[-1 - at]), shorter - begin)
    return [begin, len(old) - begin - end, *new[begin : len(new) - end]]


EMPTY = State(*([] if field in LISTS else None for field in State._fields))  # type: ignore[arg-type]  # before the first
"""What the first state of a commitment is told against."""
