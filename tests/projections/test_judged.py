"""Is every answer of the time machine, at every point, that of the plain fold of the lines known there?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from domain.fold import Facts
from projections import asked, judged, pace, trend
from projections.asked import At, Span
from projections.base import Base
from projections.filters import EVERYTHING, Asked, parse
from projections.score import score
from projections.slips import slips
from projections.timeline import timeline
from tests.domain.given import EARLY
from tests.projections.given import Office, modelled, plain
from tests.projections.test_answers import office_after, steps

points = st.tuples(st.integers(0, 40), st.dates(EARLY - timedelta(days=5), date(2026, 3, 1)))
WANTED = parse(["moved:>0,0", "land"], Asked(EARLY, lambda noun, typed: typed))


@contextmanager
def naively(office: Office) -> Iterator[None]:
    """Facts come from the lines alone, not from the read models."""

    def of(base: Base, at: At, subject: str, keep: int = 0) -> Facts:
        return seen(at).get(subject, Facts(subject))

    def among(base: Base, at: At, span: Span, keep: int = 0) -> Iterator[Facts]:
        return (facts for subject, facts in seen(at).items() if span.first <= subject < span.beyond)

    def seen(at: At) -> dict[str, Facts]:
        lines = [one for one in office.lines if one.fact.takes_back() or one.effective <= at.on]
        return plain(lines, at)

    with (
        mock.patch.object(judged, "facts_among", among),
        mock.patch.object(asked, "facts_of", of),
        mock.patch.object(trend, "facts_of", of),
        mock.patch.object(pace, "facts_of", of),
    ):
        yield


def answers(base: Base, at: At) -> list[Any]:
    keys = [one.item.key for one in judged.judged(base, at, EVERYTHING)]
    return [
        keys,
        list(slips(base, at, EVERYTHING)),
        list(slips(base, at, WANTED)),
        timeline(base, at, EVERYTHING),
        score(base, at, EVERYTHING),
        score(base, at, WANTED, "owner"),
        trend.trend(base, at, keys),
        [pace.pace(base, at, key) for key in keys],
    ]


@given(st.lists(steps, min_size=20, max_size=50), st.lists(points, min_size=1, max_size=4))
def test_every_answer_is_that_of_the_lines_known(history: list[Any], asked_at: list[tuple[int, date]]) -> None:
    office = office_after(history)
    with modelled(office.lines) as base:
        for at in [At(known, on) for known, on in asked_at] + [At(len(office.lines), office.today)]:
            found = answers(base, at)
            with naively(office):
                assert found == answers(base, at)
