"""What is kept of a file: its name, size, media type and SHA-256, never the file itself."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable
from pathlib import Path

from domain.evidence import Evidence, link, safe_url
from domain.refused import Refused
from domain.text import shown, text


def read_evidence(names: Iterable[str] | None, url: str | None = None) -> tuple[Evidence, ...]:
    """Files by their fingerprints and links as they are; `url` belongs to the one file, or is a link of its own.

    Refused: `no-such-file`, `bad-url`.
    """
    found = tuple(link(name) if "://" in name else fingerprint(Path(name)) for name in names or ())
    if url is None:
        return found
    if len(found) == 1 and found[0].proves:
        one = found[0]
        return (Evidence(name=one.name, bytes=one.bytes, media=one.media, sha256=one.sha256, url=safe_url(url)),)
    return (*found, link(url))


def fingerprint(path: Path) -> Evidence:
    """A file's base name, size, media type (by its ending) and SHA-256. Refused: `no-such-file`, `bad-text`."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        raise Refused(
            "no-such-file", f"The file {shown(str(path), 200)} cannot be read: {(error.strerror or 'unknown').lower()}."
        ) from None
    return Evidence(name=text(path.name, "file name"), bytes=size, media=media_of(path), sha256=digest.hexdigest())


def document(name: str | None, sha256: str | None, size: int | None) -> Evidence | None:
    """A cited document: read where only its name is given, taken as described where its hash and size are.

    Refused: `half-described`, `no-such-file`.
    """
    if sha256 is None and size is None:
        return fingerprint(Path(name)) if name else None
    if name is None or sha256 is None or size is None:
        raise Refused("half-described", "A document that is not at hand needs all three: --file, --sha256 and --bytes.")
    path = Path(name)
    return Evidence(name=text(path.name, "file name"), bytes=size, media=media_of(path), sha256=sha256.lower())


def media_of(path: Path) -> str:
    """The media type by a name's ending, from the library's own table: the same on every machine."""
    return mimetypes.MimeTypes().guess_type(path.name)[0] or "application/octet-stream"
