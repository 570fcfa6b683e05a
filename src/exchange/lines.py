"""How do the lines of a ledger leave it, and how do they come into another place: as they are, byte for byte?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from domain.recorded import Fact
from domain.refused import Refused
from exchange.check import NOTHING, LineCheck, Watch, nobody
from exchange.handed import Handed
from exchange.places import Places
from ledger.bulk import Admit, append_lines, as_they_are, copy_lines
from ledger.line import Envelope, Exact, codec
from ledger.record import Record
from ledger.store import Store
from projections.kept import made_beside
from projections.models import unhurried

_outside: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Envelope[msgspec.Raw])  # type: ignore[type-var] # data unread


@dataclass(frozen=True)
class Checked:
    """Lines in which nothing was found: those that are new, and how many stand already (`there`).

    The first new one belongs at `after` + 1.
    """

    new: Places
    there: int
    after: int


def write_lines(record: Record, out: BinaryIO, until: int, watch: Watch = nobody) -> None:
    """The lines up to a position exactly as stored, each ended by LF. Refused: `ledger-damaged`."""
    done = 0
    for page in record.lines(until=until):
        for position, line in page:
            if type(line) is not bytes:  # SQLite hands out what is stored as text as str
                raise Refused(
                    "ledger-damaged", f"#{position} is stored as text, not as bytes: see pledger audit verify."
                )
        out.write(b"".join(line + b"\n" for _, line in page))
        done += len(page)
        watch(done, until)


def check_lines(files: Sequence[Handed], record: Record | None, watch: Watch = nobody) -> Checked:
    """Read lines that make a copy (no record), or continue a record. Nothing is written.

    Refused: `findings`, and see `LineCheck.run`.
    """
    check = LineCheck(files, record)
    after = record.size if record else 0
    with unhurried():
        check.run(watch)
    check.findings.refuse(NOTHING)
    return Checked(check.new, check.there, after)


def make_copy(where: str | Path, checked: Checked, watch: Watch = nobody, *, admit: Admit = as_they_are) -> None:
    """A ledger from all its lines: same id, same bytes, same root. Refused: see `copy_lines`, `file-changed`."""
    with unhurried():
        told, beside = partial(_told, watch, len(checked.new)), made_beside(where)
        copy_lines(where, _exact(checked.new), admit=admit, beside=beside, progress=told)


def continue_ledger(store: Store, checked: Checked, watch: Watch = nobody, *, admit: Admit) -> None:
    """Append what is new, all or nothing. Refused: `ledger-busy`, `file-changed`, what `admit` refuses."""
    with unhurried(), store.appending() as appending:
        if appending.size != checked.after:
            raise Refused(
                "ledger-busy",
                "Somebody recorded into the ledger while the file was checked. Nothing was written; import it again.",
            )
        append_lines(store, _exact(checked.new), progress=partial(_told, watch, len(checked.new)))
        admit(Record(store))


def _exact(new: Places) -> Iterator[Exact]:
    """The lines were found to be exact; so the data of all but the first, which opens a ledger, need not be read."""
    lines = iter(new)
    for line in islice(lines, 1):
        yield Exact(line, codec().envelope(line))
    for line in lines:
        yield Exact(line, cast(Envelope[Fact], _outside.decode(line)))


def _told(watch: Watch, total: int, done: int) -> None:
    watch(done, total)
