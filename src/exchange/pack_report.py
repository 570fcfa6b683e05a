"""What did the check of a pack find, and which verdict follows from it?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

LISTED = 1000
"""So many findings are kept; further ones are counted."""


class PackFinding(NamedTuple):
    """Something that is wrong. Codes are stable; the text says what it means."""

    code: str
    text: str


class PackVerdict(NamedTuple):
    """The code, the words and the exit code: those of `audit verify`."""

    code: str
    words: str
    exit: int


VERIFIED = PackVerdict("verified", "verified", 0)
TAMPERED = PackVerdict("tampering-found", "tampering found", 1)
UNPINNED = PackVerdict("pinned-by-nothing", "self-consistent, pinned by nothing outside", 3)


@dataclass
class PackReport:
    """What a pack holds, who signed it, and what is wrong.

    `packed` are the keys in the pack, which prove nothing by being there; `signers` those known from elsewhere that
    signed; `anchored`: its checkpoint is held elsewhere.
    """

    ledger: str = ""
    title: str | None = None
    size: int = 0
    root: bytes = b""
    lines: int = 0
    packed: list[str] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)
    anchored: bool = False
    findings: list[PackFinding] = field(default_factory=list)
    count: int = 0
    remarks: list[str] = field(default_factory=list)

    def add(self, code: str, text: str) -> None:
        """Note a finding."""
        self.count += 1
        if len(self.findings) < LISTED:
            self.findings.append(PackFinding(code, text))

    @property
    def verdict(self) -> PackVerdict:
        """What follows from all this."""
        if self.count:
            return TAMPERED
        return VERIFIED if self.signers or self.anchored else UNPINNED
