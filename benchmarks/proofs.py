"""What does it cost that a ledger can prove itself: in one append, for one proof, and to find where two part?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.bench import Bench
from benchmarks.change import EACH, Changing, by_medians, copied
from benchmarks.generate import Made
from benchmarks.measure import said, timed
from benchmarks.table import Bar, Row, longer
from exchange.pack_side import side_of
from ledger.bulk import copy_lines
from ledger.compare import Kind, Side, compare
from ledger.line import codec
from ledger.prove import inclusion
from ledger.record import Record
from ledger.tree import Frontier, leaf_hash

OVERHEAD, OF_PROOF, LOOKS = Bar(0.2), Bar(50), Bar(200)


def proofs(bench: Bench) -> Iterator[Row]:
    """Hashing beside a whole change, the work of an inclusion proof, the nodes that a comparison reads."""
    for made in bench.ledgers:
        with bench.passing() as folder, ExitStack() as stack:
            changing = Changing(made, stack.enter_context(copied(made, folder)))
            with closing(changing.ledger):
                beside = by_medians(bench.rounds, Hashing(made), changing)
            yield longer("hash and frontier in one append", made.size, beside, OVERHEAD)
            yield _proof(bench, made)
            if not made.address:
                yield _looks(made, folder)


class Hashing:
    """Does what an append does for the tree, and nothing else: leaf hash, frontier in, on and out."""

    def __init__(self, made: Made) -> None:
        frontier = Frontier()
        with made.lines.open("rb") as file:
            frontier.extend(leaf_hash(line[:-1]) for line in file)
            file.seek(0)
            self._line = file.readline()[:-1]
        self._dumped = frontier.dump()

    def __call__(self) -> float:
        """Seconds."""
        return timed(self._hash)

    def _hash(self) -> None:
        frontier = Frontier.load(self._dumped)
        frontier.extend([leaf_hash(self._line)])
        frontier.dump()


def _proof(bench: Bench, made: Made) -> Row:
    with closing(Record.open(made.place)) as record:
        indexes = range(0, made.size, made.size // EACH)
        taken = [
            median(timed(inclusion, record, index + 1, made.size) * 1000 for index in indexes)
            for _ in range(bench.rounds)
        ]
    value = median(taken)
    return Row(
        "work of a proof", made.size, value, OF_PROOF, None, (min(taken), max(taken)), said(value / 1000), "", "ms"
    )


def _looks(made: Made, folder: Path) -> Row:
    """Two whole ledgers that differ in one line in the middle."""
    other, middle = folder / "other.db", made.size // 2
    with made.lines.open("rb") as file:
        copy_lines(other, map(codec().exact, _with_another(file, middle)))
    looks: list[tuple[int, int]] = []
    with ExitStack() as stack:
        one, two = (_counting(side_of(str(path), stack), looks) for path in (made.ledger, other))
        found = compare(one, two)
    if found.kind is not Kind.FORK or found.common != middle:
        raise AssertionError(f"the line that differs was not found: {found}")
    return Row("where two ledgers part", made.size, len(looks), LOOKS, unit="nodes")


def _with_another(file: Iterable[bytes], at: int) -> Iterator[bytes]:
    """The lines, of which the one at an index was recorded by another office."""
    for index, line in enumerate(file):
        yield line[:-1].replace(b'"actor":"', b'"actor":"another-') if index == at else line[:-1]


def _counting(side: Side, looks: list[tuple[int, int]]) -> Side:
    """A side that writes down which nodes are asked of it."""
    read = side.read
    assert read

    def look(level: int, index: int) -> bytes:
        looks.append((level, index))
        return read(level, index)

    return replace(side, read=look)
