"""Are notes, cosignatures, verifier keys and checkpoints those of C2SP, and is everything else refused?"""

from base64 import b64decode, b64encode
from contextlib import suppress
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ledger.note import NoteError, checkpoint, cosign, countersign, open_note, parse_checkpoint, sign, vkey

OLD, NEW, AUDITOR = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2, 3))
ORIGIN = "ledger.example/1"
ROOT = sha256(b"root").digest()
TEXT = checkpoint(ORIGIN, 7, ROOT)
NOTE = sign(TEXT, ORIGIN, OLD)
OLD_KEY, NEW_KEY = vkey(ORIGIN, OLD.public_key()), vkey(ORIGIN, NEW.public_key())
AUDITOR_KEY = vkey("auditor", AUDITOR.public_key())
LINE = NOTE.split("\n\n")[1]

keys = st.binary(min_size=32, max_size=32).map(Ed25519PrivateKey.from_private_bytes)
plain = st.characters(exclude_categories=["Cs", "Cc"])
texts = st.text(st.one_of(plain, st.just("\n")), max_size=60).map(lambda text: text + "\n")
names = st.text(plain, min_size=1, max_size=20).filter(lambda name: "+" not in name and not any(map(str.isspace, name)))
times = st.integers(0, 2**63 - 1)


def base64(raw: bytes) -> str:
    return b64encode(raw).decode()


# Signing and opening


@given(texts, names, keys)
def test_a_note_opens_with_the_key_that_signed_it(text: str, name: str, key: Ed25519PrivateKey) -> None:
    raw = sign(text, name, key).encode()
    assert open_note(raw, [vkey(name, key.public_key())]) == (text, {name: None})


@example("auditor", AUDITOR, 0)
@example("auditor", AUDITOR, 2**63 - 1)
@given(names, keys, times)
def test_a_cosignature_tells_its_time(name: str, key: Ed25519PrivateKey, time: int) -> None:
    raw = cosign(NOTE, name, key, time).encode()
    for cosigner in (True, False):
        given_ = [OLD_KEY, vkey(name, key.public_key(), cosigner=cosigner)]
        assert open_note(raw, given_) == (TEXT, {ORIGIN: None, name: time})


def test_a_note_is_its_text_an_empty_line_and_the_signature_of_its_text() -> None:
    public = OLD.public_key().public_bytes_raw()
    key_id = sha256(ORIGIN.encode() + b"\n\x01" + public).digest()[:4]
    assert f"{TEXT}\n\u2014 {ORIGIN} {base64(key_id + OLD.sign(TEXT.encode()))}\n" == NOTE
    assert f"{ORIGIN}+{key_id.hex()}+{base64(bytes([1]) + public)}" == OLD_KEY == vkey(ORIGIN, public)


def test_a_cosignature_signs_a_header_its_time_and_the_checkpoint() -> None:
    public = AUDITOR.public_key().public_bytes_raw()
    key_id = sha256(b"auditor\n\x04" + public).digest()[:4]
    signature = AUDITOR.sign(f"cosignature/v1\ntime 86400\n{TEXT}".encode())
    line = f"\u2014 auditor {base64(key_id + (86400).to_bytes(8, 'big') + signature)}\n"
    assert cosign(NOTE, "auditor", AUDITOR, 86400) == NOTE + line
    assert vkey("auditor", public, cosigner=True) == f"auditor+{key_id.hex()}+{base64(bytes([4]) + public)}"


def test_a_text_may_hold_empty_lines_and_even_look_like_a_note() -> None:
    for text in ("\n", "\n\n", "a\n\nb\n", NOTE, NOTE + "\n"):
        assert open_note(sign(text, ORIGIN, NEW).encode(), [OLD_KEY, NEW_KEY]) == (text, {ORIGIN: None})


def test_a_key_that_takes_over_signs_beside_the_old_one() -> None:
    both = countersign(NOTE, ORIGIN, NEW)
    for known in ([OLD_KEY], [NEW_KEY], [OLD_KEY, NEW_KEY], [NEW_KEY, NEW_KEY]):
        assert open_note(both.encode(), known) == (TEXT, {ORIGIN: None})


def test_signatures_by_unknown_keys_are_passed_over() -> None:
    note = cosign(countersign(NOTE, "someone", NEW), "auditor", AUDITOR, 5)
    assert open_note(note.encode(), [AUDITOR_KEY]) == (TEXT, {"auditor": 5})
    same_name = vkey(ORIGIN, AUDITOR.public_key())
    assert open_note(note.encode(), [same_name, AUDITOR_KEY]) == (TEXT, {"auditor": 5})


