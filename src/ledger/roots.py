"""Which root did the ledger have at an earlier size? Answered from the hashes that it keeps."""

from __future__ import annotations

from domain.refused import Refused
from ledger.reader import Reader, rows
from ledger.tree import STORED, Frontier, ProofError, root_of

FRONTIER = "SELECT frontier FROM head"
LEAVES = "SELECT leaf FROM event WHERE position > :start AND position <= :stop ORDER BY position"
NODES = 'SELECT hash FROM node WHERE level = :level AND "index" >= :start AND "index" < :stop ORDER BY "index"'


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
    start, stop = index << below, index + 1 << below
    question = NODES if level >= STORED else LEAVES
    hashes = [found for (found,) in rows(reader, question, start=start, stop=stop, level=level - below)]
    try:
        if len(hashes) != stop - start:
            raise ProofError(f"the tree lacks nodes under level {level}, index {index}")
        return root_of(hashes)
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
