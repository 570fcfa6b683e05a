"""Which checkpoints does a ledger keep, and what shows that two are one history?"""

from __future__ import annotations

from contextlib import closing, suppress

import pytest
from hypothesis import given as hypothesis
from hypothesis import strategies as st

from domain.refused import Refused
from ledger.checkpoints import keep, kept, unsealed
from ledger.checkpoints_consistency import Consistency, consistency
from ledger.ledger import Ledger
from ledger.prove import covering
from ledger.record import Record
from tests.ledger.audited import Vault, unprotected


def test_what_lies_behind_the_last_checkpoint_is_told_at_a_glance(found: Vault) -> None:
    with closing(Record.open(found.path)) as record:
        assert unsealed(record) == (9, 2, "2026-04-02T12:00:11.000000Z")
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint")
    with closing(Record.open(found.path)) as record:
        assert unsealed(record)[:2] == (0, 11)


def test_a_ledger_that_is_sealed_to_its_end_or_beyond_has_nothing_unsealed(found: Vault) -> None:
    with closing(Ledger.open(found.path)) as ledger:
        for size in (11, 12):
            with ledger.appending() as appending:
                keep(appending, size, "note")
            assert unsealed(ledger.record) == (11, 0, None)


def test_a_note_is_kept_once(found: Vault) -> None:
    with closing(Ledger.open(found.path)) as ledger:
        with ledger.appending() as appending:
            keep(appending, 9, found.late.note)
        assert kept(ledger.record) == [(6, found.early.note), (9, found.late.note)]


def test_bytes_in_the_place_of_a_note_are_left_to_the_audit(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("INSERT INTO checkpoint VALUES (10, x'00ff')")
    with closing(Record.open(found.path)) as record:
        assert [size for size, _ in kept(record)] == [6, 9]
        assert covering(record, 1).size == 9


# Consistency.


def test_a_proof_shows_that_one_checkpoint_goes_on_from_another(found: Vault) -> None:
    with closing(Record.open(found.path)) as record:
        proof = consistency(record, 6, 9)
    assert Consistency.load(proof.dump(found.late.note)) == Consistency.load(proof.dump()) == proof
    proof.check(found.early.root, 9, found.late.root)
    with pytest.raises(Refused, match="does not go on"):
        proof.check(found.late.root, 9, found.late.root)


def test_from_nothing_everything_goes_on(found: Vault) -> None:
    Consistency(0, ()).check(b"", 9, found.late.root)


@pytest.mark.parametrize(("size1", "size2"), [(0, 3), (4, 3), (3, 12)])
def test_there_is_no_proof_between_sizes_that_are_not_there(found: Vault, size1: int, size2: int) -> None:
    with closing(Record.open(found.path)) as record, pytest.raises(Refused) as refused:
        consistency(record, size1, size2)
    assert refused.value.code == "no-such-position"


HASH = "A" * 43 + "="


@pytest.mark.parametrize(
    "text",
    [
        "",
        "old",
        "old x\n",
        "new 3\n",
        "old 3\nAAAA\n",
        "old 3\n!\n",
        f"old 3\n{HASH}\n{HASH}x\n",
        "old -3\n",
        "old 3\n" + f"{HASH}\n" * 64,
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Consistency.load(text.encode())
    assert refused.value.code == "bad-proof"


@hypothesis(st.binary(max_size=200))
def test_whatever_is_handed_in_as_proof_is_read_or_refused(raw: bytes) -> None:
    with suppress(Refused):
        assert Consistency.load(raw).size >= 0
