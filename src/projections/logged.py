"""Who was logged in when it was recorded, whoever was named? Known on a server only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

import msgspec

from domain.text import shown
from ledger.logins import Pair, logins_of
from ledger.record import Record
from projections.history import Event

PAGE = 1000


class Logged(Event, frozen=True):
    """An event with the login that recorded it."""

    login: str | None


def logged(record: Record, events: Iterable[Event]) -> Iterator[Logged]:
    """Events with their logins, asked for a page at a time."""
    waiting = iter(events)
    while page := list(islice(waiting, PAGE)):
        with record.store.asking() as reader:
            logins = logins_of(reader, [one.position for one in page])
        for one in page:
            yield Logged(**msgspec.structs.asdict(one), login=logins.get(one.position))


def marked(record: Record, events: Iterable[Event], doubtful: Collection[Pair]) -> Iterator[Event]:
    """Events for a list; of these pairs of login and actor, the login stands beside the actor."""
    for one in logged(record, events):
        if one.login is not None and (one.login, one.actor) in doubtful:
            yield msgspec.structs.replace(one, actor=f"{one.actor} (login {shown(one.login)})")
        else:
            yield one
