"""Which root do these lines have, and does a proof show that a line or an older ledger is in it? (RFC 9162, 6962)"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256

HASH = 32  # bytes of a SHA-256
STORED = 8  # a ledger stores the nodes of levels 8, 16, 24, …
MOST = 2**64 - 1  # leaves: the size is a uint64 (RFC 9162, 4.10)
EMPTY = sha256(b"").digest()
_TYPES, _LENGTHS = {bytes}, {HASH}  # of all hashes there are

Node = tuple[int, int, bytes]  # level, index, hash: covers the leaves index * 2**level up to (index + 1) * 2**level
Read = Callable[[int, int], bytes]  # (level, index) -> hash of a full node


class ProofError(Exception):
    """A proof, hash or size that shows nothing, or shows the contrary; the text says which."""


def leaf_hash(line: bytes) -> bytes:
    """Hash of one line as a leaf (RFC 9162, 2.1.1)."""
    return sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node (RFC 9162, 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The full subtrees of a growing tree, largest first: all that is needed to append and to know the root.

    `nodes` holds one hash for each 1 in the binary form of `size`, the number of leaves. Refused with `ProofError`:
    a size that is negative or over 2**64 - 1, nodes that do not fit the size, hashes that are not 32 bytes.
    """

    def __init__(self, size: int = 0, nodes: Iterable[bytes] = ()) -> None:
        _check_size(size)
        self.size = size
        self.nodes = _hashes(nodes)
        if len(self.nodes) != size.bit_count():
            raise ProofError(f"{len(self.nodes)} nodes are not the frontier of a tree of {size} leaves.")

    def append(self, leaf: bytes) -> list[Node]:
        """Take one more leaf hash; gives the stored nodes that it completes (see `extend`)."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> list[Node]:
        """Take more leaf hashes, row by row; gives the nodes of levels 8, 16, … that they complete, lowest first."""
        row, level, rest, done = _hashes(leaves), 0, list[bytes](), list[Node]()
        _check_size(self.size + len(row))
        size, self.size = self.size, self.size + len(row)
        while row:
            if level and not level % STORED:
                done += [(level, index, node) for index, node in enumerate(row, size >> level)]
            if size >> level & 1:
                row.insert(0, self.nodes.pop())
            if len(row) & 1:
                rest.append(row.pop())
            row = _above(row)
            level += 1
        self.nodes += reversed(rest)
        return done

    def root(self) -> bytes:
        """Merkle tree hash of all leaves so far; of none, SHA-256 of nothing (RFC 9162, 2.1.1)."""
        return _joined(self.nodes) if self.nodes else EMPTY

    def dump(self) -> bytes:
        """The size in 8 bytes, big-endian, then the nodes; `load` is the way back."""
        return self.size.to_bytes(8, "big") + b"".join(self.nodes)

    @classmethod
    def load(cls, dumped: bytes) -> Frontier:
        """The frontier that was dumped; anything else is refused with `ProofError`."""
        if len(dumped) < 8:
            raise ProofError("A dumped frontier has at least 8 bytes.")
        nodes = (dumped[at : at + HASH] for at in range(8, len(dumped), HASH))
        return cls(int.from_bytes(dumped[:8], "big"), nodes)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Merkle tree hash of these leaf hashes (RFC 9162, 2.1.1)."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def full_node(hashes: Iterable[bytes]) -> bytes:
    """The same of 1, 2, 4, 8 … leaf hashes or nodes of one level: that of the full node above them."""
    row = _hashes(hashes)
    while len(row) > 1:
        row = _above(row)
    return row[0]


def inclusion_proof(read: Read, index: int, size: int) -> list[bytes]:
    """The hashes that lead from leaf `index`, counted from 0, to the root of `size` leaves (RFC 9162, 2.1.3.1)."""
    _check_index(index, size)
    return _path(read, index, 0, size)


def consistency_proof(read: Read, size1: int, size2: int) -> list[bytes]:
    """The hashes that show that the first `size1` of `size2` leaves are the older tree (RFC 9162, 2.1.4.1)."""
    _check_sizes(size1, size2)
    return _subproof(read, size1, 0, size2, whole=True)


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Iterable[bytes], root: bytes) -> None:
    """Returns when `proof` leads from this leaf hash at `index` to `root`, else `ProofError` (RFC 9162, 2.1.3.2).

    That `root` has `size` leaves is for a signed checkpoint to say; a proof cannot show it.
    """
    _check_index(index, size)
    found, _ = _hashes((leaf, root))
    sides = _sides(index, size - 1)
    siblings = _check_length(_hashes(proof), len(sides))
    for left, sibling in zip(sides, siblings, strict=True):
        found = node_hash(sibling, found) if left else node_hash(found, sibling)
    _check_root(found, root)


def verify_consistency(size1: int, size2: int, proof: Iterable[bytes], root1: bytes, root2: bytes) -> None:
    """Returns when the tree of `root1` is a prefix of that of `root2`, else `ProofError` (RFC 9162, 2.1.4.2).

    As with `verify_inclusion`, sizes and roots belong together by signed checkpoints.
    """
    _check_sizes(size1, size2)
    _hashes((root1, root2))
    level = (size1 & -size1).bit_length() - 1  # of the last full subtree of the older tree
    sides = _sides(size1 - 1 >> level, size2 - 1 >> level) if size1 < size2 else []
    own = size1 == size2 or size1 == 1 << level  # that subtree is the older tree, and is left out of the proof
    nodes = _check_length(_hashes(proof), len(sides) + (not own))
    first, *siblings = [root1, *nodes] if own else nodes
    old = new = first
    for left, sibling in zip(sides, siblings, strict=True):
        old, new = (node_hash(sibling, old), node_hash(sibling, new)) if left else (old, node_hash(new, sibling))
    _check_root(old, root1)
    _check_root(new, root2)


def _path(read: Read, index: int, start: int, stop: int) -> list[bytes]:
    """PATH of RFC 9162, 2.1.3.1, over the leaves from `start` up to `stop`."""
    if stop - start == 1:
        return []
    middle = start + _split(stop - start)
    if index < middle:
        return [*_path(read, index, start, middle), _root(read, middle, stop)]
    return [*_path(read, index, middle, stop), _root(read, start, middle)]


def _subproof(read: Read, size1: int, start: int, stop: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162, 2.1.4.1; `whole` while the older tree starts where this subtree does."""
    if size1 == stop:
        return [] if whole else [_root(read, start, stop)]
    middle = start + _split(stop - start)
    if size1 <= middle:
        return [*_subproof(read, size1, start, middle, whole=whole), _root(read, middle, stop)]
    return [*_subproof(read, size1, middle, stop, whole=False), _root(read, start, middle)]


