"""Can an office seal its ledger, and an auditor find out from the outside whether anybody changed it?"""

from __future__ import annotations

import io
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest

from ledger.checkpoints_consistency import consistency
from ledger.checkpoints_import import leave_receipt
from ledger.ledger import Ledger
from ledger.record import Record
from tests.cli.given import MORNING, Office
from tests.cli.test_process import shell
from tests.ledger.audited import lines_in, rebuild, rewritten, unprotected

KEY = "audit key new seal.key"
SEAL = "audit seal --key seal.key -o first.checkpoint"


@pytest.fixture
def sealed(office: Office) -> Office:
    """Sealed at #11; one more line after it."""
    office.must(KEY, SEAL, 'log fibre "Ship booked" --progress 20%')
    return office


def vkey(office: Office, file: str = "seal.key") -> str:
    return office.must(f"audit key show {file}")[0].out.strip()


def path(office: Office) -> Path:
    return office.folder / "pledger.db"


# Verdicts and their exit codes.


def test_without_an_anchor_a_ledger_is_self_consistent_and_cannot_be_decided(office: Office) -> None:
    said = office.tell("audit verify")
    assert said.code == 3
    assert "Self-consistent, pinned by nothing outside\nledger " in said.out
    assert "Nothing outside this ledger says that it is the one it was" in said.out
    assert "unsealed    11 lines after #0" in said.out


def test_a_checkpoint_alone_verifies_and_says_that_its_signature_was_not_checked(sealed: Office) -> None:
    said = sealed.tell("audit verify --checkpoint first.checkpoint")
    assert said.code == 0
    assert "first.checkpoint: pins what is here; its signature was not checked, for want of a known key" in said.out
    assert "Verified: #1 to #11 are what was pinned" in said.out
    assert "unsealed    1 line after #11" in said.out
    assert "What stands after #11 is pinned by nothing yet" in said.out


def test_a_key_verifies_given_or_pinned_in_the_configuration(sealed: Office) -> None:
    given = sealed.tell(f"audit verify --vkey {vkey(sealed)}")
    assert (given.code, "kept by the ledger: pins what is here; signed by programme-office" in given.out) == (0, True)
    pin(sealed, f'vkeys = ["{vkey(sealed)}"]')
    assert sealed.tell("audit verify").code == 0


def pin(office: Office, line: str) -> None:
    """Write the user's configuration."""
    folder = office.folder / "config" / "pledger"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(line)


def test_json_tells_the_same_with_the_ledger_at_its_head(sealed: Office) -> None:
    said = sealed.tell("audit verify --checkpoint first.checkpoint --json")
    size, root = sealed.anchor()
    assert said.json["ledger"]["size"] == said.json["as_known"] == size == 12
    assert said.json["ledger"]["root"] == root
    assert said.json["as_of"] == "2026-11-24"
    assert (said.data["verdict"], said.data["pinned"], said.data["findings"]) == ("verified", 11, [])
    assert said.data["unsealed"] == {"sealed": 11, "lines": 1, "oldest": said.data["last"]}
    assert [(one["where"], one["anchor"], one["signers"]) for one in said.data["checkpoints"]] == [
        ("first.checkpoint", True, []),
        (None, False, []),
    ]
    assert len(said.data["limits"]) == 2


def test_tampering_is_told_with_its_place_and_exit_code_1(sealed: Office) -> None:
    lines = lines_in(path(sealed))
    lines[5] = rewritten(lines[5], data={"title": "Another line \x1b[31m"})
    rebuild(path(sealed), lines)
    said = sealed.tell("audit verify --checkpoint first.checkpoint")
    assert said.code == 1
    assert "Tampering found" in said.out
    assert "#6  bad-text" in said.out
    assert "checkpoint-contradicted" in said.out
    assert "\x1b" not in said.out
    found = sealed.tell("audit verify --checkpoint first.checkpoint --json").data
    assert found["verdict"] == "tampering-found"
    assert {"position": 6, "code": "bad-text"}.items() <= found["findings"][0].items()


def test_what_follows_from_a_finding_and_what_is_too_much_to_list_is_counted(sealed: Office) -> None:
    with unprotected(path(sealed)) as other:
        other.execute("DELETE FROM event WHERE position = 2")
        for number in range(1200):
            other.execute("INSERT INTO checkpoint VALUES (?, 'x')", [number])
    said = sealed.tell("audit verify")
    assert "more follow from these)" in said.out
    assert "… and " in said.out


