"""Do several processes share read models, and does what one began and did not end leave no trace?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing

from projections.catchup import catch_up, is_current
from projections.cursor import cursor_of
from projections.kept import kept_beside
from tests.projections.given import Desk, notes
from tests.projections.test_catchup import anew, dump

BOTH = True
FOLLOWER = """
import sys
from ledger.record import Record
from projections import catchup
from projections.models import Models

path, anew = sys.argv[1:]
with Record.open(path) as record:
    print("ready", flush=True)
    sys.stdin.readline()
    with Models.open(record, path, timeout=60) as models:
        if anew:
            catchup.catch_up(models._base, record, anew=True)
        print(models.position, flush=True)
"""


def follower(desk: Desk, *, anew: bool = False) -> subprocess.Popen[str]:
    """A process that waits for a word before it catches up."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", FOLLOWER, str(desk.path), "anew" if anew else ""]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()


def test_processes_that_catch_up_at_once_do_it_once(desk: Desk) -> None:
    notes(desk, "ports", 500)
    processes = [follower(desk) for _ in range(4)]
    for process in processes:
        go(process)
    assert [process.communicate(timeout=60)[0] for process in processes] == ["512\n"] * 4
    with closing(kept_beside(desk.path).open(timeout=5)) as base:
        assert dump(base) == anew(desk)
        assert is_current(desk.record, cursor_of(base))


def test_a_process_killed_while_it_writes_leaves_the_old_rows_or_the_new(desk: Desk) -> None:
    notes(desk, "ports", 3000)
    seeded = random.Random(5)
    with closing(kept_beside(desk.path).open(timeout=5)) as base:
        catch_up(base, desk.record)
        for _ in range(3):
            process = follower(desk, anew=True)
            go(process)
            time.sleep(seeded.uniform(0.02, 0.25))
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
            assert is_current(desk.record, cursor_of(base))
            assert dump(base) == anew(desk)
