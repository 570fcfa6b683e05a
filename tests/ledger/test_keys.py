"""Is a sealing key kept where only its owner reads it, in a form that other tools read too?"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from domain.refused import Refused
from ledger.keys import new_key, read_key, read_vkey
from tests.ledger.machine import without_permission


def nobody() -> bytes:
    raise AssertionError("nobody is to be asked")


def code_of(file: Path, secret: bytes = b"") -> str:
    """Why a key file is refused."""
    with pytest.raises(Refused) as refused:
        read_key(file, lambda: secret)
    return refused.value.code


def written(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    file.chmod(0o600)
    return file


def test_a_key_is_for_its_owner_alone_and_is_read_back(tmp_path: Path) -> None:
    made = new_key(tmp_path / "seal.key", "programme-office")
    assert (tmp_path / "seal.key").stat().st_mode & 0o777 == 0o600
    assert read_key(made.file, nobody).vkey == made.vkey == read_vkey(made.file)
    assert made.vkey.startswith("programme-office+")


def test_a_key_with_a_passphrase_opens_with_it_alone_and_tells_its_verifier_key_without(tmp_path: Path) -> None:
    made = new_key(tmp_path / "seal.key", "Büro/1", b"a long sentence")
    assert read_key(made.file, lambda: b"a long sentence").vkey == made.vkey == read_vkey(made.file)
    assert code_of(made.file, b"another") == "wrong-passphrase"


@pytest.mark.parametrize("secret", [None, b"secret"], ids=["plain", "locked"])
def test_openssl_reads_a_key_file(tmp_path: Path, secret: bytes | None) -> None:
    program = shutil.which("openssl") or pytest.skip("openssl is not installed")
    made = new_key(tmp_path / "seal.key", "office", secret)
    command = [program, "pkey", "-in", str(made.file), "-passin", "pass:secret", "-pubout", "-outform", "DER"]
    public = subprocess.run(command, capture_output=True, check=True).stdout
    assert public[-32:] == made.private.public_key().public_bytes_raw()


def test_no_key_is_ever_overwritten(tmp_path: Path) -> None:
    new_key(tmp_path / "seal.key", "office")
    with pytest.raises(Refused) as refused:
        new_key(tmp_path / "seal.key", "office")
    assert refused.value.code == "key-exists"


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb"])
def test_a_name_that_no_key_can_have_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        new_key(tmp_path / "seal.key", name)
    assert refused.value.code == "bad-key-name"
    assert not list(tmp_path.iterdir())


def test_a_key_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        new_key(tmp_path / "none" / "seal.key", "office")
    assert refused.value.code == "not-written"


def test_a_key_that_is_not_there_or_may_not_be_read_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path / "seal.key") == "no-sealing-key"
    made = new_key(tmp_path / "seal.key", "office")
    made.file.chmod(0)
    os.chown(made.file, os.getuid(), -1)
    tmp_path.chmod(0o755)
    with without_permission():
        assert code_of(made.file) == "no-sealing-key"


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    made = new_key(tmp_path / "seal.key", "office")
    made.file.chmod(0o640)
    assert code_of(made.file) == "key-exposed"


def test_a_file_that_is_no_key_is_refused(tmp_path: Path) -> None:
    made = new_key(tmp_path / "seal.key", "office")
    head, *rest = made.file.read_bytes().splitlines(keepends=True)
    other = new_key(tmp_path / "other.key", "office").file.read_bytes().splitlines(keepends=True)
    wide = Ed448PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for content in (b"", b"hello", b"\xff\xfe", b"".join(rest), head, head + b"".join(other[1:]), head + wide):
        assert code_of(written(tmp_path / "x.key", content)) == "bad-sealing-key"
