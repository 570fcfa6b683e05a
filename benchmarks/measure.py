"""How long does one thing take beside another? In turns, by their medians, with the spread."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import ParamSpec

P = ParamSpec("P")
Timed = Callable[[], float]
"""Does something once, and gives the seconds of what is to be measured of it."""


@dataclass(frozen=True)
class Beside:
    """Seconds of one thing and of another, round by round."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratio(self) -> float:
        """How many times as long as the other it takes, by the medians."""
        return median(self.ours) / median(self.theirs)

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest ratio of a round."""
        ratios = [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]
        return min(ratios), max(ratios)


def in_turns(rounds: int, ours: Timed, theirs: Timed, *, warm: bool = True) -> Beside:
    """A B A B …, after one of each that does not count: files are in memory then, and code is compiled."""
    if warm:
        ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return Beside([one for one, _ in pairs], [other for _, other in pairs])


def timed(run: Callable[P, object], *args: P.args, **named: P.kwargs) -> float:
    """Seconds of a call within this process, not disturbed by the garbage of others."""
    with undisturbed():
        start = perf_counter()
        run(*args, **named)
        return perf_counter() - start


@contextmanager
def undisturbed() -> Iterator[None]:
    """No looking for garbage meanwhile, neither in ours nor in the reference."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def said(seconds: float) -> str:
    """A duration in three figures."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size or unit == "us":
            return f"{seconds / size:.3g} {unit}"
    raise AssertionError("the last unit fits all")