def test_signing_again_with_the_same_key_replaces_its_signature() -> None:
    assert countersign(NOTE, ORIGIN, OLD) == NOTE
    assert cosign(cosign(NOTE, "auditor", AUDITOR, 5), "auditor", AUDITOR, 9) == cosign(NOTE, "auditor", AUDITOR, 9)


def test_of_several_signatures_by_one_name_the_latest_time_counts() -> None:
    five, nine = (cosign(NOTE, "auditor", AUDITOR, time).removeprefix(NOTE) for time in (5, 9))
    signed = countersign(NOTE, "auditor", AUDITOR).removeprefix(NOTE)
    for lines in (nine + five, five + nine + nine, nine + five + signed, signed + five + nine):
        assert open_note((NOTE + lines).encode(), [AUDITOR_KEY]) == (TEXT, {"auditor": 9})
    assert open_note((NOTE + signed + signed).encode(), [AUDITOR_KEY]) == (TEXT, {"auditor": None})


def test_a_cosigners_key_opens_no_plain_signature() -> None:
    with pytest.raises(NoteError):
        open_note(NOTE.encode(), [vkey(ORIGIN, OLD.public_key(), cosigner=True)])


# Refusals


def test_a_malformed_note_is_refused_whoever_signed_it() -> None:
    cut = ["", "\n", "\n\n", TEXT, TEXT + "\n", NOTE[:-1], NOTE.replace("\n\n", "\n")]
    more = [NOTE + "\n", NOTE + "Unexpected line.\n", "\x01" + NOTE, TEXT + "\t\n" + NOTE, NOTE.replace("\n", "\r\n")]
    dashes = [NOTE.replace("\u2014 ", dash) for dash in ("- ", "\u2013 ", "\u2014", "\u2014  ", "\u2014\u00a0")]
    names = [NOTE + LINE.replace(ORIGIN, name) for name in ("", "a+b", "a\u2003b", "a\x00b", "a b")]
    wrong = ["", "=", "AAAAAA==", "AAAAAAB=", "AAAA AAA=", "AAAAAA\u00e4=", "AAAAA-_=", "AAAAAAA", "AAAAAAA=="]
    signatures = [NOTE + f"\u2014 someone {signature}\n" for signature in wrong] + [NOTE + "\u2014 someone\n"]
    raws = [note.encode() for note in cut + more + dashes + names + signatures]
    for raw in [*raws, b"\xff" + NOTE.encode(), b"\xed\xa0\x80" + NOTE.encode()]:
        with pytest.raises(NoteError):
            open_note(raw, [OLD_KEY])
    assert open_note(NOTE.encode() + "\u2014 someone AAAAAAA=\n".encode(), [OLD_KEY]) == (TEXT, {ORIGIN: None})


def test_a_control_character_is_refused_even_where_the_signature_holds() -> None:
    key_id = bytes.fromhex(OLD_KEY.split("+")[1])
    for text, opens in (("a\x7fb\n", True), ("a\tb\n", False), ("a\r\n", False), ("\x00\n", False)):
        raw = f"{text}\n\u2014 {ORIGIN} {base64(key_id + OLD.sign(text.encode()))}\n".encode()
        if opens:
            assert open_note(raw, [OLD_KEY]) == (text, {ORIGIN: None})
        else:
            with pytest.raises(NoteError):
                open_note(raw, [OLD_KEY])


def test_a_note_has_at_most_a_hundred_signatures() -> None:
    full = TEXT + "\n" + LINE * 100
    assert open_note(full.encode(), [OLD_KEY]) == (TEXT, {ORIGIN: None})
    for known in ([OLD_KEY], [AUDITOR_KEY], []):
        with pytest.raises(NoteError):
            open_note((full + LINE).encode(), known)
    with pytest.raises(NoteError):
        cosign(full, "auditor", AUDITOR, 5)
    assert countersign(full, ORIGIN, OLD) == NOTE