def test_a_ledger_whose_first_line_is_unreadable_is_told_of_all_the_same(sealed: Office) -> None:
    with unprotected(path(sealed)) as other:
        other.execute("UPDATE event SET line = x'7b7d' WHERE position = 1")
    said = sealed.tell("audit verify")
    assert (said.code, said.out.splitlines()[0]) == (1, "A ledger without a readable first line")


def test_lines_before_the_newest_known_checkpoint_can_be_left_out(sealed: Office) -> None:
    said = sealed.tell("audit verify --new --checkpoint first.checkpoint")
    assert (said.code, "from #12 on; those before were taken as checked earlier" in said.out) == (0, True)


def test_what_was_copied_from_paper_is_an_anchor(sealed: Office) -> None:
    text = (sealed.folder / "first.checkpoint").read_text().partition("\n\n")[0] + "\n"
    (sealed.folder / "paper").write_text(text)
    said = sealed.tell("audit verify --checkpoint paper")
    assert (said.code, "it bears no signature" in said.out) == (0, True)


def test_everything_sealed_says_so(sealed: Office) -> None:
    sealed.must("audit seal --key seal.key")
    said = sealed.must(f"audit verify --vkey {vkey(sealed)}")[0]
    assert "unsealed    nothing" in said.out
    assert "pinned by nothing yet" not in said.out


def test_changed_read_models_are_found_though_no_line_was_touched(sealed: Office) -> None:
    sealed.must("status")
    with closing(sqlite3.connect(sealed.folder / "pledger.models.db")) as other:
        other.execute("UPDATE fact SET data = replace(data, 'Fibre', 'Fabric')")
        other.commit()
    said = sealed.tell("audit verify --checkpoint first.checkpoint")
    assert (said.code, "models-differ" in said.out) == (1, True)
    assert sealed.tell("audit verify --new --checkpoint first.checkpoint").code == 0
    sealed.must("models rebuild")
    assert sealed.tell("audit verify --checkpoint first.checkpoint").code == 0


def test_where_read_models_cannot_be_compared_a_remark_says_so(sealed: Office) -> None:
    (sealed.folder / "pledger.models.db").unlink(missing_ok=True)
    (sealed.folder / "pledger.models.db").write_text("something else")
    said = sealed.tell("audit verify --checkpoint first.checkpoint")
    assert (said.code, "models-not-compared" in said.out) == (0, True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("audit verify --checkpoint none", "no-such-file"),
        ("audit verify --vkey nonsense", "bad-vkey"),
        ("audit verify --ledger none.db", "no-ledger"),
    ],
)
def test_what_cannot_be_audited_is_refused(office: Office, line: str, code: str) -> None:
    assert office.tell(line).refusal == code


@pytest.mark.parametrize("line", ['vkeys = "x"', "vkeys = [1]"])
def test_pinned_keys_are_a_list(office: Office, line: str) -> None:
    pin(office, line)
    assert office.tell("audit verify").refusal == "bad-configuration"


# Sealing.


def test_a_seal_is_told_and_its_note_goes_where_it_is_wanted(office: Office) -> None:
    office.must(KEY)
    said = office.must("audit seal --key seal.key -o notes/ -o last.checkpoint")[0]
    told = office.run("info", "--json").json["ledger"]
    assert "11 new lines sealed by programme-office, up to #11." in said.out
    assert said.out.endswith(f"ledger {told['id']}  size 11  root {told['root']}\n")
    note = (office.folder / "notes" / f"{told['id']}-11.checkpoint").read_text()
    assert note == (office.folder / "last.checkpoint").read_text() == office.tell("audit seal --key seal.key -o -").out
    again = office.must("audit seal --key seal.key --json -o notes")[0]
    assert (again.data["note"], again.data["sealed"], again.data["vkey"]) == (note, 0, vkey(office))
    assert again.data["written"] == [f"notes/{told['id']}-11.checkpoint"]


