"""Which files are evidence, and which of them does a folder lack?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cli.files import fingerprint
from domain.refused import Refused
from domain.text import shown
from exchange.archive import Archive, hash_of, within
from projections.evidence import Given, given

if TYPE_CHECKING:
    from cli.desk import Desk


class Placed(msgspec.Struct, frozen=True):
    """A file, and where it is kept."""

    file: str
    place: str
    sha256: str


class Kept(msgspec.Struct, frozen=True):
    """What was copied, what was there already, and how many files of the ledger the folder still lacks."""

    copied: list[Placed]
    there: list[Placed]
    missing: int


def keep(desk: Desk, folder: Path, paths: Sequence[Path]) -> Kept:
    """Copy what is evidence, or nothing. Refused: `unknown-evidence`, `no-such-file`, and as `Archive`."""
    known = {one.file.sha256: one for one in desk.ask(given) if one.file.sha256}
    archive, found, there = Archive(folder), dict[str, Path](), dict[str, Path]()
    for path, sha256 in _evidence(paths, known, folder):
        (there if archive.holds(sha256) else found).setdefault(sha256, path)
    copied = [Placed(str(path), str(archive.keep(path, sha256)), sha256) for sha256, path in found.items()]
    missing = sum(not archive.place(sha256).exists() for sha256 in known)
    return Kept(copied, [Placed(str(path), str(archive.place(one)), one) for one, path in there.items()], missing)


def _evidence(paths: Sequence[Path], known: Mapping[str, Given], folder: Path) -> Iterator[tuple[Path, str]]:
    sizes = {one.file.bytes for one in known.values()}
    for path in paths:
        if path.is_dir():
            hashes = ((one, hash_of(one)) for one in within(path, sizes, folder))
            yield from ((one, sha256) for one, sha256 in hashes if sha256 in known)
        else:
            sha256 = fingerprint(path).sha256 or ""
            if sha256 not in known:
                raise _unknown(path, known)
            yield path, sha256


def _unknown(path: Path, known: Mapping[str, Given]) -> Refused:
    name = shown(str(path), 200)
    other = next((one for one in known.values() if one.file.name == path.name), None)
    if other:
        sentence = f"{name} is not the file that #{other.position} ({other.item}) names: its content is another."
    else:
        sentence = f"{name} is no evidence in this ledger. Record it first: pledger evidence add ITEM FILE."
    return Refused("unknown-evidence", f"{sentence} Nothing was copied.")
