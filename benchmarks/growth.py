"""What becomes slower as a ledger grows, with as many commitments? The smallest of 10,000 lines beside the largest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from statistics import median

from benchmarks import audit, rebuild
from benchmarks.bench import Bench
from benchmarks.change import Changing, by_medians
from benchmarks.generate import Made
from benchmarks.measure import Beside, in_turns, said, timed
from benchmarks.process import a_steady, pledger, seconds
from benchmarks.table import Bar, Row, longer
from ledger.record import Record
from ledger.tree import inclusion_proof

LEAST = 10_000
"""From here on ledgers have the same number of commitments."""
FLAT, LINEAR = Bar(1.3), Bar(1.4)


def growth(bench: Bench) -> Iterator[Row]:
    """Flat: change, show, due, status, proof. Linear: rebuild and verify, per event."""
    ledgers = [made for made in bench.ledgers if made.size >= LEAST]
    if len(ledgers) < 2:
        return
    small, large = ledgers[0], ledgers[-1]
    grown = f"from {small.size:,}"
    yield longer(f"growth of one change, {grown}", large.size, _changes(bench, small, large), FLAT)
    yield longer(f"growth of a proof, {grown}", large.size, in_turns(bench.rounds, _proof(large), _proof(small)), FLAT)
    for words in (("show", a_steady(small)), ("due", "--within", "30d"), ("status",)):
        later, before = (partial(seconds, pledger(*words, ledger=made.ledger)) for made in (large, small))
        bar = None if words == ("status",) else FLAT
        yield longer(f"growth of {words[0]}, {grown}", large.size, in_turns(bench.rounds, later, before), bar)
    for name, run in (("rebuild", rebuild.ours), ("verify", _verify)):
        yield _per_event(f"growth of {name} per event, {grown}", bench, run, small, large)


def _changes(bench: Bench, small: Made, large: Made) -> Beside:
    with bench.passing() as folder:
        later, before = Changing(large, folder), Changing(small, folder)
        with closing(later.ledger), closing(before.ledger):
            return by_medians(bench.rounds, later, before)


def _proof(made: Made) -> Callable[[], float]:
    """That a line in the middle is in the ledger (RFC 9162, 2.1.3)."""

    def run() -> float:
        with closing(Record.open(made.ledger)) as record:
            return timed(inclusion_proof, record.node, made.size // 2, made.size)

    return run


def _verify(made: Made) -> float:
    return timed(audit.everything, made.ledger)


def _per_event(what: str, bench: Bench, run: Callable[[Made], float], small: Made, large: Made) -> Row:
    beside = in_turns(min(bench.rounds, 3), partial(run, large), partial(run, small), warm=False)
    ours, theirs = ([one / made.size for one in each] for each, made in ((beside.ours, large), (beside.theirs, small)))
    each = Beside(ours, theirs)
    told = tuple(f"{said(median(one))} an event" for one in (ours, theirs))
    return Row(what, large.size, each.ratio, LINEAR, None, each.spread, *told)
