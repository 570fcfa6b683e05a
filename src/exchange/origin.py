"""Where does what a sheet records come from? The file by its fingerprint, and the cell."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from domain.evidence import Evidence
from domain.occasion import Occasion
from domain.recorded import New
from domain.source import cite_source
from domain.text import slug
from exchange.handed import Handed

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE = 1 << 20


@dataclass(frozen=True)
class Origin:
    """A workbook as a source: its key says its name and its fingerprint, so that a changed file is another source."""

    key: str
    file: Evidence

    def cited(self, at: Occasion) -> list[New]:
        """The source, where it is not cited yet. Its publisher is the office that hands it in."""
        return cite_source(at, self.key, f"Workbook {self.file.name}", at.actor, file=self.file)


def origin_of(handed: Handed) -> Origin:
    """The origin of all that is read from a file."""
    digest, size = hashlib.sha256(), 0
    while piece := handed.read(size, PIECE):
        digest.update(piece)
        size += len(piece)
    name = PurePath(handed.name).name
    sha256 = digest.hexdigest()
    key = f"{slug(PurePath(name).stem)[:40].rstrip('-') or 'workbook'}-{sha256[:12]}"
    return Origin(key, Evidence(name=name, bytes=size, media=MEDIA, sha256=sha256))
