"""Is every answer at every point that of the lines known there, whatever was recorded, and followed in what slices?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from domain.commitment import make
from domain.figure import observe_figure
from domain.milestone import plan_milestone
from domain.party import register_party, rename_party
from domain.programme import close_programme, note, open_programme
from domain.refused import Refused
from domain.retraction import EventRetracted, retract
from domain.source import cite_source
from projections import register
from projections.asked import At
from projections.base import Base
from projections.catchup import catch_up
from projections.cursor import cursor_of
from projections.diff import diff
from projections.due import due_of, falling_due
from projections.filters import EVERYTHING
from projections.history import Event, events, history
from projections.score import score
from projections.show import show
from projections.slips import slipped, slips
from projections.status import board
from projections.timeline import Bar, bars_of, timeline
from projections.trend import trend
from projections.why import why
from tests.domain.given import EARLY, do, fd, quantity
from tests.ledger.given import Clock
from tests.projections.given import Desk, Office, modelled, notes, plain
from tests.projections.test_answers import WHY, Answers, Wanted, asked, commands, naive
from tests.projections.test_catchup import anew, dump, opened

MORNING = datetime(2025, 1, 1, 5, tzinfo=UTC)
WITHIN = 60
PADDING = 60
"""Lines in a ledger that begins: so a few more are no reason to fold all of it anew."""

registers = st.one_of(
    st.builds(lambda name: asked(rename_party, "az", name, **WHY), st.sampled_from(["Azerbaijan", "Azərbaycan"])),
    st.just(asked(open_programme, "corridor", "Corridor")),
    st.just(asked(close_programme, "corridor", **WHY)),
    st.builds(lambda text: asked(note, "corridor", text), st.sampled_from(["seen", "heard"])),
    st.builds(
        lambda amount: asked(observe_figure, "corridor", "trade", quantity(amount), fd("2024")),
        st.sampled_from(["1 USD", "2 USD"]),
    ),
)
newest = st.integers(1, 12)
"""One of the newest lines, counted from the end."""


@cache
def begun() -> bytes:
    """A ledger of `PADDING` lines and some; a desk goes on with a copy."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "pledger.db", Clock(MORNING))
        with desk.ledger.appending():
            desk.do(register_party, "az", "Azərbaycan")
            desk.do(cite_source, "interview", "Interview", "Kazinform")
            desk.do(open_programme, "corridor", "Corridor")
            desk.do(make, "padding", "Padding")
            notes(desk, "padding", PADDING)
            desk.do(make, "fibre", "Cable", due=fd("2025-06"), promisors=("az",), source="interview")
            desk.do(make, "ports", "Ports", programme="corridor")
            desk.do(plan_milestone, "fibre/landing", "Landing", due=fd("2025-04"))
            desk.do(plan_milestone, "ports/alat", "Alat", after=("fibre/landing",))
        desk.ledger.close()
        return desk.file.read_bytes()


