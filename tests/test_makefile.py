"""Do the commands that `make run` shows and prints work as printed, and does make say what it can do?"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
STORY = HOUSE / "events" / "histories" / "azerbaijan-kazakhstan" / "events.jsonl"

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(*words: str) -> subprocess.CompletedProcess[str]:
    """Run make as from a shell of its own, also when these tests were started by make."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *words], cwd=HOUSE, env=outside, capture_output=True, text=True, check=False)


def plan(target: str) -> str:
    """What make would do for this target on a fresh machine, without doing it."""
    return make("--dry-run", "VENV=venv", target).stdout


def commands_of_make_run() -> list[list[str]]:
    """The words of each `pledger` command that `make run` runs or prints, in order."""
    return [shlex.split(words) for words in re.findall(r'venv/bin/pledger ([^"\n]+)', plan("run"))]


def in_ledger(words: list[str], ledger: Path) -> list[str]:
    return [str(ledger) if word == "build/example.db" else word for word in words]


def pledger(words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "cli", *words], cwd=HOUSE, capture_output=True, text=True, check=False)


def test_make_run_ends_with_three_commands_to_try() -> None:
    words = plan("run").splitlines()
    assert [line.split('"')[1].split()[0] for line in words[-3:]] == ["venv/bin/pledger"] * 3


def test_each_command_of_make_run_works_as_printed(tmp_path: Path) -> None:
    for words in commands_of_make_run():
        done = pledger(in_ledger(words, tmp_path / "example.db"))
        assert done.returncode == 0, f"{words}: {done.stderr}"
        assert done.stdout.strip() or words[2] == "import", f"{words} printed nothing"


def test_make_run_shows_a_story_that_is_there() -> None:
    assert str(STORY.relative_to(HOUSE)) in plan("run")
    assert STORY.exists()


def test_make_alone_lists_its_targets() -> None:
    described = {line.split()[1] for line in make().stdout.splitlines() if line.startswith("  make ")}
    assert {"run", "test", "check", "lock", "histories", "schemas", "docs", "bench", "soak", "mutants"} <= described


def test_an_old_python_is_refused_with_a_sentence(tmp_path: Path) -> None:
    old = tmp_path / "old python"
    old.write_text("#!/bin/sh\n[ \"$1\" = -V ] && echo 'Python 3.10.13'\nexit 1\n", "utf-8")
    old.chmod(0o755)
    done = make(f"PYTHON={old}", f"VENV={tmp_path.name}-never", "run")
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr
    assert "Python 3.10.13" in done.stderr


def test_a_python_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    done = make("PYTHON=python-that-is-not-there", f"VENV={tmp_path.name}-never", "run")
    assert done.returncode != 0
    assert "'python-that-is-not-there' was not found" in done.stderr