def _root(read: Read, start: int, stop: int) -> bytes:
    """Merkle tree hash of a subtree that starts at `start`, from its full nodes (RFC 9162, 2.1.1)."""
    nodes = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        nodes.append(read(level, start >> level))
        start += 1 << level
    return _joined(_hashes(nodes))


def _above(row: list[bytes]) -> list[bytes]:
    """The next row of the tree over an even one, without a call for each node."""
    return [sha256(b"\x01" + left + right).digest() for left, right in zip(row[::2], row[1::2], strict=True)]


def _joined(nodes: list[bytes]) -> bytes:
    """The root over full subtrees, largest first (RFC 9162, 2.1.2)."""
    *lefts, root = nodes
    for left in reversed(lefts):
        root = node_hash(left, root)
    return root


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _sides(at: int, last: int) -> list[bool]:
    """For each sibling on the way from node `at` of a row up to the root: is it on the left? (RFC 9162, 2.1.3.2)

    `last` is the last node of that row; a last node at an even place has no sibling and moves up as it is.
    """
    sides = []
    while last:
        if at & 1 or at < last:
            sides.append(bool(at & 1))
        at, last = at >> 1, last >> 1
    return sides


def _hashes(hashes: Iterable[bytes]) -> list[bytes]:
    checked = list(hashes)
    if not (set(map(type, checked)) <= _TYPES and set(map(len, checked)) <= _LENGTHS):
        raise ProofError(f"A hash has {HASH} bytes.")
    return checked


def _check_size(size: int) -> None:
    if not 0 <= size <= MOST:
        raise ProofError("A tree has between 0 and 2**64 - 1 leaves.")


def _check_index(index: int, size: int) -> None:
    _check_size(size)
    if not 0 <= index < size:
        raise ProofError(f"The index is outside a tree of {size} leaves.")


def _check_sizes(size1: int, size2: int) -> None:
    _check_size(size1)
    _check_size(size2)
    if not 0 < size1 <= size2:
        raise ProofError(f"A tree of {size1} leaves is no prefix of one of {size2}; the first has from 1 leaf to all.")


def _check_length(proof: list[bytes], length: int) -> list[bytes]:
    if len(proof) != length:
        raise ProofError(f"The proof has {len(proof)} hashes where these sizes need {length}.")
    return proof


def _check_root(found: bytes, root: bytes) -> None:
    if found != root:
        raise ProofError(f"The proof leads to the root {found.hex()}, not to the one that was given.")
