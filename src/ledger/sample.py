"""Which events does an auditor look at, chosen so that nobody could steer it and anybody can choose them again?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

from domain.refused import Refused
from domain.text import choice, shown

Method = Literal["random", "systematic"]
NONCE = re.compile(r"[A-Za-z0-9._-]{1,64}")
DIGITS = 15
"""Hexadecimal digits that begin a systematic choice: as many as fit into a shell's numbers."""


class Population(NamedTuple):
    """What is drawn from: a name without spaces, and positions in order."""

    name: str
    positions: Sequence[int]


class Drawn(NamedTuple):
    """A population and what was drawn from it, in order of position."""

    population: Population
    chosen: Sequence[int]


@dataclass(frozen=True)
class Draw:
    """How it is drawn: the method, the root of the sealed ledger in hex, a nonce, and how many of each population.

    The sealer knows the root before it is sealed, so that the nonce has to come from the auditor, afterwards.
    """

    method: Method
    root: str
    nonce: str
    size: int

    def of(self, population: Population) -> Drawn:
        """What is drawn from one population."""
        chosen = self._random(population) if self.method == "random" else self._systematic(population)
        return Drawn(population, sorted(chosen))

    def again(self, population: Population) -> str:
        """Shell commands that draw the same once more, with sha256sum and nothing of ours; one position a line."""
        head = f"population() {{ {'; '.join(map(_listed, runs(population.positions)))}; }}\n"
        return head + (self._random_again() if self.method == "random" else self._systematic_again(population))

    def _random(self, population: Population) -> list[int]:
        """Those whose tickets are lowest: the SHA-256 of root, nonce and position."""
        return sorted(population.positions, key=lambda position: self._ticket(position))[: self.size]

    def _systematic(self, population: Population) -> list[int]:
        """In equal steps round the population, from a place that the SHA-256 of root, nonce and name gives."""
        positions, all = population.positions, len(population.positions)
        start, size = int(self._ticket(population.name)[:DIGITS], 16) % all, min(self.size, all)
        return [positions[(start + step * all // size) % all] for step in range(size)]

    def _ticket(self, of: object) -> str:
        return sha256(f"{self.root}:{self.nonce}:{of}".encode()).hexdigest()

    def _random_again(self) -> str:
        return (
            "population | while read -r p; do\n"
            f'  echo "$(printf %s "{self.root}:{self.nonce}:$p" | sha256sum | cut -c 1-64) $p"\n'
            f"done | LC_ALL=C sort | head -n {self.size} | cut -d ' ' -f 2 | sort -n\n"
        )

    def _systematic_again(self, population: Population) -> str:
        size = min(self.size, len(population.positions))
        ticket = f'printf %s "{self.root}:{self.nonce}:{population.name}" | sha256sum'
        return (
            f"all=$(population | wc -l); start=$((0x$({ticket} | cut -c 1-{DIGITS}) % all)); i=0\n"
            f"while [ $i -lt {size} ]; do\n"
            f"  population | tail -n +$(((start + i * all / {size}) % all + 1)) | head -n 1; i=$((i + 1))\n"
            "done | sort -n\n"
        )


def drawing(method: str, root: bytes, nonce: str, size: int) -> Draw:
    """How to draw, as typed. Refused: `bad-choice`, `bad-nonce`, `bad-size`."""
    if not NONCE.fullmatch(nonce):
        raise Refused("bad-nonce", f"{shown(nonce)} is no nonce: use up to 64 letters, digits, dots and dashes.")
    if size < 1:
        raise Refused("bad-size", "At least one event is drawn from each population. Give --size 25, say.")
    return Draw(choice(Method, method, "method"), root.hex(), nonce, size)


def runs(positions: Iterable[int]) -> list[tuple[int, int]]:
    """Positions in order, as first and last of each run without gaps."""
    found: list[tuple[int, int]] = []
    for position in positions:
        if found and found[-1][1] == position - 1:
            found[-1] = found[-1][0], position
        else:
            found.append((position, position))
    return found


def _listed(run: tuple[int, int]) -> str:
    return f"seq {run[0]} {run[1]}"
