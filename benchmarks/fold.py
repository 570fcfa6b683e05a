"""How fast are lines decoded and folded, beside json.loads and the simplest fold there is?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from benchmarks.bench import Bench
from benchmarks.generate import Made
from benchmarks.measure import in_turns, timed
from benchmarks.table import Bar, Row, faster
from domain.fold import Facts
from ledger.line import codec

MOST = 100_000
"""Lines that are held in memory, in whole streams."""
Stream = tuple[str, list[tuple[bytes, str, int]]]
"""Subject, and line, type and version of each of its lines."""


def folds(bench: Bench) -> Iterator[Row]:
    """Decode and fold, stream by stream."""
    for made in bench.ledgers:
        streams = read(made)
        beside = in_turns(bench.rounds, partial(timed, fold, streams), partial(timed, bare, streams))
        yield faster("decode + fold", made.size, beside, Bar(2, most=False), Bar(3, most=False))


def read(made: Made) -> list[Stream]:
    """Whole streams, up to as many lines as fit."""
    found, lines = [], 0
    with closing(sqlite3.connect(made.ledger)) as connection:
        rows = connection.execute("SELECT stream, line, type, version FROM event ORDER BY stream, version")
        for subject, of_stream in groupby(rows, key=itemgetter(0)):
            if lines >= MOST:
                break
            found.append((subject, [row[1:] for row in of_stream]))
            lines += len(found[-1][1])
    return found


def fold(streams: list[Stream]) -> None:
    """Facts, each known to be one of the catalogue, by what they settle."""
    decode = codec().decode
    for subject, lines in streams:
        Facts(subject, (decode(line, type, version) for line, type, version in lines))


def bare(streams: list[Stream]) -> dict[tuple[str, str], Any]:
    """The last data of each kind by subject, unchecked."""
    state: dict[tuple[str, str], Any] = {}
    for _, lines in streams:
        for line, _, _ in lines:
            said = json.loads(line)
            state[said["subject"], said["type"]] = said["data"]
    return state
