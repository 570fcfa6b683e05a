"""Does the head say what the lines say?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from domain.opening import FORMAT
from domain.text import shown
from ledger.line import URN
from ledger.tables import head
from ledger.tree import Frontier
from ledger.verify_report import Findings
from ledger.verify_rows import readable

HEADS = select(head).limit(2)


class Head(NamedTuple):
    """The row, with whatever it holds."""

    id: Any
    size: Any
    frontier: Any
    time: Any
    format: Any


def head_of(connection: Connection, findings: Findings) -> Head | None:
    """The one row of `head`; None, and a finding, where there is none or more."""
    rows = readable(findings, _heads, connection)
    if rows is not None and len(rows) != 1:
        findings.add(None, "head-differs", "The ledger has no head, or several.")
        return None
    return Head(*rows[0]) if rows else None


def _heads(connection: Connection) -> Sequence[Sequence[Any]]:
    return connection.execute(HEADS).all()


def check_head(found: Head, tree: Frontier, source: str, last: str, findings: Findings) -> None:
    """Compare it with the tree over the lines, their `source`, and the time of the last of them."""
    id, size, frontier, time, format = found
    if size != tree.size:
        findings.add(None, "head-differs", f"The head counts {shown(str(size))} lines; {tree.size:,} were found.")
    elif frontier != tree.dump():
        findings.add(None, "head-differs", "The head's hashes are not those of the lines.")
    if source and source != URN + str(id):
        findings.add(
            None, "head-differs", f"The head says ledger {shown(str(id))}; its lines belong to {shown(source)}."
        )
    if time != last:
        findings.add(
            None, "head-differs", f"The head says that the last line is of {shown(str(time))}; it is of {last}."
        )
    if format != FORMAT:
        findings.add(None, "head-differs", f"The head says format {shown(str(format))}; its file is of {FORMAT}.")
