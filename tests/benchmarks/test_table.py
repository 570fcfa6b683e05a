"""Do measurements say what they mean: which way a ratio goes, and whether a bar is met?"""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from benchmarks.measure import Beside, in_turns, said
from benchmarks.process import peak, python
from benchmarks.table import HEAD, Bar, Row, faster, longer, missing, table

HOUSE = Path(__file__).parents[2]
TWICE = Beside([2.0, 4.0, 6.0], [1.0, 2.0, 4.0])


def test_things_are_measured_in_turns_after_one_of_each_that_does_not_count() -> None:
    clock = count(1.0)
    assert in_turns(2, lambda: next(clock), lambda: next(clock)) == Beside([3.0, 5.0], [4.0, 6.0])


def test_a_ratio_is_that_of_the_medians_with_those_of_the_rounds_as_spread() -> None:
    assert TWICE.ratio == 2.0
    assert TWICE.spread == (1.5, 2.0)


def test_what_takes_twice_as_long_is_half_as_fast() -> None:
    assert longer("x", 10, TWICE).value == 2.0
    assert faster("x", 10, TWICE).value == 0.5
    assert faster("x", 10, TWICE).spread == (0.5, 1 / 1.5)


@pytest.mark.parametrize(
    ("bar", "value", "met"),
    [(Bar(1.4), 1.4, True), (Bar(1.4), 1.41, False), (Bar(2, most=False), 2.0, True), (Bar(2, most=False), 1.9, False)],
)
def test_a_bar_is_met_or_missed(bar: Bar, value: float, met: bool) -> None:
    verdict = Row("x", 10, value, bar, bar).cells()
    assert bar.met(value) is met
    assert verdict[HEAD.index("bar") + 1] == ("met" if met else "MISS")
    assert verdict[HEAD.index("then") + 1] == ("met" if met else "not yet")


def test_what_cannot_be_measured_is_neither_met_nor_missed() -> None:
    row = missing("verify", 10, "not built yet", Bar(4))
    assert row.cells() == ("verify", "10", "-", "", "<= 4 x", "", "", "", "not built yet", "")


def test_the_table_is_markdown_with_even_columns() -> None:
    printed = table([longer("show", 1_000, TWICE, Bar(1.4)), missing("proof", 10, "not built yet")]).splitlines()
    assert len({len(line) for line in printed}) == 1
    assert [cell.strip() for cell in printed[2].split("|")[1:4]] == ["show", "1,000", "2 x"]
    assert set(printed[1]) == {"|", "-"}


@pytest.mark.parametrize(("seconds", "words"), [(1.234, "1.23 s"), (0.0456, "45.6 ms"), (2e-6, "2 us"), (0, "0 us")])
def test_durations_are_told_in_their_unit(seconds: float, words: str) -> None:
    assert said(seconds) == words


@pytest.mark.skipif(sys.platform != "linux", reason="kB are what Linux counts in")
def test_the_peak_is_that_of_the_process_and_not_of_the_one_that_starts_it() -> None:
    ballast = bytearray(200 << 20)
    assert peak(python("pass")) < 100 < peak(python("bytearray(b'x') * (150 << 20)"))
    assert ballast


def test_a_run_prints_its_rows_and_how_many_bars_are_met(tmp_path: Path) -> None:
    words = ("--sizes", "1000", "--rounds", "1", "--folder", str(tmp_path), "--only", "fold", "--only", "change")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", *words], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "| decode + fold" in done.stdout
    assert "| one durable change, stream of 50" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("of 2 bars met")


def test_a_ledger_too_small_to_be_measured_is_refused() -> None:
    words = [sys.executable, "-m", "benchmarks.run", "--sizes", "999"]
    done = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "1,000 lines" in done.stderr
