"""In which forms does a pack hold the keys and signatures of its checkpoint, for tools that are not ours?"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.refused import Refused
from ledger.note import NoteError, UnsignedError, open_note, parse_vkey, vkey

NUMBER = 8
"""Bytes by which signify tells keys apart; here the first of the key's SHA-256."""


class Signer(NamedTuple):
    """A key that signed a checkpoint, the bytes that it signed, and the 64 bytes of the signature (RFC 8032)."""

    vkey: str
    signed: bytes
    signature: bytes

    @property
    def name(self) -> str:
        """The name that it signs under."""
        return self.vkey.partition("+")[0]

    def files(self) -> dict[str, bytes]:
        """The key as vkey (C2SP signed-note), PEM (RFC 8410) and signify's; what was signed; the signature twice."""
        public = parse_vkey(self.vkey)[2]
        pem = Ed25519PublicKey.from_public_bytes(public)
        number = sha256(public).digest()[:NUMBER]
        return {
            "key.pem": pem.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            "signature": self.signature,
            "signed": self.signed,
            "signify.pub": _signify("key", number + public),
            "signify.sig": _signify("signature", number + self.signature),
            "vkey": f"{self.vkey}\n".encode(),
        }


def signers(note: bytes, vkeys: Iterable[str]) -> list[Signer]:
    """Those of the known keys that signed a sound note, by seal or as witness. Refused: `bad-vkey`, `bad-signature`."""
    return [one for key in dict.fromkeys(vkeys) for one in _signed_by(note, key)]


def text_of(note: bytes) -> bytes:
    """The text of a note, which is what a seal signs."""
    return note.rpartition(b"\n\n")[0] + b"\n"


def _signed_by(note: bytes, key: str) -> Iterator[Signer]:
    try:
        name, _, public = parse_vkey(key)
    except NoteError as error:
        raise Refused("bad-vkey", f"{error} Copy it as `pledger audit key show` prints it.") from None
    try:
        open_note(note, [key])
    except UnsignedError:
        return
    except NoteError as error:
        raise Refused("bad-signature", f"The checkpoint is not what was sealed: {error}") from None
    plain, cosigned = (vkey(name, public, cosigner=one).split("+")[1] for one in (False, True))
    for signed_name, key_id, rest in _signatures(note):
        if (signed_name, key_id) == (name, plain):
            yield Signer(key, text_of(note), rest)
        elif (signed_name, key_id) == (name, cosigned):
            head = f"cosignature/v1\ntime {int.from_bytes(rest[:8], 'big')}\n"
            yield Signer(key, head.encode() + text_of(note), rest[8:])


def _signatures(note: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Name, key ID in hex and what follows it, of each signature (C2SP signed-note, signatures)."""
    for line in note.rpartition(b"\n\n")[2].decode().splitlines():
        _, name, signature = line.split(" ")
        raw = b64decode(signature)
        yield name, raw[:4].hex(), raw[4:]


def _signify(what: str, content: bytes) -> bytes:
    return f"untrusted comment: {what} of a pledger ledger\n".encode() + b64encode(b"Ed" + content) + b"\n"
