"""Do others agree with our notes: published ones of Go, C2SP and Rekor; openssl, signify and sigstore-python?"""

import shutil
import subprocess
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ledger.note import NoteError, checkpoint, cosign, countersign, open_note, parse_checkpoint, sign, vkey

# golang.org/x/mod/sumdb/note: two keys, and the text that they sign
SAYING = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER = Ed25519PrivateKey.from_private_bytes(b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:])
PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_LINE = """\
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""
ENOCH = Ed25519PrivateKey.from_private_bytes(bytes(32))
ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
ENOCH_LINE = """\
— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=
"""

# C2SP signed-note, verifier keys: its example
C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = """\
This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
"""

# The Go checksum database, 2026
GO_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
GO_NOTE = """\
go.sum database tree
49189689
ftjbAOzaupaIvaPo/G+Dk63nxOZ2s1OPOKIaPtXs7S4=

— sum.golang.org Az3grlKZssqRoMNPpZfKt0TphbbcF+pzXqElURJKRNFKfaUAgqeI5k2AORH0QAhg/ebRwyIqD/OqP4oLtLnNumvOBAM=
"""

# Rekor's staging log, cosigned by three witnesses on 2026-05-13
REKOR_NOTE = """\
log2025-alpha3.rekor.sigstage.dev
4026479
5iaX4xK6PMnp4ZFTP4iywMcwLgaTjzgRTkrTOUFIrfY=

