"""Do several processes share one ledger, and does what was acknowledged survive kill -9?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from ledger.ledger import Ledger
from ledger.line import describe
from ledger.record import Record
from ledger.tree import leaf_hash, root_of
from tests.ledger.given import lines_of, new_ledger, party, record

WRITER = """
import sys
from ledger.ledger import Ledger
from tests.ledger.given import party

path, name, times = sys.argv[1:]
ledger = Ledger.open(path, timeout=60)

def decide(known, now):
    seen = len(list(known.load("party/shared")))
    return [party("shared", f"after {seen}"), party(name)]

for turn in range(int(times)):
    done = ledger.change(decide, actor=name, command_id=f"{name}-{turn}")
    print(done[0].position, done[1].position, flush=True)
"""


def writer(path: Path | str, name: str, times: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WRITER, str(path), name, str(times)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str]) -> list[list[int]]:
    said, _ = process.communicate(timeout=60)
    return [[int(word) for word in line.split()] for line in said.splitlines() if line.count(" ") == 1]


def assert_sound(record: Record) -> list[bytes]:
    """Positions and versions without gaps, times in order, one tree, and nothing decided on a stale state."""
    lines = lines_of(record)
    said = [describe(line) for line in lines]
    assert [one.position for one in said] == list(range(1, record.size + 1))
    assert [one.recorded for one in said] == sorted(one.recorded for one in said)
    assert record.root() == root_of(map(leaf_hash, lines))
    for subject in record.touched(0):
        stream = record.stream(subject)
        assert [one.version for one in stream] == list(range(1, len(stream) + 1))
    decided = [one.fact for one in record.stream("party/shared")]
    assert decided == [party("shared", f"after {seen}").fact for seen in range(len(decided))]
    return lines


def test_two_writers_lose_nothing_and_a_reader_never_goes_back(where: Path | str) -> None:
    path, turns = where, 40
    new_ledger(path).close()
    writers = [writer(path, name, turns) for name in ("one", "two")]
    seen = 0
    with Record.open(path) as reader:
        while any(process.poll() is None for process in writers):
            page = [position for page in reader.lines(after=seen) for position, _ in page]
            assert page == list(range(seen + 1, seen + 1 + len(page)))
            seen += len(page)
        said = [acknowledged(process) for process in writers]
        assert [process.returncode for process in writers] == [0, 0]
        assert [len(one) for one in said] == [turns, turns]
        assert sorted(position for one in said for pair in one for position in pair) == list(range(2, 4 * turns + 2))
        assert_sound(reader)


def test_what_was_acknowledged_survives_kill_9(where: Path | str) -> None:
    path, chance, known = where, random.Random(9), []
    new_ledger(path).close()
    for turn in range(10):
        process = writer(path, f"w{turn}", 10_000)
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(chance.random() / 20)
        process.send_signal(signal.SIGKILL)
        known += [[int(word) for word in first.split()], *acknowledged(process)]
        with Record.open(path) as reader:
            lines = assert_sound(reader)
            assert reader.size % 2  # a command of two lines is there whole or not at all
        assert max(position for pair in known for position in pair) <= len(lines)
    assert len(known) > 10
    with closing(Ledger.open(path)) as ledger:
        record(ledger, "az")
        assert_sound(ledger.record)


def test_a_command_that_was_never_acknowledged_can_be_asked_again(where: Path | str) -> None:
    path = where
    new_ledger(path).close()
    first = acknowledged(writer(path, "one", 3))
    assert acknowledged(writer(path, "one", 5))[:3] == first
    with Record.open(path) as reader:
        assert reader.size == 11
