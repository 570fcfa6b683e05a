"""Does a key pin what stands, and never two histories of one ledger?"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from base64 import b64decode, b64encode
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.refused import Refused
from ledger.checkpoints import kept
from ledger.ledger import Ledger
from ledger.note import open_note, parse_checkpoint
from ledger.seal import Sealed, Unsound, rotate, seal, seal_restored
from ledger.seal_state import Signed, State, holding
from ledger.verify import Asked, verify
from ledger.verify_report import Verdict
from tests.ledger.audited import (
    OFFICE,
    Vault,
    key_in,
    lines_in,
    rebuild,
    rewritten,
    unprotected,
)
from tests.ledger.given import NOON, Clock, pen

LATER = NOON + timedelta(hours=1)


def opened(found: Vault, timeout: float = 0) -> Ledger:
    return Ledger.open(found.path, pen=pen(Clock(LATER), seed=9), timeout=timeout)


def sealed(found: Vault) -> Sealed:
    with closing(opened(found)) as ledger:
        return seal(ledger, found.key)


def restored(found: Vault, because: str | None = "The disk died") -> Sealed:
    with closing(opened(found)) as ledger:
        return seal_restored(ledger, found.key, because=because, actor=OFFICE)


def refusal(found: Vault) -> Refused:
    with pytest.raises(Refused) as refused:
        sealed(found)
    return refused.value


def types(found: Vault) -> list[str]:
    with closing(opened(found)) as ledger:
        return [one.fact.stored for one in ledger.record.stream("ledger")]


def test_a_seal_pins_all_that_stands(found: Vault) -> None:
    note = sealed(found)
    text, signers = open_note(note.note.encode(), [found.key.vkey])
    with closing(opened(found)) as ledger:
        record = ledger.record
        assert parse_checkpoint(text) == (f"urn:uuid:{record.id}", 11, record.root(), [])
        assert kept(record)[-1] == (11, note.note)
    assert (note.size, note.lines, signers) == (11, 2, {OFFICE: None})
    assert State(found.key.file).last(record.id) == Signed(11, note.root)


def test_sealed_again_the_same_gives_the_same_note_and_keeps_it_once(found: Vault) -> None:
    first, again = sealed(found), sealed(found)
    assert (first.note, again.lines) == (again.note, 0)
    with closing(opened(found)) as ledger:
        assert [size for size, _ in kept(ledger.record)] == [6, 9, 11]


def test_what_was_signed_is_remembered_before_the_note_is_let_out(found: Vault) -> None:
    """The ledger cannot keep the note, because somebody else writes; the key remembers all the same."""
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refusal(found).code == "ledger-busy"
        other.rollback()
    with closing(opened(found)) as ledger:
        last = State(found.key.file).last(ledger.record.id)
    assert last
    assert last.size == 11
    assert sealed(found).lines == 0


def test_a_smaller_ledger_is_not_sealed(found: Vault) -> None:
    rebuild(found.path, lines_in(found.path)[:8])
    assert refusal(found).code == "ledger-smaller"


def test_another_history_is_not_sealed(found: Vault) -> None:
    lines = lines_in(found.path)
    rebuild(found.path, [*lines[:7], *(rewritten(line, data={"note": "all is well"}) for line in lines[7:])])
    assert refusal(found).code == "ledger-inconsistent"


def test_new_lines_that_are_not_as_they_should_be_are_not_sealed(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET actor = 'ministry' WHERE position > 9")
    refused = refusal(found)
    assert isinstance(refused, Unsound)
    assert "2 findings: #10: " in refused.sentence
    assert [one.code for one in refused.findings.listed] == ["column-differs"] * 2


def test_nor_are_lines_whose_tables_were_tampered_with(found: Vault) -> None:
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("DROP TRIGGER event_update")
    assert "1 finding: The trigger" in refusal(found).sentence
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("ALTER TABLE event RENAME TO truth")
        other.execute("CREATE VIEW event AS SELECT * FROM truth")
    assert isinstance(refusal(found), Unsound)


def test_where_the_memory_is_lost_the_notes_in_the_ledger_remind_the_key(found: Vault, tmp_path: Path) -> None:
    stranger = key_in(tmp_path / "stranger.key", "stranger")
    with closing(opened(found)) as ledger:
        seal(ledger, stranger)
    with unprotected(found.path) as other:
        other.execute("INSERT INTO checkpoint VALUES (11, 'no note')")
    State(found.key.file).path.unlink()
    assert sealed(found).lines == 2
    key = found._replace(key=key_in(tmp_path / "third.key", "third"))
    assert sealed(key).lines == 11


# A backup takes the ledger's place.


@pytest.fixture
def older(found: Vault) -> Vault:
    """As it was at #7, when it had been sealed at #6."""
    rebuild(found.path, lines_in(found.path)[:7])
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint WHERE size > 6")
    return found


def test_after_a_restore_the_key_seals_once_the_loss_is_on_record(older: Vault) -> None:
    assert refusal(older).code == "ledger-smaller"
    note = restored(older)
    assert (note.size, note.lines) == (8, 8)
    assert types(older) == ["ledger.opened.v1", "ledger.restored.v1"]
    with closing(opened(older)) as ledger:
        lost = ledger.record.stream("ledger")[-1].fact
    assert (getattr(lost, "size", 0), getattr(lost, "root", "")) == (9, older.late.root.hex())
    assert sealed(older).lines == 0
    assert verify(older.path, Asked(vkeys=[older.key.vkey])).verdict is Verdict.VERIFIED
    assert verify(older.path, older.auditor).verdict is Verdict.TAMPERED


