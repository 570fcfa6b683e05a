"""Has a page all that it needs to check its lines: the lines, their hashes, the checkpoint, and who signed it?"""

from __future__ import annotations

from base64 import b64decode, b64encode
from contextlib import closing

import pytest

from exchange.report.sealed import sealed
from ledger.note import open_note
from ledger.record import Record
from ledger.tree import Frontier, leaf_hash
from tests.ledger.audited import Vault, lines_in, vault


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return vault(tmp_path_factory.mktemp("vault"))


def test_lines_and_hashes_have_the_root_of_the_ledger(kept: Vault) -> None:
    with closing(Record.open(kept.path)) as record:
        found = sealed(record, 11, [kept.key.vkey])
        root = record.root(11)
    assert [line.encode() for line in found.lines] == lines_in(kept.path)
    leaves = b64decode(found.leaves)
    hashes = [leaves[at : at + 32] for at in range(0, len(leaves), 32)]
    assert hashes == [leaf_hash(line.encode()) for line in found.lines]
    tree = Frontier()
    list(tree.extend(hashes))
    assert tree.root() == root


def test_the_newest_checkpoint_that_covers_no_more_comes_with_who_signed_it(kept: Vault) -> None:
    with closing(Record.open(kept.path)) as record:
        note = sealed(record, 8, [kept.key.vkey]).note
        assert note
        assert note["size"] == 6
        note = sealed(record, 11, [kept.key.vkey]).note
        assert note
        assert note["size"] == 9
    (signer,) = note["signers"]
    text = b64decode(signer["signed"]).decode()
    assert text.splitlines()[:3] == [note["origin"], "9", note["root"]]
    assert len(b64decode(signer["key"])) == 32
    assert len(b64decode(signer["signature"])) == 64
    assert open_note(kept.late.note.encode(), [signer["vkey"]])[0] == text
    assert b64encode(b64decode(note["root"])).decode() == note["root"]


def test_without_a_checkpoint_there_is_none(kept: Vault) -> None:
    with closing(Record.open(kept.path)) as record:
        assert sealed(record, 5, [kept.key.vkey]).note is None
        assert sealed(record, 11, []).note == {**(sealed(record, 11, []).note or {}), "signers": []}
