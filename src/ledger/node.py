"""Which server of several answers: the primary, or a standby that follows it?"""

from __future__ import annotations

from typing import Any, NamedTuple

from ledger.record import Record
from ledger.straight import Straight


class Node(NamedTuple):
    """A server, as `host:port`."""

    at: str
    standby: bool

    def __str__(self) -> str:
        return f"{'standby' if self.standby else 'primary'} {self.at}"


def node_of(record: Record) -> Node | None:
    """The server that a record is read from, as it told when we connected; None for a file."""
    with record.store.asking() as reader:
        if reader.dialect.name != "postgresql":
            return None
        asked: Any = reader
        driver = asked.driver if isinstance(reader, Straight) else asked.connection.driver_connection
        info = driver.info
        return Node(f"{info.host}:{info.port}", info.parameter_status("in_hot_standby") == "on")
