"""What do the words of an audit command mean: which keys, which checkpoints, which passphrase?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.settings import Settings, configuration, configuration_file
from domain.refused import Refused
from domain.text import shown

if TYPE_CHECKING:
    from ledger.keys import SealingKey
    from ledger.verify_notes import Given

LARGEST = 1 << 20
"""Bytes in a note, at most."""

KeyFile = Annotated[str, typer.Option("--key", metavar="FILE", help="The key to sign with.")]
Passphrase = Annotated[
    str | None, typer.Option("--passphrase-file", metavar="FILE", help="Where the key's passphrase stands, on a line.")
]
Output = Annotated[
    list[str] | None,
    typer.Option("--output", "-o", metavar="FILE|DIR", help="Where the note goes too (- is stdout); repeatable."),
]
Checkpoints = Annotated[
    list[str] | None, typer.Option("--checkpoint", metavar="FILE", help="A checkpoint kept elsewhere; repeatable.")
]
Vkeys = Annotated[
    list[str] | None, typer.Option("--vkey", metavar="KEY", help="A verifier key that is known; repeatable.")
]


def must_have_proofs() -> None:
    """Refused: `no-proofs` where pledger was installed without what signatures need."""
    try:
        import cryptography  # noqa: F401 - only whether it is there
    except ImportError:
        raise no_proofs() from None


def no_proofs() -> Refused:
    """The library for signatures is missing."""
    return Refused(
        "no-proofs", "Signatures need the library cryptography: install pledger with its extra, pledger[proofs]."
    )


def vkeys(settings: Settings, given: Sequence[str] | None) -> list[str]:
    """The keys that were given, and those pinned in the user's configuration: vkeys = ["…"].

    Refused: `bad-configuration`.
    """
    pinned = configuration(settings.edge).get("vkeys", [])
    if not isinstance(pinned, list) or not all(isinstance(one, str) for one in pinned):
        path = configuration_file(settings.edge)
        raise Refused("bad-configuration", f'In {path}, vkeys is no list of verifier keys: vkeys = ["…"].')
    return [*(given or ()), *pinned]


def checkpoints(names: Sequence[str] | None) -> list[Given]:
    """Checkpoints that lie outside the ledger. Refused: `no-such-file`."""
    from ledger.verify_notes import Given

    return [Given(name, content(name)) for name in names or ()]


def content(name: str) -> bytes:
    """What is in a file; `-` is standard input. Refused: `no-such-file`."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST)
        with Path(name).open("rb") as file:
            return file.read(LARGEST)
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "the name is none").lower()
        raise Refused("no-such-file", f"The file {shown(name, 200)} cannot be read: {why}.") from None


def key(settings: Settings, file: str, passphrase_file: str | None) -> SealingKey:
    """The key in a file. Refused: see `ledger.keys.read_key`, `locked-key`."""
    from ledger.keys import read_key

    return read_key(Path(file), passphrase(settings, file, passphrase_file))


def passphrase(settings: Settings, file: str, passphrase_file: str | None) -> Callable[[], bytes]:
    """Asks for the passphrase of a key, once it is known to need one. Refused: `locked-key`, `no-such-file`."""

    def asked() -> bytes:
        if passphrase_file is not None:
            return first_line(passphrase_file)
        if not settings.may_ask:
            raise Refused("locked-key", f"The key {shown(file, 200)} has a passphrase: give it with --passphrase-file.")
        from getpass import getpass

        return getpass(f"Passphrase of {file}: ", sys.stderr).encode()

    return asked


def first_line(file: str) -> bytes:
    """The passphrase in a file. Refused: `no-such-file`, `no-passphrase`."""
    line = content(file).splitlines()[:1]
    if not line or not line[0]:
        raise Refused("no-passphrase", f"The first line of {shown(file, 200)} is empty; the passphrase belongs there.")
    return line[0]


def new_passphrase(settings: Settings) -> bytes:
    """A passphrase for a new key, asked for twice. Refused: `no-passphrase`."""
    if not settings.may_ask:
        raise Refused("no-passphrase", "Nobody can be asked here: give the passphrase with --passphrase-file.")
    from getpass import getpass

    first, again = (getpass(f"Passphrase{more}: ", sys.stderr) for more in ("", " again"))
    if not first or first != again:
        raise Refused("no-passphrase", "That was not the same passphrase twice. No key was made.")
    return first.encode()
