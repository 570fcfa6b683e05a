"""Which history is in a pack, a note or a ledger, so that it can be compared with another?"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from domain.refused import Refused
from domain.text import shown
from exchange.pack_notes import read_note
from exchange.whole import DATABASE
from ledger.compare import Side
from ledger.tree import HASH, Read, leaf_hash, root_of

LARGEST = 1 << 20
"""Bytes of a note, at most."""


def side_of(name: str, closing: ExitStack) -> Side:
    """A folder is a pack, a database or address a ledger, any other file a note; what is opened is left to `closing`.

    Refused: `no-such-file`, `bad-checkpoint`, `no-pack`, `lines-missing`, and as `Record.open`.
    """
    if "://" in name:
        return _of_record(name, closing)
    path = Path(name)
    try:
        if path.is_dir():
            return _of_pack(path)
        raw = _start(path)
    except (OSError, ValueError):
        raise Refused("no-such-file", f"The file {shown(name, 200)} cannot be read.") from None
    return _of_record(path, closing) if raw.startswith(DATABASE) else _of_note(name, raw)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST)


def _of_record(where: Path | str, closing: ExitStack) -> Side:
    from ledger.checkpoints import origin  # late: packs and notes need no database
    from ledger.record import Record

    record = closing.enter_context(Record.open(where))
    closing.enter_context(record.snapshot())
    return Side(origin(record.id), record.size, record.root(), record.node, record.line_at)


def _of_note(name: str, raw: bytes) -> Side:
    try:
        note = read_note(raw)
    except ValueError as error:
        raise Refused("bad-checkpoint", f"{shown(name, 200)} is no checkpoint, ledger or pack: {error}") from None
    return Side(note.origin, note.size, note.root)


def _of_pack(folder: Path) -> Side:
    """With its lines, where all are there."""
    note, lines = folder / "checkpoint", folder / "lines.jsonl"
    if not note.is_file() or not lines.is_file():
        raise Refused("no-pack", f"{shown(str(folder), 200)} is no audit pack: it lacks checkpoint or lines.jsonl.")
    side = _of_note(str(note), _start(note))
    if (folder / "proofs").is_dir():
        return side
    leaves, line = _indexed(lines)
    if len(leaves) != side.size * HASH:
        raise Refused("lines-missing", f"{shown(str(folder), 200)} does not hold as many lines as its checkpoint pins.")
    return Side(side.origin, side.size, _root(leaves), _node(leaves), line)


def _indexed(path: Path) -> tuple[bytearray, Callable[[int], bytes]]:
    """The leaf hashes of lines, and a reader of single ones."""
    leaves, starts = bytearray(), array("Q", [0])
    with path.open("rb") as file:
        for raw in file:
            leaves += leaf_hash(raw.removesuffix(b"\n"))
            starts.append(starts[-1] + len(raw))

    def line(position: int) -> bytes:
        with path.open("rb") as file:
            file.seek(starts[position - 1])
            return file.readline().removesuffix(b"\n")

    return leaves, line


def _root(leaves: bytearray) -> bytes:
    return root_of(bytes(leaves[at : at + HASH]) for at in range(0, len(leaves), HASH))


def _node(leaves: bytearray) -> Read:
    def node(level: int, index: int) -> bytes:
        return _root(leaves[(index << level) * HASH : (index + 1 << level) * HASH])

    return node
