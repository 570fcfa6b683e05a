"""Are the lines those that were hashed, and does everything beside them say what they say?"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

from sqlalchemy import Connection, bindparam, select

from domain.ledger_acts import KeyRotated, LedgerRestored
from domain.opening import LedgerOpened
from domain.recorded import Fact, Recorded
from ledger.line import Columns, Envelope, Exact, LineError, codec, recorded
from ledger.replay import Replay
from ledger.rules import CASCADING, Before, Rules
from ledger.seen_ids import SeenIds
from ledger.tables import node
from ledger.tree import Frontier, Node
from ledger.verify_report import Findings
from ledger.verify_rows import Reading, Rows

NODE = select(node.c.hash).where(node.c.level == bindparam("level"), node.c.index == bindparam("index"))
NO_LINE = b""
"""Stands for the bytes of a line that has none, so that those behind it keep their places in the tree."""

Watch = Callable[[int, int], None]
"""Is told how many lines are done, of how many."""


def nobody(_done: int, _all: int) -> None:
    """Nobody watches."""
