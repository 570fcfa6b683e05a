"""How does the pace of a commitment read?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from projections.pace import Finish, Pace, PercentPace, TargetPace


def show_pace(found: Pace, on: date) -> None:
    """The pace in a few lines, after an empty one; nothing where nothing was reported and nothing is aimed at."""
    from cli.shown import labelled, out
    from cli.tongue import word

    told = [
        *(_percent(found.percent, on) if found.percent else ()),
        *(line for one in found.targets for line in _target(one)),
    ]
    if told:
        out()
        out(word("pace"))
        labelled(told)


def _percent(pace: PercentPace, on: date) -> Iterator[tuple[str, str]]:
    from cli.tongue import word

    yield word("reported"), f"{pace.percent:f} % on {pace.reported} (#{pace.position})"
    if pace.line_now is not None:
        then = "" if pace.line_then is None else f"{pace.line_then:f} % on {pace.reported}, "
        yield word("steady work"), f"{then}{pace.line_now:f} % on {on}, by the straight line from start to due"
    if pace.earned and pace.ahead is not None:
        yield word("earned"), f"the straight line had {pace.percent:f} % on {pace.earned}: {_ahead(pace.ahead)}"
    yield word("finish"), finish(pace.finish, on)


def _ahead(days: int) -> str:
    from domain.assess.words import days as count

    if not days:
        return "on the line when it was reported"
    return f"{count(abs(days))} {'ahead' if days > 0 else 'behind'} when it was reported"


def finish(told: Finish, on: date) -> str:
    """`2027-11-02 at the average pace, between 2027-09-01 and 2028-03-04 …`, or why there is none."""
    if told.projected is None:
        return f"undefined: {told.why}"
    passed = ", which has passed" if told.projected < on else ""
    average = f"{told.projected}{passed}, at the average pace so far"
    if told.earliest is None:
        return f"{average}; too few reports for an interval"
    if told.open_ended:
        return f"{average}; from {told.earliest}, at the fastest; open-ended, since in a stretch nothing was gained"
    return f"{average}; between {told.earliest} and {told.latest}, at the fastest and the slowest pace of a stretch"


def _target(one: TargetPace) -> Iterator[tuple[str, str]]:
    from cli.tongue import word
    from domain.quantity import text as amount

    yield one.indicator, "; ".join([*_running(one), *_ended(one)])
    for again in one.restatements:
        why = f": {again.reason}" if again.reason else ""
        text = f"{again.period} from {amount(again.before)} to {amount(again.after)}"
        yield word("restated"), f"{text} (#{again.position} {again.effective} {again.actor}{why})"


def _ended(one: TargetPace) -> Iterator[str]:
    ended = [f"{count} {outcome}" for outcome, count in one.outcomes.items() if outcome not in ("running", "future")]
    if ended:
        yield f"ended periods: {', '.join(ended)}"


def _running(one: TargetPace) -> Iterator[str]:
    from domain.quantity import text as amount

    if not one.period or not one.amount or not one.aim:
        yield "no period is running"
        return
    actual = amount(one.actual) if one.actual else "nothing reported"
    yield f"{actual} of {one.aim.replace('-', ' ')} {amount(one.amount)} in {one.period} so far"
    yield f"heading for {amount(one.projected)}" if one.projected else "projection undefined: nothing is reported"
    if one.needed_per_month:
        yield f"needs {amount(one.needed_per_month)} a month"
