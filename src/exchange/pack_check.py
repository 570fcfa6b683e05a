"""Is a pack what was sealed? Answered from its files alone, without a database. (C2SP tlog-checkpoint, tlog-proof)"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from domain.refused import Refused
from domain.text import shown
from exchange.pack_notes import Note, read_growth, read_note, signed_by
from exchange.pack_report import PackReport
from ledger.line import URN, LineError, codec
from ledger.tlog_proof import TlogProof
from ledger.tree import Frontier, ProofError, leaf_hash, verify_consistency

MANIFEST = "MANIFEST.sha256"
LISTED = re.compile(r"([0-9a-f]{64})  (\w[\w.-]*(?:/\w[\w.-]*)*)", re.ASCII)
LARGEST = 1 << 20
"""Bytes of a note or proof, at most."""
PAGE = 1000


def check_pack(folder: Path, vkeys: Sequence[str] = (), anchors: Sequence[bytes] = ()) -> PackReport:
    """Hold a pack against itself, and against keys and checkpoints that are known from elsewhere.

    Whatever is in the folder, all that is wrong is in the report. Refused: `no-pack`, `bad-vkey`.
    """
    if not (folder / MANIFEST).is_file():
        raise Refused("no-pack", f"{shown(str(folder), 200)} is no audit pack: there is no {MANIFEST} in it.")
    report = PackReport()
    _check_files(folder, report)
    note = _note(folder / "checkpoint", report)
    if note:
        report.ledger, report.size, report.root = note.origin.removeprefix(URN), note.size, note.root
        _check_lines(folder, note, report)
        _check_keys(folder, note, vkeys, report)
        _check_earlier(folder, note, report)
        _check_anchors(note, anchors, report)
        _check_about(folder, note, report)
    return report


def _check_files(folder: Path, report: PackReport) -> None:
    """Is each file as the manifest says, and is there no other?"""
    listed = {MANIFEST}
    for line in _bytes(folder / MANIFEST, report).decode("utf-8", "replace").splitlines():
        found = LISTED.fullmatch(line)
        if not found:
            report.add("bad-manifest", f"A line of {MANIFEST} is malformed: {shown(line)}.")
        elif not (folder / found[2]).is_file():
            report.add("file-missing", f"{found[2]} is missing.")
        elif _sum(folder / found[2]) != found[1]:
            report.add("file-changed", f"{found[2]} is not what the manifest says.")
        listed |= {found[2]} if found else set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name not in listed:
            report.add("file-added", f"{shown(name)} is not in the manifest.")


def _check_lines(folder: Path, note: Note, report: PackReport) -> None:
    """All that the checkpoint pins, or each with its proof."""
    if not (folder / "lines.jsonl").is_file():
        report.add("file-missing", "lines.jsonl is missing: there is nothing to be checked.")
    elif (folder / "proofs").is_dir():
        _check_proofs(folder, note, report)
    else:
        tree, lines = Frontier(), _lines(folder, note, report)
        while page := list(islice(lines, PAGE)):
            tree.extend(map(leaf_hash, page))
        if tree.size != note.size:
            report.add("lines-missing", f"{tree.size:,} lines are here; the checkpoint pins {note.size:,}.")
        elif tree.root() != note.root:
            report.add("root-differs", "The lines do not have the root that the checkpoint pins: they were changed.")


def _check_proofs(folder: Path, note: Note, report: PackReport) -> None:
    files = sorted((folder / "proofs").iterdir())
    if not files:
        report.add("lines-missing", "No line is here, and no proof.")
    for file, line in zip_longest(files, _lines(folder, note, report)):
        if file is None or line is None:
            what = "a proof without a line" if line is None else "a line without a proof"
            report.add("lines-missing", f"There is {what}.")
            return
        try:
            proof = TlogProof.load(_bytes(file, report))
            proof.check(line, note.size, note.root)
            said = codec().exact(line).envelope.sequence
        except Refused as refused:
            report.add(refused.code, f"{file.name}: {refused.sentence}")
        else:
            if proof.note != note.raw or int(said) != proof.position:
                report.add("bad-proof", f"{file.name} is the proof of another line, or under another checkpoint.")


def _lines(folder: Path, note: Note, report: PackReport) -> Iterator[bytes]:
    """The lines; those that are none, or another ledger's, are findings."""
    with (folder / "lines.jsonl").open("rb") as file:
        for number, raw in enumerate(file, 1):
            line = raw.removesuffix(b"\n")
            report.lines = number
            if line == raw:
                report.add("bad-line", f"Line {number} of lines.jsonl has no end.")
            try:
                if codec().exact(line).envelope.source != note.origin:
                    report.add("another-ledger", f"Line {number} of lines.jsonl belongs to another ledger.")
            except LineError as error:
                report.add(error.code, f"Line {number} of lines.jsonl: {error.sentence}")
            yield line


