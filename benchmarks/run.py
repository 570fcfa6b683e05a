"""What do the budgets of the design come to here? `python -m benchmarks.run`, or `make bench`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.audit import audits
from benchmarks.bench import Bench
from benchmarks.bulk import imports
from benchmarks.change import changes
from benchmarks.fold import folds
from benchmarks.generate import KEPT, Made, made
from benchmarks.growth import growth, linear
from benchmarks.machine import fsyncs, machine
from benchmarks.memory import memory
from benchmarks.proofs import proofs
from benchmarks.reads import help_page, reads, times
from benchmarks.rebuild import rebuilds
from benchmarks.table import Row, table

GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "reads": reads,
    "help": help_page,
    "change": changes,
    "import": imports,
    "fold": folds,
    "rebuild": rebuilds,
    "verify": audits,
    "proofs": proofs,
    "times": times,
    "growth": growth,
    "linear": linear,
    "memory": memory,
}
SIZES = (1_000, 10_000, 100_000)
LEAST = 1_000


def main() -> None:
    """Measure what is asked for, and print the table."""
    asked = _asked()
    ledgers = tuple(_made(size, asked) for size in sorted(set(asked.sizes)))
    bench = Bench(ledgers, asked.rounds, asked.folder)
    print(machine())
    if asked.server:
        from benchmarks.server import described

        print(described(asked.folder))
    print(f"{asked.rounds} rounds in turns, medians; spread: lowest and highest ratio of a round")
    print(f"before: {fsyncs(bench)}", flush=True)
    rows = [row for name in asked.only or GROUPS for row in _group(name, bench)]
    print(f"after: {fsyncs(bench)}")
    print()
    print(table(rows))
    _summary(rows)


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    asked.add_argument("--sizes", type=_sizes, default=SIZES, help="lines, with commas; default 1000,10000,100000")
    asked.add_argument("--only", action="append", choices=GROUPS, help="this group; repeatable")
    asked.add_argument("--server", action="store_true", help="ledgers in PostgreSQL; references stay as they are")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--folder", type=Path, default=KEPT, help="where ledgers are kept, on the disk to be measured")
    return asked.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(int(one.replace("_", "")) for one in text.split(","))
    if min(sizes) < LEAST:
        raise argparse.ArgumentTypeError(f"the smallest ledger that can be measured has {LEAST:,} lines")
    return sizes


def _made(size: int, asked: argparse.Namespace) -> Made:
    start = perf_counter()
    one = made(size, seed=asked.seed, kept=asked.folder)
    if asked.server:
        from benchmarks.server import on_server

        one = on_server(one)
    _talk(f"{one.place} ({perf_counter() - start:.1f} s)")
    return one


def _group(name: str, bench: Bench) -> Iterator[Row]:
    """The rows of a group; each is told on the way."""
    for row in GROUPS[name](bench):
        _talk("  ".join(cell for cell in row.cells() if cell))
        yield row


def _summary(rows: list[Row]) -> None:
    judged = [row for row in rows if row.bar and row.value is not None]
    missed = [row for row in judged if row.bar and row.value is not None and not row.bar.met(row.value)]
    print()
    print(f"{len(judged) - len(missed)} of {len(judged)} bars met")


def _talk(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
