"""Does an audit find what an attacker did who can write to the file and knows our code, but has no key?"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.refused import Refused
from ledger.ledger import Ledger
from ledger.seal import seal
from ledger.tree import leaf_hash
from ledger.trouble import CannotDecide
from ledger.verify import verify
from ledger.verify_report import Verdict
from tests.ledger.audited import (
    OFFICE,
    Vault,
    audit,
    change,
    codes,
    id_of,
    lines_in,
    numbered,
    percent,
    rebuild,
    rewritten,
    unprotected,
    vault,
)
from tests.ledger.given import deciding, new_ledger, party, pen


def edited_payload(found: Vault) -> None:
    """The bytes of a line, and nothing beside it."""
    with unprotected(found.path) as other:
        line = other.execute("SELECT line FROM event WHERE position = 4").fetchone()[0]
        other.execute("UPDATE event SET line = ? WHERE position = 4", [line.replace(b"10", b"90")])


def edited_column(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET actor = 'ministry' WHERE position = 4")


def edited_type(found: Vault) -> None:
    """By which the reading of a line is chosen."""
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET type = 'item.met.v1' WHERE position = 4")


def edited_file(found: Vault) -> None:
    """Past SQLite."""
    raw = found.path.read_bytes()
    assert raw.count("Kabel gəmisi 20".encode()) == 1
    found.path.write_bytes(raw.replace("Kabel gəmisi 20".encode(), "Kabel gəmisi 80".encode()))


def edited_and_rebuilt(found: Vault) -> None:
    """With all hashes and columns as they should be."""
    lines = lines_in(found.path)
    lines[3] = rewritten(lines[3], data={"percent": "90"})
    rebuild(found.path, lines)


def deleted_in_the_middle(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("DELETE FROM event WHERE position IN (5, 6)")


def deleted_and_rebuilt(found: Vault) -> None:
    lines = lines_in(found.path)
    rebuild(found.path, numbered(lines[:4] + lines[5:]))


def deleted_at_the_end(found: Vault) -> None:
    rebuild(found.path, lines_in(found.path)[:8])


def deleted_at_the_end_and_went_on(found: Vault) -> None:
    """The positions, and the ids of lines and commands, are used again."""
    lines = lines_in(found.path)
    rebuild(found.path, [*lines[:8], *(rewritten(line, data={"note": "all is well"}) for line in lines[8:])])


def swapped(found: Vault) -> None:
    with unprotected(found.path) as other:
        lines = [row[0] for row in other.execute("SELECT line FROM event ORDER BY position")]
        for position, line in ((4, lines[4]), (5, lines[3])):
            other.execute("UPDATE event SET line = ?, leaf = ? WHERE position = ?", [line, leaf_hash(line), position])


def swapped_and_rebuilt(found: Vault) -> None:
    lines = lines_in(found.path)
    rebuild(found.path, numbered([*lines[:3], lines[4], lines[3], *lines[5:]]))


def inserted(found: Vault) -> None:
    """Back-dated, between two lines, everything after it moved on."""
    lines = lines_in(found.path)
    new = rewritten(lines[4], id=id_of(lines[4])[:35] + "f", data={"note": "was said then"})
    rebuild(found.path, numbered([*lines[:5], new, *lines[5:]]))


def dropped_and_rebuilt(found: Vault) -> None:
    """The whole ledger made anew, under the same id, with another history."""
    lines = [rewritten(line, actor="somebody-else") for line in lines_in(found.path)]
    rebuild(found.path, lines)


def rewrote_the_end(found: Vault) -> None:
    """As many lines as before."""
    lines = lines_in(found.path)
    rebuild(found.path, [*lines[:7], *(rewritten(line, data={"note": "all is well"}) for line in lines[7:])])


def put_back_an_older_copy(found: Vault) -> None:
    """A genuine one, from before the later checkpoint."""
    lines = lines_in(found.path)
    rebuild(found.path, lines[:7])
    with unprotected(found.path) as other:
        other.execute("DELETE FROM checkpoint WHERE size = 9")


def forked(found: Vault) -> None:
    """Another history from #7 on, sealed with the genuine key, whose memory was taken away."""
    put_back_an_older_copy(found)
    state = found.key.file.with_name("seal.key.state")
    before = state.read_bytes()
    state.unlink()
    with closing(Ledger.open(found.path, pen=pen(seed=9))) as ledger:
        for done in (45, 55, 65, 75):
            change(ledger, percent(done))
        seal(ledger, found.key)
    state.write_bytes(before)


