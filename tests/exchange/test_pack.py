"""Is a pack whole, the same each time, and can it be checked with openssl, signify and coreutils alone?"""

from __future__ import annotations

import json
import re
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.facts import FACTS
from domain.refused import Refused
from exchange.pack import Contents, pack
from exchange.pack_keys import signers, text_of
from exchange.pack_text import PARTIAL, WHOLE
from ledger.note import cosign, vkey
from ledger.prove import covering
from ledger.record import Record
from tests.exchange.packed import AT, TABLES, Packed, in_bare_shell, packed
from tests.ledger.audited import key_in, lines_in, vault

NEEDED = ("sh", "openssl", "sha256sum", "base64")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    folder = tmp_path_factory.mktemp("whole")
    return packed(vault(folder / "vault"), folder / "pack")


@pytest.fixture(scope="module")
def part(whole: Packed) -> Packed:
    return packed(whole.vault, whole.folder.with_name("part"), (2, 3, 5, 9))


def commands(found: Packed) -> list[str]:
    """What VERIFY.md says to type, block by block."""
    return re.findall(r"(?ms)^```sh\n(.*?)^```", found.read("VERIFY.md").decode())


def fails(found: Packed, signify: bool = False) -> list[str]:
    """The blocks of VERIFY.md that do not succeed: those for signify, which not everybody has, or all others."""
    for tool in (*NEEDED, *(["signify-openbsd"] if signify else [])):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    asked = [one for one in commands(found) if ("signify-openbsd" in one) is signify]
    return [one for one in asked if in_bare_shell(one, found.folder).returncode]


def test_signify_is_another_judge_of_the_signatures(whole: Packed, tmp_path: Path) -> None:
    found = whole.copied(tmp_path)
    assert fails(found, signify=True) == []
    found.write("keys/1/signed", found.read("keys/1/signed").replace(b"\n9\n", b"\n8\n"))
    assert len(fails(found, signify=True)) == 1


@pytest.mark.parametrize("kind", ["whole", "part"])
def test_whoever_follows_verify_md_comes_to_its_end(kind: str, request: pytest.FixtureRequest) -> None:
    found: Packed = request.getfixturevalue(kind)
    assert fails(found) == []
    assert found.key.encode() in in_bare_shell("cat keys/*/vkey", found.folder).stdout
    assert len(commands(found)) == 6


