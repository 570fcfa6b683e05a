"""Do several processes share one ledger, and is a command that is sent again the same?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.line import describe
from ledger.record import Record
from ledger.tree import leaf_hash, root_of
from tests.ledger.given import lines_of, new_ledger, party

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


def write_at_once(where: Path | str, many: int, turns: int) -> str:
    """So many processes write at once, and a reader follows who never goes back; gives what came of it."""
    new_ledger(where).close()
    writers = [writer(where, f"w{number}", turns) for number in range(many)]
    seen = 0
    with Record.open(where) as reader:
        while any(process.poll() is None for process in writers):
            page = [position for page in reader.lines(after=seen) for position, _ in page]
            assert page == list(range(seen + 1, seen + 1 + len(page)))
            seen += len(page)
        said = [acknowledged(process) for process in writers]
        assert [process.returncode for process in writers] == [0] * many
        assert [len(one) for one in said] == [turns] * many
        lines = assert_sound(reader)
        positions = sorted(position for one in said for pair in one for position in pair)
        assert positions == list(range(2, 2 * many * turns + 2))
    return f"{many} writers, {len(positions)} acknowledged, {len(lines)} lines, none lost, skipped or out of turn"


def test_many_writers_lose_nothing_and_a_reader_never_goes_back(where: Path | str) -> None:
    assert write_at_once(where, 8, 12)


@pytest.mark.soak
@pytest.mark.parametrize("many", [8, 16])
def test_many_writers_at_length(where: Path | str, many: int) -> None:
    told = write_at_once(where, many, 2_000 // many)
    sys.stdout.write(f"\n{'SQLite' if isinstance(where, Path) else 'PostgreSQL'}: {told}\n")


def test_a_command_that_was_never_acknowledged_can_be_asked_again(where: Path | str) -> None:
    path = where
    new_ledger(path).close()
    first = acknowledged(writer(path, "one", 3))
    assert acknowledged(writer(path, "one", 5))[:3] == first
    with Record.open(path) as reader:
        assert reader.size == 11
