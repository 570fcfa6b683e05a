"""Do lines of others enter a copy under a checkpoint by a known key alone, or leave a receipt?"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from domain.refused import Refused
from ledger.bulk import append_lines
from ledger.checkpoints import kept
from ledger.checkpoints_import import Receipt, leave_receipt, receipts, require_seal
from ledger.ledger import Ledger
from ledger.note import checkpoint, sign
from ledger.record import Record
from ledger.seal import Sealed, rotate, seal
from ledger.tree import leaf_hash, root_of
from ledger.verify import Asked, verify
from ledger.verify_notes import Given
from ledger.verify_report import Verdict
from tests.ledger.audited import (
    OFFICE,
    Vault,
    audit,
    change,
    copied,
    key_in,
    lines_in,
    percent,
    rebuild,
    unprotected,
    vault,
)
from tests.ledger.given import NOON, exact, pen


def cut(found: Vault, size: int) -> list[bytes]:
    """The copy ends there from now on, and keeps no checkpoint of more; gives the lines that it lacks."""
    lines = lines_in(found.path)
    rebuild(found.path, lines[:size])
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint WHERE size > ?", [size])
    return lines[size:]


def take_in(found: Vault, lines: list[bytes], notes: Sequence[str], *vkeys: str) -> list[int]:
    """Lines and notes from elsewhere; gives the sizes of the checkpoints that the ledger keeps then."""
    with closing(Ledger.open(found.path, pen=pen())) as ledger:
        with ledger.appending():
            append_lines(ledger.store, exact(lines))
            require_seal(ledger.record, [Given("note", note.encode()) for note in notes], vkeys)
        return [size for size, _ in kept(ledger.record)]


def refusal(found: Vault, lines: list[bytes], notes: Sequence[str], *vkeys: str) -> Refused:
    """Why they do not enter; nothing of them is left then."""
    before = lines_in(found.path)
    with pytest.raises(Refused) as refused:
        take_in(found, lines, notes, *vkeys)
    assert lines_in(found.path) == before
    return refused.value


def signed(found: Vault, size: int) -> str:
    """A checkpoint by the vault's key of the first lines there."""
    lines = lines_in(found.path)[:size]
    with closing(Record.open(found.path)) as record:
        text = checkpoint(f"urn:uuid:{record.id}", size, root_of([leaf_hash(line) for line in lines]))
    return sign(text, found.key.name, found.key.private)


def test_lines_enter_a_copy_under_a_checkpoint_by_a_known_key_which_it_then_keeps(found: Vault) -> None:
    lines = cut(found, 6)[:3]
    assert take_in(found, lines, [found.early.note, found.late.note], found.key.vkey) == [6, 9]
    assert audit(found).verdict is Verdict.VERIFIED


def test_without_one_they_do_not(found: Vault) -> None:
    lines = cut(found, 6)
    said = refusal(found, lines[:3], [], found.key.vkey)
    assert (said.code, "up to #9." in said.sentence, "What was given" in said.sentence) == ("not-sealed", True, False)


def test_a_checkpoint_of_more_or_fewer_lines_does_not_cover_them_and_a_sentence_says_what_it_pins(found: Vault) -> None:
    lines = cut(found, 6)
    for taken in (lines[:2], lines[:4]):
        said = refusal(found, taken, [found.late.note, found.early.note], found.key.vkey)
        assert (said.code, "What was given pins #6, #9: the lines must end there" in said.sentence) == (
            "not-sealed",
            True,
        )


def test_a_checkpoint_of_other_lines_does_not_cover_them(found: Vault, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = copied(found, tmp_path / "other")
    with closing(Ledger.open(other.path, pen=pen(seed=3))) as ledger:
        change(ledger, percent(99))
    lines = cut(other, 11)
    with closing(Ledger.open(found.path, pen=pen(seed=4))) as ledger:
        change(ledger, percent(98))
    note = signed(found, 12)
    cut(found, 11)
    assert refusal(found, lines, [note], found.key.vkey).code == "not-sealed"


def test_a_checkpoint_by_a_key_that_is_not_known_covers_nothing(found: Vault, tmp_path: Path) -> None:
    lines = cut(found, 6)[:3]
    stranger = vault(tmp_path / "other", seed=8).key.vkey
    assert refusal(found, lines, [found.late.note], stranger).code == "not-signed"
    assert refusal(found, lines, [found.late.note]).code == "not-signed"
    text = found.late.note.partition("\n\n")[0] + "\n"
    assert refusal(found, lines, [text], found.key.vkey).code == "bad-checkpoint"
    forged = found.late.note.replace(found.late.note[-20:-10], "A" * 10)
    assert refusal(found, lines, [forged], found.key.vkey).code == "bad-signature"


def rotated(found: Vault, folder: Path) -> tuple[Sealed, Sealed]:
    """The checkpoint by which another key follows at #12, and that key's own of #13."""
    following = key_in(folder / "next.key", OFFICE, "next")
    with closing(Ledger.open(found.path, pen=pen(seed=9))) as ledger:
        both = rotate(ledger, found.key, following, because="Office moved", actor=OFFICE)
        change(ledger, percent(80))
        return both, seal(ledger, following)


def test_who_knows_a_key_knows_the_one_that_it_handed_over_to(found: Vault, tmp_path: Path) -> None:
    both, last = rotated(found, tmp_path)
    lines = cut(found, 9)
    assert refusal(found, lines, [last.note], found.key.vkey).code == "not-signed"
    assert take_in(found, lines, [both.note, last.note], found.key.vkey) == [6, 9, 13]


def test_a_key_that_was_retired_covers_nothing_more(found: Vault, tmp_path: Path) -> None:
    both, _ = rotated(found, tmp_path)
    stolen = signed(found, 13)
    lines = cut(found, 9)
    assert refusal(found, lines, [both.note, stolen], found.key.vkey).code == "retired-key"


# Receipts.


def test_a_receipt_tells_of_lines_that_came_under_no_checkpoint_and_the_audit_repeats_it(found: Vault) -> None:
    lines = cut(found, 6)[:3]
    with closing(Ledger.open(found.path, pen=pen())) as ledger, ledger.appending():
        append_lines(ledger.store, exact(lines))
        leave_receipt(ledger.record, 7, at=NOON, actor=OFFICE)
    with closing(Record.open(found.path)) as record:
        assert receipts(record) == [Receipt(7, 9, "2026-04-02T12:00:00.000000Z", OFFICE)]
    report = verify(found.path, Asked([Given("late", found.late.note.encode())], [found.key.vkey]))
    assert report.verdict is Verdict.VERIFIED
    (remark,) = report.remarks.listed
    assert (remark.position, remark.code) == (7, "imported-unsealed")
    assert remark.text == f"#7 to #9 were imported under no checkpoint, by {OFFICE} at 2026-04-02T12:00:00.000000Z."


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE receipt SET last = 7",
        "DELETE FROM receipt",
        "INSERT OR REPLACE INTO receipt VALUES (7, 7, 'x', 'x')",
    ],
)
def test_a_receipt_is_never_changed(found: Vault, attempt: str) -> None:
    with closing(Ledger.open(found.path)) as ledger:
        leave_receipt(ledger.record, 7, at=NOON, actor=OFFICE)
    with closing(sqlite3.connect(found.path)) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute(attempt)
