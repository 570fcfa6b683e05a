"""Which of the library's questions does the record answer? Its recorder interfaces, once for all databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn
from uuid import UUID

from eventsourcing.persistence import (
    AggregateRecorder,
    IntegrityError,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Tracking,
)
from sqlalchemy import Connection, bindparam, exc, func, insert, select, update

from ledger.append import Appending, Entry
from ledger.line import Columns, describe
from ledger.store import Store
from ledger.tables import event, tracking

LAST = 2**63 - 1

Describe = Callable[[StoredEvent, int], Columns]
"""The columns of a stored event that is to stand at a position."""


def described(stored: StoredEvent, _: int) -> Columns:
    """The columns that a line gives itself. Refused: `bad-line`."""
    return describe(stored.state)


_stream = (
    select(event.c.stream, event.c.version, event.c.type, event.c.line)
    .where(event.c.stream == bindparam("stream"))
    .where(event.c.version > bindparam("gt"), event.c.version <= bindparam("lte"))
    .limit(bindparam("limit"))
)
FORWARD = _stream.order_by(event.c.version)
BACKWARD = _stream.order_by(event.c.version.desc())
NOTIFICATIONS = (
    select(event.c.position, event.c.stream, event.c.version, event.c.type, event.c.line)
    .where(event.c.position >= bindparam("start"), event.c.position <= bindparam("stop"))
    .order_by(event.c.position)
    .limit(bindparam("limit"))
)
OF_TYPES = NOTIFICATIONS.where(event.c.type.in_(bindparam("types", expanding=True)))
MAX_POSITION = select(func.max(event.c.position))
TRACKED = select(tracking.c.position).where(tracking.c.application == bindparam("name"))
TRACK_FIRST = insert(tracking)
TRACK_NEXT = update(tracking).where(tracking.c.application == bindparam("name")).values(position=bindparam("next"))


class Recorder(ProcessRecorder):
    """Appends under the head lock, so that positions have no gaps and commit in order. Stream ids are text."""

    def __init__(self, store: Store, describe: Describe = described) -> None:
        self.store = store
        self._describe = describe

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Write events, and the `tracking` that may come with them, all or none; gives their positions.

        IntegrityError: a version or id that is taken, a tracked position that is not ahead.
        """
        followed: Tracking | None = kwargs.get("tracking")
        if not stored_events and followed is None:
            return []
        with _integrity(), self.store.appending() as appending:
            if followed is not None:
                _track(appending.connection, followed)
            return self._insert(appending, stored_events)

    def _insert(self, appending: Appending, stored_events: Sequence[StoredEvent]) -> list[int]:
        positions = range(appending.size + 1, appending.size + 1 + len(stored_events))
        if stored_events:
            entries = [
                Entry(self._describe(stored, position), stored.originator_version, stored.state)
                for stored, position in zip(stored_events, positions, strict=True)
            ]
            appending.append(entries)
        return list(positions)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of a stream, by version."""
        asked = {
            "stream": str(originator_id),
            "gt": -1 if gt is None else gt,
            "lte": LAST if lte is None else lte,
            "limit": LAST if limit is None else limit,
        }
        with self.store.reading() as connection:
            return [StoredEvent(*row) for row in connection.execute(BACKWARD if desc else FORWARD, asked)]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Events by position; `topics` are stored names."""
        first = (start or 0) + (start is not None and not inclusive_of_start)
        asked = {"start": first, "stop": LAST if stop is None else stop, "limit": limit, "types": list(topics)}
        with self.store.reading() as connection:
            rows = connection.execute(OF_TYPES if topics else NOTIFICATIONS, asked)
            return [
                Notification(id=position, originator_id=stream, originator_version=version, topic=type, state=line)
                for position, stream, version, type, line in rows
            ]

    def max_notification_id(self) -> int | None:
        """The position of the last event; None when there is none."""
        with self.store.reading() as connection:
            last: int | None = connection.execute(MAX_POSITION).scalar_one()
        return last

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> NoReturn:
        """Not offered: readers of this ledger catch up by pages, a transaction a page, never event by event."""
        raise NotImplementedError("The record is followed by pages: see select_notifications.")

    def insert_tracking(self, tracking: Tracking) -> None:
        """Note how far an application has followed. IntegrityError: the position is not ahead of the last."""
        self.insert_events([], tracking=tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        """How far an application has followed; None when it never began."""
        with self.store.reading() as connection:
            return _tracked(connection, application_name)


class StreamRecorder(Recorder, AggregateRecorder):
    """For the library's stores that number no positions, such as snapshots."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        """Write events, all or none."""
        super().insert_events(stored_events, **kwargs)


@contextmanager
def _integrity() -> Iterator[None]:
    try:
        yield
    except exc.IntegrityError as error:
        raise IntegrityError(str(error.orig)) from error


def _tracked(connection: Connection, application: str) -> int | None:
    position: int | None = connection.execute(TRACKED, {"name": application}).scalar_one_or_none()
    return position


def _track(connection: Connection, followed: Tracking) -> None:
    """Under the head lock two workers cannot both move on to the same position."""
    name, position = followed.application_name, followed.notification_id
    before = _tracked(connection, name)
    if before is None:
        connection.execute(TRACK_FIRST, {"application": name, "position": position})
    elif before < position:
        connection.execute(TRACK_NEXT, {"name": name, "next": position})
    else:
        raise IntegrityError(f"{name} has already followed to {before}; {position} is not ahead.")
