"""Who signed this text, when, and which tree does it pin? (C2SP signed-note, tlog-checkpoint, tlog-cosignature)"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

DASH = "\u2014 "  # begins a signature line
PLAIN, COSIGNED = b"\x01", b"\x04"  # signature types: Ed25519; Ed25519 over a time and a checkpoint
MOST_SIGNATURES = 100
LATEST = 2**63 - 1  # POSIX seconds
LARGEST = 2**64 - 1  # leaves

Signature = tuple[str, bytes, bytes]  # key name, key ID, what follows the key ID
Key = tuple[bytes, Ed25519PublicKey]  # signature type, public key


class NoteError(Exception):
    """A note, key or checkpoint that is malformed, or that nobody known has signed; the text says which."""


class UnsignedError(NoteError):
    """A sound note that bears no signature by a known key."""


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The note: this text, which ends in a newline, signed by `key` under `name` (C2SP signed-note, Ed25519)."""
    _check_text(text)
    return _with_signature(text, [], name, PLAIN, key)


def countersign(note: str, name: str, key: Ed25519PrivateKey) -> str:
    """The note with one more plain signature, as when one key takes over from another (C2SP signed-note)."""
    return _with_signature(*_split(note), name, PLAIN, key)


def cosign(note: str, name: str, key: Ed25519PrivateKey, time: int) -> str:
    """The checkpoint with one more cosignature (C2SP tlog-cosignature, Ed25519); `time` in POSIX seconds.

    It states that at `time` this was the largest tree of this origin that the cosigner had seen, consistent with all
    earlier ones. To have checked that is up to the caller. An earlier cosignature by the same key is replaced.
    """
    text, signatures = _split(note)
    parse_checkpoint(text)
    if not 0 <= time <= LATEST:
        raise NoteError("A cosignature's time is from 0 to 2**63 - 1 POSIX seconds.")
    return _with_signature(text, signatures, name, COSIGNED, key, time.to_bytes(8, "big"))


def open_note(raw: bytes, vkeys: Iterable[str]) -> tuple[str, dict[str, int | None]]:
    """The text of a note and who of `vkeys` signed it: key name -> POSIX seconds, None for a plain signature.

    Of several by one name the latest time counts. Signatures by other keys are passed over (C2SP signed-note).
    Refused with `NoteError`: a malformed note or vkey, a known key whose signature fails; with `UnsignedError`: no
    signature by a known key.
    """
    text, signatures = _split(_decoded(raw))
    keys, signers = _known(vkeys), dict[str, int | None]()
    for name, key_id, signature in signatures:
        if key := keys.get((name, key_id)):
            times = signers.get(name), _verified(text, name, key, signature)
            signers[name] = max((time for time in times if time is not None), default=None)
    if not signers:
        raise UnsignedError("None of the known keys has signed this note.")
    return text, signers


def vkey(name: str, public_key: Ed25519PublicKey | bytes, *, cosigner: bool = False) -> str:
    """The verifier key as text (C2SP signed-note, verifier keys); `public_key` as an object or its 32 bytes.

    `cosigner`: for cosignatures alone, signature type 4. `open_note` takes a key of type 1 for them as well.
    """
    _check_name(name)
    public = public_key if isinstance(public_key, bytes) else public_key.public_bytes_raw()
    if len(public) != 32:
        raise NoteError("An Ed25519 public key has 32 bytes.")
    kind = COSIGNED if cosigner else PLAIN
    return f"{name}+{_key_id(name, kind, public).hex()}+{_to_base64(kind + public)}"


def parse_vkey(text: str) -> tuple[str, bytes, bytes]:
    """Name, signature type and public key of a verifier key, else `NoteError` (C2SP signed-note, verifier keys)."""
    name, _, key = (*text.split("+", 2), "", "")[:3]
    raw = _from_base64(key)
    kind, public = raw[:1], raw[1:]
    if kind not in (PLAIN, COSIGNED) or text != vkey(name, public, cosigner=kind == COSIGNED):
        raise NoteError("A verifier key is name+id+key: the id in hex, the key an Ed25519 key that has this id.")
    return name, kind, public


def checkpoint(origin: str, size: int, root: bytes) -> str:
    """The text that pins a tree, ready to be signed; `parse_checkpoint` is the way back (C2SP tlog-checkpoint)."""
    if "\n" in origin or not 0 <= size <= LARGEST:
        raise NoteError("The origin of a checkpoint is one line, its size from 0 to 2**64 - 1.")
    text = f"{origin}\n{size}\n{_to_base64(root)}\n"
    parse_checkpoint(text)
    return text


def parse_checkpoint(text: str) -> tuple[str, int, bytes, list[str]]:
    """Origin, size, root hash and extension lines of a checkpoint's text (C2SP tlog-checkpoint), else `NoteError`."""
    _check_text(text)
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise NoteError("A checkpoint has at least three lines, origin, size and root, and no empty one.")
    origin, size, root, *extensions = lines
    if len(hashed := _from_base64(root)) != 32:
        raise NoteError("A checkpoint's root is a hash of 32 bytes.")
    return origin, _size(size), hashed, extensions


