"""How long does a whole command take, as a process of its own, and how much memory?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.generate import Made

ENTRY = "from cli.main import main; main()"
"""What the console script runs."""
ANSWERS = (0, 3)
"""Exit codes of commands that did what they were asked for; 3 is what an audit says of a ledger that nothing pins."""


def python(code: str, *words: str) -> list[str]:
    """A process that runs this code."""
    return [sys.executable, "-c", code, *words]


def pledger(*words: str, ledger: Path | str | None = None) -> list[str]:
    """A process that runs a command, on a ledger if one is given."""
    return python(ENTRY, *(("--ledger", str(ledger)) if ledger else ()), "--no-input", *words)


def seconds(command: Sequence[str]) -> float:
    """How long a process takes, from the call to its end. CalledProcessError when it fails."""
    start = perf_counter()
    subprocess.run(command, check=True, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return perf_counter() - start


def peak(command: Sequence[str]) -> float:
    """The most memory that a process holds at once, in MB (resident set). CalledProcessError when it fails.

    It is started by a small process: a child inherits the peak of the one that starts it.
    """
    starter = [sys.executable, "-S", str(Path(__file__).with_name("peak.py")), *command]
    done = subprocess.run(starter, check=False, env=_environment(), stdout=subprocess.PIPE, text=True)
    if done.returncode not in ANSWERS:
        raise subprocess.CalledProcessError(done.returncode, command)
    return int(done.stdout) / 1024


def knows(command: str) -> bool:
    """Is there such a command yet?"""
    tried = subprocess.run(pledger(*command.split(), "--help"), env=_environment(), capture_output=True, check=False)
    return tried.returncode == 0


def a_steady(of: Made) -> str:
    """A commitment whose stream has the same length in ledgers of every size."""
    return of.steady[0]


def _environment() -> dict[str, str]:
    """This one, as a user's is: bytecode is kept and output is buffered, whatever was set for the one who measures.

    The user's own ledger, office and configuration are left out.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLEDGER_", "PYTHON"))}
    where = {name: os.environ[name] for name in ("PYTHONPATH", "PYTHONHOME") if name in os.environ}
    nothing_there = str(Path(__file__).parent)
    return kept | where | {"PLEDGER_ACTOR": "programme-office", "XDG_CONFIG_HOME": nothing_there}
