"""What is handed in: lines of a ledger, a table, or neither? Told by what is in it, not by its name."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Literal

from domain.refused import Refused
from domain.text import shown

HEAD = 8192
BOM = b"\xef\xbb\xbf"
WORKBOOK = b"PK\x03\x04"
"""How a zip archive begins, which a workbook is."""
STANDARD_INPUT = "standard input"

# How files of other kinds begin, and what can be done about them.
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "is an old workbook, or one with a password. Save it as .xlsx without, or as CSV (UTF-8)."),
    (b"SQLite format 3\0", "is a database. If it is a ledger, export it: pledger --ledger FILE export -o lines.jsonl."),
    (b"\x1f\x8b", "is packed. Unpack it first, or pipe it in: gunzip -c FILE | pledger import -."),
    (b"\xff\xfe", "is text in UTF-16. Save it as CSV (UTF-8)."),
    (b"\xfe\xff", "is text in UTF-16. Save it as CSV (UTF-8)."),
)


@dataclass(frozen=True)
class Handed:
    """A file that is handed in. It can be read again from any place, and begins at `start`, after a byte order mark."""

    name: str
    file: BinaryIO
    kind: Literal["lines", "table", "workbook"]
    start: int = 0

    def read(self, offset: int, size: int) -> bytes:
        """Up to so many bytes from a place on."""
        self.file.seek(offset)
        return self.file.read(size)

    def state(self) -> tuple[int, int]:
        """What changes when somebody writes to the file."""
        status = os.fstat(self.file.fileno())
        return status.st_size, status.st_mtime_ns


@contextmanager
def handed(names: Sequence[str], standard_input: BinaryIO) -> Iterator[list[Handed]]:
    """The files of these names, open; `-` is standard input.

    Refused: `no-such-file`, `empty-file`, `not-importable`, `mixed-files` (lines and tables at once).
    """
    with ExitStack() as stack:
        files = [_told(name, stack.enter_context(_opened(name, standard_input))) for name in names]
        lines, tables = ([file.name for file in files if (file.kind == "lines") is of] for of in (True, False))
        if lines and tables:
            sentence = f"{lines[0]} holds lines of a ledger, {tables[0]} a table. Import them one by one."
            raise Refused("mixed-files", sentence)
        yield files


@contextmanager
def _opened(name: str, standard_input: BinaryIO) -> Iterator[BinaryIO]:
    """The file; what can be read only once, such as a pipe, as a copy."""
    with ExitStack() as stack:
        try:
            file = standard_input if name == "-" else stack.enter_context(Path(name).open("rb"))
        except (OSError, ValueError) as error:
            why = (getattr(error, "strerror", None) or "there is no such name").lower()
            raise Refused("no-such-file", f"The file {shown(name, 200)} cannot be read: {why}.") from None
        if name == "-" or not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file = stack.enter_context(_kept(file))
        yield file


@contextmanager
def _kept(stream: BinaryIO) -> Iterator[BinaryIO]:
    with TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy, 1 << 20)
        copy.flush()
        yield copy


def _told(name: str, file: BinaryIO) -> Handed:
    shown_as = STANDARD_INPUT if name == "-" else shown(name, 200)[1:-1]
    file.seek(0)
    head = file.read(HEAD)
    for mark, why in _OTHERS:
        if head.startswith(mark):
            raise Refused("not-importable", f"{shown_as} {why}")
    if head.startswith(WORKBOOK):
        return Handed(shown_as, file, "workbook")
    start = len(BOM) if head.startswith(BOM) else 0
    text = head[start:].lstrip()
    if not text and len(head) < HEAD:
        raise Refused("empty-file", f"{shown_as} is empty. Name a file of lines (.jsonl) or a table (.csv).")
    if text.startswith(b"{"):
        return Handed(shown_as, file, "lines", start)
    if b"\0" in head:
        raise Refused("not-importable", f"{shown_as} is neither lines of a ledger nor a table in text.")
    return Handed(shown_as, file, "table", start)
