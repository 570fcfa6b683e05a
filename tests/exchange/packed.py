"""What do the tests of packs start from? A sealed ledger, and packs of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from exchange.pack import Contents, pack
from exchange.pack_keys import signers
from ledger.prove import covering
from ledger.record import Record
from projections.asked import At
from tests.ledger.audited import Vault

AT = At(9, date(2026, 4, 2))
TABLES = {"status.csv": "key\n", "slips.csv": "position\n"}


class Packed(NamedTuple):
    """A ledger, and a pack of it: all sealed lines, or some."""

    vault: Vault
    folder: Path

    @property
    def key(self) -> str:
        return self.vault.key.vkey

    def copied(self, place: Path) -> Packed:
        """The same pack, to be changed."""
        return self._replace(folder=Path(shutil.copytree(self.folder, place / self.folder.name)))

    def write(self, name: str, content: bytes) -> None:
        """Put other bytes into a file, and make the manifest anew, as somebody would who is at it."""
        (self.folder / name).parent.mkdir(exist_ok=True, parents=True)
        (self.folder / name).write_bytes(content)
        self.list_anew()

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def list_anew(self) -> None:
        """The manifest of what is there now."""
        manifest = self.folder / "MANIFEST.sha256"
        manifest.unlink()
        names = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        manifest.write_text("".join(f"{sha256(self.read(name)).hexdigest()}  {name}\n" for name in names), "utf-8")


def packed(vault: Vault, folder: Path, positions: Sequence[int] = range(1, 10)) -> Packed:
    """A pack of these lines."""
    with closing(Record.open(vault.path)) as record:
        note = covering(record, max(positions))
        pack(folder, record, Contents(note, signers(note.raw, [vault.key.vkey]), positions, TABLES, AT))
    return Packed(vault, folder)


def in_bare_shell(commands: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Commands on a machine without this project: nothing but the folder and the tools of the system."""
    bare = ["/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "sh", "-eu", "-c", commands]
    return subprocess.run(bare, cwd=folder, capture_output=True, check=False)