def _check_keys(folder: Path, note: Note, vkeys: Sequence[str], report: PackReport) -> None:
    """Does each key in the pack sign the checkpoint; and which known key does?"""
    packed = [_bytes(path, report).decode("utf-8", "replace").strip() for path in sorted(folder.glob("keys/*/vkey"))]
    for vkey in packed:
        try:
            if not signed_by(note.raw, vkey):
                report.add("not-signed", f"The checkpoint is not signed by {shown(vkey, 200)}, which is in the pack.")
        except Refused as refused:
            report.add(refused.code, refused.sentence)
    report.packed = packed
    for vkey in vkeys:
        try:
            report.signers += [vkey] if signed_by(note.raw, vkey) else []
        except Refused as refused:
            if refused.code == "bad-vkey":
                raise
            report.add(refused.code, refused.sentence)
    if vkeys and not report.signers:
        report.add("not-signed", "None of the known keys has signed the checkpoint of this pack.")


def _check_earlier(folder: Path, note: Note, report: PackReport) -> None:
    """Does the ledger only grow from each earlier checkpoint on?"""
    for path in sorted(folder.glob("earlier/*.checkpoint")):
        before = _note(path, report)
        try:
            size, hashes = read_growth(_bytes(path.with_suffix(".consistency"), report))
            if before and (before.size, before.origin) != (size, note.origin):
                raise ProofError("it is the proof of another checkpoint")
            if before:
                verify_consistency(size, note.size, hashes, before.root, note.root)
        except (ProofError, ValueError) as error:
            report.add("inconsistent", f"{path.name} is not shown to be the ledger's beginning: {error}")


def _check_anchors(note: Note, anchors: Sequence[bytes], report: PackReport) -> None:
    """Checkpoints that are held elsewhere: the same one pins the pack, another of its size contradicts it."""
    for raw in anchors:
        try:
            anchor = read_note(raw)
        except ValueError as error:
            report.add("bad-checkpoint", f"A checkpoint that was given is none: {error}")
            continue
        if anchor.origin != note.origin:
            report.add("checkpoint-of-another-ledger", f"A checkpoint that was given is one of {anchor.origin}.")
        elif anchor.size != note.size:
            report.remarks.append(f"The checkpoint of #{anchor.size} that was given is not that of #{note.size} here.")
        elif anchor.root != note.root:
            report.add("checkpoint-contradicted", "The checkpoint that was given pins another root of the same size.")
        else:
            report.anchored = True


def _check_about(folder: Path, note: Note, report: PackReport) -> None:
    about: Any = None
    with suppress(ValueError, RecursionError):
        about = json.loads(_bytes(folder / "about.json", report))
    told = about.get("ledger") if isinstance(about, dict) else None
    ours = {"id": report.ledger, "size": note.size, "root": note.root.hex()}
    if not isinstance(told, dict) or {name: told.get(name) for name in ours} != ours:
        report.add("about-differs", "about.json does not say what the checkpoint says.")
    elif isinstance(told.get("title"), str):
        report.title = told["title"]


def _note(path: Path, report: PackReport) -> Note | None:
    try:
        return read_note(_bytes(path, report))
    except ValueError as error:
        report.add("bad-checkpoint", f"{path.name} is no checkpoint: {error}")
        return None


def _bytes(path: Path, report: PackReport) -> bytes:
    """What is in a file; nothing, and a finding, where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError:
        report.add("file-missing", f"{path.name} cannot be read.")
        return b""


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
