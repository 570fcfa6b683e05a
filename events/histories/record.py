"""Record the stories anew, through the application: the same commands at the same clock give the same bytes."""

from __future__ import annotations

import json
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random

from cli.main import run
from cli.settings import Edge
from ledger.ids import Ids

HERE = Path(__file__).parent
PROGRAM = "pledger/0.1.0"
"""The program's name in the lines of every story: a golden history does not change with the version."""
OPENINGS = frozenset({"init"})
"""Commands that take no --on."""
DAYS: dict[str, tuple[str, ...]] = {
    "azerbaijan-kazakhstan": ("2025-11-15", "2026-11-24", "2027-01-01"),
    "illustration": ("2026-06-30", "2027-06-30", "2028-06-30"),
}
"""For which days `expected/` says what status and due answer."""
ANSWERS = (("status", "--json"), ("due", "--json"), ("history", "--json"))


@dataclass
class Story:
    """A folder with commands, and the clock, office and effective day that hold while they are read."""

    folder: Path
    clock: datetime | None = None
    office: str = ""
    on: str | None = None
    random: Random = field(default_factory=lambda: Random(2025))  # noqa: S311 # ids that repeat, no secrets

    def edge(self) -> Edge:
        """A machine whose clock and ids repeat, and that knows nothing else."""
        environment = {"PLEDGER_LEDGER": "story.db", "XDG_CONFIG_HOME": "nowhere"}
        return Edge(clock=self._now, environment=environment, ids=Ids(self.random.getrandbits), program=PROGRAM)

    def _now(self) -> datetime:
        assert self.clock is not None, "a story begins with: at INSTANT"
        return self.clock

    def commands(self) -> Iterator[list[str]]:
        """The commands in order; `at`, `as` and `on` set what holds from there."""
        for line in (self.folder / "commands.txt").read_text("utf-8").splitlines():
            words = shlex.split(line, comments=True)
            match words:
                case []:
                    continue
                case ["at", instant]:
                    self.clock = datetime.fromisoformat(instant)
                case ["as", office]:
                    self.office = office
                case ["on", day]:
                    self.on = None if day == "today" else day
                case _:
                    yield self._completed(words)
                    self.clock = self._now() + timedelta(minutes=1)

    def _completed(self, words: list[str]) -> list[str]:
        timed = ["--on", self.on] if self.on and words[0] not in OPENINGS and "--on" not in words else []
        return ["--actor", self.office, "--no-input", *words, *timed]


def record(story: Story) -> dict[str, str]:
    """Run a story in an empty folder; gives the texts of the files that it makes, by their names."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        edge = story.edge()
        for name, text in files_of(story.folder).items():
            Path(name).write_bytes(text)
        for words in story.commands():
            said(edge, words)
        said(edge, ["export", "-o", "events.jsonl"])
        made = {"events.jsonl": Path("events.jsonl").read_text("utf-8")}
        for day in DAYS[story.folder.name]:
            for answer in ANSWERS:
                told = json.loads(said(edge, ["--as-of", day, *answer]))
                name = f"expected/{answer[0]}-{day}.json"
                made[name] = json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        return made


def files_of(folder: Path) -> dict[str, bytes]:
    """The files that a story's commands give as evidence."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("files/*"))}


def said(edge: Edge, words: list[str]) -> str:
    """What a command prints; a story whose command fails is wrong."""
    out, talk = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(talk):
        code = run(words, edge)
    if code != 0:
        raise SystemExit(f"{shlex.join(words)}\n{talk.getvalue()}")
    return out.getvalue()


def main(write: Callable[[Path, str], object] = lambda path, text: path.write_text(text, "utf-8")) -> None:
    """Record every story and write what it makes."""
    for folder in sorted(path.parent for path in HERE.glob("*/commands.txt")):
        for name, text in record(Story(folder)).items():
            (folder / name).parent.mkdir(exist_ok=True)
            write(folder / name, text)
        print(f"recorded: {folder.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
