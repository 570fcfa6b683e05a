"""How does a command meet the ledger: opened once, keys found, times resolved, facts recorded?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from cli.settings import Settings
from domain.occasion import Known, Occasion
from domain.recorded import Fact, New, Recorded
from domain.refused import Refused
from domain.text import item as item_of
from domain.text import key as key_of
from domain.text import shown

T = TypeVar("T")

if TYPE_CHECKING:
    from ledger.ledger import Ledger
    from ledger.record import Record
    from projections.asked import At
    from projections.base import Base
    from projections.models import Models

Decide = Callable[[Occasion], Sequence[New]]
EVENT = re.compile("[0-9]{1,18}")


def no_actor() -> Refused:
    """Nobody said which office records."""
    return Refused(
        "no-actor",
        "Which office records this? Give --actor OFFICE, set PLEDGER_ACTOR, or run pledger init once."
        " Write an office or role, not a person.",
    )


class Desk:
    """The ledger of this command, opened when first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.incomplete = False
        """Do answers end before the point that was asked about, because the read models stopped?"""
        self._closing: list[Callable[[], None]] = []

    def close(self) -> None:
        """Give everything back."""
        while self._closing:
            self._closing.pop()()

    @cached_property
    def record(self) -> Record:
        """The ledger, to be read."""
        from ledger.record import Record

        record = Record.open(self.settings.ledger_place())
        self._closing.append(record.close)
        return record

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, to be written. Refused: `time-on-recording`."""
        from ledger.ledger import Ledger

        self.settings.must_be_now()
        ledger = Ledger.open(self.settings.ledger_place(), pen=self.settings.edge.pen())
        self._closing.append(ledger.close)
        self.__dict__["record"] = ledger.record
        return ledger

    @property
    def today(self) -> date:
        """The day of the clock in the ledger's zone."""
        return self.settings.edge.clock().astimezone(self.record.zone).date()

    def office(self) -> str:
        """The office that records. Refused: `no-actor`."""
        office = self.settings.office()
        if not office or not office.strip():
            raise no_actor()
        return office

    def change(self, decide: Decide, *, nothing: str = "That stands already") -> None:
        """Record what is decided on the newest state, and echo what was understood."""
        from cli.echo import echo

        asked = self.settings.recording
        done = self._decided(decide, asked.dry_run, asked.command_id)
        self.__dict__.pop("at", None)  # the head has moved
        self.incomplete = False
        echo(self, done, nothing)

    def would(self, decide: Decide) -> list[Recorded]:
        """What a decision would record; nothing is."""
        return self._decided(decide, dry_run=True, command_id=None)

    def _decided(self, decide: Decide, dry_run: bool, command_id: str | None) -> list[Recorded]:
        from domain.entry import day

        on, office, zone = self.settings.recording.on, self.office(), self.ledger.record.zone

        def decision(known: Known, now: datetime) -> Sequence[New]:
            # Relative words are resolved here, so that a command sent again means the day of its first time.
            today = now.astimezone(zone).date()
            return decide(Occasion(known, today, office, None if on is None else day(on, today)))

        return self.ledger.change(decision, actor=office, command_id=command_id, dry_run=dry_run)

    @cached_property
    def at(self) -> At:
        """The point of both time axes that is asked about; one for the whole answer."""
        from cli.times import as_known, day
        from projections.asked import At

        known = as_known(self.settings.as_known, self.record, self.today)
        on = day(self.settings.as_of, self.today) if self.settings.as_of is not None else known.day or self.today
        return At(known.position, on)

    @cached_property
    def models(self) -> Models:
        """The read models, caught up."""
        from cli.shown import progress, talk
        from projections.models import Models

        with progress("Working out the read models") as done:
            models = Models.open(self.record, self.settings.ledger_place(), say=talk, progress=done)
        self._closing.append(models.close)
        return models

    def ask(self, question: Callable[[Base, At], T]) -> T:
        """The answer to a question, at the point that is asked about and from one state of the models.

        Where they stopped before that point, it is what was known there: then the answer says so and cites that.
        """
        at, models = self.at, self.models  # in this order: what others record meanwhile was not asked about
        if models.position < at.known:
            self.incomplete = True
            at = self.__dict__["at"] = at._replace(known=models.position)
        return models.answer(lambda base: question(base, at))

    def each(self, question: Callable[[Base, At], Iterator[T]]) -> Iterator[T]:
        """The same for answers that are too many to be held at once: each is given as it is found.

        To be asked after another question has gone over the same rows: what breaks off is not asked again.
        """
        return self.models.each(lambda base: question(base, self.at))

    def key(self, noun: str, typed: str) -> str:
        """The key of something in the ledger. Exact keys win over prefixes; with --no-input only they count.

        Refused: `bad-key`, `unknown-key`, `ambiguous-key`.
        """
        key = key_of(typed, f"{noun} key")
        return key if self._exact(noun, key) else self._found(noun, key)

    def reading(self, typed: str) -> str:
        """The item that a question is about, at the point that is asked about. Refused: as `key`."""
        from projections.keys import resolve_item

        return self.ask(lambda base, at: resolve_item(base, at, typed))

    def recorded_item(self, typed: str) -> str:
        """The same, or an item that was recorded once and stands no longer. Refused: as `key`."""
        try:
            return self.reading(typed)
        except Refused:
            key = item_of(typed)
            if not self._exact("commitment", key.partition("/")[0]):
                raise
            return key

    def found(self, noun: str, typed: str) -> str:
        """The same for something in a register."""
        from projections.keys import resolve

        return self.ask(lambda base, at: resolve(base, at, noun, typed))

    def commitment(self, typed: str) -> str:
        """The key of a commitment. Refused: as `key`, `not-a-commitment`."""
        if "/" in typed:
            raise Refused("not-a-commitment", f"{shown(typed)} is a milestone; this is about whole commitments.")
        return self.key("commitment", typed)

    def item(self, typed: str) -> str:
        """A commitment or milestone. Refused: as `key`."""
        key = item_of(typed)
        commitment, slash, _ = key.partition("/")
        if self._exact("commitment", commitment) and (not slash or self.settings.no_input):
            return key
        return self._found("commitment", key)

    def new_milestone(self, typed: str) -> str:
        """A milestone that may not stand yet, in a commitment that does. Refused: as `key`, `not-a-milestone`."""
        key = item_of(typed)
        commitment, slash, milestone = key.partition("/")
        if not slash:
            raise Refused("not-a-milestone", f"{key} is a commitment; write a milestone as {key}/its-key.")
        return f"{self.key('commitment', commitment)}/{milestone}"

    def mind_near(self, noun: str, key: str, way_out: str) -> None:
        """A new key that nearly is an existing one, or begins one, is more likely a slip. Refused: `did-you-mean`."""
        if self._exact(noun, key):
            return
        from difflib import get_close_matches

        from projections.keys import standing

        there = self.ask(lambda base, at: standing(base, at, noun))
        near = [one for one in there if one.startswith(key)] or get_close_matches(key, there, n=1, cutoff=0.8)
        if near:
            raise Refused("did-you-mean", f"There is no {noun} {key}; did you mean {near[0]}? If it is new: {way_out}.")

    def event(self, typed: str) -> Recorded:
        """The event meant by a position (154, #154) or a whole id. Refused: `unknown-event`."""
        digits = typed.removeprefix("#")
        position = int(digits) if EVENT.fullmatch(digits) else self.record.position_of(typed.lower())
        if position and position <= self.record.size:
            return self.record.recorded_at(position)
        raise Refused(
            "unknown-event", f"There is no event {shown(typed)}. Write a position such as #154, or a whole id."
        )

    def words(self, fact: Fact) -> str:
        """What a fact says; of a retraction also which event it takes back."""
        from projections.said import said

        gone = fact.takes_back()
        position = self.record.position_of(gone) if gone else None
        return said(fact, f"#{position}, " if position else "")

    def commands(self) -> Iterator[list[Recorded]]:
        """What this office recorded, command by command, newest first."""
        from ledger.commands import newest_commands

        return newest_commands(self.record, self.office())

    def _exact(self, noun: str, key: str) -> bool:
        return self.record.version(f"{noun}/{key}") > 0

    def _found(self, noun: str, typed: str) -> str:
        """The key that begins so; with --no-input the key as typed, for the decision to refuse."""
        from projections.keys import resolve, resolve_item

        if self.settings.no_input:
            return typed
        if noun == "commitment":
            return self.ask(lambda base, at: resolve_item(base, at, typed))
        return self.ask(lambda base, at: resolve(base, at, noun, typed))
