"""What becomes slower as a ledger grows, with as many commitments? The smallest of 10,000 lines beside the largest."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from statistics import median

from benchmarks import audit, rebuild
from benchmarks.bench import Bench
from benchmarks.change import Changing, by_medians, copied
from benchmarks.generate import Made
from benchmarks.measure import Beside, in_turns, said, timed
from benchmarks.process import a_steady, pledger, seconds
from benchmarks.table import Bar, Row, longer
from exchange.handed import handed
from exchange.lines import check_lines
from ledger.prove import inclusion
from ledger.record import Record

LEAST = 10_000
"""From here on ledgers have the same number of commitments."""
FLAT, LINEAR = Bar(1.3), Bar(1.4)


def growth(bench: Bench) -> Iterator[Row]:
    """What should take as long in a large ledger: change, proof, show, due; and status, for which there is no bar."""
    for small, large in _ends(bench):
        grown = f"from {small.size:,}"
        yield longer(f"growth of one change, {grown}", large.size, _changes(bench, small, large), FLAT)
        proofs = in_turns(bench.rounds, partial(_proof, large), partial(_proof, small))
        yield longer(f"growth of a proof, {grown}", large.size, proofs, FLAT)
        for words in (("show", a_steady(small)), ("due", "--within", "30d"), ("status",)):
            later, before = (partial(seconds, pledger(*words, ledger=made.place)) for made in (large, small))
            bar = None if words == ("status",) else FLAT
            yield longer(f"growth of {words[0]}, {grown}", large.size, in_turns(bench.rounds, later, before), bar)


def linear(bench: Bench) -> Iterator[Row]:
    """What should take as long for each event: rebuild and verify; and import, for which there is no bar."""
    for small, large in _ends(bench):
        for name, run, bar in (
            ("rebuild", rebuild.ours, LINEAR),
            ("verify", _verify, LINEAR),
            ("import", _import, None),
        ):
            yield _per_event(f"growth of {name} per event, from {small.size:,}", bench, run, bar, small, large)


def _ends(bench: Bench) -> list[tuple[Made, Made]]:
    """The smallest and the largest ledger, where they differ."""
    ledgers = [made for made in bench.ledgers if made.size >= LEAST]
    return [(ledgers[0], ledgers[-1])] if len(ledgers) > 1 else []


def _changes(bench: Bench, small: Made, large: Made) -> Beside:
    with bench.passing() as folder, copied(large, folder) as one, copied(small, folder) as other:
        later, before = Changing(large, one), Changing(small, other)
        with closing(later.ledger), closing(before.ledger):
            return by_medians(bench.rounds, later, before)


def _proof(made: Made) -> float:
    """That a line in the middle is in the ledger (RFC 9162, 2.1.3)."""
    with closing(Record.open(made.place)) as record:
        return timed(inclusion, record, made.size // 2 + 1, made.size)


def _verify(made: Made) -> float:
    return timed(audit.everything, made.place)


def _import(made: Made) -> float:
    """The check of all lines by all rules; nothing is written."""
    with handed([str(made.lines)], io.BytesIO()) as files:
        return timed(check_lines, files, None)


def _per_event(what: str, bench: Bench, run: Callable[[Made], float], bar: Bar | None, small: Made, large: Made) -> Row:
    beside = in_turns(min(bench.rounds, 3), partial(run, large), partial(run, small), warm=False)
    ours, theirs = ([one / made.size for one in each] for each, made in ((beside.ours, large), (beside.theirs, small)))
    each = Beside(ours, theirs)
    told = tuple(f"{said(median(one))} an event" for one in (ours, theirs))
    return Row(what, large.size, each.ratio, bar, None, each.spread, *told)
