"""What do tables of commitments, milestones and reports record, beside what stands already?"""

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
from exchange.mapping import Mapping as Mapped
from exchange.names import Names, Registers, several
from exchange.origin import Origin, origin_of
from exchange.promises import checkpoint, promise
from exchange.reports import KINDS, report
from exchange.table import Table, read_table

NOTHING = "nothing was recorded"
AS_IT_IS = Mapped()


class Plan:
    """Tables, read. Asked as a decision, it records what they say and what does not stand yet.

    All of it or nothing; when `partial`, the rows in which nothing was found, and the others are in `left`.
    """

    def __init__(
        self,
        files: Sequence[Handed],
        registers: Registers,
        mapping: Mapped = AS_IT_IS,
        *,
        partial: bool = False,
        encoding: str = "utf-8",
    ) -> None:
        """Refused: see `read_table`, `read_workbook`, `Mapping.reads`."""
        self.findings = Findings()
        self.left: list[Entry] = []
        self._read, self._registers, self._partial = Findings(), registers, partial
        self._names = [file.name for file in files]
        self._origins = {file.name: origin_of(file) for file in files if file.kind == "workbook"}
        self._rows = [
            entry
            for file in files
            for table in _tables(file, self._read, mapping, encoding)
            for entry in entries(mapping.applied(table), self._read)
        ]

    def __call__(self, at: Occasion) -> list[New]:
        """The decision. Refused: `findings`."""
        self.findings = findings = self._read.copy()
        run = _Run(at, self._registers, findings, self._origins)
        news = run.record(self._rows)
        self.left = run.left
        findings.listed.sort(key=lambda one: (self._names.index(one.file), one.cell.partition("!")[0], one.row))
        if not self._partial or self._read:
            findings.refuse(NOTHING)
        return news


def plan(files: Sequence[Handed], registers: Registers) -> Callable[[Occasion], list[New]]:
    """The decision that records what tables say and what does not stand yet: all of it, or nothing.

    Columns that are not there and cells that are empty say nothing. Refused, when it is asked: `findings`; at once:
    see `read_table`.
    """
    return Plan(files, registers)


def _tables(file: Handed, findings: Findings, mapping: Mapped, encoding: str) -> list[Table]:
    if file.kind == "workbook":
        from exchange.workbook import read_workbook

        return read_workbook(file, findings, mapping.reads)
    return [read_table(file, findings, encoding)]


class _Run:
    """One time through the rows. Later rows see what earlier ones record."""

    def __init__(self, at: Occasion, registers: Registers, findings: Findings, origins: Mapping[str, Origin]) -> None:
        self.left: list[Entry] = []
        self._at = at
        self._findings = findings
        self._origins = origins
        self._news: list[New] = []
        self._names = Names(at, registers, self._news)
        self._unsound: set[str] = set()

    def record(self, rows: Sequence[Entry]) -> list[New]:
        """What all rows record. New names first, whichever row gives them; then commitments, milestones, reports."""
        promises = [entry for entry in rows if entry.kind not in KINDS]
        for entry in promises:
            self._name(entry)
        keyed = self._keyed(promises)
        for item in self._in_order(keyed):
            self._take(item, keyed[item])
        for kind in KINDS:
            for entry in rows:
                if entry.kind == kind:
                    self._report(entry)
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
            item = _item(cells)
            if item in found:
                first = found[item]
                cells.note("key", Refused("key-twice", f"{item} is in {first.place} of {first.file} already."))
            elif item is not None:
                found[item] = entry
            if not cells.sound:
                self.left.append(entry)
        return found

    def _take(self, item: str, entry: Entry) -> None:
        cells, commitment = Cells(entry, self._findings), item.partition("/")[0]
        lost = commitment in self._unsound and not self._at.known.exists(f"commitment/{commitment}")
        if lost or item in self._unsound:  # what is wrong with it is said already
            self.left.append(entry)
            return
        origin = self._origins.get(entry.file)
        if commitment == item:
            news = promise(self._at, item, cells, self._names, origin)
        else:
            news = checkpoint(self._at, item, cells)
        self._settle(item, entry, cells, news)

    def _report(self, entry: Entry) -> None:
        cells = Cells(entry, self._findings)
        item = _item(cells)
        if item is None or item.partition("/")[0] in self._unsound:
            self.left.append(entry)
            return
        if entry.kind in ("targets", "actuals") and "/" in item:
            cells.note("key", Refused("not-of-milestones", f"A milestone has no {entry.kind}. Name its commitment."))
        news = report(self._at, item, cells, self._origins.get(entry.file)) if cells.sound else []
        self._settle("", entry, cells, news)

    def _settle(self, item: str, entry: Entry, cells: Cells, news: list[New]) -> None:
        self._news += news
        if not cells.sound:
            self.left.append(entry)
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


def _item(cells: Cells) -> str | None:
    """The item of a row; of a sheet of milestones in two columns, or in one. A row without a key is a finding."""
    entry = cells.entry
    if "key" not in entry.cells:
        near = slug(entry.cells.get("title", "")) or "fibre"
        cells.note("key", Refused("no-key", f"Each row needs a key. Write one, such as {near}."))
        return None
    commitment = entry.cells.get("commitment")
    item = cells.read("key", lambda key: item_of(f"{commitment}/{key}" if commitment and "/" not in key else key))
    if item and entry.kind == "milestones" and "/" not in item:
        cells.note("key", Refused("not-a-milestone", f"{item} is a commitment; write a milestone as {item}/its-key."))
        return None
    return item


def _first(item: str, entry: Entry) -> list[str]:
    """What a row says must come before it, and the commitment of a milestone."""
    commitment, slash, _ = item.partition("/")
    return [*several(entry.cells.get("after", "").lower()), *([commitment] if slash else [])]
