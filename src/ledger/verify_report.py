"""What did an audit of a ledger find, and which verdict follows from it?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import Enum

from ledger.checkpoints import Unsealed

NONE_UNSEALED = Unsealed(0, 0, None)
LISTED = 1000
"""So many findings, and so many remarks, are kept; further ones are counted."""

UNDECIDED = frozenset({"newer-version", "newer-format", "older-format"})
"""Findings that show nothing wrong, but that this program cannot tell."""


class Verdict(Enum):
    """The code, the words and the exit code."""

    VERIFIED = ("verified", "verified", 0)
    TAMPERED = ("tampering-found", "tampering found", 1)
    UNPINNED = ("pinned-by-nothing", "self-consistent, pinned by nothing outside", 3)
    UNDECIDED = ("undecided", "cannot decide", 3)

    def __init__(self, code: str, words: str, exit: int) -> None:
        self.code = code
        self.words = words
        self.exit = exit


@dataclass(frozen=True)
class Finding:
    """Something at a position, or about the ledger as a whole. Codes are stable; the text says what it means."""

    position: int | None
    code: str
    text: str


@dataclass
class Findings:
    """What was found, in the order in which it was. False while nothing was."""

    listed: list[Finding] = field(default_factory=list)
    count: int = 0
    following: int = 0
    """How many more would only say again what another finding caused."""
    _causes: set[Hashable] = field(default_factory=set)
    _decided: bool = False

    def __bool__(self) -> bool:
        return self.count > 0

    def add(self, position: int | None, code: str, text: str, *, cause: Hashable = None) -> None:
        """Note a finding. Of those with the same cause the first is noted and the others are counted."""
        if cause is not None and cause in self._causes:
            self.following += 1
            return
        self._causes.add(cause)
        self.count += 1
        self._decided = self._decided or code not in UNDECIDED
        if len(self.listed) < LISTED:
            self.listed.append(Finding(position, code, text))

    @property
    def decided(self) -> bool:
        """Is one of them more than a doubt?"""
        return self._decided


@dataclass(frozen=True)
class Seen:
    """A checkpoint that was looked at. `where` is the name of its file, None where the ledger keeps it.

    `holds`: the ledger has this root at this size. `signed`: it bears signatures. `signers`: the known keys that
    signed it, each with the time of a cosignature in POSIX seconds, or None. `anchor`: it pins the ledger from
    outside, given by hand or signed by a known key.
    """

    where: str | None
    size: int
    root: bytes
    holds: bool
    signed: bool
    signers: dict[str, int | None]
    anchor: bool


@dataclass
class Report:
    """What stands, what pins it, and what is wrong. `start` is the first line that was read, 1 in a full audit.

    `first` and `last` are the times of the first and last line, as lines write them.
    """

    id: str = ""
    title: str | None = None
    size: int = 0
    root: bytes = b""
    start: int = 1
    first: str | None = None
    last: str | None = None
    checkpoints: list[Seen] = field(default_factory=list)
    unsealed: Unsealed = NONE_UNSEALED
    findings: Findings = field(default_factory=Findings)
    remarks: Findings = field(default_factory=Findings)

    @property
    def pinned(self) -> int:
        """The lines from the first up to this one are pinned from outside; 0 where none are."""
        return max((seen.size for seen in self.checkpoints if seen.anchor and seen.holds), default=0)

    @property
    def verdict(self) -> Verdict:
        """What follows from all this."""
        if self.findings:
            return Verdict.TAMPERED if self.findings.decided else Verdict.UNDECIDED
        return Verdict.VERIFIED if self.pinned else Verdict.UNPINNED
