"""What stood at a point of both time axes? The facts seen there, one stream or many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from struct import unpack
from typing import Any, NamedTuple

import msgspec

from domain.assess import Expected, expectation
from domain.fold import Facts, Late, order
from domain.occasion import stream_of
from domain.recorded import Recorded, Slot
from projections.base import Base
from projections.rows import FOR_FLAGS, FOR_STATUS
from projections.seen import read


class At(NamedTuple):
    """What was known up to a position, and true up to a day, which is also "today"."""

    known: int
    on: date


class Span(NamedTuple):
    """Streams whose names lie from `first` on and before `beyond`."""

    first: str
    beyond: str


def all_of(noun: str, prefix: str = "") -> Span:
    """The streams of a noun, or those of them whose keys begin with a prefix."""
    first = f"{noun}/{prefix}"
    return Span(first, first[:-1] + chr(ord(first[-1]) + 1))


def only(subject: str) -> Span:
    """One stream: no name goes on with a control character. The least of them PostgreSQL takes in no text."""
    return Span(subject, subject + "\x01")


class Stood(Facts):
    """The facts of a subject that are seen at a point: what counts, and of some slots what it superseded."""

    __slots__ = ()

    def take(self, texts: bytes | None) -> None:
        """Take in the rows of the subject (`projections.seen`), in any order; quickest where those of a slot adjoin."""
        last: Slot | None = None
        chain: list[Recorded] = []
        for seen in read(texts) if texts else ():
            if seen.slot != last:
                last = item, what, detail = seen.slot
                chain = self._slots.setdefault(item, {}).setdefault(what, {}).setdefault(detail, [])
            chain.append(seen)
        for item, whats in self._slots.items():
            for details in whats.values():
                for chain in details.values():
                    if len(chain) > 1:
                        chain.sort(key=order)
            first = _first_due(whats)
            if first:
                self.first_due[item] = first


def _first_due(whats: dict[str, dict[str, list[Recorded]]]) -> Recorded | None:
    """What a row of its own says, else the first due that is seen."""
    originals = whats.pop("original", None)
    if originals:
        return originals[""][0]
    seen = [one for what in ("made", "due") for chain in whats.get(what, {}).values() for one in chain]
    return min((one for one in seen if getattr(one.fact, "due", None)), key=attrgetter("position"), default=None)


def facts_of(base: Base, at: At, subject: str, keep: int = FOR_FLAGS) -> Facts:
    """What stood in one stream; `keep`: what superseded facts are seen too (`projections.rows`)."""
    ((texts,),) = base.rows("facts", stream=subject, known=at.known, on=at.on.toordinal(), keep=keep)
    facts = Stood(subject)
    facts.take(texts)
    facts.late = late_among(base, at, only(subject)).get(subject, {})
    return facts


def facts_among(base: Base, at: At, span: Span, keep: int = FOR_FLAGS) -> Iterator[Facts]:
    """What stood in each of many streams, in order of their names; those without any fact are left out.

    `keep`: what superseded facts are seen too (`projections.rows`).
    """
    late = late_among(base, at, span)
    for facts in facts_by(base, at, "facts among", keep, **span._asdict()):
        facts.late = late.get(facts.subject, {})
        yield facts


def facts_by(base: Base, at: At, name: str, keep: int, **asked: Any) -> Iterator[Facts]:
    """What stood in the streams of another query of `projections.queries`, for their status alone."""
    for subject, texts in base.each(name, known=at.known, on=at.on.toordinal(), keep=keep, **asked):
        facts = Stood(subject)
        facts.take(texts)
        yield facts


def late_among(base: Base, at: At, span: Span) -> dict[str, dict[str, list[Late]]]:
    """By stream and item, the observations that were recorded long after their day."""
    found: dict[str, dict[str, list[Late]]] = {}
    asked = {**span._asdict(), "known": at.known, "on": at.on.toordinal()}
    for subject, item, numbers in base.each("late among", **asked):
        found.setdefault(subject, {})[item] = _numbers.decode(f"[{numbers}]")
    return found


_numbers = msgspec.json.Decoder(list[Late])


class Elsewhere:
    """What is expected of items of other commitments, looked up when a milestone waits for one."""

    def __init__(self, base: Base, at: At) -> None:
        self._base = base
        self._at = at
        self._found: dict[str, Expected | None] = {}

    def __call__(self, name: str) -> Expected | None:
        """As `domain.assess` asks."""
        if name not in self._found:
            known, on = self._at
            asked = {"item": name, "known": known, "on": on.toordinal(), "keep": FOR_STATUS}
            facts = Stood(stream_of(name))
            ((texts,),) = self._base.rows("facts expecting", stream=facts.subject, **asked)
            facts.take(texts)
            self._found[name] = expectation(facts, name, on)
        return self._found[name]


def last_positions(base: Base, at: At, span: Span) -> dict[str, int]:
    """The position of the last line of each stream, of those known; streams without one are left out."""
    found = {}
    for subject, last, positions in base.each("lines among", **span._asdict(), known=at.known):
        if positions is not None:
            all_of_it = unpack(f">{len(positions) // 8}q", positions)
            count = bisect_right(all_of_it, at.known)
            if not count:
                continue
            last = all_of_it[count - 1]
        found[subject] = last
    return found
