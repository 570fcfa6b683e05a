"""What did an office record last, command by command?"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import bindparam, select

from domain.recorded import Recorded
from ledger.record import LAST, Record
from ledger.tables import event

PAGE = 100
NEWEST = (
    select(event.c.position, event.c.command)
    .where(event.c.actor == bindparam("actor"), event.c.position < bindparam("before"))
    .order_by(event.c.position.desc())
    .limit(PAGE)
)


def newest_commands(record: Record, actor: str) -> Iterator[list[Recorded]]:
    """The facts of each command of an actor, newest command first."""
    before, last = LAST, ""
    while True:
        with record.snapshot() as connection:
            rows = connection.execute(NEWEST, {"actor": actor, "before": before}).all()
        if not rows:
            return
        for position, command in rows:
            if command != last:
                yield record.of_command(command)
            before, last = position, command
