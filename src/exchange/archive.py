"""Where do files lie that a ledger knows by their SHA-256? In a folder, each under its hash: `DIR/ab/abcdef…`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from domain.evidence import Evidence
from domain.refused import Refused
from domain.text import shown
from exchange.whole import whole_file

PIECE = 1 << 20
State = Literal["there", "missing", "changed", "link"]


class Look(NamedTuple):
    """What was found of a file, and where. A link is not fetched, so that nothing is known of it."""

    state: State
    path: Path | None = None


class Archive:
    """A folder of files. One that lies in it under its own name, as files usually do, is found as well."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._hashes: dict[Path, str] = {}

    def place(self, sha256: str) -> Path:
        """Where a file is kept."""
        return self.folder / sha256[:2] / sha256

    def look(self, file: Evidence) -> Look:
        """Is a file there, and is it still what was recorded? What lies under the hash decides, else under the name.

        OSError where it cannot be read.
        """
        if file.sha256 is None:
            return Look("link")
        for path in (self.place(file.sha256), self.folder / (file.name or "")):
            if os.path.isfile(path):  # noqa: PTH113 - Path.is_file() raises where a recorded name is too long
                return Look("there" if self._hash(path) == file.sha256 else "changed", path)
        return Look("missing")

    def holds(self, sha256: str) -> bool:
        """Is a file kept already? Refused: `not-replaced` where something else lies in its place."""
        path = self.place(sha256)
        if not path.is_file():
            return False
        if self._hash(path) != sha256:
            raise Refused(
                "not-replaced", f"{shown(str(path), 200)} is not what its name says. Move it away, and keep again."
            )
        return True

    def keep(self, path: Path, sha256: str) -> Path:
        """A copy of a file, in its place whole or not at all. Refused: `file-changed`, `not-written`."""
        place = self.place(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with path.open("rb") as file, whole_file(place) as copy:
            while piece := file.read(PIECE):
                digest.update(piece)
                copy.write(piece)
            if digest.hexdigest() != sha256:
                raise Refused("file-changed", f"{shown(str(path), 200)} was changed while it was read. Keep it again.")
        return place

    def _hash(self, path: Path) -> str:
        """Read once, however many facts name it."""
        if path not in self._hashes:
            self._hashes[path] = hash_of(path)
        return self._hashes[path]


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, in hex. OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def within(folder: Path, sizes: Collection[int | None], besides: Path) -> Iterator[Path]:
    """The files in a folder and those below it that have one of these sizes, in order; without those in `besides`.

    Links to folders are not followed.
    """
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if Path(where, name).resolve() != besides.resolve())
        for path in (Path(where, name) for name in sorted(names)):
            if path.is_file() and path.stat().st_size in sizes:
                yield path
