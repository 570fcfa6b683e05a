"""Do others agree with our tree: the RFC's own steps, published trees and proofs, pymerkle, sigstore-python?"""

from base64 import b64decode
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from ledger.tree import (
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

LINES = [b"line %d" % number for number in range(70)]
LEAVES = [leaf_hash(line) for line in LINES]

# The leaves of the Certificate Transparency test tree, and its roots from one leaf to eight.
CT_LINES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

# Entry 4026478 of log2025-alpha3.rekor.sigstage.dev at 4026479 entries: leaf hash, root, path.
REKOR_LEAF = "fe40655a0f968947de630c778c0f68bd52c68a40c5a25fc1a3a4edd6ab3c2f99"
REKOR_ROOT = "5iaX4xK6PMnp4ZFTP4iywMcwLgaTjzgRTkrTOUFIrfY="
REKOR_PATH = [
    "y9eH/Cl/glEuLMKtwV0bgZ+a1P/AjoPyvu/iUeanaIM=",
    "nrNQ2vb5JM2No6zELZt05onTYzqQOwDUcs24jAa6lzk=",
    "HfZO2uZZbokwORUD/0dMRpBEouo33Ab2nQ2N6r4v688=",
    "grMdYn8tE73JvJU8Ixk4hl8/fKu06hUdgpPNsuAfb7o=",
    "i1gQ61xe3f9MP09y2e9Z4n5ZnDiFuqQmTK/u7Gji4Ws=",
    "TkPA4Mv4plM3c6oejf5r+PqVxfMPk0x+QAjumzaswsU=",
    "wGq46RfkA9tCYZ2CCOOMGQttyhHIqMksBAl+soDBgRw=",
    "WPWftR+8Qjv3qiIBp48n3PiweejcpuHjokhaSIJaUOo=",
    "kgGccNZjCDNKiQBUSPorZcTXoy9T0OIygUNX2V9tF7s=",
    "7vMeapYqpjDZc8itt3uF6dGxL5qkbFsQ18jBiblH/5g=",
    "ma8nVjhpJ0JmgSzaxhxP7bvHXtiZC6nJXIBmDV8kNAI=",
    "CZJWJtYZFYWwC+DsEiCMnWled/ED66viI0Wz/L+9vxk=",
    "Y8Q9QaTpqRAlSoWnNwyYGDerVLL1f6b8osmbDYEF6og=",
]


def reader(leaves: list[bytes]) -> Read:
    return lambda level, index: root_of(leaves[index << level : index + 1 << level])


def holds(verify: Callable[[], None]) -> bool:
    try:
        verify()
    except ProofError:
        return False
    return True


def steps_of_inclusion(index: int, size: int, leaf: bytes, proof: list[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2, step by step."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def steps_of_consistency(first: int, second: int, proof: list[bytes], root1: bytes, root2: bytes) -> bool:
    """RFC 9162, 2.1.4.2, step by step, for 0 < first < second."""
    if not proof:
        return False
    nodes = [root1, *proof] if first.bit_count() == 1 else proof
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = nodes[0]
    for c in nodes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == root1 and sr == root2 and sn == 0


@given(st.data(), st.integers(1, 40), st.integers(1, 90), st.integers(0, 90))
def test_inclusion_is_judged_as_by_the_steps_of_the_rfc_for_any_size_and_index(
    data: st.DataObject, size: int, claimed: int, index: int
) -> None:
    real = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(reader(LEAVES[:size]), real, size), root_of(LEAVES[:size])
    for at, of in ((real, size), (index, claimed), (real, claimed), (index, size)):
        expected = steps_of_inclusion(at, of, LEAVES[real], proof, root)
        assert expected == holds(partial(verify_inclusion, at, of, LEAVES[real], proof, root))


@given(st.data(), st.integers(2, 40), st.integers(2, 90))
def test_consistency_is_judged_as_by_the_steps_of_the_rfc_for_any_sizes(
    data: st.DataObject, size: int, claimed: int
) -> None:
    older, first = data.draw(st.integers(1, size - 1)), data.draw(st.integers(1, claimed - 1))
    proof = consistency_proof(reader(LEAVES[:size]), older, size)
    roots = root_of(LEAVES[:older]), root_of(LEAVES[:size])
    expected = steps_of_consistency(first, claimed, proof, *roots)
    assert expected == holds(partial(verify_consistency, first, claimed, proof, *roots))
    assert steps_of_consistency(older, size, proof, *roots)


def test_the_example_tree_of_the_rfc_has_the_proofs_that_the_rfc_lists() -> None:
    """RFC 9162, 2.1.5: seven leaves, whose nodes it calls a to l."""
    a, b, c, d, e, f, j = LEAVES[:7]
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l_ = node_hash(g, h), node_hash(i, j)
    assert root_of(LEAVES[:7]) == node_hash(k, l_)
    read = reader(LEAVES[:7])
    proofs = [inclusion_proof(read, index, 7) for index in (0, 3, 4, 6)]
    assert proofs == [[b, h, l_], [c, g, l_], [f, j, k], [i, k]]
    assert [consistency_proof(read, size, 7) for size in (3, 4, 6)] == [[c, d, g, l_], [l_], [i, j, k]]


def test_the_roots_of_the_certificate_transparency_test_tree_are_ours() -> None:
    leaves = [leaf_hash(bytes.fromhex(line)) for line in CT_LINES]
    assert [root_of(leaves[:size]).hex() for size in range(1, 9)] == CT_ROOTS


def test_a_published_entry_of_rekor_is_in_its_tree_of_four_million() -> None:
    path = [b64decode(node) for node in REKOR_PATH]
    verify_inclusion(4026478, 4026479, bytes.fromhex(REKOR_LEAF), path, b64decode(REKOR_ROOT))
    with pytest.raises(ProofError):
        verify_inclusion(4026477, 4026479, bytes.fromhex(REKOR_LEAF), path, b64decode(REKOR_ROOT))


def test_pymerkle_gives_the_same_roots_and_paths() -> None:
    """pymerkle counts leaves from 1 and begins a path with the leaf itself."""
    judge = InmemoryTree(algorithm="sha256")
    for size, line in enumerate(LINES, 1):
        judge.append_entry(line)
        read = reader(LEAVES[:size])
        assert judge.get_root(size) == root_of(LEAVES[:size])
        for at in range(1, size + 1):
            inclusion = judge.prove_inclusion(at, size).path
            assert inclusion == [LEAVES[at - 1], *inclusion_proof(read, at - 1, size)]


def test_sigstore_python_finds_our_lines_in_our_trees() -> None:
    judge = pytest.importorskip("sigstore._internal.merkle", reason="sigstore-python is not installed")
    for size in (1, 2, 3, 7, 8, 69, 70):
        for index in range(size):
            proof = SimpleNamespace(
                log_index=index,
                tree_size=size,
                root_hash=root_of(LEAVES[:size]),
                hashes=inclusion_proof(reader(LEAVES[:size]), index, size),
            )
            entry = SimpleNamespace(inclusion_proof=proof, canonicalized_body=LINES[index])
            judge.verify_merkle_inclusion(SimpleNamespace(_inner=entry))
