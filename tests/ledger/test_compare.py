"""Where do two histories part, and is that found without reading them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.refused import Refused
from ledger.compare import Comparison, Kind, Side, compare
from ledger.tree import Frontier, leaf_hash, root_of, verify_consistency

MANY = 100_000


class Tree:
    """A history whose nodes are all at hand, and counted when read."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self.lines = lines
        self.rows = [[leaf_hash(line) for line in lines]]
        self.reads = 0
        while len(row := self.rows[-1]) > 1:
            self.rows.append([root_of(row[at : at + 2]) for at in range(0, len(row) - 1, 2)])

    def change(self, at: int) -> Tree:
        """The same history with another line at an index."""
        made = Tree(())
        made.lines = [*self.lines[:at], b"other", *self.lines[at + 1 :]]
        made.rows = [list(row) for row in self.rows]
        made.rows[0][at] = leaf_hash(b"other")
        for level in range(1, len(made.rows)):
            at >>= 1
            if at < len(made.rows[level]):
                made.rows[level][at] = root_of(made.rows[level - 1][2 * at : 2 * at + 2])
        return made

    def read(self, level: int, index: int) -> bytes:
        self.reads += 1
        return self.rows[level][index]

    def side(self) -> Side:
        size = len(self.lines)
        tops = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
        root = Frontier(size, [self.rows[level][(size >> level) - 1] for level in tops]).root()
        return Side("here", size, root, self.read, lambda position: self.lines[position - 1])


def lines(count: int) -> list[bytes]:
    return [str(number).encode() for number in range(count)]


def bare(side: Side) -> Side:
    """Its checkpoint alone."""
    return replace(side, read=None, line=None)


@pytest.fixture(scope="module")
def large() -> Tree:
    return Tree(lines(MANY))


@pytest.mark.parametrize("at", [0, 1, 65_535, 65_536, 77_777, MANY - 1])
def test_one_line_among_many_is_found_by_few_looks(large: Tree, at: int) -> None:
    large.reads = 0
    other = large.change(at)
    found = compare(large.side(), other.side())
    assert found == Comparison(Kind.FORK, at, lines=(str(at).encode(), b"other"))
    assert large.reads + other.reads < 200


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 70), st.integers(1, 70), st.data())
def test_histories_that_part_part_at_their_first_difference(size1: int, size2: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, min(size1, size2) - 1))
    one = [*lines(at), *(b"a%d" % number for number in range(size1 - at))]
    other = [*lines(at), *(b"b%d" % number for number in range(size2 - at))]
    assert compare(Tree(one).side(), Tree(other).side()) == Comparison(Kind.FORK, at, lines=(one[at], other[at]))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 70), st.integers(1, 70))
def test_a_beginning_is_shown_to_be_one(size1: int, size2: int) -> None:
    one, other = Tree(lines(size1)).side(), Tree(lines(size2)).side()
    small, large = sorted((one, other), key=lambda side: side.size)
    for first, second in ((one, other), (bare(small), large), (large, bare(small))):
        found = compare(first, second)
        assert (found.kind, found.common) == (Kind.EQUAL if size1 == size2 else Kind.PREFIX, small.size)
        if found.proof is not None:
            verify_consistency(small.size, large.size, found.proof, small.root, large.root)


def test_a_checkpoint_alone_tells_less() -> None:
    one, other = Tree(lines(7)).side(), Tree(lines(7)).change(3).side()
    assert compare(bare(one), bare(one)) == Comparison(Kind.EQUAL, 7)
    assert compare(bare(one), bare(other)) == compare(bare(one), other) == Comparison(Kind.FORK, 0)
    assert compare(bare(Tree(lines(9)).side()), one) == Comparison(Kind.UNDECIDED, 0)


def test_an_empty_history_is_the_beginning_of_all() -> None:
    empty, one = Side("here", 0, root_of([])), Tree(lines(3)).side()
    assert (compare(empty, one).kind, compare(empty, empty).kind) == (Kind.PREFIX, Kind.EQUAL)


def test_another_ledger_and_hashes_that_are_not_those_of_the_lines_are_refused() -> None:
    one, other = Tree(lines(5)), Tree(lines(5)).change(2)
    with pytest.raises(Refused) as refused:
        compare(one.side(), replace(other.side(), origin="elsewhere"))
    assert refused.value.code == "another-ledger"
    other.lines = lines(5)
    with pytest.raises(Refused) as refused:
        compare(one.side(), other.side())
    assert refused.value.code == "ledger-damaged"
