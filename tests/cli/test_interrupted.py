"""Is nothing half done when a command is interrupted or terminated in the middle, in a file and on a server?"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.given import Office
from tests.cli.test_process import SECONDS, variables
from tests.conftest import Place

CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
STEPS = 1100
"""More lines than one page."""

HALFWAY = """
import signal, sys, time
import ledger.append, projections.catchup
from cli.main import main

def stopping(work):
    def stop(*words, **named):
        work(*words, **named)
        print("halfway", flush=True)
        time.sleep(600)
    return stop

signal.signal(signal.SIGINT, signal.default_int_handler)  # who was started in the background is deaf to it
ledger.append.Appending.append = stopping(ledger.append.Appending.append)
projections.catchup.insert = stopping(projections.catchup.insert)
main()
"""
"""The program, which stops when it has written something and not committed it."""


@pytest.fixture
def begun(somewhere: Place, tmp_path: Path) -> Office:
    """An office with a ledger of some length, and its read models."""
    office = Office(tmp_path, environment={"PLEDGER_LEDGER": str(somewhere("pledger"))})
    rows = "".join(f"c{number},Number {number}\n" for number in range(STEPS))
    (tmp_path / "plan.csv").write_text(f"key,title\n{rows}", "utf-8")
    (tmp_path / "more.csv").write_text("key,title\none,One\ntwo,Two\n", "utf-8")
    office.must("init --title Long", "import plan.csv", "status", "export -o lines.jsonl")
    return office


def stopped(office: Office, line: str, sign: signal.Signals) -> tuple[int, str]:
    """Exit code and complaints of a command that was sent a signal halfway."""
    with subprocess.Popen(
        [sys.executable, "-c", HALFWAY, *line.split()],
        cwd=office.folder,
        env=variables(office, **office.environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "halfway\n"
        process.send_signal(sign)
        _, said = process.communicate(timeout=SECONDS)
    return process.returncode, said


@pytest.mark.parametrize("sign", CODES)
@pytest.mark.parametrize("line", ["log c1 Done", "import more.csv"])
def test_of_what_was_being_recorded_nothing_is(begun: Office, line: str, sign: signal.Signals) -> None:
    before = begun.anchor()
    assert stopped(begun, line, sign) == (CODES[sign], "")
    assert begun.anchor() == before
    begun.must(line)
    assert begun.anchor()[0] > before[0]


@pytest.mark.parametrize("sign", CODES)
def test_of_a_ledger_that_was_being_made_nothing_is_left(begun: Office, somewhere: Place, sign: signal.Signals) -> None:
    begun.environment["PLEDGER_LEDGER"] = str(somewhere("copy"))
    names = sorted(begun.folder.iterdir())
    assert stopped(begun, "import lines.jsonl", sign) == (CODES[sign], "")
    assert sorted(begun.folder.iterdir()) == names
    assert begun.tell("info").refusal == "no-ledger"
    begun.must("import lines.jsonl", "status")


@pytest.mark.parametrize("sign", CODES)
def test_of_read_models_that_were_being_made_anew_the_old_ones_stand(begun: Office, sign: signal.Signals) -> None:
    board = begun.tell("status --as-of 2026-11-24").out
    assert stopped(begun, "models rebuild", sign) == (CODES[sign], "")
    assert begun.tell("models status").out == f"The read models are at #{STEPS + 1}, 0 events (0 s) behind.\n"
    assert begun.tell("status --as-of 2026-11-24").out == board
