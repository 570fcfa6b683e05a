"""Does an auditor sign only what is the largest tree so far, and goes on from all that was signed before?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from domain.refused import Refused
from ledger.checkpoints_consistency import Consistency, consistency
from ledger.keys import SealingKey
from ledger.ledger import Ledger
from ledger.note import checkpoint, open_note, sign
from ledger.record import Record
from ledger.seal import seal
from ledger.seal_cosign import Cosigned, Proof, by_ledger, by_proof, cosign_checkpoint
from ledger.seal_state import State
from ledger.tree import EMPTY
from ledger.trouble import CannotDecide
from tests.ledger.audited import Vault, key_in, lines_in, rebuild, rewritten, unprotected, vault
from tests.ledger.given import pen

TIME = 1_780_000_000


@pytest.fixture
def auditor(tmp_path: Path) -> SealingKey:
    return key_in(tmp_path / "auditor.key", "auditor")


def cosigned(found: Vault, auditor: SealingKey, note: str, proof: Proof | None = None) -> Cosigned:
    """With a copy of the ledger at hand, unless another proof is given."""
    with closing(Record.open(found.path)) as record:
        return cosign_checkpoint(note.encode(), auditor, [found.key.vkey], proof or by_ledger(record), TIME)


def refusal(found: Vault, auditor: SealingKey, note: str, proof: Proof | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        cosigned(found, auditor, note, proof)
    return refused.value


def test_an_auditor_signs_one_checkpoint_after_the_other(found: Vault, auditor: SealingKey) -> None:
    first, second = (cosigned(found, auditor, one.note) for one in (found.early, found.late))
    assert [(one.size, one.before) for one in (first, second)] == [(6, 0), (9, 6)]
    _, signers = open_note(second.note.encode(), [found.key.vkey, auditor.vkey])
    assert signers == {"programme-office": None, "auditor": TIME}


def test_the_same_again_is_signed_again(found: Vault, auditor: SealingKey) -> None:
    assert cosigned(found, auditor, found.late.note).note == cosigned(found, auditor, found.late.note).note


def test_an_older_checkpoint_is_not_signed(found: Vault, auditor: SealingKey) -> None:
    cosigned(found, auditor, found.late.note)
    assert refusal(found, auditor, found.early.note).code == "older-checkpoint"


def other_history(found: Vault) -> str:
    """Signed with the genuine key, at the size of the later checkpoint."""
    lines = lines_in(found.path)
    rebuild(found.path, [*lines[:7], *(rewritten(line, data={"note": "again"}) for line in lines[7:9])])
    State(found.key.file).path.unlink()
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint")
    with closing(Ledger.open(found.path, pen=pen())) as ledger:
        return seal(ledger, found.key).note


def test_two_histories_at_one_size_are_a_fork(found: Vault, auditor: SealingKey) -> None:
    cosigned(found, auditor, found.late.note)
    assert refusal(found, auditor, other_history(found)).code == "fork"


def test_a_history_that_left_the_one_that_was_signed_is_not_signed(found: Vault, auditor: SealingKey) -> None:
    with closing(Record.open(found.path)) as record:
        proof = consistency(record, 6, 9)
    cosigned(found, auditor, found.early.note)
    lines = lines_in(found.path)
    rebuild(found.path, [rewritten(lines[0], data={"title": "Other"}), *lines[1:9]])
    with closing(Record.open(found.path)) as record:
        text = checkpoint(f"urn:uuid:{record.id}", 9, record.root())
    note = sign(text, found.key.name, found.key.private)
    assert refusal(found, auditor, note).code == "inconsistent"
    assert refusal(found, auditor, note, by_proof(proof)).code == "inconsistent"


def test_without_the_ledger_a_proof_shows_it(found: Vault, auditor: SealingKey) -> None:
    with closing(Record.open(found.path)) as record:
        proof = Consistency.load(consistency(record, 6, 9).dump(found.late.note))
    assert cosigned(found, auditor, found.early.note, by_proof(None)).size == 6
    undecided = refusal(found, auditor, found.late.note, by_proof(None))
    assert (isinstance(undecided, CannotDecide), undecided.code) == (True, "needs-proof")
    assert refusal(found, auditor, found.late.note, by_proof(Consistency(5, ()))).code == "needs-proof"
    assert cosigned(found, auditor, found.late.note, by_proof(proof)).size == 9


def test_a_copy_that_cannot_show_it_is_named(found: Vault, auditor: SealingKey, tmp_path: Path) -> None:
    other = vault(tmp_path / "other", seed=8)
    with closing(Record.open(other.path)) as record:
        assert refusal(found, auditor, found.late.note, by_ledger(record)).code == "another-ledger"
    rebuild(found.path, lines_in(found.path)[:8])
    assert refusal(found, auditor, found.late.note).code == "ledger-smaller"
    lines = lines_in(found.path)
    rebuild(found.path, [rewritten(lines[0], data={"title": "Other"}), *lines[1:]])
    assert refusal(found, auditor, found.early.note).code == "not-this-history"


def test_only_what_a_known_key_has_sealed_is_signed(found: Vault, auditor: SealingKey) -> None:
    stranger = sign(found.late.note.partition("\n\n")[0] + "\n", "auditor", auditor.private)
    empty = sign(checkpoint("urn:uuid:x", 0, EMPTY), found.key.name, found.key.private)
    forged = found.late.note.replace(found.late.note[-8:-3], "AAAAA")
    cases = {"hello": "bad-checkpoint", empty: "bad-checkpoint", stranger: "not-signed", forged: "bad-signature"}
    assert {note: refusal(found, auditor, note).code for note in cases} == cases
    assert State(auditor.file).path.exists() is False
