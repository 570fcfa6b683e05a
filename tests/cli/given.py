"""What do the tests of the command line start from? An office: a folder, a clock, and commands run in this process."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from unittest import mock

from cli.main import run
from cli.settings import Edge
from ledger.ids import Ids

MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)
"""A Tuesday, 37 days before the end of 2026."""

BEGINNING = (
    'init --title "Middle Corridor" --timezone Asia/Baku',
    "party add az Azerbaijan --kind state --country AZ",
    "party add kz Kazakhstan --kind state",
    'programme add mc "Middle Corridor" --window 2022-2027',
    'source add interview "An interview" --publisher Agency --published 2025-10~',
    'add fibre "Fibre line" --due end-2026 -p az -p kz --programme mc --source interview --tag sea --owner ministry',
    'add oil "Transit of oil" --target "1.5 Mt/year" --window "from 2026" -p az --programme mc',
    'add ports "Ports Alat and Aktau" -p az -p kz',
    'milestone add ports/alat "Alat" --due 2027-Q1',
    'milestone add ports/aktau "Aktau" --after ports/alat',
)
"""What is recorded before the tests begin: ten lines and one (the second of `oil`)."""
HEAD = 11


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on stdout."""
        return json.loads(self.out)

    @property
    def data(self) -> Any:
        """The data in it."""
        return self.json["data"]

    @property
    def refusal(self) -> str:
        """The code of the refusal on stderr; empty without one."""
        last = self.err.rstrip().rpartition("[")[2]
        return last[:-1] if self.code and last.endswith("]") else ""


class Pipe(TextIOWrapper):
    """An output that is no terminal."""

    def __init__(self) -> None:
        super().__init__(BytesIO(), encoding="ascii", newline="\n")

    def getvalue(self) -> str:
        """What was written, as programs read it; bytes that are no text stay what they are."""
        self.flush()
        written: bytes = self.buffer.getvalue()  # type: ignore[attr-defined]  # it was made above
        return written.decode("utf-8", "surrogateescape")


class Screen(StringIO):
    """A terminal in memory; what is typed on it is given at once."""

    def isatty(self) -> bool:
        return True


Output = Pipe | Screen


@dataclass
class Office:
    """Somebody at a desk. Commands are run one minute after the other."""

    folder: Path
    actor: str | None = "programme-office"
    clock: datetime = MORNING
    environment: dict[str, str] = field(default_factory=dict)
    seed: int = 7

    def __post_init__(self) -> None:
        self._ids = Ids(Random(self.seed).getrandbits)

    def edge(self) -> Edge:
        """What the program takes from the machine."""
        told = {"XDG_CONFIG_HOME": str(self.folder / "config")} | self.environment
        told |= {"PLEDGER_ACTOR": self.actor} if self.actor else {}
        return Edge(clock=lambda: self.clock, environment=told, ids=self._ids, program="pledger/test")

    def tell(self, line: str) -> Said:
        """A command as it is typed, without the program's name."""
        return self.run(*shlex.split(line))

    def run(self, *words: str) -> Said:
        """A command, word by word, in a pipe."""
        return self._run(words, StringIO(), Pipe(), Pipe())

    def at_terminal(
        self, line: str, *answers: str, columns: int = 80, environment: Mapping[str, str] | None = None
    ) -> Said:
        """A command at a terminal so many columns wide, where questions are answered; then input ends."""
        typed = Screen("".join(f"{answer}\n" for answer in answers))
        with environ({"COLUMNS": str(columns), "TERM": "xterm", "NO_COLOR": ""} | dict(environment or {})):
            return self._run(shlex.split(line), typed, Screen(), Screen())

    def must(self, *lines: str) -> list[Said]:
        """Commands that are done."""
        found = [self.tell(line) for line in lines]
        for line, said in zip(lines, found, strict=True):
            assert said.code == 0, f"{line}: {said}"
        return found

    def anchor(self) -> tuple[int, str]:
        """Size and root of the ledger: unchanged means that nothing was recorded."""
        told = self.run("info", "--json").json["ledger"]
        return told["size"], told["root"]

    def _run(self, words: Sequence[str], typed: StringIO, out: Output, err: Output) -> Said:
        with chdir(self.folder), redirect_stdout(out), redirect_stderr(err), mock.patch("sys.stdin", typed):
            code = run(words, self.edge())
        self.clock += timedelta(minutes=1)
        return Said(code, out.getvalue(), err.getvalue())


