"""Does `audit compare` say whether copies are the same ledger, whichever form they have?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.checkpoints_consistency import Consistency
from tests.cli.given import Office, moved_in, stocked

SEALED = ("audit seal --key seal.key -o early.checkpoint", "log fibre Surveyed --progress 30%")


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """#11 is sealed; copy.db went on with one line, fork.db with others, and is sealed at #14."""
    office = stocked(tmp_path_factory.mktemp("sealed"))
    office.must("audit key new seal.key --name office", *SEALED)
    for name, words in (("copy", ()), ("fork", ("log fibre Other --progress 31%", "log fibre More --progress 40%"))):
        folder = office.folder / name
        folder.mkdir()
        away = moved_in(office, folder)
        away.must(*words)
        (office.folder / f"{name}.db").write_bytes(_whole(away))
    key = office.must("audit key show seal.key")[0].out.strip()
    office.must(
        "audit seal --key seal.key -o late.checkpoint",
        f"audit pack -o pack --vkey {key}",
        f"audit pack -o some --vkey {key} --range 2..4",
        "log fibre Later --progress 50%",
    )
    return office


def _whole(office: Office) -> bytes:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(office.folder / "pledger.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (office.folder / "pledger.db").read_bytes()


@pytest.mark.parametrize(
    ("one", "other", "said", "code"),
    [
        ("copy.db", "copy.db", "Equal: 12 lines", 0),
        ("copy.db", "pack", "Equal: 12 lines", 0),
        ("late.checkpoint", "pack", "Equal: 12 lines", 0),
        ("some", "late.checkpoint", "Equal: 12 lines", 0),
        (
            "pledger.db",
            "early.checkpoint",
            "early.checkpoint is the beginning of pledger.db, which has 2 lines more",
            0,
        ),
        ("pack", "pledger.db", "pack is the beginning of pledger.db, which has 1 line more", 0),
        ("pledger.db", "fork.db", "They part at #13", 1),
        ("early.checkpoint", "late.checkpoint", "Cannot decide: late.checkpoint is a checkpoint alone.", 3),
    ],
)
def test_ledgers_packs_and_checkpoints_are_compared(stock: Office, one: str, other: str, said: str, code: int) -> None:
    told = stock.tell(f"audit compare {one} {other}")
    assert (told.code, said in told.out) == (code, True), told
    assert len([line for line in told.out.splitlines() if line.startswith("ledger ")]) == 2


def test_where_they_part_both_events_stand_side_by_side(stock: Office) -> None:
    told = stock.tell("audit compare pledger.db fork.db")
    row = next(line for line in told.out.splitlines() if line.startswith("data"))
    assert "Later" in row
    assert "Other" in row
    assert not any(line.startswith("source") for line in told.out.splitlines())
    data = stock.tell("audit compare pledger.db fork.db --json").data
    assert (data["verdict"], data["fork"], data["common"], data["b"]["size"]) == ("fork", 13, 12, 14)
    assert ["Later" in data["lines"][0], "Other" in data["lines"][1]] == [True, True]


def test_a_fork_that_was_sealed_is_found_in_its_pack_and_its_checkpoint(stock: Office, tmp_path: Path) -> None:
    (tmp_path / "seal.key").write_bytes((stock.folder / "seal.key").read_bytes())
    (tmp_path / "seal.key").chmod(0o600)
    (tmp_path / "pledger.db").write_bytes((stock.folder / "fork.db").read_bytes())
    fork = Office(tmp_path, clock=stock.clock, seed=9)
    fork.must("audit seal --key seal.key -o fork.checkpoint")
    key = fork.must("audit key show seal.key")[0].out.strip()
    fork.must(f"audit pack -o pack --vkey {key}")
    ledger = stock.folder / "pledger.db"
    told = fork.tell(f"audit compare {ledger} pack")
    assert (told.code, "They part at #13" in told.out) == (1, True), told
    told = fork.tell(f"audit compare {ledger} fork.checkpoint")
    assert (told.code, "Cannot decide" in told.out) == (3, True), told
    told = fork.tell(f"audit compare {stock.folder / 'pack'} pack")
    assert (told.code, "is the beginning of pack, which has 2 lines more" in told.out) == (0, True), told


def test_a_checkpoint_of_another_history_cannot_say_where_it_parts(stock: Office, tmp_path: Path) -> None:
    (tmp_path / "pledger.db").write_bytes((stock.folder / "fork.db").read_bytes())
    forged = Office(tmp_path, clock=stock.clock, seed=9)
    forged.must("audit key new forged.key", "audit seal --key forged.key -o forged.checkpoint")
    (tmp_path / "copy").mkdir()
    away = moved_in(stock, tmp_path / "copy")
    away.must("log fibre Again --progress 60%", "log fibre Once")
    told = forged.tell("audit compare copy/pledger.db forged.checkpoint")
    assert (told.code, "They part somewhere up to #14; a checkpoint alone" in told.out) == (1, True), told


def test_the_proof_that_it_grew_is_given_out(stock: Office) -> None:
    told = stock.tell("audit compare early.checkpoint copy.db -o growth --json")
    assert (told.code, told.data["written"], told.data["verdict"], told.data["fork"]) == (0, "growth", "prefix", None)
    proof = Consistency.load((stock.folder / "growth").read_bytes())
    assert [one.hex() for one in proof.hashes] == told.data["proof"]
    assert stock.tell("audit compare copy.db copy.db -o nothing --json").data["written"] is None


def test_what_is_none_of_these_is_refused(stock: Office, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("x")
    (tmp_path / "folder").mkdir()
    for name, code in (("text", "bad-checkpoint"), ("folder", "no-pack"), ("none", "no-such-file")):
        assert stock.tell(f"audit compare copy.db {tmp_path / name}").refusal == code
    (tmp_path / "other").mkdir()
    other = stocked(tmp_path / "other")
    assert other.tell("audit compare pledger.db pledger.db").code == 0
    short = tmp_path / "short"
    short.mkdir()
    for name in ("checkpoint", "lines.jsonl"):
        (short / name).write_bytes((stock.folder / "pack" / name).read_bytes())
    with (short / "lines.jsonl").open("ab") as file:
        file.write(b"{}\n")
    assert stock.tell(f"audit compare copy.db {short}").refusal == "lines-missing"


@pytest.mark.parametrize("line", [b"[]", b"x", b"\xff", b"[" * 100000, b'{"a":null}'])
def test_lines_that_are_none_are_shown_as_they_are(stock: Office, tmp_path: Path, line: bytes) -> None:
    from cli.audit_compare import _beside

    assert _beside(b'{"a":1}', line)
