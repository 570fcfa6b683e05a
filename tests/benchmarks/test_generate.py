"""Are generated ledgers the same each time, as large as planned, and such that every rule lets them pass?"""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.generate import Made, made
from benchmarks.plan import STEADY_LINES, default_commitments, plan
from domain.facts import FACTS
from exchange.handed import handed
from exchange.lines import check_lines
from ledger.record import Record
from tests.benchmarks.given import DECISIONS, decided, lines
from tests.ledger.given import lines_of

LATER = {"ledger.key-rotated.v1", "ledger.restored.v1"}
"""What only a ledger that is sealed or restored holds."""


@pytest.fixture(scope="module")
def ten_thousand(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(10_000, kept=tmp_path_factory.mktemp("kept"))


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert lines(1_000, 100) == lines(1_000, 100)


def test_another_seed_gives_other_lines() -> None:
    one, other = (lines(1_000, 100, seed) for seed in (1, 2))
    assert [line for line, _ in one] != [line for line, _ in other]


@pytest.mark.parametrize(("size", "commitments"), [(100, 4), (1_000, 200), (1_777, 13), (5_000, 1_000)])
@pytest.mark.parametrize("seed", [1, 2])
def test_there_are_as_many_lines_as_planned_in_each_stream(size: int, commitments: int, seed: int) -> None:
    ledger = lines(size, commitments, seed)
    counted = Counter(said.subject for _, said in ledger)
    assert [int(said.sequence) for _, said in ledger] == list(range(1, size + 1))
    assert {f"commitment/{one.key}": one.lines for one in plan(size, commitments, seed).sketches} == {
        subject: count for subject, count in counted.items() if subject.startswith("commitment/")
    }


@pytest.mark.parametrize(("size", "commitments"), [(400, 4), (1_000, 200), (4_000, 60)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_line_is_what_the_decision_behind_it_records(size: int, commitments: int, seed: int) -> None:
    for decision, line in decided(lines(size, commitments, seed)):
        assert decision == line


def test_import_finds_nothing_in_ten_thousand_lines(ten_thousand: Made) -> None:
    with handed([str(ten_thousand.lines)], io.BytesIO()) as files:
        assert len(check_lines(files, None).new) == 10_000


def test_ledger_and_lines_are_the_same(ten_thousand: Made) -> None:
    with Record.open(ten_thousand.ledger) as record:
        assert lines_of(record) == ten_thousand.lines.read_bytes().splitlines()


def test_ten_thousand_lines_hold_every_fact_that_a_desk_records(ten_thousand: Made) -> None:
    with Record.open(ten_thousand.ledger) as record:
        held = {one.fact.stored for page in record.recorded() for one in page}
    assert held == FACTS.keys() - LATER == {fact.stored for fact in DECISIONS}


def test_steady_streams_have_the_same_length_in_every_size(ten_thousand: Made) -> None:
    assert len(ten_thousand.steady) == len(plan(100_000, 2_000, 1).steady) == 40
    with Record.open(ten_thousand.ledger) as record:
        assert {record.version(f"commitment/{key}") for key in ten_thousand.steady} == {STEADY_LINES}


def test_ledgers_of_ten_thousand_lines_and_more_have_the_same_number_of_commitments() -> None:
    assert {default_commitments(size) for size in (10_000, 100_000, 1_000_000)} == {2_000}
    assert default_commitments(1_000) == 200


def test_a_ledger_is_kept_and_taken_again(ten_thousand: Made) -> None:
    before = ten_thousand.ledger.stat()
    assert made(10_000, kept=ten_thousand.folder.parent) == ten_thousand
    assert ten_thousand.ledger.stat() == before
    assert [path.name for path in ten_thousand.folder.parent.iterdir()] == [ten_thousand.folder.name]


def test_a_ledger_that_could_not_be_made_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("benchmarks.generate.write", stop)
    with pytest.raises(KeyboardInterrupt):
        made(1_000, kept=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("size", "commitments", "seed"), [(1_000, 201, 1), (1_000, 3, 1), (20, 4, 66)])
def test_lines_that_are_too_few_are_said_to_be(size: int, commitments: int, seed: int) -> None:
    with pytest.raises(ValueError, match="too few for"):
        plan(size, commitments, seed)
