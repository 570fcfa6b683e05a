"""Record the stories anew, through the application: the same commands at the same clock give the same bytes."""

from __future__ import annotations

import json
import shlex
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from cli.main import run
from cli.settings import Edge
from ledger.ids import Ids

HERE = Path(__file__).parent
PROGRAM = "pledger/0.1.0"
"""The program's name in the lines of every story: a golden history does not change with the version."""
OPENINGS = frozenset({"init"})
"""Commands that take no --on."""
QUESTIONS = ("status", "due", "history")
"""What `expected/` keeps the answers to."""


@dataclass
class Story:
    """A folder with commands, and the clock, office and effective day that hold while they are read.

    `days` are those for which `expected/` keeps the answers.
    """

    folder: Path
    clock: datetime | None = None
    office: str = ""
    on: str | None = None
    days: list[str] = field(default_factory=list)

    def edge(self) -> Edge:
        """A machine whose clock and ids repeat, and that knows nothing else."""
        environment = {"PLEDGER_LEDGER": "story.db", "XDG_CONFIG_HOME": "nowhere"}
        random = Random(self.folder.name)  # ids that repeat, no secrets
        return Edge(clock=self._now, environment=environment, ids=Ids(random.getrandbits), program=PROGRAM)

    def _now(self) -> datetime:
        assert self.clock is not None, "a story begins with: at INSTANT"
        return self.clock

    def commands(self) -> Iterator[list[str]]:
        """The commands in order; `at`, `as` and `on` set what holds from there, `expect` adds a day."""
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
                case ["expect", day]:
                    self.days.append(day)
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
        for path in story.folder.glob("files/*"):
            Path(path.name).write_bytes(path.read_bytes())
        for words in story.commands():
            said(edge, words)
        said(edge, ["export", "-o", "events.jsonl"])
        return {"events.jsonl": Path("events.jsonl").read_bytes().decode(), **expected(edge, story.days)}


def without_holidays() -> Any:
    """Kept answers leave the holidays of countries out: which days those are is what others say, and changes."""
    return mock.patch.dict(sys.modules, {"holidays": None})


def expected(edge: Edge, days: Iterable[str]) -> dict[str, str]:
    """What the questions answer on each day, as they are written under `expected/`."""
    with without_holidays():
        return {
            f"expected/{question}-{day}.json": one_a_line(json.loads(said(edge, ["--as-of", day, question, "--json"])))
            for day in days
            for question in QUESTIONS
        }


def one_a_line(answer: dict[str, Any]) -> str:
    """An answer as JSON with one item of its data a line, so that a difference shows where it lies."""
    rows = {"data": "[\n" + ",\n".join(map(_sorted, answer["data"])) + "\n]"}
    return "{" + ",\n".join(f'"{name}":{rows.get(name) or _sorted(answer[name])}' for name in sorted(answer)) + "}\n"


def _sorted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def said(edge: Edge, words: list[str]) -> str:
    """What a command prints; a story whose command fails is wrong."""
    out, talk = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(talk):
        code = run(words, edge)
    if code != 0:
        raise SystemExit(f"{shlex.join(words)}\n{out.getvalue()}{talk.getvalue()}")
    return out.getvalue()


def main(words: Sequence[str]) -> int:
    """Record the stories named, or all, and write what differs; with `--check` name it and fail."""
    check, names = "--check" in words, [word for word in words if word != "--check"]
    found = 0
    for folder in sorted(path.parent for path in HERE.glob("*/commands.txt")):
        if not names or folder.name in names:
            found += keep(folder, record(Story(folder)), check=check)
    return 1 if check and found else 0


def keep(folder: Path, made: dict[str, str], *, check: bool = False) -> int:
    """Make a story's folder hold what was made, and say what differed; with `check` only say it. How many did?"""
    differing = [name for name, text in made.items() if not _holds(folder / name, text)]
    stray = sorted({f"expected/{path.name}" for path in folder.glob("expected/*")} - set(made))
    for name in [*differing, *stray]:
        print(f"{'differs' if check else 'written' if name in made else 'removed'}: {folder.name}/{name}")
        if not check and name in made:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(made[name].encode())
        elif not check:
            (folder / name).unlink()
    return len(differing) + len(stray)


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() == text.encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
