"""How are the lines of a ledger read again, all or those from one on, and held against all that is kept beside them?"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from domain.recorded import Recorded
from ledger.record import Record
from ledger.tree import Frontier
from ledger.verify_head import check_head, head_of
from ledger.verify_lines import Lines
from ledger.verify_report import Findings
from ledger.verify_rows import Reading
from ledger.verify_start import Start
from ledger.verify_tree import Growth

Watch = Callable[[int, int], None]
"""Is told how many lines are done, of how many."""


def nobody(_done: int, _all: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Read:
    """What the lines say: the tree over them and its roots at the sizes asked for, their source and the latest time,
    and what they say about the ledger itself, in order.
    """

    tree: Frontier
    roots: dict[int, bytes]
    source: str
    last: str
    acts: Sequence[Recorded]


@contextmanager
def _unhurried() -> Iterator[None]:
    """Garbage in circles waits: lines leave none, and looking for it among the facts that are held takes its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_again(
    record: Record, start: Start, sizes: Iterable[int], findings: Findings, remarks: Findings, watch: Watch = nobody
) -> Read:
    """Read the lines from a start on, within one snapshot. All that is wrong is among the findings."""
    with record.snapshot() as connection, _unhurried():
        head = head_of(connection, findings)
        total = head.size if head and isinstance(head.size, int) else 0
        reading = Reading(connection, start.first, findings)
        tree = Growth(connection, start.tree, sizes, findings)
        lines = Lines(record, start.before, findings, remarks, reading.unreadable)
        for rows in reading.pages():
            tree.take(rows)
            lines.take(rows)
            watch(tree.frontier.size, max(total, tree.frontier.size))
        tree.end()
        if head:
            check_head(head, tree.frontier, lines.source, lines.last, findings)
    return Read(tree.frontier, tree.roots, lines.source, lines.last, [*start.acts, *lines.acts])