@contextmanager
def environ(told: Mapping[str, str]) -> Iterator[None]:
    """Variables that others than we read: the width of the terminal, and whether it has colours."""
    with mock.patch.dict(os.environ, told):
        for name in [name for name, value in told.items() if not value]:
            os.environ.pop(name, None)
        yield


WEEKS = (
    (
        "2026-01-12",
        "log fibre Surveyed --progress 10% --on 2026-01-09",
        'forecast fibre 2026-11 --because "Good weather"',
    ),
    ("2026-04-15", "actual oil 0.4Mt 2026-Q1 --evidence note.txt", "assign fibre digital-ministry"),
    ("2026-05-04", 'log fibre "Ship booked" --progress 200%'),
    ("2026-05-05", "log fibre Mistyped --progress 90%", 'retract 16 --because "Mistyped: it was 20 %"'),
    ("2026-07-10", "actual oil 0.35Mt 2026-Q2", 'actual oil 0.42Mt 2026-Q1 --because "Late papers"'),
    (
        "2026-08-03",
        "meet ports/alat --met 2026-07-31 --evidence note.txt",
        'note mc "Ministers met in Aktau" --period 2026-05',
    ),
    ("2026-08-04", 'figure mc trade "470M USD" 2025 --wording "over 450" --source interview --locator "page 2"'),
    (
        "2026-09-01",
        'move fibre 2027-Q1 --because "Permit is late" --approved-by board',
        "restate ports --tag sea --because T",
    ),
    ("2026-09-02", "verdict fibre --scale ogp --rating limited --assessor audit-office --because Slow"),
    ("2026-10-01", 'add tariffs "Lower tariffs" --due 2026-10 -p az', "suspend tariffs --because Talks"),
    ("2026-10-02", 'add centenary "Centenary" --due "about 2026-09" -p az --programme mc', "meet centenary"),
    ("2026-10-03", 'add old-road "Old road" -p kz', 'withdraw old-road --because "Merged" --superseded-by ports'),
    ("2026-10-04", 'add bridge "Bridge over the Ural" --due 2026-10-31 -p kz --kind roadmap'),
    ("2026-10-05", 'party rename kz "Republic of Kazakhstan" --because "In full"', "log nothing Here"),
)
"""A year at the desk: days, and what was typed on them; two lines are refused."""


def stocked(folder: Path) -> Office:
    """An office with a small ledger."""
    (folder / "note.txt").write_text("As agreed.\n", "utf-8")
    office = Office(folder)
    office.must(*BEGINNING)
    return office


def busy(folder: Path) -> Office:
    """An office after a year in which much happened."""
    (folder / "note.txt").write_text("As agreed.\n", "utf-8")
    office = Office(folder, clock=datetime(2025, 11, 3, 6, tzinfo=UTC))
    office.must(*BEGINNING)
    for day, *lines in WEEKS:
        office.clock = datetime.fromisoformat(f"{day}T06:00:00+00:00")
        for line in lines:
            office.tell(line)
    office.clock = MORNING
    return office


def moved_in(stock: Office, folder: Path) -> Office:
    """An office of its own with a copy of that ledger, at the same minute."""
    for path in (*stock.folder.glob("pledger*.db"), stock.folder / "note.txt"):
        shutil.copy(path, folder / path.name)
    return Office(folder, clock=stock.clock, seed=8)
