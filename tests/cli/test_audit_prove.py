"""Does `audit prove` hand out proofs that hold without the ledger?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.checkpoints_consistency import Consistency
from ledger.tlog_proof import TlogProof
from tests.cli.given import Office
from tests.ledger.given import tamper


@pytest.fixture
def sealed(office: Office) -> Office:
    """Sealed at #11 and at #12, of 13 lines."""
    office.must(
        "audit key new seal.key --name office",
        "audit seal --key seal.key -o early.checkpoint",
        'log fibre "Ship booked" --progress 20%',
        "audit seal --key seal.key -o late.checkpoint",
        "log fibre Surveyed --progress 30%",
    )
    return office


def test_an_event_is_shown_to_be_under_a_checkpoint(sealed: Office) -> None:
    said = sealed.tell("audit prove 3 -o 3.tlog-proof")
    proof = TlogProof.load((sealed.folder / "3.tlog-proof").read_bytes())
    root = bytes.fromhex(sealed.tell("info --json --as-known 12").json["ledger"]["root"])
    proof.check(proof.line, 12, root)
    assert "#3 is line 3 of the 12" in said.err
    assert not said.out
    assert "size 13  root " in said.err


def test_without_a_file_the_proof_goes_to_stdout(sealed: Office) -> None:
    (plain,) = sealed.must("audit prove 3")
    (told,) = sealed.must("audit prove 3 --json")
    assert plain.out == told.data["proof"]
    assert (told.data["position"], told.data["size"], told.data["written"]) == (3, 12, None)
    assert told.data["line"].startswith('{"actor"')


def test_one_checkpoint_is_shown_to_go_on_from_another(sealed: Office) -> None:
    sealed.must("audit prove --consistency 11 late.checkpoint -o growth")
    proof = Consistency.load((sealed.folder / "growth").read_bytes())
    (told,) = sealed.must("audit prove --consistency 11 12 --json")
    proof.check(bytes.fromhex(told.data["root1"]), 12, bytes.fromhex(told.data["root2"]))
    assert (
        (sealed.folder / "growth").read_text("utf-8").endswith((sealed.folder / "late.checkpoint").read_text("utf-8"))
    )


def test_what_is_not_sealed_and_what_goes_backwards_is_refused(sealed: Office) -> None:
    assert sealed.tell("audit prove 13").refusal == "not-sealed-yet"
    assert sealed.tell("audit prove --consistency 12 11").refusal == "no-such-position"
    assert sealed.tell("audit prove --consistency 11 13").out.endswith("\n\n")  # no note pins #13
    for words in ("audit prove", "audit prove 3 --consistency 1 2"):
        assert (said := sealed.tell(words)).code == 2, said


def test_no_proof_is_given_that_does_not_hold(sealed: Office) -> None:
    tamper(Path(sealed.folder / "pledger.db"), "UPDATE event SET leaf = zeroblob(32) WHERE position = 13")
    assert sealed.tell("audit prove --consistency 11 13").refusal == "inconsistent"
