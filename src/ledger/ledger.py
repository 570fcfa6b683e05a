"""How is something recorded? Under the head lock: load, decide, stamp, append."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from eventsourcing.application import Application
from eventsourcing.persistence import IntegrityError
from eventsourcing.utils import Environment, EnvType

from domain.occasion import Known, Occasion
from domain.opening import open_ledger, zone
from domain.recorded import Fact, New, Recorded
from domain.refused import Refused
from domain.text import text
from ledger import place
from ledger.append import Appending
from ledger.factory import Factory
from ledger.line import SHAPES, Codec, Envelope, encode, recorded
from ledger.mapper import Line, LineMapper
from ledger.pen import Pen
from ledger.record import Head, Record
from ledger.roots import damaged
from ledger.store import Store

Decision = Callable[[Known, datetime], Sequence[New]]
"""What to record, given what is known and the instant of recording; raises to refuse. Pure: it may be asked again."""


class _Streams:
    """Loads streams, and counts their lines on."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._versions: dict[str, int] = {}

    def load(self, subject: str) -> list[Recorded]:
        """The facts of a stream."""
        facts = self._record.stream(subject)
        self._versions[subject] = facts[-1].version if facts else 0
        return facts

    def next(self, subject: str) -> int:
        """The version of the next line of a stream."""
        last = self._versions.get(subject)
        self._versions[subject] = version = 1 + (self._record.version(subject) if last is None else last)
        return version


class Ledger(Application[str]):
    """A ledger to be written. `record` reads it; everything the library offers (repository, log) works on it too."""

    def __init__(self, store: Store, pen: Pen | None = None, codec: Codec | None = None) -> None:
        self.store = store
        self.record = Record(store, codec)
        self._pen = pen or Pen()
        super().__init__()

    @classmethod
    def create(
        cls,
        where: str | Path,
        title: str,
        timezone: str,
        *,
        actor: str,
        pen: Pen | None = None,
        beside: Sequence[str] = (),
    ) -> Self:
        """Make a ledger whose first line is `ledger.opened`. Nothing stands there unless all went well.

        Refused: `bad-timezone`, `blank`, `bad-text`, and see `ledger.place.new_store`.
        """
        pen = pen or Pen()

        def opening(known: Known, now: datetime) -> list[New]:
            today = now.astimezone(zone(timezone)).date()
            return open_ledger(Occasion(known, today, actor), title, timezone)

        with place.new_store(where, pen.ids(pen.clock()), beside) as store:
            cls(store, pen).change(opening, actor=actor)
        return cls.open(where, pen=pen)

    @classmethod
    def open(cls, where: str | Path, *, pen: Pen | None = None, timeout: float = place.PATIENCE) -> Self:
        """The ledger at a path, to be written; `timeout`: seconds to wait for other writers. Refused: see
        `ledger.sqlite.open_file`.
        """
        return cls(place.open_store(where, writing=True, timeout=timeout), pen)

    def appending(self) -> AbstractContextManager[Appending]:
        """The head lock, re-entrant: several changes within are durable together, or gone together."""
        return self.store.appending()

    def change(
        self, decision: Decision, *, actor: str, command_id: str | None = None, dry_run: bool = False
    ) -> list[Recorded]:
        """Record what is decided on the newest state, durably; gives what was recorded, or would be (`dry_run`).

        Nothing is recorded when the decision gives nothing. A `command_id` seen before gives its first result again:
        the same is what makes the decision, asked on the state just before that result and at its instant, give the
        same subjects, facts and effective days, by the same actor. So nothing but the lines need be kept to tell.

        Refused: `command-id-reused`, `bad-command-id`, `bad-text`, `ledger-busy`, and whatever the decision refuses.
        """
        actor = text(actor, "actor")
        if command_id is not None and not re.fullmatch(SHAPES["commandid"], command_id):
            raise Refused("bad-command-id", "A command id has 1 to 100 visible ASCII characters, without spaces.")
        with self._deciding(dry_run) as head:
            first = self.record.of_command(command_id) if command_id else []
            if first:
                return self._first_result(first, decision, actor)
            moment, streams = self._pen.moment(head.time, self.store.now), _Streams(self.record)
            news = decision(Known(streams.load, self.record.naming), moment.time)
            stamped = self._pen.write(news, moment, head, actor, command_id)
            lines = [self._line(envelope, streams) for envelope in stamped]
            if lines and not dry_run:
                self._append(lines)
        return [line.recorded for line in lines]

    @contextmanager
    def _deciding(self, dry_run: bool) -> Iterator[Head]:
        if dry_run:  # what would be recorded can be told without stopping anybody
            with self.store.reading():
                yield self.record.head()
        else:
            with self.store.appending() as appending:
                yield Head(appending.id, appending.size, appending.time)

    def _first_result(self, first: list[Recorded], decision: Decision, actor: str) -> list[Recorded]:
        until = first[0].position - 1
        known = Known(partial(self.record.stream, until=until), partial(self.record.naming, until=until))
        try:
            again = [(actor, *new) for new in decision(known, first[0].recorded)]
        except Refused:
            again = []
        if again != [(one.actor, one.subject, one.fact, one.effective) for one in first]:
            raise Refused(
                "command-id-reused",
                f"The command id {first[0].command} has recorded something else (#{first[0].position}). Use a new one.",
            )
        return first

    def _line(self, envelope: Envelope[Fact], streams: _Streams) -> Line:
        line = encode(envelope)
        self.record.codec.exact(line)  # what import and verify will ask of it
        return Line(recorded(envelope, streams.next(envelope.subject)), line)

    def _append(self, lines: list[Line]) -> None:
        try:
            self.save(*lines)
        except IntegrityError as error:  # under the lock nobody was faster, so the tables contradict each other
            raise damaged(error) from None

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """An empty one: the library would let the user's environment configure the ledger."""
        return Environment(name, dict(env or {}))

    def construct_factory(self, env: Environment) -> Factory:
        """Recorders over our store."""
        return Factory(env, self.store)

    def construct_mapper(self) -> LineMapper:
        """Lines as they are."""
        return LineMapper(self.record.codec)
