"""Which streams does a generated ledger have, and how many lines does each get?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from domain.commitment import CommitmentKind

T = TypeVar("T")

STEADY_LINES = 50
"""The lines of the streams in which changes are measured, in ledgers of every size."""
MOST_COMMITMENTS = 2_000
LEAST_EACH = 5
"""Lines for each commitment, at least."""
KINDS: dict[CommitmentKind, int] = {"deliverable": 12, "target": 5, "roadmap": 2, "observance": 1}
"""The kinds, each as often as this."""
MILESTONES: dict[str, tuple[int, ...]] = {
    "deliverable": (0, 0, 1, 2),
    "target": (0, 0, 0, 1),
    "roadmap": (2, 3),
    "observance": (0,),
}
ENDS = {"met": 35, "claimed": 8, "withdrawn": 4, "closed-short": 3, "reopened": 2, "open": 48}
ENDS_OF_TARGETS = {"withdrawn": 1, "closed-short": 1, "open": 4}
"""Their actuals decide when they are met."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A commitment to be: how it will end, and how many lines its stream gets in all."""

    number: int
    key: str
    kind: CommitmentKind
    milestones: int
    end: str
    lines: int

    @property
    def made_of(self) -> int:
        """The lines with which it is made."""
        return 1 + self.milestones + (self.kind == "target")


@dataclass(frozen=True)
class Plan:
    """A whole ledger to be. `chronicle` counts lines about programmes and parties after the opening ones."""

    size: int
    seed: int
    programmes: int
    parties: int
    sources: int
    sketches: tuple[Sketch, ...]
    chronicle: int

    @property
    def opening(self) -> int:
        """Lines before the first commitment: the ledger, its registers, and a programme that was closed again."""
        return 1 + self.programmes + 2 + self.parties + self.sources

    @property
    def steady(self) -> list[str]:
        """The keys of the commitments whose streams have `STEADY_LINES` lines."""
        return [one.key for one in self.sketches if one.key.startswith("steady")]


def default_commitments(size: int) -> int:
    """So many that each has a plausible number of lines: 2,000 from 10,000 lines on."""
    return min(MOST_COMMITMENTS, size // LEAST_EACH)


def plan(size: int, commitments: int, seed: int) -> Plan:
    """The streams of a ledger. ValueError when that many commitments do not fit."""
    if commitments < 4 or size < LEAST_EACH * commitments:
        raise ValueError(f"{size} lines are too few for {commitments} commitments: at least 4, {LEAST_EACH} lines each")
    random = Random(seed)
    steady = min(40, size // 250, commitments // 4)
    bare = Plan(size, seed, few(commitments, 20), few(commitments, 100), few(commitments, 50), (), 0)
    sketches = [_sketch(random, number, steady) for number in range(commitments)]
    rest = size - bare.opening - sum(max(one.made_of, one.lines) for one in sketches)
    if rest < 0:
        raise ValueError(f"{size} lines are too few for {commitments} commitments with their milestones")
    chronicle = rest // 50
    return replace(bare, sketches=_allotted(random, sketches, rest - chronicle), chronicle=chronicle)


def few(commitments: int, most: int) -> int:
    """The size of a register."""
    return max(2, min(most, commitments // 20))


def _sketch(random: Random, number: int, steady: int) -> Sketch:
    if number < steady:
        return Sketch(number, f"steady-{number:02}", "deliverable", 1, "open", STEADY_LINES)
    kind = _weighed(random, KINDS)
    milestones, end = random.choice(MILESTONES[kind]), _weighed(random, ENDS_OF_TARGETS if kind == "target" else ENDS)
    return Sketch(number, f"c{number:04}", kind, milestones, end, 0)


def _weighed(random: Random, among: dict[T, int]) -> T:
    (one,) = random.choices(tuple(among), tuple(among.values()))
    return one


def _allotted(random: Random, sketches: list[Sketch], rest: int) -> tuple[Sketch, ...]:
    """Each with its lines: many short streams and a few long ones, log-normally."""
    weights = [0.0 if one.lines else random.lognormvariate(0, 1) for one in sketches]
    total, so_far, given, allotted = sum(weights), 0.0, 0, []
    for one, weight in zip(sketches, weights, strict=True):
        so_far += weight
        extra = round(so_far / total * rest) - given
        given += extra
        allotted.append(one if one.lines else replace(one, lines=one.made_of + extra))
    return tuple(allotted)
