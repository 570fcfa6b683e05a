"""From which populations is a sample drawn, and how is it told so that it can be drawn again?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.commitment import value
from domain.refused import Refused
from ledger.line import describe
from ledger.record import Record
from ledger.sample import Draw, Drawn, Population, runs
from projections.asked import At, all_of, facts_among
from projections.base import Base

ALL, NONE = "all", "-"
"""The name of the one population; and of what belongs to no programme."""


def everything(size: int) -> list[Population]:
    """All sealed events, as one population."""
    return [Population(ALL, range(1, size + 1))]


def by_programme(record: Record, base: Base, at: At) -> list[Population]:
    """All events by the programme of their commitment, as it stood at that point; the rest last."""
    programmes = {facts.subject: value(facts, "programme") for facts in facts_among(base, at, all_of("commitment"))}
    found: dict[str, list[int]] = {}
    for page in record.lines(until=at.known):
        for position, line in page:
            found.setdefault(_programme(describe(line).stream, programmes), []).append(position)
    return [Population(name, found[name]) for name in sorted(found, key=lambda name: (name == NONE, name))]


def chosen(drawn: Iterable[Drawn]) -> list[int]:
    """All that was drawn, in order of position."""
    return sorted(position for one in drawn for position in one.chosen)


def told(draw: Draw, drawn: Iterable[Drawn]) -> dict[str, Any]:
    """The draw as data: how, from what, and the commands that do it again."""
    populations = [
        {
            "name": one.population.name,
            "count": len(one.population.positions),
            "positions": said(one.population),
            "chosen": list(one.chosen),
            "again": draw.again(one.population),
        }
        for one in drawn
    ]
    head = {"method": draw.method, "root": draw.root, "nonce": draw.nonce, "size": draw.size}
    return {**head, "populations": populations}


def said(population: Population) -> str:
    """Its positions in words: `3..7, 9`."""
    return ", ".join(str(first) if first == last else f"{first}..{last}" for first, last in runs(population.positions))


def stratum(typed: str | None) -> bool:
    """Is it drawn by programme? Refused: `bad-choice`."""
    if typed not in (None, "programme"):
        raise Refused("bad-choice", "A sample is stratified by programme: --stratify programme.")
    return typed is not None


def _programme(stream: str, programmes: dict[str, Any]) -> str:
    noun, _, key = stream.partition("/")
    return key if noun == "programme" else programmes.get(stream) or NONE