def test_a_copy_that_went_on_otherwise_can_be_acknowledged_too(found: Vault) -> None:
    lines = lines_in(found.path)
    rebuild(found.path, [*lines[:7], *(rewritten(line, data={"note": "again"}) for line in lines[7:])])
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint WHERE size > 6")
    assert restored(found).size == 12


def test_the_loss_is_put_on_record_once_however_often_it_is_said(older: Vault) -> None:
    """The machine stopped after the event was recorded, before the key had signed."""
    before = State(older.key.file).path.read_bytes()
    restored(older)
    State(older.key.file).path.write_bytes(before)
    restored(older)
    assert types(older) == ["ledger.opened.v1", "ledger.restored.v1"]


def test_where_nothing_was_lost_there_is_nothing_to_acknowledge(found: Vault) -> None:
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            restored(found)
        assert refused.value.code == "nothing-restored"
        State(found.key.file).path.unlink(missing_ok=True)
    assert types(found) == ["ledger.opened.v1"]


def test_a_loss_needs_a_reason(older: Vault) -> None:
    with pytest.raises(Refused) as refused:
        restored(older, because=None)
    assert refused.value.code == "no-reason"


# Another key follows.


def rotated(found: Vault, folder: Path, because: str | None = "Office moved") -> Vault:
    key = folder / "next.key"
    new = key_in(key, OFFICE, "next")
    with closing(opened(found)) as ledger:
        rotate(ledger, found.key, new, because=because, actor=OFFICE)
    return found._replace(key=new)


def test_a_rotation_is_an_event_and_a_checkpoint_signed_by_both_keys(found: Vault, tmp_path: Path) -> None:
    after = rotated(found, tmp_path)
    assert types(found) == ["ledger.opened.v1", "ledger.key-rotated.v1"]
    with closing(opened(found)) as ledger:
        size, note = kept(ledger.record)[-1]
    assert size == 12
    assert all(open_note(note.encode(), [key.vkey])[1] for key in (found.key, after.key))
    assert refusal(found).code == "key-retired"
    assert sealed(after).lines == 0


def test_a_rotation_that_was_interrupted_is_finished_by_asking_again(found: Vault, tmp_path: Path) -> None:
    rotated(found, tmp_path)
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint WHERE size = 12")
    rotated(found, tmp_path)
    assert types(found) == ["ledger.opened.v1", "ledger.key-rotated.v1"]
    with closing(opened(found)) as ledger:
        assert [size for size, _ in kept(ledger.record)] == [6, 9, 12]


def test_a_retired_key_is_not_followed_again_and_does_not_come_back(found: Vault, tmp_path: Path) -> None:
    after = rotated(found, tmp_path)
    third = key_in(tmp_path / "third.key", OFFICE, "third")
    with closing(opened(found)) as ledger:
        for old, new in ((found.key, third), (after.key, found.key)):
            with pytest.raises(Refused) as refused:
                rotate(ledger, old, new, because="Once more", actor=OFFICE)
            assert refused.value.code == "key-retired"


@pytest.mark.parametrize("because", [None, "x"])
def test_a_key_does_not_follow_itself_and_none_follows_without_a_reason(found: Vault, because: str | None) -> None:
    with closing(opened(found)) as ledger, pytest.raises(Refused) as refused:
        rotate(ledger, found.key, found.key, because=because, actor=OFFICE)
    assert refused.value.code == ("nothing-changed" if because else "no-reason")


# The memory of a key.


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b'{"format":2,"ledgers":{}}', b'{"format":1,"ledgers":{"x":{"root":"00","size":1}}}', b"\xff"],
)
def test_a_memory_that_cannot_be_read_lets_nothing_be_signed(found: Vault, content: bytes) -> None:
    State(found.key.file).path.write_bytes(content)
    assert refusal(found).code == "bad-state"


def test_a_memory_that_cannot_be_written_lets_nothing_be_signed(found: Vault) -> None:
    draft = State(found.key.file).path.with_name("seal.key.state.part")
    draft.mkdir()
    assert refusal(found).code == "not-written"
    with closing(opened(found)) as ledger:
        assert [size for size, _ in kept(ledger.record)] == [6, 9]


def test_one_process_at_a_time_signs_with_a_key(found: Vault) -> None:
    done = Event()

    def other() -> None:
        with holding(found.key.file):
            done.set()

    waiting = Thread(target=other)
    with holding(found.key.file):
        waiting.start()
        assert not done.wait(0.1)
    waiting.join()
    assert done.is_set()


# Outside judges: the very bytes of a sealed checkpoint.


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("openssl", "pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile sig"),
        ("signify-openbsd", "-V -p key.pub -x text.sig -m text"),
    ],
)
def test_others_find_a_seal_good(found: Vault, tmp_path: Path, tool: str, arguments: str) -> None:
    program = shutil.which(tool) or pytest.skip(f"{tool} is not installed")
    text, _, signature = sealed(found).note.partition("\n\n")
    raw, public = b64decode(signature.split(" ")[2])[4:], found.key.private.public_key()
    (tmp_path / "text").write_text(text + "\n")
    (tmp_path / "sig").write_bytes(raw)
    (tmp_path / "key.pem").write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    for name, content in (("key.pub", public.public_bytes_raw()), ("text.sig", raw)):
        line = b64encode(b"Ed" + b"pledger1" + content).decode()
        (tmp_path / name).write_text(f"untrusted comment: {name}\n{line}\n")
    subprocess.run([program, *arguments.split()], cwd=tmp_path, capture_output=True, check=True)
