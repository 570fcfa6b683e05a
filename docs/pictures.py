"""How do answers look on a terminal? Pictures of it, made by running the commands, with no font from anywhere."""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from unittest import mock

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from cli.main import run
from cli.settings import Edge

HERE = Path(__file__).parent / "pictures"
STORY = Path(__file__).parents[1] / "events" / "histories" / "illustration" / "events.jsonl"
WIDTH = 120
SHOWN = {
    "status": "pledger status --as-known 2027-05-17",
    "due": "pledger due --within 1y --as-known 2027-05-17",
    "timeline": "pledger timeline programme:middle-corridor --as-known 2027-05-17",
    "trend": "pledger trend fibre fibre/cable-laid ports/aktau --as-known 2027-11-30",
}
"""What is shown, by the name of its picture."""
FORM = re.sub(r"@font-face \{\{.*?\}\}\s*|<!--.*?-->\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


class Screen(StringIO):
    """A terminal in memory."""

    def isatty(self) -> bool:
        return True


def pictures() -> Iterator[tuple[Path, str]]:
    """Every picture with its SVG; the same each time."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        edge = Edge(clock=lambda: datetime(2028, 7, 1, 6, tzinfo=UTC), environment={"XDG_CONFIG_HOME": folder})
        _said(f"pledger import {shlex.quote(str(STORY))}", edge)
        for name, command in SHOWN.items():
            yield HERE / f"{name}.svg", drawn(command, _said(command, edge))


def _said(command: str, edge: Edge) -> str:
    screen = Screen()
    look = {"COLUMNS": str(WIDTH), "TERM": "xterm-256color", "COLORTERM": "", "FORCE_COLOR": "1"}
    with mock.patch.dict(os.environ, look), redirect_stdout(screen), redirect_stderr(screen):
        os.environ.pop("NO_COLOR", None)
        run(shlex.split(command)[1:], edge)
    return screen.getvalue()


def drawn(command: str, said: str) -> str:
    """A terminal with a command and its answer."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, highlight=False)
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text.from_ansi(said.rstrip("\n")), soft_wrap=True)
    return console.export_svg(title="pledger", theme=SVG_EXPORT_THEME, code_format=FORM)
