"""Run the transcripts of a Markdown page: what stands behind `$ pledger …` must be what the program says."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random

from cli.main import run
from cli.settings import Edge
from ledger.ids import Ids

STORY = Path(__file__).parents[1] / "events" / "histories" / "illustration" / "events.jsonl"
"""Lies as `illustration.jsonl` where transcripts are run."""
BLOCK = re.compile(r"(?:<!-- at (?P<instant>\S+) -->\n)?```console\n(?P<lines>.*?)```", re.DOTALL)


@dataclass
class Step:
    """One command of a transcript with what the page says that it answers."""

    command: str
    answer: str


@dataclass
class Terminal:
    """Where a page's transcripts are run: one folder, one clock that goes on by a minute a command."""

    folder: Path
    clock: datetime = datetime(2026, 11, 24, 8, tzinfo=UTC)

    def __post_init__(self) -> None:
        environment = {"PLEDGER_ACTOR": "programme-office", "XDG_CONFIG_HOME": str(self.folder / "config")}
        shutil.copy(STORY, self.folder / "illustration.jsonl")
        self.edge = Edge(
            clock=lambda: self.clock, environment=environment, ids=Ids(Random(7).getrandbits), program="pledger/0.1.0"
        )

    def said(self, command: str) -> str:
        """What the command prints, both streams as a terminal would show them; a non-zero exit code behind."""
        printed = StringIO()
        with chdir(self.folder), redirect_stdout(printed), redirect_stderr(printed):
            code = run(shlex.split(command)[1:], self.edge)
        self.clock += timedelta(minutes=1)
        return printed.getvalue() + (f"[exit {code}]\n" if code else "")


def steps(block: str) -> Iterator[Step]:
    """The commands of a block, each with its answer."""
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        command, _, answer = part.replace("\\\n", " ").partition("\n")
        yield Step(command, answer)


def replayed(page: str, folder: Path) -> str:
    """The page with every answer as the program gives it now."""
    terminal = Terminal(folder)

    def again(found: re.Match[str]) -> str:
        if found["instant"]:
            terminal.clock = datetime.fromisoformat(found["instant"])
        head = found.group().partition("```console\n")[0]
        lines = "".join(f"$ {step.command}\n{_answer(terminal, step)}" for step in steps(found["lines"]))
        return f"{head}```console\n{lines}```"

    return BLOCK.sub(again, page)


def _answer(terminal: Terminal, step: Step) -> str:
    """Only our own program is run; what others print is left as it stands."""
    return terminal.said(step.command) if step.command.startswith("pledger ") else step.answer
