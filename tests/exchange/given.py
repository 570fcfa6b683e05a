"""What do the tests of exchange start from? A ledger's lines made in memory, files of them, and bad ones."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from domain.commitment import make, restate
from domain.due import move_due
from domain.evidence import attach_evidence
from domain.forecast import revise_forecast
from domain.fuzzy import from_edtf
from domain.life import meet, resume, suspend
from domain.milestone import plan_milestone
from domain.occasion import Known, Occasion
from domain.opening import open_ledger
from domain.party import register_party
from domain.programme import open_programme
from domain.progress import report_progress
from domain.recorded import New, Recorded
from domain.refused import Refused
from exchange.check import LineCheck
from exchange.finding import Found
from exchange.handed import Handed, handed
from exchange.lines import check_lines, make_copy
from ledger.ids import Ids
from ledger.line import URN, Envelope, encode, recorded, stamp
from ledger.record import Record
from tests.domain.given import file

LEDGER = "0191d8a0-0000-7000-8000-000000000001"
MORNING = datetime(2026, 1, 5, 9, tzinfo=UTC)
fd = from_edtf


@dataclass
class Writer:
    """A ledger of lines in memory, an hour between commands."""

    seed: int = 1
    ledger: str = LEDGER
    time: datetime = MORNING
    lines: list[bytes] = field(default_factory=list)
    known: Known = field(default_factory=lambda: Known(lambda subject: ()))

    def __post_init__(self) -> None:
        self._ids = Ids(Random(self.seed).getrandbits)
        self.recorded: list[Recorded] = []
        self.known.naming = lambda key: self.recorded

    @property
    def today(self) -> date:
        return self.time.date()

    def do(
        self, decision: Callable[..., list[New]], *args: Any, on: date | None = None, **named: Any
    ) -> list[Recorded]:
        """A command that is decided and written."""
        state = Known(
            lambda subject: [one for one in self.recorded if one.subject == subject], lambda key: self.recorded
        )
        news = decision(Occasion(state, self.today, "office", on), *args, **named)
        command = self._ids(self.time)
        written = [self._write(new, command) for new in news]
        self.time += timedelta(hours=1)
        return written

    def try_(self, decision: Callable[..., list[New]], *args: Any, **named: Any) -> None:
        """A command that may be refused."""
        try:
            self.do(decision, *args, **named)
        except Refused:
            self.time += timedelta(hours=1)

    def _write(self, new: New, command: str) -> Recorded:
        said = Envelope(
            actor="office",
            commandid=command,
            data=new.fact,
            effective=new.effective,
            id=self._ids(self.time),
            program="pledger/test",
            sequence=f"{len(self.lines) + 1:010}",
            source=URN + self.ledger,
            specversion="1.0",
            subject=new.subject,
            time=stamp(self.time),
            type=new.fact.stored,
        )
        self.lines.append(encode(said))
        self.recorded.append(recorded(said, 0))
        return self.recorded[-1]


def opened(**named: Any) -> Writer:
    """A ledger with its first line."""
    writer = Writer(**named)
    writer.do(open_ledger, "Middle Corridor", "Asia/Baku")
    return writer


def story() -> Writer:
    """A ledger with a bit of everything that rules look at. Lines 2-4 register, 5 promises fibre."""
    writer = opened()
    writer.do(register_party, "az", "Azərbaycan", kind="state")
    writer.do(register_party, "kz", "Қазақстан", kind="state")
    writer.do(open_programme, "middle-corridor", "Middle Corridor")
    writer.do(make, "fibre", "Fibre line", promisors=("az", "kz"), programme="middle-corridor", due=fd("2026"))
    writer.do(plan_milestone, "fibre/landing", "Landing at Aktau", due=fd("2026-06"))
    writer.do(make, "ports", "Ports", promisors=("az",))
    writer.do(report_progress, "fibre", note="Survey done")
    writer.do(revise_forecast, "fibre", fd("2027-33"), because="Ship is late")
    writer.do(move_due, "fibre", fd("2027"), because="Permit is late", approved_by="board")
    writer.do(suspend, "ports", because="No money")
    writer.do(resume, "ports", because="Money again")
    writer.do(attach_evidence, "fibre", (file(),))
    writer.do(restate, "fibre", {"title": "Trans-Caspian fibre line"}, because="Official name")
    writer.do(meet, "fibre/landing", met_on=fd("2026-01-05"))
    return writer


def said(line: bytes) -> dict[str, Any]:
    """What a line says."""
    told: dict[str, Any] = json.loads(line)
    return told


def line_of(told: dict[str, Any]) -> bytes:
    """The line that says so, in its exact form."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def changed(line: bytes, data: dict[str, Any] | None = None, **attributes: Any) -> bytes:
    """A line that says something else."""
    told = said(line) | attributes
    return line_of(told | {"data": told["data"] | (data or {})})


def written(path: Path, lines: Iterable[bytes]) -> Path:
    """A file of lines."""
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


@contextmanager
def files(*paths: Path | str, standard_input: bytes = b"") -> Iterator[list[Handed]]:
    """Files, handed in."""
    with handed([str(path) for path in paths], io.BytesIO(standard_input)) as opened_files:
        yield opened_files


def copied(where: Path, lines: Iterable[bytes]) -> Path:
    """A ledger with these lines."""
    with files(written(where.with_suffix(".jsonl"), lines)) as handed_in:
        make_copy(where, check_lines(handed_in, None))
    return where


def check(paths: Sequence[Path], record: Record | None = None) -> LineCheck:
    """What a check finds, also where it breaks off."""
    with files(*paths) as handed_in:
        made = LineCheck(handed_in, record)
        with suppress(Found):
            made.run()
        return made


def found(tmp_path: Path, lines: Iterable[bytes], record: Record | None = None) -> list[tuple[int, str]]:
    """Where and what a check finds in lines."""
    checked = check([written(tmp_path / "handed-in.jsonl", lines)], record)
    return [(one.row, one.code) for one in checked.findings.listed]