@pytest.mark.parametrize("kind", ["whole", "part"])
@pytest.mark.parametrize("place", [1, 700, -3])
def test_one_changed_byte_of_the_lines_is_found_also_under_a_new_manifest(
    kind: str, place: int, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    found: Packed = request.getfixturevalue(kind).copied(tmp_path)
    lines = bytearray(found.read("lines.jsonl"))
    lines[place] ^= 1
    (found.folder / "lines.jsonl").write_bytes(lines)
    assert [one.split()[0:2] for one in fails(found)] == [["sha256sum", "--check"], ["sh", "check.sh"]]
    found.list_anew()
    assert fails(found) == ["sh check.sh\n"]


@pytest.mark.parametrize("kind", ["whole", "part"])
def test_a_line_more_or_less_is_found(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    found: Packed = request.getfixturevalue(kind).copied(tmp_path)
    lines = found.read("lines.jsonl")
    for other in (
        lines + b"{}\n",
        lines + b"{}",
        lines[: lines.rindex(b"\n", 0, -1) + 1],
        lines[:9] + b"\0" + lines[9:],
    ):
        found.write("lines.jsonl", other)
        assert fails(found) == ["sh check.sh\n"]


def test_another_checkpoint_is_found(whole: Packed, tmp_path: Path) -> None:
    found = whole.copied(tmp_path)
    found.write("checkpoint.txt", found.read("checkpoint.txt").replace(b"\n9\n", b"\n8\n"))
    assert len(fails(found)) == 2
    found.write("keys/1/signed", found.read("checkpoint.txt"))
    assert len(fails(found)) == 2


def test_a_script_in_a_proof_is_not_run(part: Packed, tmp_path: Path) -> None:
    found = part.copied(tmp_path)
    name = "proofs/0000000002.tlog-proof"
    found.write(name, found.read(name).replace(b"index 1\n", b"index a[$(touch ran)]\n"))
    for shell in ("sh", "bash"):
        assert in_bare_shell(f"{shell} check.sh", found.folder).returncode
    assert not (found.folder / "ran").exists()


def test_the_script_is_short() -> None:
    for script in (WHOLE, PARTIAL):
        assert len([line for line in script.splitlines() if not line.startswith("#")]) <= 15


def test_a_pack_holds_the_lines_as_they_are(whole: Packed, part: Packed) -> None:
    lines = lines_in(whole.vault.path)
    assert whole.read("lines.jsonl") == b"".join(line + b"\n" for line in lines[:9])
    assert part.read("lines.jsonl") == b"".join(lines[at - 1] + b"\n" for at in (2, 3, 5, 9))
    assert not (whole.folder / "proofs").exists()
    assert len(list((part.folder / "proofs").iterdir())) == 4
    assert {path.stem for path in (whole.folder / "schemas").iterdir()} == set(FACTS)
    told = json.loads(part.read("about.json"))
    assert (told["lines"], told["whole"], told["ledger"]["size"]) == (4, False, 9)


def test_the_same_is_packed_to_the_same_bytes(whole: Packed, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    again = packed(whole.vault, tmp_path / "empty")
    names = sorted(path.relative_to(whole.folder) for path in whole.folder.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again.folder) for path in again.folder.rglob("*") if path.is_file())
    assert all(whole.read(str(name)) == again.read(str(name)) for name in names)


def test_nothing_is_left_where_packing_fails(whole: Packed, tmp_path: Path) -> None:
    def refusal(folder: Path, **other: Any) -> str:
        with closing(Record.open(whole.vault.path)) as record:
            note = covering(record, 9)
            contents = Contents(note, signers(note.raw, [whole.key]), range(1, 10), TABLES, AT)
            with pytest.raises(Refused) as refused:
                pack(folder, record, replace(contents, **other))
        return refused.value.code

    assert refusal(tmp_path / "a", signers=[]) == "no-vkey"
    assert refusal(tmp_path / "a", positions=[]) == "nothing-to-pack"
    assert refusal(tmp_path / "a" / "b") == "no-folder"
    assert refusal(tmp_path / "a", positions=[99]) == "no-such-position"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file") == refusal(tmp_path) == "not-empty"


def test_the_signature_of_a_witness_is_packed_too(whole: Packed, tmp_path: Path) -> None:
    auditor = key_in(tmp_path / "auditor.key", name="auditor")
    raw = cosign(whole.vault.late.note, "auditor", auditor.private, 86400).encode()
    stranger = vkey("auditor", bytes(32))
    seal, witness = signers(raw, [whole.key, auditor.vkey, stranger, whole.key])
    assert (seal.name, seal.signed) == ("programme-office", text_of(raw))
    assert witness.signed == b"cosignature/v1\ntime 86400\n" + text_of(raw)
    found = whole.copied(tmp_path)
    for name, content in witness.files().items():
        found.write(f"keys/2/{name}", content)
    assert fails(found) == []
    found.write("keys/2/signed", witness.signed.replace(b"86400", b"86401"))
    assert len(fails(found)) == 1


def test_keys_that_are_none_and_signatures_that_fail_are_refused(whole: Packed) -> None:
    with pytest.raises(Refused) as refused:
        signers(whole.vault.late.note.encode(), ["x"])
    assert refused.value.code == "bad-vkey"
    with pytest.raises(Refused) as refused:
        signers(whole.vault.late.note.replace("\n9\n", "\n8\n").encode(), [whole.key])
    assert refused.value.code == "bad-signature"
