"""What is under which name in a plan? Its columns in any order, under their names or obvious other ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from domain.refused import Refused
from domain.text import LONGEST
from exchange.finding import Finding, Findings
from exchange.sheet import BOARD
from exchange.table import Row, Table

COLUMNS = {
    "key": ("id", "code"),
    "title": ("name", "commitment", "promise"),
    "kind": ("type",),
    "due": ("due date", "deadline", "by", "by when"),
    "start": ("start date", "begins", "from"),
    "promisors": ("promisor", "promised by", "who"),
    "promisees": ("promisee", "promised to", "to", "to whom"),
    "programme": ("program",),
    "source": ("document",),
    "locator": ("section", "page", "where"),
    "statement": ("wording", "text", "description"),
    "owner": ("office", "responsible"),
    "tags": ("tag", "labels", "label"),
    "target": ("amount",),
    "window": ("target window",),
    "indicator": (),
    "measure": (),
    "aim": (),
    "baseline": (),
    "after": ("predecessors", "predecessor", "depends on", "waits for"),
    "because": ("reason", "why moved"),
    "approved by": ("approver",),
}
"""The columns of a plan, with other names by which they go."""

COMPUTED = frozenset(BOARD) - COLUMNS.keys()
"""Columns of an exported board that say what was worked out: passed over, so that the board can come back as a plan."""

_FIELDS = {name: column for column, others in COLUMNS.items() for name in (column, *others)}


@dataclass(frozen=True)
class Entry:
    """A row of a plan: what its cells say by column, those left out that are empty."""

    file: str
    number: int
    cells: dict[str, str]
    heads: dict[str, str] = field(repr=False)

    def finding(self, column: str, refused: Refused) -> Finding:
        """What is wrong in a column of this row, under the name that the column has there."""
        return Finding(self.file, self.number, refused.code, refused.sentence, self.heads.get(column, column))


def entries(table: Table, findings: Findings) -> list[Entry]:
    """The rows by column. Unknown columns, columns that are there twice, and missing ones are findings."""
    found = dict(_columns(table, findings))
    heads = {column: table.header.cells[index] for index, column in found.items()}
    if "key" not in heads:
        findings.add(
            _headed(table, "", Refused("no-key-column", "There is no column key. Add one: fibre, fibre/permit."))
        )
        return []
    return [_entry(table, row, found, heads, findings) for row in table.rows]


def _columns(table: Table, findings: Findings) -> Iterator[tuple[int, str]]:
    """Where each column is."""
    taken: dict[str, str] = {}
    for index, head in enumerate(table.header.cells):
        name = _plain(head)
        column = _FIELDS.get(name)
        if not name:
            _refuse_nameless(table, index, findings)
        elif column is None:
            if name not in COMPUTED:
                findings.add(_headed(table, head, _unknown(name)))
        elif column in taken:
            findings.add(
                _headed(table, head, Refused("column-twice", f"{taken[column]} means the same. Keep one of the two."))
            )
        else:
            taken[column] = head
            yield index, column


def _plain(head: str) -> str:
    """A name of a column without what is a matter of taste."""
    words = unicodedata.normalize("NFC", head).casefold().replace("(s)", "s")
    return " ".join(re.sub(r"[\s_\-.:*]+", " ", words).split())


def _unknown(name: str) -> Refused:
    near = get_close_matches(name, _FIELDS, n=1, cutoff=0.7)
    hint = f"Is it {_FIELDS[near[0]]}? " if near else ""
    return Refused("unknown-column", f"No column is known by that name. {hint}Known are: {', '.join(COLUMNS)}.")


def _refuse_nameless(table: Table, index: int, findings: Findings) -> None:
    for row in table.rows:
        if row.cells[index]:
            refused = Refused("unknown-column", f"Column {index + 1} has no name, and there is something in it.")
            findings.add(Finding(table.name, row.number, refused.code, refused.sentence, f"{index + 1}"))
            return


def _headed(table: Table, head: str, refused: Refused) -> Finding:
    return Finding(table.name, table.header.number, refused.code, refused.sentence, head)


def _entry(table: Table, row: Row, found: dict[int, str], heads: dict[str, str], findings: Findings) -> Entry:
    entry = Entry(table.name, row.number, {}, heads)
    for index, column in found.items():
        cell = row.cells[index]
        if len(cell) > LONGEST:
            findings.add(
                entry.finding(
                    column,
                    Refused("bad-text", f"It has {len(cell):,} characters; at most {LONGEST:,} fit. Shorten it."),
                )
            )
        elif cell:
            entry.cells[column] = cell
    return entry