class AnyHistory(RuleBasedStateMachine):
    """A ledger in which somebody records this and that, and its read models, which follow when they are told to.

    `at` is a point that is looked at after every step, beside the present one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        path = Path(self.open.enter_context(TemporaryDirectory())) / "pledger.db"
        path.write_bytes(begun())
        self.desk = Desk(path, Clock(MORNING + timedelta(hours=1)))
        self.open.callback(self.desk.ledger.close)
        self.base = self.open.enter_context(closing(opened(self.desk)))
        self.follow()
        self.at = At(0, EARLY)

    def teardown(self) -> None:
        self.open.close()

    def office(self) -> Office:
        """The lines, as a decision and the plain fold see them."""
        lines = [one for page in self.desk.record.recorded() for one in page]
        return Office(lines, today=self.desk.today)

    def do(self, wanted: Wanted, on: date | None) -> None:
        """A command; refused, it records nothing."""
        step = wanted(self.office(), on)
        with suppress(Refused):
            self.desk.ledger.change(lambda known, now: step.decide(known), actor=step.by)

    @rule(wanted=commands | registers, ago=st.none() | st.integers(0, 60))
    def record(self, wanted: Wanted, ago: int | None) -> None:
        """Today, or back-dated."""
        self.do(wanted, None if ago is None else self.desk.today - timedelta(days=ago))

    @rule(number=st.integers(1, 3))
    def take_back_a_retraction(self, number: int) -> None:
        """One of the newest."""
        found = [one for one in self.office().lines if isinstance(one.fact, EventRetracted)]
        if found:
            self.do(lambda office, on: do(retract, found[-min(number, len(found))], today=office.today, **WHY), None)

    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        """Time passes."""
        self.desk.wait(days)

    @rule(anew=st.booleans())
    def follow(self, anew: bool = False) -> None:
        """The read models catch up, or are made anew: that is the same."""
        catch_up(self.base, self.desk.record, anew=anew)
        assert dump(self.base) == self.rebuilt()

    def rebuilt(self) -> dict[str, list[Any]]:
        return anew(self.desk)

    @rule(known=newest, day=newest, beside=st.sampled_from([0, 0, -1, 30]))
    def look(self, known: int, day: int, beside: int) -> None:
        """From now on at what was known at one of the newest lines, on the day of one or beside it."""
        lines = self.office().lines
        self.at = At(lines[-known].position, lines[-day].effective + timedelta(days=beside))

    @invariant()
    def every_answer_is_that_of_the_lines_known(self) -> None:
        """At two points that the read models know of."""
        office, head = self.office(), cursor_of(self.base).position
        now, then = At(head, self.desk.today), At(min(self.at.known, head), self.at.on)
        like_the_plain_fold(self.desk, self.base, office, now)
        like_the_plain_fold(self.desk, self.base, office, then)
        like_the_lines_alone(self.desk, self.base, office, then)


def like_the_plain_fold(desk: Desk, base: Base, office: Office, at: At) -> None:
    """What is answered is what a plain fold in memory says."""
    folded = naive(office, at)
    until = at.on + timedelta(days=WITHIN)
    due = [one for judged in folded.judged for one in due_of(judged, until)]
    moved = [one for judged in folded.judged if (one := slipped(judged)).moves or one.forecasts]
    assert board(base, at) == folded.board
    assert falling_due(base, at, WITHIN).items == sorted(due, key=lambda one: (one.days_left, one.key))
    assert list(slips(base, at, EVERYTHING)) == moved
    assert timeline(base, at, EVERYTHING) == bars(folded)
    assert list(history(desk.record, base, at)) == list(happened(office, at))


def bars(folded: Answers) -> list[Bar]:
    """The commitments by programme, those without one last."""
    each = [list(bars_of(one)) for one in folded.judged]
    each.sort(key=lambda bars: (bars[0].programme is None, bars[0].programme))
    return [bar for bars in each for bar in bars]


def happened(office: Office, at: At) -> Iterator[Event]:
    """The lines, each with the retraction that holds."""
    streams = plain(office.lines, at).values()
    by = {facts.log[id].position: one.position for facts in streams for id, one in facts.retracted.items()}
    return events((one for one in office.lines if one.position <= at.known and one.effective <= at.on), by)


def like_the_lines_alone(desk: Desk, base: Base, office: Office, at: At) -> None:
    """What is answered is what read models say that never saw a later line."""
    record = desk.record
    asked: list[Callable[[Base], Any]] = [
        lambda base: register.parties(base, at),
        lambda base: register.sources(base, at),
        lambda base: register.programmes(base, at),
        *(lambda base, group=group: score(base, at, EVERYTHING, group) for group in ("party", "programme", "owner")),
        *(lambda base, item=item: trend(base, at, [item]) for item in ("fibre", "fibre/landing")),
        *(lambda base, item=item: why(record, base, at, item) for item in ("fibre", "ports/alat")),
        lambda base: show(record, base, at, "fibre"),
        lambda base: diff(record, base, At(PADDING, EARLY), at),
    ]
    with modelled(office.lines[: at.known]) as alone:
        for question in asked:
            assert answered(question, base) == answered(question, alone)


def answered(question: Callable[[Base], Any], base: Base) -> Any:
    """The answer, or the code of the refusal."""
    try:
        return question(base)
    except Refused as refused:
        return refused.code


def test_every_answer_is_that_of_the_lines_known_after_every_step() -> None:
    run_state_machine_as_test(AnyHistory, settings=settings(max_examples=10, stateful_step_count=20, deadline=None))


@pytest.mark.soak
def test_the_same_at_length() -> None:
    run_state_machine_as_test(AnyHistory, settings=settings(max_examples=500, stateful_step_count=60, deadline=None))
