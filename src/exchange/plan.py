"""What does a table of commitments and milestones record, beside what stands already?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from domain.occasion import Occasion
from domain.recorded import New
from domain.refused import Refused
from domain.text import item as item_of
from domain.text import slug
from exchange.cells import Cells
from exchange.columns import Entry, entries
from exchange.finding import Findings
from exchange.handed import Handed
from exchange.names import Names, Registers, several
from exchange.promises import checkpoint, promise
from exchange.table import read_table

NOTHING = "nothing was recorded"


def plan(files: Sequence[Handed], registers: Registers) -> Callable[[Occasion], list[New]]:
    """The decision that records what tables say and what does not stand yet: all of it, or nothing.

    Columns that are not there and cells that are empty say nothing. Refused, when it is asked: `findings`; at once:
    see `read_table`.
    """
    read, names = Findings(), [file.name for file in files]
    rows = [entry for file in files for entry in entries(read_table(file, read), read)]

    def decide(at: Occasion) -> list[New]:
        findings = read.copy()
        news = _Run(at, registers, findings).record(rows)
        findings.listed.sort(key=lambda one: (names.index(one.file), one.row))
        findings.refuse(NOTHING)
        return news

    return decide


class _Run:
    """One time through the rows. Later rows see what earlier ones record."""

    def __init__(self, at: Occasion, registers: Registers, findings: Findings) -> None:
        self._at = at
        self._findings = findings
        self._news: list[New] = []
        self._names = Names(at, registers, self._news)
        self._unsound: set[str] = set()

    def record(self, rows: Sequence[Entry]) -> list[New]:
        """What all rows record. New names first, whichever row gives them, and milestones after commitments."""
        for entry in rows:
            self._name(entry)
        keyed = self._keyed(rows)
        for item in self._in_order(keyed):
            self._take(item, keyed[item])
        return self._news

    def _name(self, entry: Entry) -> None:
        """What `az=Azerbaijan` names can be used in every row."""
        parties = [one for column in ("promisors", "promisees") for one in several(entry.cells.get(column, ""))]
        for known, typed in (
            *((self._names.party, one) for one in parties),
            (self._names.programme, entry.cells.get("programme", "")),
        ):
            if "=" in typed:
                with suppress(Refused):  # said when the row is read
                    known(typed)

    def _keyed(self, rows: Iterable[Entry]) -> dict[str, Entry]:
        """The rows by item. A row without a key, or with that of an earlier row, is a finding."""
        found: dict[str, Entry] = {}
        for entry in rows:
            cells = Cells(entry, self._findings)
            item = cells.read("key", item_of)
            if "key" not in entry.cells:
                near = slug(entry.cells.get("title", "")) or "fibre"
                cells.note("key", Refused("no-key", f"Each row needs a key. Write one, such as {near}."))
            elif item in found:
                first = found[item]
                cells.note("key", Refused("key-twice", f"{item} is in row {first.number} of {first.file} already."))
            elif item is not None:
                found[item] = entry
        return found

    def _take(self, item: str, entry: Entry) -> None:
        cells, commitment = Cells(entry, self._findings), item.partition("/")[0]
        lost = commitment in self._unsound and not self._at.known.exists(f"commitment/{commitment}")
        if lost or item in self._unsound:
            return  # what is wrong with it is said already
        if commitment == item:
            self._news += promise(self._at, item, cells, self._names)
        else:
            self._news += checkpoint(self._at, item, cells)
        if not cells.sound:
            self._unsound.add(item)

    def _in_order(self, rows: Mapping[str, Entry]) -> list[str]:
        """Commitments, then milestones with each after those that it waits for. A circle is a finding."""
        waits = {item: [one for one in _first(item, entry) if one in rows] for item, entry in rows.items()}
        try:
            places = {item: place for place, item in enumerate(TopologicalSorter(waits).static_order())}
        except CycleError as error:
            circle: list[str] = error.args[1]
            refused = Refused("cycle", f"These wait for each other: {' -> '.join(circle)}. Leave one link out.")
            Cells(rows[min(circle)], self._findings).note("after", refused)
            self._unsound |= set(circle)
            places = {}
        return sorted(rows, key=lambda item: ("/" in item, places.get(item, 0)))


def _first(item: str, entry: Entry) -> list[str]:
    """What a row says must come before it, and the commitment of a milestone."""
    commitment, slash, _ = item.partition("/")
    return [*several(entry.cells.get("after", "").lower()), *([commitment] if slash else [])]
