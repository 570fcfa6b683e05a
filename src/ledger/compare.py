"""Are two histories the same, is one the beginning of the other, or where do they part?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from domain.refused import Refused
from ledger.tree import Frontier, Read, consistency_proof, leaf_hash, verify_consistency


class Kind(Enum):
    """The code, and the exit code."""

    EQUAL = ("equal", 0)
    PREFIX = ("prefix", 0)
    FORK = ("fork", 1)
    UNDECIDED = ("undecided", 3)

    def __init__(self, code: str, exit: int) -> None:
        self.code = code
        self.exit = exit


@dataclass(frozen=True)
class Side:
    """A history: a checkpoint alone, or with the tree and the lines that it pins (`read`, `line` by position)."""

    origin: str
    size: int
    root: bytes
    read: Read | None = None
    line: Callable[[int], bytes] | None = None


@dataclass(frozen=True)
class Comparison:
    """What was found. `common`: lines that are the same in both, for sure.

    PREFIX: `proof` leads from the smaller to the larger, where a tree was at hand (RFC 9162, 2.1.4). FORK: `lines` are
    those at `common` + 1, where both have lines; without them the histories part somewhere up to the smaller size.
    """

    kind: Kind
    common: int
    proof: Sequence[bytes] | None = None
    lines: tuple[bytes, bytes] | None = None


def compare(one: Side, other: Side) -> Comparison:
    """Answered by the hashes that each side keeps: a fork is found in steps as many as the tree has levels.

    Whether these hashes are those of the lines is for `verify` to say. Refused: `another-ledger`, `ledger-damaged`.
    """
    if one.origin != other.origin:
        raise Refused("another-ledger", f"These are two ledgers: {one.origin} and {other.origin}.")
    small, large = sorted((one, other), key=lambda side: side.size)
    if small.size == 0:
        return Comparison(Kind.PREFIX if large.size else Kind.EQUAL, 0)
    if large.read is None:
        return _without_tree(small, large)
    mine, theirs = _subtrees(small, small.size), _subtrees(large, small.size)
    if (mine and mine != theirs) or Frontier(small.size, theirs).root() != small.root:
        return _parted(one, other, mine, theirs)
    return _grown(small, large)


def _without_tree(small: Side, large: Side) -> Comparison:
    """The larger is a checkpoint alone: nothing but its own size and root is known of it."""
    if small.size < large.size:
        return Comparison(Kind.UNDECIDED, 0)
    same = small.root == large.root
    return Comparison(Kind.EQUAL if same else Kind.FORK, small.size if same else 0)


def _grown(small: Side, large: Side) -> Comparison:
    if small.size == large.size:
        return Comparison(Kind.EQUAL, small.size)
    assert large.read  # it was asked before
    proof = consistency_proof(large.read, small.size, large.size)
    verify_consistency(small.size, large.size, proof, small.root, large.root)
    return Comparison(Kind.PREFIX, small.size, proof)


def _parted(one: Side, other: Side, mine: Sequence[bytes], theirs: Sequence[bytes]) -> Comparison:
    """Descend to the first leaf in which both trees differ."""
    if one.read is None or other.read is None or one.line is None or other.line is None:
        return Comparison(Kind.FORK, 0)
    level, index = _first_differing(min(one.size, other.size), mine, theirs)
    while level:
        level, index = level - 1, index * 2
        if one.read(level, index) == other.read(level, index):
            index += 1
    lines = one.line(index + 1), other.line(index + 1)
    if (leaf_hash(lines[0]), leaf_hash(lines[1])) != (one.read(0, index), other.read(0, index)):
        raise Refused(
            "ledger-damaged",
            f"At #{index + 1} a ledger keeps a hash that its line does not have; `pledger audit verify` shows which.",
        )
    return Comparison(Kind.FORK, index, lines=lines)


def _first_differing(size: int, mine: Sequence[bytes], theirs: Sequence[bytes]) -> tuple[int, int]:
    """Level and index of the first full subtree that differs."""
    pairs = zip(_places(size), mine, theirs, strict=True)
    return next(place for place, my, their in pairs if my != their)


def _subtrees(side: Side, size: int) -> list[bytes]:
    """The full subtrees over the first lines, largest first; none where there is no tree."""
    return [side.read(level, index) for level, index in _places(size)] if side.read else []


def _places(size: int) -> list[tuple[int, int]]:
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    return [(level, (size >> level) - 1) for level in levels]
