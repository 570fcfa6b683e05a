"""Which parties, sources and programmes are there, and what was noted of a programme?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from domain.evidence import Evidence
from domain.fold import Facts, order
from domain.fuzzy import FuzzyDate
from domain.quantity import Quantity
from domain.recorded import Recorded
from projections.asked import At, all_of, facts_among, facts_of
from projections.base import Base


class Party(msgspec.Struct, frozen=True):
    """A party under the name in force; `names` are those that it had before."""

    key: str
    name: str
    kind: str
    country: str | None
    names: list[str]


class Source(msgspec.Struct, frozen=True):
    """A document in which commitments were stated."""

    key: str
    title: str
    publisher: str
    published: FuzzyDate | None
    url: str | None
    file: Evidence | None


class Note(msgspec.Struct, frozen=True):
    """Something that was done or said and is no promise."""

    position: int
    effective: date
    text: str
    period: FuzzyDate | None
    source: str | None
    locator: str | None


class Figure(msgspec.Struct, frozen=True):
    """A number from a source, as context."""

    position: int
    effective: date
    indicator: str
    quantity: Quantity
    period: FuzzyDate
    wording: str | None
    source: str | None
    locator: str | None


class Programme(msgspec.Struct, frozen=True):
    """Commitments that are managed together; `closed` is the reason for which it takes no more."""

    key: str
    title: str
    window: FuzzyDate | None
    closed: str | None
    notes: list[Note]
    figures: list[Figure]


def parties(base: Base, at: At) -> list[Party]:
    """Every party, in order of keys."""
    return [_party(facts, made.fact) for facts, made in _register(base, at, "party")]


def sources(base: Base, at: At) -> list[Source]:
    """Every source, in order of keys."""
    return [_source(facts, made.fact) for facts, made in _register(base, at, "source")]


def programmes(base: Base, at: At) -> list[Programme]:
    """Every programme with its notes and figures, in order of keys."""
    return [_programme(facts, made.fact) for facts, made in _register(base, at, "programme")]


def party(base: Base, at: At, key: str) -> Party | None:
    """One party; None where it does not stand."""
    facts, made = _one(base, at, f"party/{key}")
    return _party(facts, made.fact) if made else None


def source(base: Base, at: At, key: str) -> Source | None:
    """One source; None where it does not stand."""
    facts, made = _one(base, at, f"source/{key}")
    return _source(facts, made.fact) if made else None


def programme(base: Base, at: At, key: str) -> Programme | None:
    """One programme; None where it does not stand."""
    facts, made = _one(base, at, f"programme/{key}")
    return _programme(facts, made.fact) if made else None


def _register(base: Base, at: At, noun: str) -> Iterator[tuple[Facts, Recorded]]:
    for facts in facts_among(base, at, all_of(noun)):
        made = facts.last(facts.key, "made")
        if made:
            yield facts, made


def _one(base: Base, at: At, subject: str) -> tuple[Facts, Recorded | None]:
    facts = facts_of(base, at, subject)
    return facts, facts.last(facts.key, "made")


def _party(facts: Facts, made: Any) -> Party:
    names = [made.name, *(one.fact.name for one in _chain(facts, "name"))]
    return Party(facts.key, names[-1], made.kind, made.country, names[:-1])


def _source(facts: Facts, made: Any) -> Source:
    return Source(facts.key, made.title, made.publisher, made.published, made.url, made.file)


def _programme(facts: Facts, made: Any) -> Programme:
    closed: Any = facts.fact(facts.key, "life")
    figures = [facts.last(facts.key, "figure", detail) for detail in facts.details(facts.key, "figure")]
    return Programme(
        facts.key,
        made.title,
        made.window,
        closed.reason if closed else None,
        [_note(one, one.fact) for one in _chain(facts, "note")],
        [_figure(one, one.fact) for one in sorted(filter(None, figures), key=order)],
    )


def _chain(facts: Facts, what: str) -> list[Any]:
    return facts.chain(facts.key, what)


def _note(by: Recorded, fact: Any) -> Note:
    return Note(by.position, by.effective, fact.text, fact.period, fact.source, fact.locator)


def _figure(by: Recorded, fact: Any) -> Figure:
    return Figure(
        by.position,
        by.effective,
        fact.indicator,
        fact.quantity,
        fact.period,
        fact.wording,
        fact.source,
        fact.locator,
    )
