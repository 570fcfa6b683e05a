"""Is everything there that was acknowledged, whole, however often a writer is killed?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest

from domain.commitment import CommitmentMade
from domain.progress import ProgressReported
from domain.recorded import New
from ledger.record import Record
from ledger.verify import verify
from projections.models import Models
from projections.verify import differences
from tests.ledger.given import DAY, deciding, new_ledger
from tests.ledger.test_processes import assert_sound

Where = Path | str

WARM = """
import os, sys
import ledger.ledger, ledger.postgres, projections.models
from domain.occasion import Occasion
from domain.party import register_party
from domain.progress import report_progress
from ledger.ledger import Ledger
from projections.models import Models

path, = sys.argv[1:]

def decide(known, now):
    at = Occasion(known, now.date(), "writer")
    seen = len(known.facts("commitment/fibre").log)
    return [*report_progress(at, "fibre", note=f"after {seen}"), *register_party(at, f"p{seen}", "Party")]

def write(turn):
    ledger = Ledger.open(path, timeout=60)
    for count in range(100_000):
        done = ledger.change(decide, actor="writer", command_id=f"{turn}-{count}")
        os.write(1, b"%d %d\\n" % (done[0].position, done[1].position))
        if count % 5 == 4:
            Models.open(ledger.record, path, timeout=60).close()

for turn in sys.stdin:
    child = os.fork()
    if not child:
        write(turn.strip())
    os.write(2, b"%d\\n" % child)
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
"""


@contextmanager
def warm(where: Where) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has loaded everything and forks a writer at each word, so that a kill costs no start."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WARM, str(where)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def killed(process: subprocess.Popen[bytes], turn: int, after: float) -> list[list[int]]:
    """What a writer acknowledged before it was killed, so many seconds after its first word."""
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(b"%d\n" % turn)
    process.stdin.flush()
    child = int(process.stderr.readline())
    lines = [process.stdout.readline()]
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    while lines[-1] != b"dead\n":
        lines.append(process.stdout.readline())
    return [[int(word) for word in line.split()] for line in lines[:-1] if line.endswith(b"\n")]


def survive(where: Where, kills: int) -> str:
    """Kill a writer so often, and look each time whether all that it acknowledged is there."""
    with closing(new_ledger(where)) as ledger:
        ledger.change(
            deciding(
                New("commitment/fibre", CommitmentMade(title="Fibre line", kind="deliverable", promisors=()), DAY)
            ),
            actor="writer",
        )
    random, acknowledged = Random(9), list[list[int]]()
    with warm(where) as process, Record.open(where) as reader:
        for turn in range(kills):
            acknowledged += killed(process, turn, random.random() / 15)
            assert max(position for pair in acknowledged for position in pair) <= reader.size
            assert reader.size % 2 == 0  # a command of two lines is there whole or not at all
        lines = assert_sound(reader)
        notes = [one.fact for one in reader.stream("commitment/fibre")]
        assert notes[1:] == [ProgressReported(item="fibre", note=f"after {seen}") for seen in range(1, len(notes))]
        positions = [position for pair in acknowledged for position in pair]
        assert len(set(positions)) == len(positions)
        lost = [position for position in positions if position > len(lines)]
        with Models.open(reader, where) as models:
            assert models.position == reader.size
        assert differences(reader, where) == []
    assert not verify(where).findings
    return f"{len(lost)} of {len(positions)} acknowledged lost over {kills} kills, {len(lines)} lines"


def test_what_was_acknowledged_survives_50_kills(where: Where) -> None:
    assert survive(where, 50).startswith("0 of")


@pytest.mark.soak
def test_what_was_acknowledged_survives_many_kills(where: Where) -> None:
    place, kills = ("SQLite", 1000) if isinstance(where, Path) else ("PostgreSQL", 200)
    told = survive(where, kills)
    sys.stdout.write(f"\n{place}: {told}\n")
    assert told.startswith("0 of")