def dropped_a_trigger(found: Vault) -> None:
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("DROP TRIGGER event_update")


def changed_a_trigger(found: Vault) -> None:
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("DROP TRIGGER event_delete")
        other.execute("CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN SELECT 1; END")


def added_a_trigger(found: Vault) -> None:
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("CREATE TRIGGER spy AFTER INSERT ON event BEGIN SELECT 1; END")


def replaced_a_line(found: Vault) -> None:
    """INSERT OR REPLACE, with the one trigger away that refuses it."""
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("PRAGMA recursive_triggers = OFF")
        [statement] = other.execute("SELECT sql FROM sqlite_master WHERE name = 'event_insert'").fetchone()
        other.execute("DROP TRIGGER event_insert")
        other.execute(
            "INSERT OR REPLACE INTO event SELECT position, stream, version, type, id, command, recorded, effective,"
            " 'ministry', CAST(replace(line, x'3430', x'3939') AS BLOB), leaf FROM event WHERE position = 8"
        )
        other.execute(statement)
        other.commit()


def text_in_a_blob(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET line = CAST(line AS TEXT) WHERE position = 4")


def text_in_a_hash(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET leaf = 'no hash' WHERE position = 4")


def no_utf8_in_a_line(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET line = CAST(replace(line, x'c999', x'ff99') AS BLOB) WHERE position = 4")


def no_utf8_in_a_column(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET actor = CAST(x'ff' AS TEXT) WHERE position = 4")


def duplicate_keys(found: Vault) -> None:
    lines = lines_in(found.path)
    lines[3] = lines[3].replace(b'"percent":"10"', b'"percent":"10","percent":"90"')
    rebuild(found.path, lines)


def an_unknown_type(found: Vault) -> None:
    lines = lines_in(found.path)
    lines[3] = lines[3].replace(b"progress.reported.v1", b"progress.invented.v1")
    rebuild(found.path, lines)


def an_unknown_field(found: Vault) -> None:
    lines = lines_in(found.path)
    lines[3] = rewritten(lines[3], data={"approved": True})
    rebuild(found.path, lines)


def changed_checkpoint(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("UPDATE checkpoint SET note = replace(note, 'urn:uuid:0', 'urn:uuid:1') WHERE size = 6")


def checkpoint_under_another_size(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("UPDATE checkpoint SET size = 5 WHERE size = 6")


def checkpoint_of_nonsense(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("INSERT INTO checkpoint VALUES (3, 'no note')")
        other.execute("INSERT INTO checkpoint VALUES (4, x'00')")


def checkpoint_of_another_ledger(found: Vault) -> None:
    other = vault(found.path.parent / "other", seed=8)
    with unprotected(found.path) as connection:
        connection.execute("INSERT INTO checkpoint VALUES (?, ?)", [9, other.late.note])


def added_a_node(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("INSERT INTO node VALUES (8, 0, x'00')")


def index_that_lies(found: Vault) -> None:
    """A line that is in the table, and that questions about its command no longer find."""
    with unprotected(found.path) as other:
        [command] = other.execute("SELECT command FROM event WHERE position = 4").fetchone()
        other.execute("UPDATE event SET command = 'x' WHERE position = 4")
        hidden = other.execute("SELECT * FROM sqlite_master WHERE name = 'ix_event_command'").fetchone()
        other.execute("PRAGMA writable_schema = ON")
        other.execute("DELETE FROM sqlite_master WHERE name = 'ix_event_command'")
        other.commit()
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET command = ? WHERE position = 4", [command])
        other.execute("PRAGMA writable_schema = ON")
        other.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", hidden)


def second_head(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("INSERT INTO head SELECT 'x', size, frontier, time, format FROM head")


def renumbered_a_version(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET version = 40 WHERE position = 11")


def stray_line(found: Vault) -> None:
    """Where queries that begin at #1 do not look."""
    with unprotected(found.path) as other:
        other.execute(
            "INSERT INTO event SELECT -7, 'x', 1, type, 'x', command, recorded, effective, actor, line, leaf"
            " FROM event WHERE position = 1"
        )


def made_up_table(found: Vault) -> None:
    """A view in the table's place could give what it likes, each time something else."""
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("ALTER TABLE event RENAME TO truth")
        other.execute("CREATE VIEW event AS SELECT * FROM truth")
        other.commit()


ATTACKS: dict[Callable[[Vault], None], set[str]] = {
    edited_payload: {"leaf-differs", "checkpoint-contradicted"},
    edited_column: {"column-differs"},
    edited_type: {"column-differs"},
    edited_file: {"leaf-differs", "checkpoint-contradicted"},
    edited_and_rebuilt: {"checkpoint-contradicted"},
    deleted_in_the_middle: {"line-missing", "head-differs", "checkpoint-contradicted"},
    deleted_and_rebuilt: {"checkpoint-contradicted"},
    deleted_at_the_end: {"checkpoint-beyond"},
    deleted_at_the_end_and_went_on: {"checkpoint-contradicted"},
    swapped: {"out-of-sequence", "column-differs", "checkpoint-contradicted"},
    swapped_and_rebuilt: {"time-falls", "checkpoint-contradicted"},
    inserted: {"checkpoint-contradicted"},
    dropped_and_rebuilt: {"checkpoint-contradicted"},
    rewrote_the_end: {"checkpoint-contradicted"},
    put_back_an_older_copy: {"checkpoint-beyond"},
    forked: {"checkpoint-contradicted"},
    dropped_a_trigger: {"trigger-missing"},
    changed_a_trigger: {"trigger-changed"},
    added_a_trigger: {"trigger-added"},
    replaced_a_line: {"leaf-differs", "column-differs", "checkpoint-contradicted"},
    text_in_a_blob: {"bad-line", "leaf-differs"},
    text_in_a_hash: {"leaf-differs"},
    no_utf8_in_a_line: {"bad-line", "leaf-differs", "checkpoint-contradicted"},
    no_utf8_in_a_column: {"unreadable-row"},
    duplicate_keys: {"not-exact", "checkpoint-contradicted"},
    an_unknown_type: {"unknown-type", "checkpoint-contradicted"},
    an_unknown_field: {"bad-line", "checkpoint-contradicted"},
    changed_checkpoint: {"bad-signature", "checkpoint-of-another-ledger"},
    checkpoint_under_another_size: {"bad-checkpoint"},
    checkpoint_of_nonsense: {"bad-checkpoint"},
    checkpoint_of_another_ledger: {"checkpoint-of-another-ledger"},
    added_a_node: {"node-differs"},
    index_that_lies: {"file-damaged"},
    second_head: {"head-differs"},
    renumbered_a_version: {"wrong-version"},
    stray_line: {"stray-line"},
    made_up_table: {"schema-missing"},
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_is_found(attack: Callable[[Vault], None], found: Vault) -> None:
    attack(found)
    report = audit(found)
    assert report.verdict is Verdict.TAMPERED
    assert ATTACKS[attack] <= codes(report)


@pytest.mark.parametrize("column", ["size = 5", "frontier = x'00'", "time = '1970'", "id = 'me'", "format = 7"])
def test_the_head_is_compared(column: str, found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute(f"UPDATE head SET {column}")
    assert codes(audit(found)) == {"head-differs"}


def test_a_ledger_that_nobody_touched_is_verified(found: Vault) -> None:
    report = audit(found)
    assert report.verdict is Verdict.VERIFIED
    assert (report.findings.listed, report.remarks.listed) == ([], [])
    assert (report.size, report.pinned, report.unsealed[:2], report.title) == (11, 9, (9, 2), "Middle Corridor")


def test_what_stands_behind_the_last_checkpoint_can_be_rewritten_unseen_and_the_report_says_so(found: Vault) -> None:
    lines = lines_in(found.path)
    rebuild(found.path, [*lines[:9], *(rewritten(line, data={"note": "all is well"}) for line in lines[9:])])
    report = audit(found)
    assert (report.verdict, report.pinned, report.unsealed.lines) == (Verdict.VERIFIED, 9, 2)
    assert report.unsealed.oldest == "2026-04-02T12:00:11.000000Z"


YEAR = {"earliest": "2026-01-01", "edtf": "2026", "latest": "2026-12-31", "wording": "2026"}
# What a rule of the domain refuses, in lines that nobody has sealed yet: position, attributes.
BROKEN: dict[str, tuple[int, dict[str, Any]]] = {
    "own-approval": (7, {"data": {"approved_by": "Programme-Office"}}),
    "no-reason": (7, {"data": {"reason": " "}}),
    "wrong-previous": (7, {"data": {"previous": YEAR}}),
    "effective-in-future": (10, {"effective": "2026-05-01"}),
    "out-of-order": (7, {"effective": "2026-04-01"}),
    "bad-percent": (10, {"data": {"percent": "101"}}),
    "bad-text": (10, {"data": {"note": "x\u202ey"}}),
    "unknown-key": (10, {"data": {"item": "fibre/landing"}}),
    "wrong-stream": (10, {"subject": "party/az"}),
    "time-falls": (10, {"time": "2026-04-02T09:00:00.000000Z"}),
    "another-ledger": (10, {"source": "urn:uuid:0190a000-0000-7000-8000-000000000001"}),
    "bad-line": (10, {"time": "9999-12-31T23:00:00.000000Z"}),
}


@pytest.mark.parametrize("code", BROKEN)
def test_the_rules_are_asked_again_of_every_line(code: str, found: Vault) -> None:
    position, attributes = BROKEN[code]
    lines = lines_in(found.path)
    lines[position - 1] = rewritten(lines[position - 1], **attributes)
    rebuild(found.path, lines)
    report = verify(found.path)
    assert report.verdict is Verdict.TAMPERED
    assert (position, code) in {(one.position, one.code) for one in report.findings.listed}


def test_an_id_that_another_line_has_is_found(found: Vault) -> None:
    """The table would not take it in its column."""
    lines = lines_in(found.path)
    line = rewritten(lines[9], id=id_of(lines[0]))
    with unprotected(found.path) as other:
        other.execute("UPDATE event SET line = ?, leaf = ? WHERE position = 10", [line, leaf_hash(line)])
    assert codes(verify(found.path)) >= {"duplicate-id", "column-differs"}


def test_one_broken_rule_brings_no_flood_of_findings(found: Vault) -> None:
    """Without the line that made it, there is no fibre of which anything could be said."""
    lines = lines_in(found.path)
    rebuild(found.path, numbered([*lines[:2], *lines[3:]]))
    report = verify(found.path)
    assert [(one.position, one.code) for one in report.findings.listed if one.code == "unknown-key"] == [
        (3, "unknown-key")
    ]
    assert report.findings.following == 7


def test_a_first_line_that_opens_no_ledger_is_found(found: Vault) -> None:
    rebuild(found.path, numbered(lines_in(found.path)[1:]))
    report = verify(found.path)
    assert "no-opening" in codes(report)
    assert (report.title, report.first) == (None, None)


def test_a_line_on_which_our_own_rules_fail_is_a_finding_and_the_audit_goes_on(
    found: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("domain.progress.ProgressReported.check", fails)
    report = audit(found)
    assert {one.position for one in report.findings.listed if one.code == "cannot-be-checked"} == {
        4,
        5,
        6,
        8,
        9,
        10,
        11,
    }


def test_so_is_one_on_which_we_fail_elsewhere(found: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ledger.verify_lines.remembered", fails)
    assert codes(audit(found)) == {"cannot-be-checked"}


def test_an_audit_leaves_the_looking_for_garbage_as_it_found_it(found: Vault) -> None:
    for enabled in (True, False):
        (gc.enable if enabled else gc.disable)()
        audit(found)
        assert gc.isenabled() is enabled
    gc.enable()


def test_a_fact_of_a_newer_version_cannot_be_decided_and_no_rule_is_asked_after_it(found: Vault) -> None:
    lines = lines_in(found.path)
    lines[9] = lines[9].replace(b"progress.reported.v1", b"progress.reported.v2")
    rebuild(found.path, [*lines[:10], rewritten(lines[10], data={"percent": "101"})])
    report = audit(found)
    assert (report.verdict, codes(report)) == (Verdict.UNDECIDED, {"newer-version"})
    assert [(one.position, one.code) for one in report.remarks.listed] == [(10, "rules-not-asked")]


@pytest.mark.parametrize(("format", "code"), [(2, "newer-format"), (0, "older-format")])
def test_another_format_cannot_be_decided(format: int, code: str, found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute(f"PRAGMA user_version = {format}")
    report = audit(found)
    assert (report.verdict, codes(report)) == (Verdict.UNDECIDED, {code})


def test_a_file_that_does_not_say_that_it_is_a_ledger_is_read_all_the_same(found: Vault) -> None:
    with unprotected(found.path) as other:
        other.execute("PRAGMA application_id = 7")
    report = audit(found)
    assert (codes(report), report.size, report.pinned) == ({"not-a-ledger"}, 11, 9)


def test_a_file_of_something_else_is_a_finding_and_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"no database " * 1000)
    report = verify(tmp_path / "other")
    assert (report.verdict, codes(report)) == (Verdict.TAMPERED, {"not-a-ledger"})
    with pytest.raises(Refused, match="no ledger"):
        verify(tmp_path / "none")


def test_what_others_added_beside_ours_is_a_remark(found: Vault) -> None:
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("CREATE INDEX theirs ON event (actor)")
        other.execute("ANALYZE")
    report = audit(found)
    assert report.verdict is Verdict.VERIFIED
    assert [one.code for one in report.remarks.listed] == ["schema-added"]


def test_a_clock_that_was_behind_is_listed(found: Vault) -> None:
    lines = lines_in(found.path)
    rebuild(found.path, [*lines[:10], rewritten(lines[10], clock="2026-04-02T11:00:00.000000Z")])
    report = audit(found)
    assert report.verdict is Verdict.VERIFIED
    assert [(one.position, one.code) for one in report.remarks.listed] == [(11, "clock-behind")]


def test_findings_beyond_a_thousand_are_counted(found: Vault) -> None:
    report = audit(found)
    for position in range(1500):
        report.findings.add(position, "leaf-differs", "x")
    assert (len(report.findings.listed), report.findings.count) == (1000, 1500)


def test_what_rules_forgot_is_read_again_from_where_it_stands(found: Vault) -> None:
    """A party cannot be retracted while a commitment names it: the line that does is looked up."""
    lines = lines_in(found.path)
    retraction = {"event": id_of(lines[1]), "reason": "Mistyped", "type": "party.registered.v1"}
    last = msgspec.json.decode(lines[10]) | {"data": retraction, "subject": "party/az", "type": "event.retracted.v1"}
    rebuild(found.path, [*lines[:10], msgspec.json.encode(last, order="sorted")])
    report = audit(found)
    assert [(one.position, one.code) for one in report.findings.listed] == [(11, "retract-later-first")]
    assert "#3 commitment.made.v1" in report.findings.listed[0].text


# A ledger large enough to keep nodes of its tree.


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "pledger.db"
    with closing(new_ledger(path)) as ledger:
        ledger.change(deciding(*(party(f"p{number}") for number in range(599))), actor=OFFICE)
    return path


def test_the_nodes_of_the_tree_are_compared(large: Path) -> None:
    report = verify(large)
    assert (report.verdict, report.size) == (Verdict.UNPINNED, 600)
    with unprotected(large) as other:
        other.execute('UPDATE node SET hash = zeroblob(32) WHERE "index" = 1')
        other.execute('DELETE FROM node WHERE "index" = 0')
    report = verify(large)
    assert [one.code for one in report.findings.listed] == ["node-differs"] * 2
    assert "#257 to #512" in report.findings.listed[1].text


def test_pages_of_lines_that_cannot_be_read_do_not_hide_the_others(large: Path, tmp_path: Path) -> None:
    path = tmp_path / "pledger.db"
    path.write_bytes(large.read_bytes())
    with unprotected(path) as other:
        other.execute("UPDATE event SET type = CAST(x'ff' AS TEXT) WHERE position IN (100, 200, 600)")
        other.execute("UPDATE event SET actor = 'ministry' WHERE position = 400")
    found = [(one.position, one.code) for one in verify(path).findings.listed if one.position]
    assert found == [(100, "unreadable-row"), (200, "unreadable-row"), (600, "unreadable-row"), (400, "column-differs")]


def test_a_file_that_somebody_holds_cannot_be_decided(found: Vault) -> None:
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CannotDecide) as undecided:
            verify(found.path, timeout=0)
    assert undecided.value.code == "ledger-busy"