def test_a_ledger_that_lost_lines_is_not_sealed_until_that_is_on_record(sealed: Office) -> None:
    sealed.must("audit seal --key seal.key")
    rebuild(path(sealed), lines_in(path(sealed))[:11])
    with unprotected(path(sealed)) as other:
        other.execute("DELETE FROM checkpoint WHERE size > 11")
    assert sealed.tell("audit seal --key seal.key").refusal == "ledger-smaller"
    said = sealed.must('audit seal --key seal.key --acknowledge-restore "The disk died"')[0]
    assert "12 new lines sealed" in said.out
    history = sealed.must("history")[0].out
    assert "restored from a backup; 12 lines had been sealed" in history
    assert "The disk died" in history
    assert sealed.tell('audit seal --key seal.key --acknowledge-restore "Again"').refusal == "nothing-restored"


def test_a_note_that_cannot_be_written_where_it_is_wanted_is_not_lost(office: Office) -> None:
    office.must(KEY)
    assert office.tell("audit seal --key seal.key -o none/x.checkpoint").refusal == "not-written"
    assert office.must("audit seal --key seal.key -o x.checkpoint --json")[0].data["sealed"] == 0


def test_info_writes_times_as_history_does(sealed: Office) -> None:
    told = sealed.must("info --json")[0].data
    events = sealed.must("history --json")[0].data
    assert (told["opened"], told["last"]) == (events[0]["recorded"], events[-1]["recorded"])
    assert told["unsealed_since"] == told["last"]


def test_info_tells_what_is_not_sealed_yet_and_what_came_in_unsealed(sealed: Office) -> None:
    told = sealed.tell("info --json").data
    assert (told["sealed"], told["unsealed"], told["imported_unsealed"]) == (11, 1, [])
    assert sealed.tell("info --as-known 11 --json").data["unsealed"] == 0
    assert sealed.tell("info --as-known 5 --json").data["unsealed"] == 5
    with closing(Ledger.open(path(sealed))) as ledger:
        leave_receipt(ledger.record, 12, at=MORNING, actor="ministry")
    at = "2026-11-24T08:00:00.000000Z"
    receipt = {"first": 12, "last": 12, "time": at, "actor": "ministry"}
    assert sealed.tell("info --json").data["imported_unsealed"] == [receipt]
    assert f"imported_unsealed #12 to #12, {at}, by ministry" in sealed.tell("info").out
    assert f"#12 to #12 were imported under no checkpoint, by ministry at {at}." in sealed.tell("audit verify").out


# Keys.


def test_a_new_key_prints_its_verifier_key_and_shows_it_again(office: Office) -> None:
    made = office.must("audit key new seal.key --name office/1")[0]
    assert made.out.startswith("office/1+")
    assert made.out == office.tell("audit key show seal.key").out
    told = office.tell("audit key show seal.key --json").json
    assert (told["ledger"], told["data"]["vkey"]) == (None, made.out.strip())
    assert told["data"]["cosigner_vkey"].startswith("office/1+")
    assert office.tell("audit key new seal.key").refusal == "key-exists"


@pytest.mark.parametrize(("actor", "name"), [(None, "pledger"), ("The office + more", "The-office-more")])
def test_a_key_is_named_after_the_office(new: Office, actor: str | None, name: str) -> None:
    new.actor = actor
    assert new.tell("audit key new seal.key").out.startswith(f"{name}+")


def test_a_passphrase_comes_from_a_file(office: Office) -> None:
    (office.folder / "secret").write_text("a long sentence\nand more\n")
    (office.folder / "wrong").write_text("another\n")
    (office.folder / "empty").write_text("\n")
    office.must("audit key new seal.key --passphrase-file secret")
    assert office.tell("audit seal --key seal.key").refusal == "locked-key"
    assert office.tell("audit seal --key seal.key --passphrase-file wrong").refusal == "wrong-passphrase"
    assert office.tell("audit seal --key seal.key --passphrase-file empty").refusal == "no-passphrase"
    office.must("audit seal --key seal.key --passphrase-file secret")


def test_a_passphrase_is_asked_for_at_a_terminal_alone(office: Office) -> None:
    assert office.tell("audit key new seal.key --passphrase").refusal == "no-passphrase"
    with typed("one", "two"):
        assert office.at_terminal("audit key new seal.key --passphrase").refusal == "no-passphrase"
    with typed("", ""):
        assert office.at_terminal("audit key new seal.key --passphrase").refusal == "no-passphrase"
    with typed("a long sentence", "a long sentence"):
        assert office.at_terminal("audit key new seal.key --passphrase").code == 0
    with typed("a long sentence"):
        assert office.at_terminal("audit seal --key seal.key").code == 0


