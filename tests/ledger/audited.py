"""What do tests of audits start from? A sealed ledger, its auditor, an attacker who knows our code but has no key."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from domain.commitment import make
from domain.due import move_due
from domain.entry import fuzzy_date
from domain.occasion import Known, Occasion
from domain.party import register_party
from domain.progress import report_progress
from domain.recorded import New
from ledger.keys import SealingKey, read_key
from ledger.ledger import Ledger
from ledger.line import describe
from ledger.note import vkey
from ledger.record import Record
from ledger.seal import Sealed, seal
from ledger.sqlite_schema import triggers
from ledger.tree import Frontier, leaf_hash
from ledger.verify import Asked, verify
from ledger.verify_notes import Given
from ledger.verify_report import Report
from tests.ledger.given import pen

OFFICE = "programme-office"
TODAY = date(2026, 4, 2)
Decide = Callable[[Occasion], Sequence[New]]


class Vault(NamedTuple):
    """A ledger sealed at #6 and at #9, of 11 lines; `early` and `late` are those checkpoints, kept elsewhere."""

    path: Path
    key: SealingKey
    early: Sealed
    late: Sealed

    @property
    def auditor(self) -> Asked:
        """Holds the later checkpoint, and knows the key."""
        return Asked([Given("late", self.late.note.encode())], [self.key.vkey])


def change(ledger: Ledger, decide: Decide, actor: str = OFFICE) -> None:
    """Record what is decided."""

    def decision(known: Known, _: object) -> Sequence[New]:
        return decide(Occasion(known, TODAY, actor))

    ledger.change(decision, actor=actor)


def percent(of: int) -> Decide:
    """A report of progress on the fibre."""
    from domain.quantity import percent as parsed

    return lambda at: report_progress(at, "fibre", percent=parsed(f"{of}%"), note=f"Kabel gəmisi {of}")


def fill(ledger: Ledger, key: SealingKey) -> tuple[Sealed, Sealed]:
    """Eleven lines, sealed twice."""
    change(ledger, lambda at: register_party(at, "az", "Azərbaycan", kind="state"))
    change(ledger, lambda at: make(at, "fibre", "Fibre line", promisors=("az",), due=fuzzy_date("2027", at.today)))
    for done in (10, 20, 30):
        change(ledger, percent(done))
    early = seal(ledger, key)
    change(
        ledger,
        lambda at: move_due(at, "fibre", fuzzy_date("2028", at.today), because="Permit late", approved_by="board"),
    )
    for done in (40, 50):
        change(ledger, percent(done))
    late = seal(ledger, key)
    for done in (60, 70):
        change(ledger, percent(done))
    return early, late


def vault(folder: Path, seed: int = 7) -> Vault:
    """Made anew, the same each time."""
    folder.mkdir(exist_ok=True)
    path, key = folder / "pledger.db", key_in(folder / "seal.key", seed=str(seed))
    with closing(Ledger.create(path, "Middle Corridor", "Asia/Baku", actor=OFFICE, pen=pen(seed=seed))) as ledger:
        early, late = fill(ledger, key)
    return Vault(path, key, early, late)


def codes(report: Report) -> set[str]:
    """The codes of what was found."""
    return {one.code for one in report.findings.listed}


def audit(found: Vault, asked: Asked | None = None) -> Report:
    """By the auditor, unless another is named."""
    return verify(found.path, asked or found.auditor)


def lines_in(path: Path) -> list[bytes]:
    """All lines, in order."""
    with closing(Record.open(path)) as record:
        return [line for page in record.lines() for _, line in page]


@contextmanager
def unprotected(path: Path) -> Iterator[sqlite3.Connection]:
    """The file in the hands of somebody who takes the triggers away, and puts them back behind himself."""
    with closing(sqlite3.connect(path)) as other:
        for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {name}")
        yield other
        for statement in triggers():
            other.execute(statement)
        other.commit()
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rebuild(path: Path, lines: Sequence[bytes]) -> None:
    """Put these lines in place of all others, with columns, hashes, nodes and head as we would have written them."""
    with unprotected(path) as other:
        other.execute("DELETE FROM event")
        other.execute("DELETE FROM node")
        versions: dict[str, int] = {}
        for line in lines:
            said = describe(line)
            versions[said.stream] = version = versions.get(said.stream, 0) + 1
            columns = (said.position, said.stream, version, *said[2:], line, leaf_hash(line))
            other.execute(f"INSERT INTO event VALUES ({', '.join('?' * 11)})", columns)
        tree = Frontier()
        other.executemany("INSERT INTO node VALUES (?, ?, ?)", tree.extend(map(leaf_hash, lines)))
        last = (len(lines), tree.dump(), describe(lines[-1]).recorded)
        other.execute("UPDATE head SET size = ?, frontier = ?, time = ?", last)


def rewritten(line: bytes, **attributes: Any) -> bytes:
    """The line in its exact form, with other attributes; `data` is what of the data is other."""
    said = msgspec.json.decode(line)
    said["data"] |= attributes.pop("data", {})
    return msgspec.json.encode(said | attributes, order="sorted")


def id_of(line: bytes) -> str:
    """The id that a line says."""
    return describe(line).id


def numbered(lines: Sequence[bytes]) -> list[bytes]:
    """The lines with their positions counted anew."""
    return [rewritten(line, sequence=f"{position:010}") for position, line in enumerate(lines, 1)]


def copied(found: Vault, folder: Path) -> Vault:
    """The same in another folder, with the key and what it remembers."""
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path, key, _ = (Path(shutil.copy(file, folder)) for file in (found.path, found.key.file, f"{found.key.file}.state"))
    return found._replace(path=path, key=read_key(key, lambda: b""))


def key_in(file: Path, name: str = OFFICE, seed: str = "") -> SealingKey:
    """A key file as `new_key` writes it, with a key that is the same each time."""
    key = Ed25519PrivateKey.from_private_bytes(sha256(f"{name}{seed}".encode()).digest())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(f"vkey: {vkey(name, key.public_key())}\n".encode() + pem)
    file.chmod(0o600)
    return read_key(file, lambda: b"")
