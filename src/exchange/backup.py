"""How is a ledger on a server kept in a file, in a form that others can read too? See docs/format.md, The backup."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import msgspec

from domain.refused import Refused
from domain.text import shown
from exchange.check import Watch
from exchange.handed import Handed
from exchange.lines import write_lines
from exchange.source import Source, ledger_source
from exchange.whole import DATABASE
from ledger.checkpoints import kept
from ledger.checkpoints_import import Receipt, receipts
from ledger.record import Record

FORMAT = 1
ABOUT, RECEIPTS, LINES, NOTES = "about.json", "receipts.json", "lines.jsonl", "checkpoints/"
LARGEST = 64 << 20
"""Bytes in a member that is read as a whole, at most."""


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the backup is of; `root` is in hex (RFC 6962)."""

    format: int
    ledger: str
    size: int
    root: str


@dataclass(frozen=True)
class _Member(Handed):
    """Lines that are part of a file."""

    whole: BinaryIO | None = None

    def state(self) -> tuple[int, int]:
        """The member's size, and what changes when somebody writes to the file."""
        assert self.whole is not None
        size = self.file.seek(0, io.SEEK_END)
        return size, Handed(self.name, self.whole, "lines").state()[1]


def write_backup(record: Record, out: BinaryIO, watch: Watch) -> tuple[int, bytes]:
    """A ledger at one moment as a tar archive (POSIX.1-2001, pax); the same ledger gives the same bytes.

    Gives size and root. Refused: `ledger-damaged`.
    """
    with record.store.reading(), TemporaryFile() as lines, tarfile.open(fileobj=out, mode="w") as archive:
        size, root = record.size, record.root()
        about = About(format=FORMAT, ledger=record.id, size=size, root=root.hex())
        _add(archive, ABOUT, msgspec.json.encode(about, order="sorted") + b"\n")
        _add(archive, RECEIPTS, msgspec.json.encode(receipts(record)) + b"\n")
        for number, (_, note) in enumerate(kept(record), 1):
            _add(archive, f"{NOTES}{number:06}", note.encode())
        write_lines(record, lines, size, watch)
        info = tarfile.TarInfo(LINES)
        info.size = lines.tell()
        lines.seek(0)
        archive.addfile(info, lines)
    return size, root


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def must_be_new(path: Path) -> None:
    """Returns when nothing is there; what a backup replaced could be the last good one. Refused: `not-replaced`."""
    if os.path.lexists(path):
        raise Refused(
            "not-replaced",
            f"{shown(str(path), 200)} exists already, and a backup takes nobody's place. Give it a name of its own,"
            " with the day in it.",
        )


@contextmanager
def backup_source(path: Path, watch: Watch) -> Iterator[Source]:
    """What `pledger backup` wrote: the copy of a database, or an archive. Refused: `no-such-file`, `no-backup`."""
    named = shown(str(path), 200)
    try:
        with path.open("rb") as file:
            start = file.read(len(DATABASE))
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "there is no such name").lower()
        raise Refused("no-such-file", f"The file {named} cannot be read: {why}.") from None
    if start == DATABASE:
        with ledger_source(path, watch) as found:
            yield found
        return
    with path.open("rb") as file:
        yield _archived(file, named[1:-1])


def _archived(file: BinaryIO, name: str) -> Source:
    with suppress(tarfile.TarError, msgspec.MsgspecError, LookupError, ValueError, UnicodeDecodeError):
        archive = tarfile.open(fileobj=file, mode="r:")  # noqa: SIM115 - the file is closed by who opened it
        members = {one.name: one for one in archive if one.isreg()}
        about = msgspec.json.decode(_read(archive, members[ABOUT]), type=About)
        taken = msgspec.json.decode(_read(archive, members[RECEIPTS]), type=list[Receipt])
        notes = [_read(archive, members[one]).decode() for one in sorted(members) if one.startswith(NOTES)]
        lines = cast(BinaryIO, archive.extractfile(members[LINES]))
        sound = all(1 <= one.first <= one.last <= about.size for one in taken)
        if about.format == FORMAT and sound:
            handed = _Member(name, lines, "lines", whole=file)
            return Source(name, handed, about.size, bytes.fromhex(about.root), notes, taken)
    raise Refused(
        "no-backup", f"{name} is no backup that this program can read. Name a file that `pledger backup` wrote."
    )


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    found = archive.extractfile(member)
    if found is None or member.size > LARGEST:
        raise ValueError(member.name)
    return found.read()