— log2025-alpha3.rekor.sigstage.dev \
09OnDHwVrKeXjBYQ4NJ5EoENdtpBwZcV3X8n+cAZFIk+8LBPKEpZcKqoN2CfjGw0zlQwt+U2pLt5UyYEFv+STPHPmQg=
— witness.stagemole.eu \
Z/euoAAAAABqBM+21mV7JbHwWmLP20ZSpNWneHMkITOPopt+Vj1MoJSILqOIPpx93pbRfA0U+Eq5IiJjEUhG1JwGhPCJEUT5yDcFDg==
— staging.witness.transparency.goog/ring-any-bells \
LhqNyQAAAABqBM+2Ob9EtpF9h6IUMXc/LTRkkXiNAgbbohBxHekby1oASdDtPLkgZLmBHH73DF25f2L8xGgp/qVwoZK5thKXc6XnCw==
— witness.navigli.sunlight.geomys.org \
o+AP4gAAAABqBM+2NoYlK4g3lkC5QltDB6f2F9U8yF6+8kXKjLKHAYvSDJ3u5dZufSU3bz+AtJMdOoMixoFJBkQ397WY/mE0i9tlCg==
"""
REKOR_KEY = "log2025-alpha3.rekor.sigstage.dev+d3d3a70c+AZQ93VXPMmj9uZj7U/7CefQ9yy8RgYFv6mKzOseipjqp"
WITNESS_KEYS = [
    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
    "staging.witness.transparency.goog/ring-any-bells+2e1a8dc9+BG5JTpLc3FJtwzgh1Uv+Qelz9qeOH2bfWjS1s0s+y4rL",
    "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G",
]

KEY = Ed25519PrivateKey.from_private_bytes(sha256(b"seal").digest())
TEXT = checkpoint("ledger.example/1", 7, sha256(b"root").digest())
NOTE = cosign(sign(TEXT, "ledger.example/1", KEY), "auditor", KEY, 86400)
PLAIN, COSIGNATURE = (b64decode(line.split(" ")[2]) for line in NOTE.split("\n\n")[1].splitlines())


def succeeds(tool: str, arguments: str, folder: Path) -> bool:
    program = shutil.which(tool) or pytest.skip(f"{tool} is not installed")
    return not subprocess.run([program, *arguments.split()], cwd=folder, capture_output=True, check=False).returncode


def test_go_and_we_sign_the_same_bytes() -> None:
    assert sign(SAYING, "PeterNeumann", PETER) == f"{SAYING}\n{PETER_LINE}"
    assert countersign(f"{SAYING}\n{PETER_LINE}", "EnochRoot", ENOCH) == f"{SAYING}\n{PETER_LINE}{ENOCH_LINE}"
    assert [vkey("PeterNeumann", PETER.public_key()), vkey("EnochRoot", ENOCH.public_key())] == [PETER_KEY, ENOCH_KEY]


def test_no_part_and_no_neighbour_of_a_published_key_is_a_key() -> None:
    parts = {PETER_KEY[i:j] for i in range(len(PETER_KEY)) for j in range(i + 1, len(PETER_KEY) + 1)} - {PETER_KEY}
    neighbours = {PETER_KEY[:i] + chr(ord(PETER_KEY[i]) + 1) + PETER_KEY[i + 1 :] for i in range(len(PETER_KEY))}
    longer = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="
    unknown = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    for wrong in parts | neighbours | {longer, unknown}:
        with pytest.raises(NoteError):
            open_note(f"{SAYING}\n{ENOCH_LINE}".encode(), [ENOCH_KEY, wrong])


def test_the_published_notes_of_c2sp_and_go_hold() -> None:
    assert open_note(C2SP_NOTE.encode(), [C2SP_KEY]) == ("This is an example message.\n", {"example.com/foo": None})
    text, signers = open_note(GO_NOTE.encode(), [GO_KEY])
    assert signers == {"sum.golang.org": None}
    assert parse_checkpoint(text)[:2] == ("go.sum database tree", 49189689)


def test_a_published_checkpoint_of_rekor_and_the_cosignatures_of_its_witnesses_hold() -> None:
    text, signers = open_note(REKOR_NOTE.encode(), [REKOR_KEY, *WITNESS_KEYS])
    assert parse_checkpoint(text)[:2] == ("log2025-alpha3.rekor.sigstage.dev", 4026479)
    names = [key.split("+")[0] for key in WITNESS_KEYS]
    assert signers == {"log2025-alpha3.rekor.sigstage.dev": None} | dict.fromkeys(names, 1778700214)


@pytest.mark.parametrize(
    ("signature", "header"),
    [(PLAIN[4:], ""), (COSIGNATURE[12:], "cosignature/v1\ntime 86400\n")],
    ids=["seal", "cosigned"],
)
def test_openssl_finds_the_signature_good(signature: bytes, header: str, tmp_path: Path) -> None:
    for name, content in (
        ("text", (header + TEXT).encode()),
        ("sig", signature),
        ("key.pem", KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)),
    ):
        (tmp_path / name).write_bytes(content)
    verify = "pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile sig"
    assert succeeds("openssl", verify, tmp_path)
    (tmp_path / "text").write_bytes((header + TEXT.replace("7", "8")).encode())
    assert not succeeds("openssl", verify, tmp_path)


def test_signify_finds_the_signature_good(tmp_path: Path) -> None:
    """Its files are a comment and base64 of `Ed`, eight bytes that number the key, and the key or the signature."""
    for name, content in (("key.pub", KEY.public_key().public_bytes_raw()), ("text.sig", PLAIN[4:])):
        line = b64encode(b"Ed" + b"pledger1" + content).decode()
        (tmp_path / name).write_text(f"untrusted comment: {name}\n{line}\n")
    (tmp_path / "text").write_text(TEXT)
    verify = "-V -p key.pub -x text.sig -m text"
    assert succeeds("signify-openbsd", verify, tmp_path)
    (tmp_path / "text").write_text(TEXT.replace("7", "8"))
    assert not succeeds("signify-openbsd", verify, tmp_path)


def test_sigstore_python_reads_and_verifies_the_checkpoint() -> None:
    judge = pytest.importorskip("sigstore._internal.rekor.checkpoint", reason="sigstore-python is not installed")
    trust = pytest.importorskip("sigstore._internal.trust", reason="sigstore-python is not installed")
    models = pytest.importorskip("sigstore_models.common.v1", reason="sigstore-python is not installed")
    der = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    key = models.PublicKey(raw_bytes=b64encode(der), key_details=models.PublicKeyDetails.PKIX_ED25519)
    root = sha256(b"root").digest()
    proof = SimpleNamespace(checkpoint=SimpleNamespace(envelope=NOTE), root_hash=root)
    entry = SimpleNamespace(inclusion_proof=proof, log_id=SimpleNamespace(key_id=PLAIN[:4]))
    judge.verify_checkpoint(trust.Keyring([key]), SimpleNamespace(_inner=entry))
    with pytest.raises(judge.VerificationError):
        judge.verify_checkpoint(trust.Keyring([]), SimpleNamespace(_inner=entry))
    read = judge.SignedCheckpoint.from_text(NOTE).checkpoint
    assert (read.origin, read.log_size, read.log_hash) == ("ledger.example/1", 7, root.hex())
    assert read.other_content == []
