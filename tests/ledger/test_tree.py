"""Are roots, proofs and refusals of the tree those of RFC 9162, by brute force from its definitions?"""

from contextlib import suppress
from functools import cache, reduce
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.tree import (
    Frontier,
    Node,
    ProofError,
    Read,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

MOST = 130
LEAVES = [leaf_hash(b"line %d" % number) for number in range(MOST)]
sizes = st.integers(1, MOST)
hashes = st.binary(min_size=32, max_size=32)


def split(size: int) -> int:
    return max(1 << k for k in range(size.bit_length()) if 1 << k < size)


@cache
def mth(start: int, stop: int) -> bytes:
    """MTH(D[start:stop]) as 2.1.1 defines it."""
    if stop - start == 0:
        return sha256().digest()
    if stop - start == 1:
        return LEAVES[start]
    k = split(stop - start)
    return sha256(b"\x01" + mth(start, start + k) + mth(start + k, stop)).digest()


def path(m: int, start: int, stop: int) -> list[bytes]:
    """PATH(m, D[start:stop]) as 2.1.3.1 defines it."""
    if stop - start == 1:
        return []
    k = split(stop - start)
    if m < k:
        return [*path(m, start, start + k), mth(start + k, stop)]
    return [*path(m - k, start + k, stop), mth(start, start + k)]


def subproof(m: int, start: int, stop: int, b: bool) -> list[bytes]:
    """SUBPROOF(m, D[start:stop], b) as 2.1.4.1 defines it."""
    if m == stop - start:
        return [] if b else [mth(start, stop)]
    k = split(stop - start)
    if m <= k:
        return [*subproof(m, start, start + k, b), mth(start + k, stop)]
    return [*subproof(m - k, start + k, stop, False), mth(start, start + k)]


def reader(size: int) -> Read:
    """Full nodes of the first `size` leaves, and of those alone."""

    def read(level: int, index: int) -> bytes:
        assert (index + 1) << level <= size
        return mth(index << level, (index + 1) << level)

    return read


def flipped(raw: bytes, bit: int) -> bytes:
    return (int.from_bytes(raw, "big") ^ 1 << bit % (8 * len(raw))).to_bytes(len(raw), "big")


def test_leaves_and_nodes_are_hashed_with_prefixes_that_tell_them_apart() -> None:
    assert leaf_hash(b"{}") == sha256(b"\x00{}").digest()
    assert node_hash(LEAVES[0], LEAVES[1]) == sha256(b"\x01" + LEAVES[0] + LEAVES[1]).digest()


def test_the_root_of_an_empty_tree_is_the_hash_of_nothing() -> None:
    assert root_of([]) == Frontier().root() == sha256(b"").digest()


def test_every_root_is_that_of_the_definition() -> None:
    frontier = Frontier()
    for size, leaf in enumerate(LEAVES, 1):
        frontier.append(leaf)
        assert frontier.root() == root_of(LEAVES[:size]) == mth(0, size)
        assert (frontier.size, len(frontier.nodes)) == (size, size.bit_count())


def test_every_inclusion_proof_is_that_of_the_definition_and_holds() -> None:
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = inclusion_proof(reader(size), index, size)
            assert proof == path(index, 0, size)
            verify_inclusion(index, size, LEAVES[index], proof, mth(0, size))


def test_every_consistency_proof_is_that_of_the_definition_and_holds() -> None:
    for size2 in range(1, MOST + 1):
        for size1 in range(1, size2 + 1):
            proof = consistency_proof(reader(size2), size1, size2)
            assert proof == subproof(size1, 0, size2, True)
            verify_consistency(size1, size2, proof, mth(0, size1), mth(0, size2))


@given(st.lists(st.integers(0, 300), max_size=6))
def test_leaves_taken_in_any_slices_give_the_frontier_and_the_nodes_of_one_by_one(slices: list[int]) -> None:
    leaves = [leaf_hash(b"%d" % number) for number in range(sum(slices))]
    alone, together, at = Frontier(), Frontier(), 0
    one_by_one: list[Node] = []
    for leaf in leaves:
        one_by_one += alone.append(leaf)
    in_slices: list[Node] = []
    for count in slices:
        in_slices += together.extend(leaves[at : at + count])
        at += count
    assert in_slices == one_by_one
    assert in_slices == [(8, n, root_of(leaves[n * 256 : (n + 1) * 256])) for n in range(len(leaves) // 256)]
    assert (together.dump(), together.root()) == (alone.dump(), alone.root())


def test_a_frontier_reports_each_node_of_levels_8_and_16_when_it_is_full() -> None:
    leaves = [leaf_hash(b"%d" % number) for number in range(2**16)]
    frontier = Frontier()
    assert frontier.extend(leaves[: 2**16 - 1]) == [(8, n, root_of(leaves[n << 8 : n + 1 << 8])) for n in range(255)]
    assert frontier.append(leaves[-1]) == [(8, 255, root_of(leaves[-256:])), (16, 0, root_of(leaves))]


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_a_frontier_that_was_dumped_and_loaded_goes_on_where_it_was(now: int, more: int) -> None:
    frontier = Frontier()
    frontier.extend(LEAVES[:now])
    loaded = Frontier.load(frontier.dump())
    loaded.extend(LEAVES[now : now + more])
    assert loaded.root() == mth(0, min(now + more, MOST))
    assert Frontier(frontier.size, frontier.nodes).root() == mth(0, now)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frontier_or_refused(dumped: bytes) -> None:
    with suppress(ProofError):
        assert Frontier.load(dumped).dump() == dumped


@pytest.mark.parametrize(
    ("size", "nodes"),
    [(-1, []), (0, LEAVES[:1]), (1, []), (3, LEAVES[:1]), (2, LEAVES[:2]), (2**64, LEAVES[:1]), (1, [b"short"])],
)
def test_nodes_that_do_not_fit_the_size_are_no_frontier(size: int, nodes: list[bytes]) -> None:
    with pytest.raises(ProofError):
        Frontier(size, nodes)


@pytest.mark.parametrize("leaf", [b"", LEAVES[0][:31], LEAVES[0] + b"\x00", "text of thirty-two characters ...", None])
def test_a_leaf_that_is_no_hash_changes_nothing(leaf: bytes) -> None:
    frontier = Frontier()
    frontier.extend(LEAVES[:5])
    with pytest.raises(ProofError):
        frontier.extend([LEAVES[5], leaf])
    assert (frontier.size, frontier.root()) == (5, mth(0, 5))


def test_a_tree_grows_no_larger_than_its_size_can_be_written() -> None:
    full = Frontier(2**64 - 1, LEAVES[:64])
    with pytest.raises(ProofError):
        full.append(LEAVES[64])
    assert Frontier.load(full.dump()).root() == full.root()


@pytest.mark.parametrize("size", [2**64, 1 << 20_000], ids=["over 64 bits", "over what int prints"])
def test_a_size_beyond_64_bits_is_refused(size: int) -> None:
    root = reduce(node_hash, LEAVES[:65])
    verify_inclusion(0, 2**64 - 1, LEAVES[0], LEAVES[1:65], root)
    verify_consistency(1, 2**64 - 1, LEAVES[1:65], LEAVES[0], root)
    for refused in (
        lambda: verify_inclusion(0, size, LEAVES[0], LEAVES[1:65], root),
        lambda: verify_inclusion(size, 3, LEAVES[0], LEAVES[1:3], root),
        lambda: verify_consistency(1, size, LEAVES[1:65], LEAVES[0], root),
        lambda: verify_consistency(size, 3, [], LEAVES[0], root),
        lambda: inclusion_proof(reader(3), 0, size),
        lambda: consistency_proof(reader(3), size, size),
    ):
        with pytest.raises(ProofError):
            refused()


def test_roots_that_are_no_hashes_are_not_consistent_even_when_they_are_equal() -> None:
    with pytest.raises(ProofError):
        verify_consistency(1, 1, [], b"root", b"root")


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, -1)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ProofError):
        inclusion_proof(reader(3), index, size)
    with pytest.raises(ProofError):
        verify_inclusion(index, size, LEAVES[0], [], LEAVES[0])


@pytest.mark.parametrize(("size1", "size2"), [(0, 0), (0, 3), (-1, 3), (4, 3)])
def test_only_a_tree_with_leaves_is_a_prefix_of_another(size1: int, size2: int) -> None:
    with pytest.raises(ProofError):
        consistency_proof(reader(3), size1, size2)
    with pytest.raises(ProofError):
        verify_consistency(size1, size2, [], LEAVES[0], LEAVES[0])


def test_a_node_that_is_no_hash_is_not_put_into_a_proof() -> None:
    with pytest.raises(ProofError):
        inclusion_proof(lambda level, index: b"", 0, 3)
    with pytest.raises(ProofError):
        consistency_proof(lambda level, index: b"", 1, 3)


def test_a_proof_reads_few_nodes() -> None:
    """From a million leaves at most 2 * 20 nodes, of which a left one is one read and a right edge is read once."""
    asked: list[tuple[int, int]] = []

    def read(level: int, index: int) -> bytes:
        asked.append((level, index))
        return LEAVES[0]

    for index in (0, 499_999, 524_288, 999_999):
        asked.clear()
        inclusion_proof(read, index, 1_000_000)
        assert len(set(asked)) == len(asked) <= 40


@given(st.data(), sizes, st.integers(0))
def test_a_changed_bit_of_a_leaf_a_root_or_an_inclusion_proof_is_refused(
    data: st.DataObject, size: int, bit: int
) -> None:
    index = data.draw(st.integers(0, size - 1))
    given_ = [LEAVES[index], mth(0, size), *path(index, 0, size)]
    changed = data.draw(st.integers(0, len(given_) - 1))
    given_[changed] = flipped(given_[changed], bit)
    leaf, root, *proof = given_
    with pytest.raises(ProofError):
        verify_inclusion(index, size, leaf, proof, root)


@given(st.data(), sizes, sizes, st.integers(0))
def test_a_changed_bit_of_a_root_or_a_consistency_proof_is_refused(
    data: st.DataObject, a: int, b: int, bit: int
) -> None:
    size1, size2 = min(a, b), max(a, b)
    given_ = [mth(0, size1), mth(0, size2), *subproof(size1, 0, size2, True)]
    changed = data.draw(st.integers(0, len(given_) - 1))
    given_[changed] = flipped(given_[changed], bit)
    root1, root2, *proof = given_
    with pytest.raises(ProofError):
        verify_consistency(size1, size2, proof, root1, root2)


@given(st.data(), sizes)
def test_a_proof_holds_for_its_own_leaf_alone(data: st.DataObject, size: int) -> None:
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(-1, 2 * size))
    if index != other:
        with pytest.raises(ProofError):
            verify_inclusion(other, size, LEAVES[index], path(index, 0, size), mth(0, size))


