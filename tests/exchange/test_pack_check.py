"""Is whatever somebody did to a pack found, from its files alone?"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest

from domain.refused import Refused
from exchange.pack_check import check_pack
from exchange.pack_notes import read_growth
from exchange.pack_report import LISTED, PackReport
from ledger.note import checkpoint, sign
from ledger.tlog_proof import TlogProof
from ledger.tree import leaf_hash, root_of
from tests.exchange.packed import Packed, packed
from tests.ledger.audited import key_in, lines_in, vault

SOURCES = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    folder = tmp_path_factory.mktemp("whole")
    return packed(vault(folder / "vault"), folder / "pack")


@pytest.fixture(scope="module")
def made_part(made: Packed) -> Packed:
    return packed(made.vault, made.folder.with_name("part"), (2, 3, 5))


@pytest.fixture
def whole(made: Packed, tmp_path: Path) -> Packed:
    return made.copied(tmp_path)


@pytest.fixture
def part(made_part: Packed, tmp_path: Path) -> Packed:
    return made_part.copied(tmp_path)


def codes(found: Packed, *anchors: bytes) -> set[str]:
    report = check_pack(found.folder, [found.key], anchors)
    assert report.verdict.exit == bool(report.findings)
    return {one.code for one in report.findings}


def test_a_pack_is_verified_by_a_known_key_or_a_kept_checkpoint(whole: Packed, part: Packed) -> None:
    for found, lines in ((whole, 9), (part, 3)):
        report = check_pack(found.folder, [found.key])
        assert (report.verdict.code, report.lines, report.size) == ("verified", lines, 9)
        assert (report.title, report.signers, report.packed) == ("Middle Corridor", [found.key], [found.key])
        assert check_pack(found.folder).verdict.exit == 3
        assert check_pack(found.folder, anchors=[found.vault.late.note.encode()]).verdict.exit == 0
        earlier = check_pack(found.folder, anchors=[found.vault.early.note.encode()])
        assert (earlier.verdict.exit, len(earlier.remarks)) == (3, 1)


def test_no_database_is_needed(whole: Packed) -> None:
    program = (
        "import sys\n"
        "from cli.main import run\n"
        f"code = run(['audit', 'verify-pack', {str(whole.folder)!r}, '--vkey', {whole.key!r}])\n"
        "print(code, [one for one in ('sqlalchemy', 'eventsourcing') if one in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=SOURCES, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_what_is_no_pack_is_refused(tmp_path: Path, whole: Packed) -> None:
    with pytest.raises(Refused) as refused:
        check_pack(tmp_path)
    assert refused.value.code == "no-pack"
    with pytest.raises(Refused) as refused:
        check_pack(whole.folder, ["x"])
    assert refused.value.code == "bad-vkey"


def test_files_are_held_against_the_manifest(whole: Packed) -> None:
    (whole.folder / "status.csv").unlink()
    (whole.folder / "slips.csv").write_bytes(b"other")
    (whole.folder / "more").touch()
    manifest = whole.folder / "MANIFEST.sha256"
    manifest.write_text(manifest.read_text("utf-8") + "x\n", "utf-8")
    assert codes(whole) == {"file-missing", "file-changed", "file-added", "bad-manifest"}


def test_nothing_outside_the_folder_is_looked_at(whole: Packed) -> None:
    manifest = whole.folder / "MANIFEST.sha256"
    (whole.folder.parent / "x").touch()
    manifest.write_text(manifest.read_text("utf-8") + f"{sha256(b'').hexdigest()}  ../x\n", "utf-8")
    assert codes(whole) == {"bad-manifest"}


def test_changed_lines_are_found(whole: Packed, part: Packed) -> None:
    lines = whole.read("lines.jsonl")
    whole.write("lines.jsonl", lines.replace(b'"Middle', b'"Muddle'))
    assert codes(whole) == {"root-differs"}
    whole.write("lines.jsonl", lines[: lines.index(b"\n") + 1])
    assert codes(whole) == {"lines-missing"}
    whole.write("lines.jsonl", lines.replace(b'"actor"', b'"Actor"', 1))
    assert codes(whole) == {"bad-line", "root-differs"}
    whole.write("lines.jsonl", lines.replace(b"urn:uuid:0", b"urn:uuid:1", 1))
    assert codes(whole) == {"another-ledger", "root-differs"}
    whole.write("lines.jsonl", lines[:-1])
    assert codes(whole) == {"bad-line"}
    some = part.read("lines.jsonl")
    part.write("lines.jsonl", some.replace(b"Fibre line", b"Fibre lime"))
    assert codes(part) == {"not-included"}
    part.write("lines.jsonl", some.replace(b'"actor"', b'"Actor"', 1))
    assert codes(part) >= {"bad-line"}


def test_lines_and_proofs_belong_together(part: Packed) -> None:
    lines = part.read("lines.jsonl")
    part.write("lines.jsonl", lines + lines.splitlines(keepends=True)[0])
    assert codes(part) == {"lines-missing"}
    part.write("lines.jsonl", lines.splitlines(keepends=True)[0])
    assert codes(part) == {"lines-missing"}
    (part.folder / "none").mkdir()
    (part.folder / "proofs").rename(part.folder.parent / "away")
    (part.folder / "none").rename(part.folder / "proofs")
    part.write("lines.jsonl", b"")
    assert codes(part) == {"lines-missing"}
    (part.folder / "proofs").rmdir()
    (part.folder.parent / "away").rename(part.folder / "proofs")
    part.write("lines.jsonl", lines)
    name = "proofs/0000000002.tlog-proof"
    proof = part.read(name)
    part.write(name, proof.replace(b"\n\n", b"\n\nmore\n", 1))
    assert codes(part) == {"bad-proof"}
    part.write(name, b"x")
    assert codes(part) == {"bad-proof"}


def test_missing_parts_are_found(whole: Packed, part: Packed) -> None:
    (whole.folder / "lines.jsonl").unlink()
    whole.list_anew()
    assert codes(whole) == {"file-missing"}
    (part.folder / "checkpoint").unlink()
    part.list_anew()
    assert codes(part) == {"file-missing", "bad-checkpoint"}
    assert check_pack(part.folder).root == b""


def test_a_forged_checkpoint_is_found(whole: Packed, tmp_path: Path) -> None:
    forger = key_in(tmp_path / "forger.key", seed="forger")
    text = whole.read("checkpoint.txt").decode()
    note = whole.read("checkpoint")
    whole.write("checkpoint", note.replace(b"\n9\n", b"\n8\n"))
    assert codes(whole) == {"bad-signature", "not-signed", "about-differs", "inconsistent", "lines-missing"}
    whole.write("checkpoint", sign(text, forger.name, forger.private).encode())
    assert codes(whole) == {"not-signed"}
    whole.write("keys/1/vkey", b"x")
    whole.write("checkpoint", note)
    assert codes(whole) == {"bad-vkey"}


def test_checkpoints_that_are_held_elsewhere_contradict(whole: Packed) -> None:
    key, origin = whole.vault.key, whole.read("checkpoint.txt").decode().partition("\n")[0]
    assert codes(whole, b"x") == {"bad-checkpoint"}
    other = sign(checkpoint(origin, 9, bytes(32)), key.name, key.private).encode()
    assert codes(whole, other) == {"checkpoint-contradicted"}
    stranger = sign(checkpoint("elsewhere", 9, bytes(32)), key.name, key.private).encode()
    assert codes(whole, stranger) == {"checkpoint-of-another-ledger"}


def test_earlier_checkpoints_are_its_beginning(whole: Packed) -> None:
    note, growth = "earlier/0001-6.checkpoint", "earlier/0001-6.consistency"
    good, key = whole.read(growth), whole.vault.key
    whole.write(growth, good.replace(b"old 6", b"old 5"))
    assert codes(whole) == {"inconsistent"}
    whole.write(growth, b"x")
    assert codes(whole) == {"inconsistent"}
    whole.write(growth, good)
    kept = whole.read(note)
    origin = kept.decode().partition("\n")[0]
    whole.write(note, sign(checkpoint(origin, 6, bytes(32)), key.name, key.private).encode())
    assert codes(whole) == {"inconsistent"}
    root = b64decode(kept.decode().split("\n")[2])
    whole.write(note, sign(checkpoint("elsewhere", 6, root), key.name, key.private).encode())
    assert codes(whole) == {"inconsistent"}
    whole.write(note, b"x")
    assert codes(whole) == {"bad-checkpoint"}


def test_a_line_that_was_sealed_in_the_place_of_another_is_found(part: Packed) -> None:
    key, origin = part.vault.key, part.read("checkpoint.txt").decode().partition("\n")[0]
    lines = lines_in(part.vault.path)[1::-1]
    leaves = [leaf_hash(line) for line in lines]
    note = sign(checkpoint(origin, 2, root_of(leaves)), key.name, key.private).encode()
    shutil.rmtree(part.folder / "proofs")
    part.write("proofs/0000000001.tlog-proof", TlogProof(1, [leaves[1]], note).dump())
    part.write("checkpoint", note)
    part.write("lines.jsonl", lines[0] + b"\n")
    assert codes(part) == {"bad-proof", "about-differs", "inconsistent"}
    part.write("proofs/0000000001.tlog-proof", TlogProof(2, [leaves[0]], note).dump())
    part.write("lines.jsonl", lines[1] + b"\n")
    assert codes(part) == {"bad-proof", "about-differs", "inconsistent"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ledger": {"id": 5}}', "[" * 100000])
def test_what_the_pack_says_about_itself_is_held_against_the_checkpoint(whole: Packed, text: str) -> None:
    whole.write("about.json", text.encode())
    assert codes(whole) == {"about-differs"}


def test_a_pack_without_a_title_is_still_a_pack(whole: Packed) -> None:
    about = json.loads(whole.read("about.json"))
    del about["ledger"]["title"]
    whole.write("about.json", json.dumps(about).encode())
    assert codes(whole) == set()
    assert check_pack(whole.folder).title is None


@pytest.mark.parametrize("raw", [b"old", b"new 5", b"old 999999999999999999999", b"old 5\nx"])
def test_what_is_no_proof_of_growth_is_none(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - base64 says what it likes
        read_growth(raw)


def test_so_many_findings_are_listed_and_all_are_counted() -> None:
    report = PackReport()
    for _ in range(LISTED + 1):
        report.add("bad-line", "x")
    assert (len(report.findings), report.count) == (LISTED, LISTED + 1)
