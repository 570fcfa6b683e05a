"""Do several processes share read models, and does what one began and did not end leave no trace?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from struct import iter_unpack

from projections.base import Base
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
        for _ in range(int(anew)):
            catchup.catch_up(models._base, record, anew=True)
        print(models.position, flush=True)
"""


WRITER = """
import sys
from contextlib import closing
from domain.occasion import Occasion
from domain.progress import report_progress
from ledger.ledger import Ledger

path, turns = sys.argv[1:]

def decide(known, now):
    at = Occasion(known, now.date(), "writer")
    return report_progress(at, "fibre", note=f"after {len(known.facts('commitment/fibre').log)}")

print("ready", flush=True)
sys.stdin.readline()
with closing(Ledger.open(path, timeout=60)) as ledger:
    for turn in range(int(turns)):
        ledger.change(decide, actor="writer")
"""


def follower(desk: Desk, *, anew: int = 0) -> subprocess.Popen[str]:
    """A process that waits for a word before it catches up, and then works all out anew so many times."""
    return started(FOLLOWER, str(desk.path), str(anew))


def started(program: str, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program, *words]
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
            process = follower(desk, anew=1)
            go(process)
            time.sleep(seeded.uniform(0.02, 0.25))
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
            assert is_current(desk.record, cursor_of(base))
            assert dump(base) == anew(desk)


def state(base: Base) -> tuple[int, list[int], int]:
    """Where the models stand, the lines that they hold, and how many facts they hold that are no lines of their own."""
    with base.reading():
        position = cursor_of(base).position
        held = [place for *_, packed in base.rows("every stream") for (place,) in iter_unpack(">q", packed)]
        return position, sorted(held), len(base.rows("every fact")) - position


def test_while_others_write_and_rebuild_readers_see_the_old_rows_or_the_new(desk: Desk) -> None:
    notes(desk, "ports", 2000)
    working = [started(WRITER, str(desk.path), "150"), follower(desk, anew=6), follower(desk, anew=6)]
    with closing(kept_beside(desk.path).open(timeout=60)) as base:
        seen, (_, _, more) = {catch_up(base, desk.record).position}, state(base)
        for process in working:
            go(process)
            while desk.record.size == 2012:  # the writer comes first
                time.sleep(0.005)
        while any(process.poll() is None for process in working):
            position, held, facts = state(base)
            assert held == list(range(1, position + 1))
            assert facts == more
            seen.add(position)
        assert [process.wait(60) for process in working] == [0, 0, 0]
        assert len(seen | {cursor_of(base).position}) > 1
        catch_up(base, desk.record)
        assert dump(base) == anew(desk)
    assert desk.record.size == 2012 + 150
