"""In which document was it said?"""

from __future__ import annotations

from typing import ClassVar

from domain.evidence import Evidence, check_evidence, safe_url, tidy
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion
from domain.recorded import Fact, New, Slot, alike
from domain.refused import Refused
from domain.text import key as key_of
from domain.text import text


class SourceCited(Fact, frozen=True, kw_only=True):
    """A document enters the ledger, with its fingerprint where the file was at hand."""

    stored: ClassVar[str] = "source.cited.v1"
    noun: ClassVar[str] = "source"
    opens: ClassVar[bool] = True

    title: str
    publisher: str
    published: FuzzyDate | None = None
    url: str | None = None
    file: Evidence | None = None

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "made"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        if self.url is not None:
            safe_url(self.url)
        if self.file is not None:
            check_evidence((self.file,))
            if not self.file.proves:
                raise Refused("bad-evidence", "The file of a source has a fingerprint; give a bare link as its URL.")


def cite_source(
    at: Occasion,
    key: str,
    title: str,
    publisher: str,
    *,
    published: FuzzyDate | None = None,
    url: str | None = None,
    file: Evidence | None = None,
) -> list[New]:
    """A new source. The same again records nothing. Refused: `duplicate-key`, `bad-url`, `bad-evidence`."""
    key = key_of(key, "source key")
    fact = SourceCited(
        title=text(title, "title"),
        publisher=text(publisher, "publisher"),
        published=published,
        url=safe_url(url) if url else None,
        file=tidy((file,))[0] if file else None,
    )
    stands = at.known.facts(f"source/{key}").fact(key, "made")
    if alike(stands, fact):
        return []
    if stands:
        raise Refused("duplicate-key", f"Source {key} is cited already. Choose another key, or retract that one first.")
    return at.record(f"source/{key}", fact)
