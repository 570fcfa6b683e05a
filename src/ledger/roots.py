"""Which root did the ledger have at an earlier size? Answered from the hashes that it keeps."""

from __future__ import annotations

from collections.abc import Mapping

from domain.refused import Refused
from ledger.reader import Reader, rows
from ledger.tree import STORED, Frontier, ProofError, full_node

FRONTIER = "SELECT frontier FROM head"
LEAVES = "SELECT position - 1, leaf FROM event WHERE position > :start AND position <= :stop"
NODES = 'SELECT "index", hash FROM node WHERE level = :level AND "index" >= :start AND "index" < :stop'
BLOCK = 1 << STORED
"""So many leaves, or stored nodes, lie under one stored node of the level above."""


def root_at(reader: Reader, size: int) -> bytes:
    """Merkle tree hash of the first `size` lines (RFC 9162, 2.1.1). Refused: `ledger-damaged`, `no-such-position`."""
    return frontier_at(reader, size).root()


def frontier_at(reader: Reader, size: int) -> Frontier:
    """The frontier over the first `size` lines. Refused: `ledger-damaged`, `no-such-position`."""
    ((dumped,),) = rows(reader, FRONTIER)
    whole = frontier_of(dumped)
    if size == whole.size:
        return whole
    if not 0 <= size < whole.size:
        raise Refused("no-such-position", f"There is no #{size} in this ledger; it ends at #{whole.size}.")
    return Frontier(size, _full_nodes(reader, size))


def frontier_of(dumped: bytes) -> Frontier:
    """The frontier that the head keeps. Refused: `ledger-damaged`."""
    try:
        return Frontier.load(dumped)
    except (ProofError, TypeError) as error:  # a text or null in its place is no frontier either
        raise damaged(error) from None


def node_at(reader: Reader, level: int, index: int) -> bytes:
    """The hash of a full node, from the stored nodes or leaves beneath it. Refused: `ledger-damaged`."""
    below = level % STORED
    return _node(_kept(reader, level - below, index << below, index + 1 << below), level, index)


class Nodes:
    """The full nodes of one state of the tree, for a proof: it asks for many that lie under the same stored node.

    What is kept there is read in one look, and only once.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._blocks: dict[tuple[int, int], dict[int, bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of a full node. Refused: `ledger-damaged`."""
        below = level % STORED
        at = level - below, index << below >> STORED
        if at not in self._blocks:
            stored, block = at
            self._blocks[at] = _kept(self._reader, stored, block * BLOCK, (block + 1) * BLOCK)
        return _node(self._blocks[at], level, index)


def _kept(reader: Reader, level: int, start: int, stop: int) -> dict[int, bytes]:
    """The hashes of a stored level, or of the leaves, from one index up to another, as far as they are kept."""
    return dict(rows(reader, NODES if level else LEAVES, level=level, start=start, stop=stop))


def _node(kept: Mapping[int, bytes], level: int, index: int) -> bytes:
    """The hash of a full node from what is kept beneath it."""
    below = level % STORED
    try:
        return full_node([kept[at] for at in range(index << below, index + 1 << below)])
    except KeyError:
        raise damaged(f"the tree lacks nodes under level {level}, index {index}") from None
    except ProofError as error:
        raise damaged(error) from None


def _full_nodes(reader: Reader, size: int) -> list[bytes]:
    """The full subtrees of a tree of that size, largest first."""
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    return [node_at(reader, level, (size >> level) - 1) for level in levels]


def damaged(why: object) -> Refused:
    """What the ledger keeps beside its lines contradicts itself."""
    return Refused(
        "ledger-damaged",
        f"The ledger contradicts itself ({why}). Nothing was recorded; `pledger audit verify` shows what holds.",
    )
