"""Which lines of the ledger are meant by `actor:port-authority is:back-dated`? The filter language, for events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import NamedTuple

from domain.actual import ActualReported
from domain.assess.thresholds import BACK_DATED_DAYS
from domain.commitment import CommitmentMade, CommitmentRestated
from domain.facts import FACTS
from domain.recorded import Recorded, Slot
from domain.refused import Refused
from domain.text import same_office, shown
from ledger.record import Record
from projections import filters
from projections.asked import At
from projections.base import Base
from projections.filters import Asked, Filter, any_of, fitting, free_word, parse, term_of
from projections.history import Event, events, retractions, seen
from projections.judged import judged
from projections.said import about, said


class Step(NamedTuple):
    """A line beside what is known of it: the day on which it was recorded, whether it was retracted, and the offices
    whose word it corrects."""

    line: Recorded
    day: date
    retracted: bool
    corrects: frozenset[str]


Test = Callable[[Step], bool]


class Trail(NamedTuple):
    """What must hold of a line: every test, and that its commitment is among those wanted."""

    tests: tuple[Test, ...] = ()
    of: Filter | None = None


def trail(words: Iterable[str], asked: Asked) -> Trail:
    """A trail from its words: fields of events, fields of the commitments that events are about, and free words.

    Refused: `bad-choice`, and as `projections.filters.parse`.
    """
    tests: list[Test] = []
    of: list[str] = []
    for word in words:
        term = term_of(word, EXAMPLES)
        if term is None:
            tests.append(_text(free_word(word), asked))
        elif term.field in FIELDS:
            tests.append(any_of([FIELDS[term.field](one, asked) for one in term.values]))
        else:
            of.append(word)
    return Trail(tuple(tests), parse(of, asked) if of else None)


def _text(text: str, _: Asked) -> Test:
    """A part of what the event says, or of the name of what it is about."""
    word = text.casefold()
    return lambda step: word in f"{about(step.line.subject, step.line.fact)} {said(step.line.fact)}".casefold()


def _actor(text: str, _: Asked) -> Test:
    return lambda step: same_office(text, step.line.actor)


def _type(text: str, _: Asked) -> Test:
    """A stored name, or its beginning: `due`, `due.moved`, `due.moved.v1`."""
    typed = text.lower()
    names = frozenset(name for name in FACTS if f"{name}.".startswith(f"{typed}."))
    if not names:
        shorter = {name.rpartition(".")[0] for name in FACTS}
        near = get_close_matches(typed, sorted(shorter), n=1)
        hint = f"Did you mean {near[0]}?" if near else "Such as due, due.moved or actual.reported."
        raise Refused("bad-choice", f"{shown(text)} is no type of event. {hint}")
    return lambda step: step.line.fact.stored in names


def _item(text: str, asked: Asked) -> Test:
    """A commitment with its milestones, or a milestone."""
    key = asked.key("item", text)
    stream = f"commitment/{key.partition('/')[0]}"

    def holds(step: Step) -> bool:
        line = step.line
        return line.subject == stream and ("/" not in key or line.fact.about(stream.partition("/")[2]) == key)

    return holds


def _recorded(text: str, asked: Asked) -> Test:
    fits = fitting(text, asked.on)
    return lambda step: fits(step.day)


def _effective(text: str, asked: Asked) -> Test:
    fits = fitting(text, asked.on)
    return lambda step: fits(step.line.effective)


KINDS: dict[str, Test] = {
    "back-dated": lambda step: (step.day - step.line.effective).days > BACK_DATED_DAYS,
    "retracted": lambda step: step.retracted,
    "correction": lambda step: bool(step.corrects),
    "own-correction": lambda step: any(same_office(one, step.line.actor) for one in step.corrects),
}
"""Recorded over 30 days after its day; taken back; takes back or restates; and that of the same office's word."""


def _is(text: str, _: Asked) -> Test:
    if text.lower() in KINDS:
        return KINDS[text.lower()]
    raise Refused("bad-choice", f"{shown(text)} is no kind of event. It is one of: {', '.join(KINDS)}.")


FIELDS: dict[str, Callable[[str, Asked], Test]] = {
    "actor": _actor,
    "type": _type,
    "item": _item,
    "recorded": _recorded,
    "effective": _effective,
    "is": _is,
    "text": _text,
}
EXAMPLES: Mapping[str, str] = {
    "actor": "actor:port-authority",
    "type": "type:due.moved",
    "item": "item:fibre/landing",
    "recorded": "'recorded:>=2026-10'",
    "effective": "effective:2026-10-31",
    "is": "is:back-dated",
    "text": "text:permit",
    **filters.EXAMPLES,
}


def followed(record: Record, base: Base, at: At, wanted: Trail, subject: str | None = None) -> Iterator[Event]:
    """The lines of a stream, or of the whole ledger, that are wanted, as known and as true at a point; oldest first."""
    holding = retractions(base, at)
    among = {one.item.facts.subject for one in judged(base, at, wanted.of)} if wanted.of else None
    corrected, zone = Corrected(partial(_of_id, record)), record.zone

    def steps() -> Iterator[Recorded]:
        for line in seen(record, at, subject):
            day = line.recorded.astimezone(zone).date()
            step = Step(line, day, line.position in holding, corrected.by(line))
            if (among is None or line.subject in among) and all(test(step) for test in wanted.tests):
                yield line

    return events(steps(), holding)


def _of_id(record: Record, id: str) -> Recorded | None:
    position = record.position_of(id)
    return record.recorded_at(position) if position else None


class Corrected:
    """Whose word do lines correct? Told line after line, from the first of a stream on."""

    def __init__(self, of_id: Callable[[str], Recorded | None]) -> None:
        """`of_id` gives a line by its id."""
        self._of_id = of_id
        self._last: dict[tuple[str, Slot | None], str] = {}

    def by(self, line: Recorded) -> frozenset[str]:
        """The offices whose word the next line takes back or restates; none for most lines."""
        fact = line.fact
        gone = fact.takes_back()
        if gone is not None:
            target = self._of_id(gone)
            return frozenset([target.actor] if target else [])
        if isinstance(fact, CommitmentMade):
            self._last[line.subject, None] = line.actor
        if not isinstance(fact, ActualReported | CommitmentRestated):
            return frozenset()
        slots = [(line.subject, slot) for slot in fact.settles(line.subject.partition("/")[2])]
        before = [self._last.get(slot) or self._first(line) for slot in slots]
        self._last.update(dict.fromkeys(slots, line.actor))
        return frozenset(office for office in before if office)

    def _first(self, line: Recorded) -> str | None:
        """Who said it when the commitment was made; of an actual nobody did."""
        return self._last.get((line.subject, None)) if isinstance(line.fact, CommitmentRestated) else None
