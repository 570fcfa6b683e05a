"""How is the key kept with which a ledger is sealed? In a file of its own, never in the ledger. (RFC 8410, RFC 7468)"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from domain.refused import Refused
from domain.text import shown
from ledger.note import NoteError, parse_vkey, vkey

LARGEST = 10_000
"""Bytes in a key file, at most."""
MARK = "vkey: "
LOCKED = "-----BEGIN ENCRYPTED PRIVATE KEY-----"

Passphrase = Callable[[], bytes]
"""Asked for the passphrase of a file that has one."""


@dataclass(frozen=True)
class SealingKey:
    """An Ed25519 key with the name that it signs under. `file` is where it is kept."""

    file: Path
    name: str
    private: Ed25519PrivateKey

    @property
    def vkey(self) -> str:
        """The verifier key: what others need, to hold a signature against it (C2SP signed-note)."""
        return vkey(self.name, self.private.public_key())


def new_key(file: Path, name: str, passphrase: bytes | None = None) -> SealingKey:
    """A key in a file that nobody else may read (mode 0600), sealed with the passphrase where one is given.

    Refused: `key-exists`, `bad-key-name`, `not-written`.
    """
    key = SealingKey(file, name, Ed25519PrivateKey.generate())
    try:
        head = f"{MARK}{key.vkey}\n".encode()
    except NoteError as error:
        raise Refused("bad-key-name", f"{shown(name)} cannot be the name of a key. {error}") from None
    how: KeySerializationEncryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    _write(file, head + key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how))
    return key


def read_vkey(file: Path) -> str:
    """The verifier key that a key file names; needs no passphrase.

    Refused: `no-sealing-key`, `key-exposed` (others may read it), `bad-sealing-key`.
    """
    return _named(file, _text(file))


def read_key(file: Path, passphrase: Passphrase) -> SealingKey:
    """The key in a file. Refused: as `read_vkey`, `wrong-passphrase`, and whatever `passphrase` refuses."""
    text = _text(file)
    named = _named(file, text)
    secret = passphrase() if LOCKED in text else None
    try:
        private = load_pem_private_key(text.encode(), secret)
    except (ValueError, TypeError):
        if secret is None:
            raise _bad(file, "what stands under it is no private key") from None
        raise Refused("wrong-passphrase", f"The passphrase does not open {_at(file)}. Try again.") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise _bad(file, "it is not an Ed25519 key")
    key = SealingKey(file, named.partition("+")[0], private)
    if key.vkey != named:
        raise _bad(file, "the verifier key in it is that of another key")
    return key


def _write(file: Path, content: bytes) -> None:
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        raise Refused(
            "key-exists", f"{_at(file)} exists already, and keys are not overwritten. Choose another."
        ) from None
    except (OSError, ValueError) as error:
        raise Refused("not-written", f"{_at(file)} cannot be written: {why(error)}. Choose another place.") from None
    with os.fdopen(made, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            mode, raw = os.fstat(opened.fileno()).st_mode, opened.read(LARGEST)
    except (OSError, ValueError) as error:
        raise Refused("no-sealing-key", f"The key {_at(file)} cannot be read: {why(error)}.") from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise Refused("key-exposed", f"Others may read the key {_at(file)}. Take that away with chmod 600.")
    return raw.decode("utf-8", "replace")


def _named(file: Path, text: str) -> str:
    first = text.partition("\n")[0]
    named = first.removeprefix(MARK)
    try:
        parse_vkey(named)
    except NoteError:
        raise _bad(file, f"its first line is not `{MARK}` and a verifier key") from None
    return named


def _bad(file: Path, reason: str) -> Refused:
    return Refused("bad-sealing-key", f"{_at(file)} is no key file: {reason}. Make one with `pledger audit key new`.")


def _at(file: Path) -> str:
    return shown(str(file), 200)


def why(error: Exception) -> str:
    """What the system says, as a sentence may go on with it."""
    return (getattr(error, "strerror", None) or "the name is none").lower()