def test_a_known_key_whose_signature_fails_spoils_the_note() -> None:
    forged = sign(checkpoint(ORIGIN, 8, ROOT), ORIGIN, OLD).split("\n\n")[1]
    short = f"\u2014 {ORIGIN} {base64(b64decode(LINE.split(' ')[2])[:20])}\n"
    for line in (forged, short):
        both = countersign(TEXT + "\n" + LINE, ORIGIN, NEW).encode() + line.encode()
        with pytest.raises(NoteError):
            open_note(both, [OLD_KEY, NEW_KEY])
        assert open_note(both, [NEW_KEY]) == (TEXT, {ORIGIN: None})


@pytest.mark.parametrize("length", [1, 7, 8, 9, 71, 73])
def test_a_cosignature_of_the_wrong_length_spoils_the_note(length: int) -> None:
    raw = b64decode(cosign(NOTE, "auditor", AUDITOR, 5).split(" ")[-1])
    wrong = f"{NOTE}\u2014 auditor {base64((raw + raw)[: 4 + length])}\n"
    with pytest.raises(NoteError):
        open_note(wrong.encode(), [OLD_KEY, AUDITOR_KEY])


def test_a_cosignature_after_the_end_of_time_is_refused() -> None:
    late = 2**63
    signature = AUDITOR.sign(f"cosignature/v1\ntime {late}\n{TEXT}".encode())
    key_id = bytes.fromhex(vkey("auditor", AUDITOR.public_key(), cosigner=True).split("+")[1])
    note = f"{NOTE}\u2014 auditor {base64(key_id + late.to_bytes(8, 'big') + signature)}\n"
    with pytest.raises(NoteError):
        open_note(note.encode(), [AUDITOR_KEY])
    for time in (late, -1):
        with pytest.raises(NoteError):
            cosign(NOTE, "auditor", AUDITOR, time)


@pytest.mark.parametrize("known", [[], [NEW_KEY], [AUDITOR_KEY], [vkey("other.example", OLD.public_key())]])
def test_a_note_that_no_known_key_has_signed_is_refused(known: list[str]) -> None:
    with pytest.raises(NoteError):
        open_note(NOTE.encode(), known)


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "\x00\n", "\udc80\n", "bell\x07\n", "return\r\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises(NoteError):
        sign(text, ORIGIN, OLD)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\u2028b", "a\nb", "a\x00b", "\ud800", "a\udfff"])
def test_a_name_that_no_key_can_have_is_refused(name: str) -> None:
    with pytest.raises(NoteError):
        sign(TEXT, name, OLD)
    with pytest.raises(NoteError):
        cosign(NOTE, name, OLD, 5)
    with pytest.raises(NoteError):
        vkey(name, OLD.public_key())


@pytest.mark.parametrize(
    "note", ["", TEXT, sign("no checkpoint\n", ORIGIN, OLD), NOTE.removesuffix("\n"), "\udc80" + NOTE]
)
def test_only_a_note_of_a_checkpoint_is_cosigned(note: str) -> None:
    with pytest.raises(NoteError):
        cosign(note, "auditor", AUDITOR, 5)


# Verifier keys


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        ORIGIN,
        OLD_KEY.rsplit("+", 1)[0],
        OLD_KEY + "\n",
        " " + OLD_KEY,
        OLD_KEY + "+AA==",
        OLD_KEY.replace(ORIGIN, ""),
        OLD_KEY.replace(ORIGIN, "\ud800"),
        OLD_KEY.replace("+", "+0", 1),
        "PRIVATE+KEY+" + OLD_KEY,
        vkey("abc", bytes(32)).replace("abc", "abd"),
        "auditor+00000000+" + AUDITOR_KEY.split("+", 2)[2],
    ],
)
def test_a_malformed_verifier_key_is_refused_even_beside_a_good_one(wrong: str) -> None:
    with pytest.raises(NoteError):
        open_note(NOTE.encode(), [OLD_KEY, wrong])


@pytest.mark.parametrize(("kind", "length"), [(0, 32), (2, 32), (3, 32), (5, 32), (6, 32), (255, 32), (1, 31), (4, 33)])
def test_only_ed25519_keys_are_known(kind: int, length: int) -> None:
    raw = bytes([kind]) + bytes(length)
    key_id = sha256(b"auditor\n" + raw).digest()[:4].hex()
    with pytest.raises(NoteError):
        open_note(NOTE.encode(), [OLD_KEY, f"auditor+{key_id}+{base64(raw)}"])


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_public_key_of_another_length_has_no_verifier_key(length: int) -> None:
    with pytest.raises(NoteError):
        vkey("auditor", bytes(length))


