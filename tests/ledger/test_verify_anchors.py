"""What pins a ledger from outside: which checkpoints, which keys, and how do they follow each other?"""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from domain.party import register_party
from domain.refused import Refused
from domain.retraction import retract
from ledger.ledger import Ledger
from ledger.line import describe
from ledger.note import checkpoint, cosign, countersign, sign
from ledger.seal import rotate, seal
from ledger.tree import EMPTY, leaf_hash
from ledger.verify import Asked
from ledger.verify_notes import Given
from ledger.verify_report import Verdict
from tests.ledger.audited import (
    OFFICE,
    Decide,
    Vault,
    audit,
    change,
    codes,
    id_of,
    key_in,
    lines_in,
    percent,
    rebuild,
    rewritten,
    unprotected,
)
from tests.ledger.given import NOON, Clock, pen

LATER = NOON + timedelta(hours=1)


def given(*notes: str) -> list[Given]:
    return [Given(f"note {number}", note.encode()) for number, note in enumerate(notes, 1)]


def test_without_anything_from_outside_a_ledger_is_self_consistent_and_no_more(found: Vault) -> None:
    report = audit(found, Asked())
    assert (report.verdict, report.pinned, report.unsealed.lines) == (Verdict.UNPINNED, 0, 2)
    assert report.verdict.exit == 3


def test_a_checkpoint_alone_is_an_anchor_by_its_size_and_root(found: Vault) -> None:
    report = audit(found, Asked(given(found.early.note)))
    assert (report.verdict, report.pinned) == (Verdict.VERIFIED, 6)
    assert [(one.where, one.signed, one.signers) for one in report.checkpoints if one.anchor] == [("note 1", True, {})]


def test_a_known_key_makes_the_checkpoints_that_the_ledger_keeps_anchors(found: Vault) -> None:
    report = audit(found, Asked(vkeys=[found.key.vkey]))
    assert (report.verdict, report.pinned) == (Verdict.VERIFIED, 9)
    assert [(one.size, one.signers) for one in report.checkpoints] == [
        (6, {found.key.vkey: None}),
        (9, {found.key.vkey: None}),
    ]


