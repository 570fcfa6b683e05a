"""What is under which name in a plan? Its columns in any order, under their names or obvious other ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache

from domain.refused import Refused
from domain.text import LONGEST
from exchange.finding import Finding, Findings
from exchange.headings import ALSO, MORE, headings, sheet_names
from exchange.sheet import ACTUALS, BOARD
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

REASONED = {name: COLUMNS[name] for name in ("because", "approved by")}
_ITEM = {"key": ("id", "code", "item", "commitment", "milestone")}
_ON = {"effective": ("on", "as of", "day", "date")}
KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "commitments": COLUMNS,
    "milestones": {
        "key": ("id", "code", "milestone"),
        "commitment": ("commitment key",),
        **{name: COLUMNS[name] for name in ("due", "after")},
        "title": ("name",),
        **REASONED,
    },
    "targets": {
        **_ITEM,
        **{name: COLUMNS[name] for name in ("target", "window", "indicator", "measure", "aim", "baseline")},
        **REASONED,
    },
    "actuals": {
        **_ITEM,
        "indicator": (),
        "amount": ("quantity", "actual", "value"),
        "unit": ("units",),
        "period": (),
        **_ON,
        "because": ("reason",),
        "note": ("remark", "comment"),
    },
    "progress": {**_ITEM, "percent": ("progress", "done", "percent done"), "note": ("remark", "comment"), **_ON},
    "forecasts": {**_ITEM, "expected": ("forecast", "expected on", "expected by"), "because": ("reason",), **_ON},
}
"""The columns of each kind of sheet, with other names by which they go."""

COMPUTED = frozenset(BOARD) - COLUMNS.keys()
"""Columns of an exported board that say what was worked out: passed over, so that the board can come back as a plan."""
PASSED_OVER = {
    "commitments": COMPUTED,
    "actuals": frozenset(ACTUALS) - KINDS["actuals"].keys(),
}
MEND = "finding"
"""The column in which rows to be mended say what is wrong with them: passed over."""
AMOUNTS = frozenset({"target", "amount", "baseline", "percent"})
"""Columns whose unit may stand in their heading: target (Mt/year)."""

_DOTLESS = {0x131: "i", 0x307: None}
"""Capitals of Turkic languages are not told from their small letters by how I is dotted."""
_HEADED = re.compile(r"(?P<name>.*?)\s*[(\[,]\s*(?P<unit>[^()\[\],]+?)\s*[)\]]?")
_NUMBER = re.compile(r"[0-9][0-9 .,]*")


@dataclass(frozen=True)
class Entry:
    """A row of a plan: what its cells say by column, those left out that are empty. `kind` is that of its sheet."""

    file: str
    number: int
    cells: dict[str, str]
    heads: dict[str, str] = field(repr=False)
    kind: str = "commitments"
    sheet: str = ""
    letters: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def place(self) -> str:
        """Where it stands, as a locator says it: `row 7`, `targets!A7`."""
        return f"{self.sheet}!A{self.number}" if self.sheet else f"row {self.number}"

    def finding(self, column: str, refused: Refused) -> Finding:
        """What is wrong in a column of this row, under the name that the column has there."""
        cell = f"{self.sheet}!{self.letters.get(column, 'A')}{self.number}" if self.sheet else ""
        return Finding(self.file, self.number, refused.code, refused.sentence, self.heads.get(column, column), cell)


def kind_of(table: Table) -> str:
    """Which kind of sheet it is, by its name; a table without one is of commitments."""
    return kind_of_sheet(table.meant or table.sheet) or "commitments"


def kind_of_sheet(name: str) -> str | None:
    """The kind that a sheet's name says; None where it says none."""
    plain = plain_name(name)
    if plain in KINDS or plain in ALSO:
        return ALSO.get(plain, plain)
    return next((kind for kind in KINDS if plain in map(plain_name, sheet_names(kind))), None)


