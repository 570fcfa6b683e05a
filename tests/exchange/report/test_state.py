"""Is what the report tells of a moment what one judges who looks at that moment alone?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given, settings

from benchmarks.generate import ZONE
from domain.recorded import Recorded
from exchange.report.shrunk import LISTS, shrunk
from exchange.report.state import State
from tests.exchange.given import Writer
from tests.exchange.histories import histories
from tests.exchange.report.given import Plain, at, generated, last_day, story, told


def must_agree(lines: Sequence[Recorded], on: date) -> None:
    """At every position, and at the end."""
    found, plain = told(lines, on), Plain(ZONE)
    for line in lines:
        for subject, state in plain.states(line).items():
            assert at(found[subject], line.position) == state, (line.position, subject)
    for subject, state in plain.on(on).items():
        assert at(found[subject], len(lines) + 1) == state


def test_every_moment_of_the_story_is_told_as_it_was() -> None:
    must_agree(story(), date(2028, 7, 1))


def test_every_moment_of_a_generated_ledger_is_told_as_it_was() -> None:
    lines = generated(400, 30)
    must_agree(lines, last_day(lines))


@settings(max_examples=25)
@given(histories)
def test_every_moment_of_any_history_is_told_as_it_was(writer: Writer) -> None:
    must_agree(writer.recorded, last_day(writer.recorded))


def grown(steps: Sequence[list[Any]]) -> list[tuple[int, State | None]]:
    """States from their steps, as the page makes them again."""
    found: list[tuple[int, State | None]] = []
    before: dict[str, Any] = {}
    for position, otherwise in steps:
        assert isinstance(position, int)
        if not isinstance(otherwise, dict):
            found.append((position, None))
            before = {}
            continue
        now: dict[str, Any] = {name: before.get(name, [] if name in LISTS else None) for name in State._fields}
        for number, value in otherwise.items():
            name = State._fields[int(number)]
            old = now[name]
            now[name] = old[: value[0]] + value[2:] + old[value[0] + value[1] :] if name in LISTS else value
        found.append((position, State(**now)))
        before = now
    return found


def test_steps_lead_to_the_same_states_and_say_nothing_twice() -> None:
    for states in told(story(), date(2028, 7, 1)).values():
        kept = [one for before, one in zip([None, *states], states, strict=False) if not before or before[1] != one[1]]
        assert grown(shrunk(states)) == kept


def test_a_commitment_that_falls_and_comes_back_is_told_anew() -> None:
    (first, *_) = (one for one in told(story(), date(2028, 7, 1))["commitment/fibre"] if one[1])
    one = first[1]
    steps = shrunk([(1, None), (2, one), (3, None), (4, None), (5, one)])
    assert [step[0] for step in steps] == [2, 3, 5]
    assert steps[1][1] is None
    assert steps[2][1] == steps[0][1]