def test_a_known_key_pins_nothing_where_it_signed_nothing_that_is_kept(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint")
    assert audit(found, Asked(vkeys=[found.key.vkey])).verdict is Verdict.UNPINNED


def test_a_stranger_s_checkpoint_in_the_ledger_pins_nothing_for_who_knows_the_key(found: Vault, tmp_path: Path) -> None:
    stranger = key_in(tmp_path / "stranger.key", "stranger")
    with unprotected(found.path) as other:
        [root] = [one.root for one in audit(found).checkpoints if one.size == 9][:1]
        text = checkpoint(f"urn:uuid:{audit(found).id}", 9, root)
        other.execute("DELETE FROM checkpoint")
        other.execute("INSERT INTO checkpoint VALUES (9, ?)", [sign(text, "stranger", stranger.private)])
    report = audit(found, Asked(vkeys=[found.key.vkey]))
    assert (report.verdict, report.unsealed.lines) == (Verdict.UNPINNED, 11)


def test_what_was_copied_from_paper_is_an_anchor_without_a_signature(found: Vault) -> None:
    text = found.late.note.partition("\n\n")[0] + "\n"
    report = audit(found, Asked(given(text), [found.key.vkey]))
    assert (report.verdict, report.pinned) == (Verdict.VERIFIED, 9)
    assert [one.signed for one in report.checkpoints if one.where] == [False]


def test_with_a_key_known_the_signature_of_a_given_checkpoint_must_hold(found: Vault, tmp_path: Path) -> None:
    stranger = key_in(tmp_path / "stranger.key", "stranger")
    text = found.late.note.partition("\n\n")[0] + "\n"
    forged = found.late.note.replace(found.late.note[-8:-3], "AAAAA")
    for note, code in ((sign(text, "stranger", stranger.private), "not-signed"), (forged, "bad-signature")):
        report = audit(found, Asked(given(note), [found.key.vkey]))
        assert (report.verdict, codes(report)) == (Verdict.TAMPERED, {code})


@pytest.mark.parametrize("raw", [b"", b"\xff", b"hello\n", b"a\nb\nc\n", b"a\n1\nAAAA\n\n\xe2\x80\x94 x AAAA\n"])
def test_a_given_file_that_is_no_checkpoint_is_a_finding(found: Vault, raw: bytes) -> None:
    report = audit(found, Asked([Given("file", raw)]))
    assert (report.verdict, codes(report)) == (Verdict.TAMPERED, {"bad-checkpoint"})


def test_a_cosignature_by_a_known_auditor_pins_too_and_tells_its_time(found: Vault, tmp_path: Path) -> None:
    auditor = key_in(tmp_path / "auditor.key", "auditor")
    note = cosign(found.late.note, "auditor", auditor.private, 1_780_000_000)
    report = audit(found, Asked(given(note), [auditor.vkey]))
    assert report.verdict is Verdict.VERIFIED
    assert [one.signers for one in report.checkpoints if one.where] == [{auditor.vkey: 1_780_000_000}]


def test_a_checkpoint_of_no_lines_pins_nothing(found: Vault) -> None:
    note = checkpoint(f"urn:uuid:{audit(found).id}", 0, EMPTY)
    assert audit(found, Asked(given(note))).verdict is Verdict.UNPINNED


@pytest.mark.parametrize("vkey", ["", "x", "office+00000000+AQ==", "office"])
def test_a_key_that_is_none_is_refused(found: Vault, vkey: str) -> None:
    with pytest.raises(Refused) as refused:
        audit(found, Asked(vkeys=[vkey]))
    assert refused.value.code == "bad-vkey"


def test_where_something_changed_is_narrowed_down_by_the_checkpoint_before(found: Vault) -> None:
    lines = lines_in(found.path)
    rebuild(found.path, [*lines[:7], *(rewritten(line, data={"note": "all is well"}) for line in lines[7:])])
    texts = [one.text for one in audit(found).findings.listed if one.code == "checkpoint-contradicted"]
    assert all("between #7 and #9" in text for text in texts)


# Rotation: who knows the old key knows the new one by it.


def rotated(found: Vault, folder: Path) -> tuple[str, str]:
    """Both verifier keys, after the office changed its key at #12 and sealed with the new one at #13."""
    new = key_in(folder / "next.key", OFFICE, "next")
    with closing(Ledger.open(found.path, pen=pen(Clock(LATER), seed=5))) as ledger:
        rotate(ledger, found.key, new, because="Office moved", actor=OFFICE)
        change(ledger, percent(80))
        seal(ledger, new)
    return found.key.vkey, new.vkey


def test_who_knows_the_old_key_knows_the_new_one_by_it(found: Vault, tmp_path: Path) -> None:
    old, new = rotated(found, tmp_path)
    report = audit(found, Asked(vkeys=[old]))
    assert (report.verdict, report.pinned, report.size) == (Verdict.VERIFIED, 13, 13)
    assert [set(one.signers) for one in report.checkpoints] == [{old}, {old}, {old, new}, {new}]


def test_who_knows_the_new_key_alone_is_pinned_by_it(found: Vault, tmp_path: Path) -> None:
    _, new = rotated(found, tmp_path)
    report = audit(found, Asked(vkeys=[new]))
    assert (report.verdict, report.pinned) == (Verdict.VERIFIED, 13)


def test_a_rotation_that_no_checkpoint_by_both_keys_confirms_leads_nowhere(found: Vault, tmp_path: Path) -> None:
    old, _ = rotated(found, tmp_path)
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint WHERE size = 12")
    report = audit(found, Asked(vkeys=[old]))
    assert (report.verdict, report.pinned) == (Verdict.VERIFIED, 9)
    assert [(one.position, one.code) for one in report.remarks.listed] == [(12, "rotation-unconfirmed")]


def test_a_checkpoint_from_before_a_rotation_confirms_nothing(found: Vault, tmp_path: Path) -> None:
    old, new = rotated(found, tmp_path)
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint WHERE size > 9")
    early = countersign(found.late.note, OFFICE, key_in(tmp_path / "again.key", OFFICE, "next").private)
    report = audit(found, Asked(given(early), [old]))
    assert (report.pinned, [one.code for one in report.remarks.listed]) == (9, ["rotation-unconfirmed"])
    assert new not in {vkey for one in report.checkpoints for vkey in one.signers}


def test_nor_does_one_where_a_signature_does_not_hold(found: Vault, tmp_path: Path) -> None:
    old, _ = rotated(found, tmp_path)
    with unprotected(found.path) as other:
        [note] = other.execute("SELECT note FROM checkpoint WHERE size = 12").fetchone()
        forged = note[:-10] + ("A" if note[-10] != "A" else "B") + note[-9:]
        other.execute("UPDATE checkpoint SET note = ? WHERE size = 12", [forged])
    report = audit(found, Asked(vkeys=[old]))
    assert (report.pinned, [one.code for one in report.remarks.listed]) == (12, ["rotation-unconfirmed"])


def test_a_retired_key_signs_no_more(found: Vault, tmp_path: Path) -> None:
    old, _ = rotated(found, tmp_path)
    seen = audit(found, Asked(vkeys=[old]))
    note = sign(checkpoint(f"urn:uuid:{seen.id}", 13, seen.root), OFFICE, found.key.private)
    report = audit(found, Asked(given(note), [old]))
    assert (report.verdict, codes(report)) == (Verdict.TAMPERED, {"retired-key", "not-signed"})
    both = countersign(note, OFFICE, key_in(tmp_path / "again.key", OFFICE, "next").private)
    assert codes(audit(found, Asked(given(both), [old]))) == {"retired-key"}


# From the newest checkpoint on.


def test_lines_before_the_newest_known_checkpoint_need_not_be_read_again(found: Vault) -> None:
    report = audit(found, Asked(vkeys=[found.key.vkey], full=False))
    assert (report.verdict, report.start, report.size, report.title) == (Verdict.VERIFIED, 10, 11, "Middle Corridor")
    assert [one.holds for one in report.checkpoints] == [True, True]


def test_what_was_changed_before_it_is_then_not_seen_and_what_came_after_it_is(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET actor = 'ministry' WHERE position IN (4, 11)")
    report = audit(found, Asked(vkeys=[found.key.vkey], full=False))
    assert [(one.position, one.code) for one in report.findings.listed] == [(11, "column-differs")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET leaf = zeroblob(32) WHERE position = 4",
        "UPDATE event SET leaf = 'x' WHERE position = 4",
        "UPDATE head SET frontier = 'x'",
        "UPDATE event SET line = 'x' WHERE position = 1",
    ],
)
def test_where_the_kept_hashes_do_not_agree_with_it_all_is_read(found: Vault, statement: str) -> None:
    with unprotected(found.path) as other:
        other.execute(statement)
    report = audit(found, Asked(vkeys=[found.key.vkey], full=False))
    assert (report.verdict, report.start) == (Verdict.TAMPERED, 1)


def test_without_a_known_checkpoint_all_is_read(found: Vault) -> None:
    assert audit(found, Asked(full=False)).start == 1
    forged = found.late.note.replace(found.late.note[-8:-3], "AAAAA")
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint")
        other.execute("INSERT INTO checkpoint VALUES (9, ?)", [forged])
    assert audit(found, Asked(vkeys=[found.key.vkey], full=False)).start == 1


def test_rules_and_counts_go_on_from_what_stands_before(found: Vault) -> None:
    """To an id, a commitment and a count that only earlier lines know of."""
    lines = lines_in(found.path)
    repeated = rewritten(lines[9], id=id_of(lines[0]))
    rebuild(found.path, [*lines[:10], rewritten(lines[10], subject="commitment/port", data={"item": "port"})])
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET line = ?, leaf = ? WHERE position = 10", [repeated, leaf_hash(repeated)])
        other.execute("UPDATE event SET version = 3 WHERE position = 11")
    report = audit(found, Asked(vkeys=[found.key.vkey], full=False))
    expected = {(10, "duplicate-id"), (11, "unknown-key"), (11, "wrong-version")}
    assert {(one.position, one.code) for one in report.findings.listed} >= expected


def test_lines_after_the_checkpoint_may_take_back_what_stands_before_it(found: Vault) -> None:
    asked = Asked(vkeys=[found.key.vkey], full=False)
    with closing(Ledger.open(found.path, pen=pen(seed=9))) as ledger:
        party, reported = (next(ledger.record.recorded(at - 1, at))[0] for at in (2, 4))
        change(ledger, lambda at: retract(at, reported, because="Not counted yet"))
    report = audit(found, asked)
    assert (report.start, report.findings.listed) == (10, [])
    *lines, last = lines_in(found.path)
    other = {"event": party.id, "type": party.fact.stored}
    rebuild(found.path, [*lines, rewritten(last, subject=party.subject, data=other)])
    assert codes(audit(found, asked)) == {"retract-later-first"}


def test_the_rules_are_the_same_when_hardly_anything_is_held(found: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Ledger.open(found.path, pen=pen(seed=9))) as ledger:
        reported = next(ledger.record.recorded(3, 4))[0]
        change(ledger, lambda at: retract(at, reported, because="Not counted yet"))
        for number in range(30):
            change(ledger, registering(f"p{number}"))
    lines = lines_in(found.path)
    monkeypatch.setattr("ledger.verify_lines.HELD", 5)
    assert codes(audit(found)) == set()
    again = rewritten(
        lines[11], sequence=f"{len(lines) + 1:010}", id="f" + id_of(lines[11])[1:], time=describe(lines[-1]).recorded
    )
    rebuild(found.path, [*lines, again])
    assert codes(audit(found)) == {"retracted-already"}


def registering(key: str) -> Decide:
    return lambda at: register_party(at, key, "Party")
