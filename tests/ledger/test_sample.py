"""Is a sample drawn so that anybody can draw it again, and nobody can steer it?"""

from __future__ import annotations

import shutil
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.refused import Refused
from ledger.sample import Draw, Population, drawing, runs
from tests.exchange.packed import in_bare_shell

ROOT = sha256(b"root").digest()
GAPPED = Population("mc", [2, 3, 4, 7, 9, 10, 31, 32, 40])
METHODS = ("random", "systematic")

populations = st.sets(st.integers(1, 300), min_size=1).map(lambda found: Population("all", sorted(found)))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("size", [1, 4, 9, 20])
@pytest.mark.parametrize("population", [GAPPED, Population("all", range(1, 30))], ids=["gapped", "all"])
def test_the_shell_draws_the_same(method: str, size: int, population: Population, tmp_path: Path) -> None:
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not installed")
    draw = drawing(method, ROOT, "7f3a", size)
    done = in_bare_shell(draw.again(population), tmp_path)
    assert [int(line) for line in done.stdout.split()] == list(draw.of(population).chosen), done.stderr


@settings(max_examples=100, deadline=None)
@given(populations, st.integers(1, 400), st.sampled_from(METHODS), st.from_regex("[a-z0-9]{1,20}", fullmatch=True))
def test_so_many_are_drawn_each_once_and_from_the_population(
    population: Population, size: int, method: str, nonce: str
) -> None:
    drawn = drawing(method, ROOT, nonce, size).of(population)
    assert len(drawn.chosen) == len(set(drawn.chosen)) == min(size, len(population.positions))
    assert set(drawn.chosen) <= set(population.positions)
    assert list(drawn.chosen) == sorted(drawn.chosen)


def test_root_and_nonce_decide() -> None:
    population = Population("all", range(1, 1001))
    drawn = {
        tuple(Draw("random", root, nonce, 10).of(population).chosen) for root in ("a", "b") for nonce in ("1", "2")
    }
    assert len(drawn) == 4


def test_a_systematic_sample_goes_in_equal_steps() -> None:
    chosen = drawing("systematic", ROOT, "n", 10).of(Population("all", range(1, 101))).chosen
    assert {second - first for first, second in pairwise(chosen)} == {10}


def test_every_position_is_as_likely_as_another() -> None:
    population, times = Population("all", range(1, 11)), [0] * 11
    for nonce in range(2000):
        for position in Draw("random", "r", str(nonce), 3).of(population).chosen:
            times[position] += 1
    assert all(500 < count < 700 for count in times[1:])


@pytest.mark.parametrize(
    ("method", "nonce", "size", "code"),
    [
        ("best", "n", 1, "bad-choice"),
        ("random", "", 1, "bad-nonce"),
        ("random", "$(rm x)", 1, "bad-nonce"),
        ("random", "n" * 65, 1, "bad-nonce"),
        ("random", "n", 0, "bad-size"),
    ],
)
def test_what_cannot_be_drawn_is_refused(method: str, nonce: str, size: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        drawing(method, ROOT, nonce, size)
    assert refused.value.code == code


def test_positions_are_told_in_runs() -> None:
    assert runs(GAPPED.positions) == [(2, 4), (7, 7), (9, 10), (31, 32), (40, 40)]
    assert runs([]) == []
