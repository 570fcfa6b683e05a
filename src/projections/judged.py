"""Which commitments are wanted, and how do they stand? One query for all of them."""

from __future__ import annotations

from collections.abc import Iterator

from domain.assess import Assessed, assess
from projections.asked import At, Elsewhere, all_of, facts_among
from projections.base import Base
from projections.filters import Filter
from projections.rows import FOR_FLAGS


def judged(base: Base, at: At, wanted: Filter, keep: int = FOR_FLAGS) -> Iterator[Assessed]:
    """Every commitment that stands and is wanted, judged, in order of keys.

    `keep`: what superseded facts are seen too (`projections.rows`).
    """
    elsewhere = Elsewhere(base, at)
    for facts in facts_among(base, at, all_of("commitment"), max(keep, wanted.keep)):
        found = assess(facts, at.on, elsewhere) if wanted.may_hold(facts) else None
        if found and wanted.holds(facts, found.item.key, found.status):
            yield found
