"""On which files and links does the record rest?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from domain.evidence import Evidence
from projections.asked import At, all_of, facts_among
from projections.base import Base
from projections.rows import FOR_REPORTS
from projections.said import about


class Given(NamedTuple):
    """A file or link, the item or source that it belongs to, and the position of the line that gave it."""

    position: int
    item: str
    file: Evidence


def given(base: Base, at: At) -> list[Given]:
    """The evidence of commitments and milestones, and the documents of sources, that stands; in order of position."""
    return sorted(_given(base, at), key=lambda one: (one.position, one.item))


def _given(base: Base, at: At) -> Iterator[Given]:
    for noun in ("commitment", "source"):
        for facts in facts_among(base, at, all_of(noun), FOR_REPORTS):
            standing = {one.position: one for item in facts.items() for one in facts.of(item)}
            for one in standing.values():
                document = getattr(one.fact, "file", None)
                for file in getattr(one.fact, "evidence", (document,) if document else ()):
                    yield Given(one.position, about(one.subject, one.fact), file)
