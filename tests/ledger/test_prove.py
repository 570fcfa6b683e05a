"""Does a proof show that a line is under a checkpoint, and nothing else?"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from domain.refused import Refused
from ledger.note import checkpoint, sign
from ledger.prove import covering, notes_of, prove
from ledger.record import Record
from ledger.tlog_proof import FORM, TlogProof
from ledger.verify_notes import Given
from tests.ledger.audited import Vault, lines_in, unprotected, vault


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return vault(tmp_path_factory.mktemp("vault"))


@pytest.fixture(scope="module")
def record(sealed: Vault) -> Iterator[Record]:
    with closing(Record.open(sealed.path)) as found:
        yield found


@pytest.mark.parametrize("position", range(1, 10))
def test_each_sealed_line_is_shown_to_be_under_the_newest_checkpoint(
    sealed: Vault, record: Record, position: int
) -> None:
    note = covering(record, position)
    proof = TlogProof.load(prove(record, position, note).dump())
    assert (note.size, proof.position, proof.note) == (9, position, sealed.late.note.encode())
    assert proof.line == lines_in(sealed.path)[position - 1]
    proof.check(proof.line, sealed.late.size, sealed.late.root)


def test_the_file_is_what_others_read(sealed: Vault, record: Record) -> None:
    proof = prove(record, 1, covering(record, 1, newest=False))
    lines = proof.dump().decode().split("\n")
    assert lines[:3] == [FORM, f"extra {b64encode(proof.line).decode()}", "index 0"]
    assert lines[3 : lines.index("")] == [b64encode(one).decode() for one in proof.hashes]
    assert proof.dump().endswith(f"\n\n{sealed.early.note}".encode())
    assert proof._replace(line=b"").dump().split(b"\n")[1] == b"index 0"


def test_another_line_or_place_is_not_shown(sealed: Vault, record: Record) -> None:
    proof = prove(record, 3, covering(record, 3))
    for other in (proof._replace(position=4), proof._replace(position=99), proof._replace(hashes=proof.hashes[:-1])):
        with pytest.raises(Refused, match="is not shown") as refused:
            other.check(proof.line, sealed.late.size, sealed.late.root)
        assert refused.value.code == "not-included"
    with pytest.raises(Refused):
        proof.check(proof.line + b" ", sealed.late.size, sealed.late.root)


def test_what_is_not_sealed_yet_cannot_be_shown(record: Record) -> None:
    with pytest.raises(Refused) as refused:
        covering(record, 10)
    assert refused.value.code == "not-sealed-yet"


def test_a_checkpoint_that_is_given_counts_first(sealed: Vault, record: Record) -> None:
    given = Given("mine", sealed.late.note.encode())
    assert covering(record, 1, [given]).where == "mine"
    assert [one.size for one in notes_of(record, [given])] == [6, 9, 9]
    elsewhere = sign(checkpoint("elsewhere", 9, sealed.late.root), "office", sealed.key.private)
    assert len(notes_of(record, [Given("other", elsewhere.encode())])) == 2
    with pytest.raises(Refused) as refused:
        covering(record, 1, [Given("none", b"x")])
    assert refused.value.code == "bad-checkpoint"


def test_a_checkpoint_that_pins_something_else_covers_nothing(tmp_path: Path) -> None:
    sealed, other = vault(tmp_path / "one"), vault(tmp_path / "two", seed=8)
    with unprotected(sealed.path) as database:
        database.execute("UPDATE checkpoint SET note = ? WHERE size = 9", (other.late.note,))
        database.execute("UPDATE checkpoint SET note = 'x' WHERE size = 6")
    with closing(Record.open(sealed.path)) as record:
        assert notes_of(record) == []


def test_where_a_kept_line_was_changed_no_proof_is_given(tmp_path: Path) -> None:
    sealed = vault(tmp_path / "one")
    with unprotected(sealed.path) as database:
        database.execute("UPDATE event SET line = CAST(replace(line, '30', '31') AS BLOB) WHERE position = 6")
    with closing(Record.open(sealed.path)) as record, pytest.raises(Refused) as refused:
        prove(record, 6, covering(record, 6))
    assert refused.value.code == "not-included"


HASH = b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{FORM}\nindex 0\n{HASH}",
        f"{FORM}\n\nnote",
        "c2sp.org/tlog-proof@v2\nindex 0\n\nnote",
        f"{FORM}\nindex 01\n\nnote",
        f"{FORM}\nindex -1\n\nnote",
        f"{FORM}\nindex {'9' * 21}\n\nnote",
        f"{FORM}\nindex x\n\nnote",
        f"{FORM}\nplace 0\n\nnote",
        f"{FORM}\nindex 0\nextra AA==\n\nnote",
        f"{FORM}\nextra \nindex 0\n\nnote",
        f"{FORM}\nextra AB==\nindex 0\n\nnote",
        f"{FORM}\nindex 0\nAA==\n\nnote",
        f"{FORM}\nindex 0\n" + f"{HASH}\n" * 65 + "\nnote",
        f"{FORM}\nindex ١\n\nnote",
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        TlogProof.load(text.encode())
    assert refused.value.code == "bad-proof"
