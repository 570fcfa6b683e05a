"""What do sheets and columns of somebody's own plan mean? (A mapping in TOML)"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

from domain.refused import Refused
from domain.text import shown
from exchange.columns import KINDS, kind_of_sheet, plain_name
from exchange.headings import PASSED_OVER
from exchange.table import Row, Table

EXAMPLE = '[sheets]\\n"Plan 2026" = "commitments"\\n[columns]\\n"Deadline (agreed)" = "due"\\nRemarks = ""'


@dataclass(frozen=True)
class Mapping:
    """Sheets and columns by the names that they go by elsewhere; an empty name passes over."""

    sheets: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    def reads(self, sheet: str) -> bool:
        """Is a sheet read? One that is neither known nor mapped is refused. Refused: `unknown-sheet`."""
        name = self.sheet(sheet)
        if not name or plain_name(name) in PASSED_OVER:
            return False
        if kind_of_sheet(name) is None:
            raise Refused(
                "unknown-sheet",
                f"No sheet is known by the name {shown(sheet)}. Name it {', '.join(KINDS)}, or map it with --map:"
                f' [sheets] "{sheet[:40]}" = "commitments", or = "" to pass it over.',
            )
        return True

    def sheet(self, name: str) -> str:
        """What a sheet is called here."""
        return self.sheets.get(plain_name(name), name)

    def applied(self, table: Table) -> Table:
        """The table under the names used here, without the columns that are passed over."""
        heads = [self.columns.get(plain_name(head), head) for head in table.header.cells]
        kept = [
            number
            for number, head in enumerate(heads)
            if head or plain_name(table.header.cells[number]) not in self.columns
        ]
        if kept != list(range(len(heads))):
            heads = [head if number in kept else "finding" for number, head in enumerate(heads)]
        rows = table.rows
        return replace(table, header=Row(table.header.number, tuple(heads)), rows=rows, meant=self.sheet(table.sheet))


def read_mapping(path: str | None) -> Mapping:
    """The mapping in a file. Refused: `bad-mapping`, `no-such-file`."""
    if path is None:
        return Mapping()
    try:
        told = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        why = (error.strerror or "unknown").lower()
        raise Refused("no-such-file", f"The file {shown(path, 200)} cannot be read: {why}.") from None
    except ValueError as error:
        raise Refused("bad-mapping", f"{shown(path, 200)} is no TOML ({error}). Write it like: {EXAMPLE}.") from None
    sheets, columns = (_names(path, told, part) for part in ("sheets", "columns"))
    for name in told:
        raise Refused("bad-mapping", f"{shown(path, 200)}: {shown(name)} is neither sheets nor columns.")
    for name in columns.values():
        if name and not any(name in kind for kind in KINDS.values()):
            raise Refused("bad-mapping", f"{shown(path, 200)}: there is no column {shown(name)} to map to.")
    for name in sheets.values():
        if name and name not in KINDS:
            raise Refused("bad-mapping", f"{shown(path, 200)}: a sheet is one of {', '.join(KINDS)}.")
    return Mapping(sheets, columns)


def _names(path: str, told: dict[str, object], part: str) -> dict[str, str]:
    names = told.pop(part, {})
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        raise Refused("bad-mapping", f"{shown(path, 200)}: [{part}] maps names to names. Write it like: {EXAMPLE}.")
    return {plain_name(theirs): ours for theirs, ours in names.items()}