def typed(*secrets: str) -> mock._patch[mock.MagicMock]:
    """What somebody types where nothing is shown."""
    return mock.patch("getpass.getpass", side_effect=secrets)


def test_another_key_follows_and_who_knows_the_old_one_goes_on_verifying(sealed: Office) -> None:
    old = vkey(sealed)
    sealed.must("audit key new next.key")
    assert sealed.tell("audit key rotate seal.key next.key").refusal == "no-reason"
    said = sealed.must('audit key rotate seal.key next.key --because "Office moved" -o both.checkpoint')[0]
    assert vkey(sealed, "next.key") in said.out
    assert sealed.tell("audit seal --key seal.key").refusal == "key-retired"
    assert sealed.tell('audit key rotate seal.key next.key --because "Office moved" -o -').out.count("—") == 2
    sealed.must("log fibre Laid --progress 60%", "audit seal --key next.key")
    told = sealed.tell(f"audit verify --vkey {old} --json").data
    assert (told["verdict"], told["pinned"]) == ("verified", 14)
    again = sealed.tell('audit key rotate seal.key next.key --because "Office moved" --json')
    assert again.data["vkey"] == vkey(sealed, "next.key")


# Cosigning.


@pytest.fixture
def auditor(sealed: Office) -> Office:
    """With a key, and the sealer's pinned."""
    sealed.must("audit key new auditor.key --name auditor")
    pin(sealed, f'vkeys = ["{vkey(sealed)}"]')
    return sealed


def test_an_auditor_puts_a_name_under_a_checkpoint_by_a_copy_of_the_ledger(auditor: Office) -> None:
    said = auditor.must("audit cosign first.checkpoint --key auditor.key")[0]
    assert [line.split(" ")[1] for line in said.out.splitlines()[-2:]] == ["programme-office", "auditor"]
    auditor.must("audit seal --key seal.key -o next.checkpoint")
    told = auditor.must("audit cosign next.checkpoint --key auditor.key --json -o cosigned")[0]
    assert (told.json["ledger"]["size"], told.data["before"], told.data["written"]) == (12, 11, ["cosigned"])
    assert (auditor.folder / "cosigned").read_text() == told.data["note"]
    assert auditor.tell("audit cosign first.checkpoint --key auditor.key").refusal == "older-checkpoint"
    seen = auditor.must(f"audit verify --checkpoint cosigned --vkey {vkey(auditor, 'auditor.key')}")[0].out
    assert "signed by auditor at 2026-11-24T08:" in seen


def test_without_the_ledger_a_proof_is_demanded(auditor: Office, tmp_path: Path) -> None:
    auditor.must("audit seal --key seal.key -o next.checkpoint")
    with closing(Record.open(path(auditor))) as record:
        (auditor.folder / "proof").write_bytes(consistency(record, 11, 12).dump())
    path(auditor).rename(tmp_path / "away.db")
    auditor.must("audit cosign first.checkpoint --key auditor.key")
    said = auditor.tell("audit cosign next.checkpoint --key auditor.key")
    assert (said.code, said.refusal) == (3, "needs-proof")
    auditor.must("audit cosign next.checkpoint --key auditor.key --proof proof")


def test_a_note_comes_through_a_pipe(auditor: Office) -> None:
    raw = (auditor.folder / "first.checkpoint").read_bytes()
    with mock.patch("cli.audit_words.sys.stdin", io.TextIOWrapper(io.BytesIO(raw))):
        from cli.audit_words import content

        assert content("-") == raw


@pytest.mark.parametrize(
    "line",
    [
        *("audit verify", "audit seal --key k", "audit key new k", "audit prove 1", "audit compare a b"),
        *("audit verify-pack p", "audit cosign c --key k", "backup b.tar", "copy pledger.db c.db", "report -o r.html"),
    ],
)
def test_without_the_library_for_signatures_a_sentence_says_what_to_install(office: Office, line: str) -> None:
    code = f"import sys; sys.modules['cryptography'] = None; from cli.main import run; sys.exit(run({line.split()}))"
    done = shell(office, f'"{sys.executable}" -c "{code}"')  # afresh: what is loaded here would not be missed
    assert (done.returncode, done.stderr.splitlines()[-1][-11:]) == (1, "[no-proofs]")