def entries(table: Table, findings: Findings) -> list[Entry]:
    """The rows by column. Unknown columns, columns that are there twice, and missing ones are findings."""
    kind = kind_of(table)
    found = dict(_columns(table, kind, findings))
    if "key" not in found.values():
        findings.add(
            _headed(table, "", Refused("no-key-column", "There is no column key. Add one: fibre, fibre/permit."))
        )
        return []
    return [_entry(table, kind, row, found, findings) for row in table.rows]


def _columns(table: Table, kind: str, findings: Findings) -> Iterator[tuple[int, str]]:
    """Where each column is."""
    taken: dict[str, str] = {}
    fields = fields_of(kind)
    for index, head in enumerate(table.header.cells):
        name = plain_name(head)
        column = fields.get(name) or fields.get(plain_name(_parted(head)[0]))
        if not name:
            _refuse_nameless(table, index, findings)
        elif column is None:
            if name != MEND and name not in PASSED_OVER.get(kind, ()):
                findings.add(_headed(table, head, _unknown(name, kind)))
        elif column in taken:
            findings.add(
                _headed(table, head, Refused("column-twice", f"{taken[column]} means the same. Keep one of the two."))
            )
        else:
            taken[column] = head
            yield index, column


@cache
def fields_of(kind: str) -> dict[str, str]:
    """The columns of a kind of sheet by every name by which they go."""
    return {
        plain_name(name): column
        for column, others in KINDS[kind].items()
        for name in (column, *others, *headings(column), *MORE.get(column, ()))
    }


def _parted(head: str) -> tuple[str, str]:
    """A heading without the unit that stands behind it, and that unit."""
    match = _HEADED.fullmatch(head.strip())
    return (match["name"], match["unit"]) if match else (head, "")


def plain_name(head: str) -> str:
    """A name of a column or sheet without what is a matter of taste."""
    words = unicodedata.normalize("NFC", head).casefold().translate(_DOTLESS).replace("(s)", "s")
    return " ".join(re.sub(r"[\s_\-.:*]+", " ", words).split())


def _unknown(name: str, kind: str) -> Refused:
    fields = fields_of(kind)
    near = get_close_matches(name, fields, n=1, cutoff=0.7)
    hint = f"Is it {fields[near[0]]}? " if near else ""
    return Refused("unknown-column", f"No column is known by that name. {hint}Known are: {', '.join(KINDS[kind])}.")


def _refuse_nameless(table: Table, index: int, findings: Findings) -> None:
    for row in table.rows:
        if row.cells[index]:
            refused = Refused("unknown-column", f"Column {index + 1} has no name, and there is something in it.")
            cell = f"{table.sheet}!{letters(index + 1)}{row.number}" if table.sheet else ""
            findings.add(Finding(table.name, row.number, refused.code, refused.sentence, f"{index + 1}", cell))
            return


def _headed(table: Table, head: str, refused: Refused) -> Finding:
    cell = f"{table.sheet}!{table.header.number}:{table.header.number}" if table.sheet else ""
    return Finding(table.name, table.header.number, refused.code, refused.sentence, head, cell)


def _entry(table: Table, kind: str, row: Row, found: dict[int, str], findings: Findings) -> Entry:
    heads = {column: table.header.cells[index] for index, column in found.items()}
    places = {column: letters(index + 1) for index, column in found.items()} if table.sheet else {}
    entry = Entry(table.name, row.number, {}, heads, kind, table.sheet, places)
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
            entry.cells[column] = _with_unit(column, cell, heads[column])
    return entry


def _with_unit(column: str, cell: str, head: str) -> str:
    """A bare number with the unit that its column's heading says."""
    if column not in AMOUNTS or not _NUMBER.fullmatch(cell):
        return cell
    name, unit = _parted(head)
    return f"{cell} {unit}" if unit and plain_name(name) != plain_name(head) else cell


def letters(column: int) -> str:
    """The name of a column of a spreadsheet by its number from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
