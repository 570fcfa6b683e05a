"""What proves it? Files by their fingerprints, and links."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urlsplit

import msgspec

from domain.fold import Facts
from domain.occasion import ANY_STATE, Occasion, stream_of
from domain.recorded import Fact, New, Slot
from domain.refused import Refused
from domain.text import maybe, shown, text

MEDIA = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+( *;.*)?", re.ASCII)
"""A media type with its parameters, if any (RFC 6838)."""


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """A file (name, size in bytes, media type, SHA-256 in hex, perhaps its URL), or a bare link (URL alone)."""

    name: str | None = None
    bytes: int | None = None
    media: str | None = None
    sha256: str | None = None
    url: str | None = None

    @property
    def proves(self) -> bool:
        """A file does; a bare link, which may change or vanish, does not."""
        return self.sha256 is not None


class EvidenceAttached(Fact, frozen=True, kw_only=True):
    """Evidence was added to an item."""

    stored: ClassVar[str] = "evidence.attached.v1"
    act: ClassVar[bool] = False
    taken_in: ClassVar[frozenset[str]] = ANY_STATE

    item: str
    evidence: tuple[Evidence, ...]
    note: str | None = None

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(self.item, "evidence"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        if not self.evidence:
            raise Refused("no-evidence", "Name at least one file or link.")
        check_evidence(self.evidence)


def attach_evidence(at: Occasion, item: str, evidence: tuple[Evidence, ...], *, note: str | None = None) -> list[New]:
    """The same evidence on the same day again records nothing. Refused: `no-evidence`, `bad-url`, `bad-file-name`."""
    fact = EvidenceAttached(item=item, evidence=tidy(evidence), note=maybe(note, "note"))
    if any(at.again(one, fact) for one in at.facts(item).chain(item, "evidence")):
        return []
    return at.record(stream_of(item), fact)


def tidy(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Evidence with its texts as they are stored: NFC (file systems differ), trimmed. Refused: `bad-text`, `blank`."""
    return tuple(
        msgspec.structs.replace(
            one, name=maybe(one.name, "file name"), media=maybe(one.media, "media type"), url=maybe(one.url, "URL")
        )
        for one in evidence
    )


def link(url: str) -> Evidence:
    """A bare link."""
    return Evidence(url=safe_url(url))


def safe_url(url: str) -> str:
    """An absolute http(s) URL without credentials. Refused: `bad-url`."""
    clean = text(url, "URL")
    try:
        parts = urlsplit(clean)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", clean):
        raise Refused("bad-url", f"{shown(clean)} is no link. Write it whole, beginning with https://.")
    if "@" in parts.netloc:
        raise Refused("bad-url", "The link holds a user name or password, and the ledger is for ever. Leave them out.")
    return clean


def check_evidence(evidence: tuple[Evidence, ...]) -> None:
    """Refused: `bad-evidence`, `bad-file-name`, `bad-url`."""
    for one in evidence:
        if one.url is not None:
            safe_url(one.url)
        described = (one.name, one.bytes, one.media, one.sha256)
        if any(part is None for part in described):
            if one.url is None or any(part is not None for part in described):
                raise Refused("bad-evidence", "Evidence is a file with name, size, media type and SHA-256, or a link.")
            continue
        _check_file(one)


def _check_file(one: Evidence) -> None:
    if not one.name or one.name in (".", "..") or re.search(r"[/\\]", one.name):
        raise Refused("bad-file-name", f"{shown(one.name or '')} is a path or empty; a stored name is a base name.")
    if not re.fullmatch("[0-9a-f]{64}", one.sha256 or "") or (one.bytes or 0) < 0:
        raise Refused("bad-evidence", "A file's SHA-256 is 64 small hex digits, and its size is not negative.")
    if not MEDIA.fullmatch(one.media or ""):
        raise Refused("bad-evidence", f"{shown(one.media or '')} is no media type. Write one such as application/pdf.")