# Checkpoints


@example(ORIGIN, 2**64 - 1, ROOT, [])
@given(
    st.text(plain, min_size=1),
    st.integers(0, 2**64 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(st.text(plain, min_size=1)),
)
def test_a_checkpoint_is_read_as_it_was_written(origin: str, size: int, root: bytes, extensions: list[str]) -> None:
    text = checkpoint(origin, size, root) + "".join(f"{line}\n" for line in extensions)
    assert parse_checkpoint(text) == (origin, size, root, extensions)


def test_a_malformed_checkpoint_is_refused() -> None:
    root = base64(ROOT)
    lines = ["", "\n", "\n\n\n", TEXT[:-1], TEXT + "\n", TEXT + "extension", TEXT + "\nextension\n", "\n" + TEXT]
    origins = [TEXT.replace(ORIGIN, origin) for origin in ("", "a\tb", "\udcff")]
    numbers = ("", "07", "00", "-7", "+7", " 7", "7 ", "7.0", "7_0", "0x7", "\u0667", "\u00b2", str(2**64), "9" * 5000)
    sizes = [f"{ORIGIN}\n{size}\n{root}\n" for size in numbers]
    other_bits = root[:-2] + chr(ord(root[-2]) + 1) + "="
    hashes = (root[:-1], root + "=", other_bits, root.lower() + "-", base64(ROOT[:31]), base64(ROOT + ROOT), "", "A")
    for text in [*lines, *origins, *sizes, *(f"{ORIGIN}\n7\n{each}\n" for each in hashes)]:
        with pytest.raises(NoteError):
            parse_checkpoint(text)


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [
        ("", 7, ROOT),
        ("a\nb", 7, ROOT),
        (f"{ORIGIN}\n7\n{base64(ROOT)}", 7, ROOT),
        (ORIGIN, -1, ROOT),
        (ORIGIN, 2**64, ROOT),
        (ORIGIN, 7, b""),
    ],
)
def test_a_checkpoint_that_could_not_be_read_is_not_written(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(NoteError):
        checkpoint(origin, size, root)


# Whatever is given


def flipped(raw: bytes, bit: int) -> bytes:
    return (int.from_bytes(raw, "big") ^ 1 << bit % (8 * len(raw))).to_bytes(len(raw), "big")


def test_each_changed_bit_of_a_note_or_of_a_key_is_refused() -> None:
    cosigned = cosign(NOTE, "auditor", AUDITOR, 5).replace(LINE, "").encode()
    for raw, key in ((NOTE.encode(), OLD_KEY), (cosigned, AUDITOR_KEY)):
        assert open_note(raw, [key])
        for bit in range(8 * len(raw)):
            with pytest.raises(NoteError):
                open_note(flipped(raw, bit), [key])
        for bit in range(8 * len(key)):
            with pytest.raises(NoteError):
                open_note(raw, [flipped(key.encode(), bit).decode("utf-8", "surrogateescape")])


@given(st.integers(0))
def test_a_changed_bit_among_several_signatures_never_changes_what_is_said(bit: int) -> None:
    """A name may fall silent, as its line became that of an unknown key; nothing else is ever read."""
    raw = cosign(NOTE, "auditor", AUDITOR, 5).encode()
    with suppress(NoteError):
        text, signers = open_note(flipped(raw, bit), [OLD_KEY, AUDITOR_KEY])
        assert (text, signers) in ((TEXT, {ORIGIN: None}), (TEXT, {"auditor": 5}))


@given(texts, st.binary(), st.text(), st.text())
def test_whatever_is_given_nothing_but_a_note_error_is_raised(text: str, raw: bytes, anything: str, key: str) -> None:
    assume(raw)
    for tail in (b"", LINE.encode(), b"\n\xe2\x80\x94 " + raw, b"\n\xe2\x80\x94 a " + b64encode(raw) + b"\n"):
        with suppress(NoteError):
            open_note(raw + text.encode() + tail, [OLD_KEY])
    for call in (
        lambda: open_note(NOTE.encode(), [key]),
        lambda: open_note(NOTE.encode(), [f"a+00000000+{key}"]),
        lambda: sign(anything, key, OLD),
        lambda: countersign(anything, key, OLD),
        lambda: parse_checkpoint(anything),
        lambda: parse_checkpoint(f"a\n{anything}\n{key}\n"),
    ):
        with suppress(NoteError):
            call()
