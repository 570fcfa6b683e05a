"""What goes into the folder that an auditor takes home: lines, proofs, keys, tables, and how to check them?"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from domain.facts import FACTS
from domain.refused import Refused
from domain.text import shown
from exchange.check import Watch, nobody
from exchange.dictionary import schema
from exchange.pack_keys import Signer, text_of
from exchange.pack_text import script, verify_text
from ledger.checkpoints_consistency import consistency
from ledger.prove import notes_of, prove
from ledger.record import Record
from ledger.verify_notes import Checkpoint
from projections.asked import At

FORMAT = 1
MANIFEST = "MANIFEST.sha256"


@dataclass(frozen=True)
class Contents:
    """What to pack: a checkpoint and who signed it, positions under it, tables by name, and the point they are of.

    `drawn` tells how positions were chosen, where they are a sample.
    """

    note: Checkpoint
    signers: Sequence[Signer]
    positions: Sequence[int]
    tables: Mapping[str, str]
    at: At
    drawn: Any = None

    @property
    def whole(self) -> bool:
        """Are all lines there that the checkpoint pins? Then their root shows it, and they need no proofs."""
        return len(self.positions) == self.note.size


def pack(folder: Path, record: Record, contents: Contents, watch: Watch = nobody) -> None:
    """Write the pack to a new or empty folder. The same contents give the same bytes, anywhere and at any time.

    Refused: `not-empty`, `no-folder`, `no-vkey` where nobody signed, `nothing-to-pack`, and as `ledger.prove.prove`.
    """
    if not contents.signers:
        raise Refused(
            "no-vkey", "Who sealed the ledger? Give the verifier key with --vkey, as `audit key show` has it."
        )
    if not contents.positions:
        raise Refused("nothing-to-pack", "No line is asked for. Name positions that are sealed: --range 1..9.")
    with _new_folder(folder) as draft, record.snapshot():
        _write_lines(draft, record, contents, watch)
        _write_notes(draft, record, contents)
        for name, text in _texts(record, contents):
            _write(draft / name, text.encode())
        _write(draft / MANIFEST, "".join(_sums(draft)).encode())


def lines_of(record: Record, positions: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """The lines at these positions. Refused: `no-such-position`."""
    if isinstance(positions, range):
        for page in record.lines(positions.start - 1, positions.stop - 1):
            yield from page
    else:
        yield from ((position, record.line_at(position)) for position in positions)


def _write_lines(draft: Path, record: Record, contents: Contents, watch: Watch) -> None:
    with (draft / "lines.jsonl").open("wb") as out:
        for done, (position, line) in enumerate(lines_of(record, contents.positions), 1):
            out.write(line + b"\n")
            if not contents.whole:
                proof = prove(record, position, contents.note)._replace(line=b"")
                _write(draft / "proofs" / f"{position:010}.tlog-proof", proof.dump())
            watch(done, len(contents.positions))


def _write_notes(draft: Path, record: Record, contents: Contents) -> None:
    """The checkpoint, its signatures one by one, and the checkpoints before it."""
    note = contents.note
    _write(draft / "checkpoint", note.raw)
    _write(draft / "checkpoint.txt", text_of(note.raw))
    for number, signer in enumerate(contents.signers, 1):
        for name, content in signer.files().items():
            _write(draft / "keys" / str(number) / name, content)
    for number, one in enumerate(notes_of(record), 1):
        if one.size < note.size:
            grown = consistency(record, one.size, note.size)
            _write(draft / "earlier" / f"{number:04}-{one.size}.checkpoint", one.raw)
            _write(draft / "earlier" / f"{number:04}-{one.size}.consistency", grown.dump())


def _texts(record: Record, contents: Contents) -> Iterator[tuple[str, str]]:
    yield "about.json", _json(_about(record, contents))
    yield "check.sh", script(whole=contents.whole)
    yield "VERIFY.md", _page(record, contents)
    yield from contents.tables.items()
    for name, fact in FACTS.items():
        yield f"schemas/{name}.json", _json(schema(fact))


def _about(record: Record, contents: Contents) -> dict[str, Any]:
    note, at = contents.note, contents.at
    ledger = {"id": record.id, "title": record.title, "timezone": record.opened.timezone}
    return {
        "format": FORMAT,
        "ledger": ledger | {"size": note.size, "root": note.root.hex()},
        "lines": len(contents.positions),
        "whole": contents.whole,
        "drawn": contents.drawn,
        "tables": {"as_known": at.known, "as_of": at.on.isoformat()},
        "vkeys": [one.vkey for one in contents.signers],
    }


def _page(record: Record, contents: Contents) -> str:
    count, at = len(contents.positions), contents.at
    names = sorted({one.name for one in contents.signers})
    origin, size = contents.note.origin, contents.note.size
    return verify_text(record.title, origin, f"{count:,}", size, names, contents.whole, at.known, at.on.isoformat())


def _sums(draft: Path) -> Iterator[str]:
    """As sha256sum writes them, in the order of the names."""
    for name in sorted(path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()):
        with (draft / name).open("rb") as file:
            yield f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n"


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """What is written in the block stands there once it has ended well. Refused: `not-empty`, `no-folder`."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise Refused("not-empty", f"{shown(str(folder), 200)} is there and not empty. Name a new folder.")
    if not folder.absolute().parent.is_dir():
        raise Refused("no-folder", f"There is no folder {shown(str(folder.absolute().parent), 200)}. Make it first.")
    draft = folder.absolute().with_name(f".{folder.absolute().name}.{uuid4().hex}.part")
    draft.mkdir()
    try:
        yield draft
        if folder.exists():
            folder.rmdir()
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content)


def _json(told: Any) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