def _with_signature(
    text: str, signatures: list[Signature], name: str, kind: bytes, key: Ed25519PrivateKey, stamp: bytes = b""
) -> str:
    """The note with a new last signature, which replaces an earlier one by the same key."""
    _check_name(name)
    key_id = _key_id(name, kind, key.public_key().public_bytes_raw())
    others = [one for one in signatures if one[:2] != (name, key_id)]
    if len(others) == MOST_SIGNATURES:
        raise NoteError(f"The note already has {MOST_SIGNATURES} signatures.")
    new = name, key_id, stamp + key.sign(_message(text, stamp))
    return text + "\n" + "".join(f"{DASH}{one} {_to_base64(two + three)}\n" for one, two, three in [*others, new])


def _message(text: str, stamp: bytes) -> bytes:
    """The signed bytes: the text, of a cosignature after a header and its time (C2SP tlog-cosignature)."""
    head = f"cosignature/v1\ntime {int.from_bytes(stamp, 'big')}\n" if stamp else ""
    return (head + text).encode()


def _verified(text: str, name: str, key: Key, signature: bytes) -> int | None:
    """The time of a cosignature, None of a plain signature; one that does not hold is refused."""
    kind, public = key
    stamp, signature = (signature[:8], signature[8:]) if kind == COSIGNED else (b"", signature)
    time = int.from_bytes(stamp, "big") if stamp else None
    try:
        public.verify(signature, _message(text, stamp))
    except InvalidSignature:
        raise NoteError(f"The signature by {name} does not hold.") from None
    if time is not None and time > LATEST:
        raise NoteError(f"The time of the cosignature by {name} is over 2**63 - 1.")
    return time


def _split(note: str) -> tuple[str, list[Signature]]:
    """Text and signatures of a note, parted by its last empty line (C2SP signed-note, format)."""
    head, gap, tail = note.rpartition("\n\n")
    lines = tail.split("\n")
    if not gap or len(lines) < 2 or lines.pop():
        raise NoteError("A note is a text, an empty line, and signature lines, each ended by a newline.")
    if len(lines) > MOST_SIGNATURES:
        raise NoteError(f"The note has over {MOST_SIGNATURES} signatures.")
    _check_text(head + "\n")
    return head + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> Signature:
    """One signature line: dash, key name, base64 of key ID and signature (C2SP signed-note, signatures)."""
    dash, name, signature = line[:2], *line[2:].partition(" ")[::2]
    if dash != DASH:
        raise NoteError("A signature line starts with an em dash (U+2014) and a space.")
    _check_name(name)
    raw = _from_base64(signature)
    if len(raw) < 5:
        raise NoteError(f"The signature by {name} is too short.")
    return name, raw[:4], raw[4:]


def _known(vkeys: Iterable[str]) -> dict[tuple[str, bytes], Key]:
    """The keys by name and key ID; one of type 1 stands under the ID of its cosignatures too."""
    known = {}
    for name, kind, public in map(parse_vkey, vkeys):
        for each in {kind, COSIGNED}:
            known[name, _key_id(name, each, public)] = each, Ed25519PublicKey.from_public_bytes(public)
    return known


def _key_id(name: str, kind: bytes, public: bytes) -> bytes:
    """Four bytes that tell one name's keys apart (C2SP signed-note, signatures)."""
    return sha256(name.encode() + b"\n" + kind + public).digest()[:4]


def _size(text: str) -> int:
    """A decimal number without sign or leading zeros (C2SP tlog-checkpoint, tree size)."""
    short = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    size = int(text) if short else LARGEST + 1
    if size > LARGEST or str(size) != text:
        raise NoteError("A checkpoint's size is from 0 to 2**64 - 1, in decimal and without leading zeros.")
    return size


def _to_base64(raw: bytes) -> str:
    return b64encode(raw).decode()


def _from_base64(text: str) -> bytes:
    """Standard base64 in its one canonical spelling (RFC 4648, 4 and 3.5)."""
    try:
        raw = b64decode(text)
    except ValueError:
        raise NoteError("Not base64.") from None
    if _to_base64(raw) != text:
        raise NoteError("Base64 that is not in its canonical form.")
    return raw


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise NoteError("The note is not UTF-8.") from None


def _check_text(text: str) -> None:
    """Text of a note: its last line is ended, and it holds UTF-8 without control characters."""
    _check_characters(text)
    if not text.endswith("\n"):
        raise NoteError("The text of a note ends in a newline.")


def _check_name(name: str) -> None:
    _check_characters(name)
    if not name or "+" in name or any(map(str.isspace, name)):
        raise NoteError("The name of a key is not empty and holds neither spaces nor a plus.")


def _check_characters(text: str) -> None:
    if any((character < " " and character != "\n") or "\ud800" <= character <= "\udfff" for character in text):
        raise NoteError("A note holds no control characters and only what UTF-8 can write.")