def lengthened_or_cut(data: st.DataObject, proof: list[bytes]) -> list[bytes]:
    at = data.draw(st.integers(0, len(proof)))
    if at < len(proof) and data.draw(st.booleans()):
        return proof[:at] + proof[at + 1 :]
    return [*proof[:at], data.draw(hashes), *proof[at:]]


@given(st.data(), sizes)
def test_an_inclusion_proof_of_the_wrong_length_is_refused(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = lengthened_or_cut(data, path(index, 0, size))
    with pytest.raises(ProofError):
        verify_inclusion(index, size, LEAVES[index], proof, mth(0, size))


@given(st.data(), sizes, sizes)
def test_a_consistency_proof_of_the_wrong_length_is_refused(data: st.DataObject, a: int, b: int) -> None:
    size1, size2 = min(a, b), max(a, b)
    proof = lengthened_or_cut(data, subproof(size1, 0, size2, True))
    with pytest.raises(ProofError):
        verify_consistency(size1, size2, proof, mth(0, size1), mth(0, size2))


@given(st.integers(), st.integers(), st.binary(), st.lists(st.binary()), st.binary())
def test_whatever_is_given_nothing_but_a_proof_error_is_raised(
    a: int, b: int, leaf: bytes, proof: list[bytes], root: bytes
) -> None:
    with suppress(ProofError):
        verify_inclusion(a, b, leaf, proof, root)
    with suppress(ProofError):
        verify_consistency(a, b, proof, leaf, root)
    with suppress(ProofError):
        root_of(proof)
