"""How the promised dates moved: `slips`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from cli.app import app
from cli.filtered import FilterWords, filter_of
from cli.options import Context, desk_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cli.layout import Layout, Row
    from domain.fuzzy import FuzzyDate
    from projections.slips import Slip, Slipped, Sums, Total

MOVE_HEAD = ("event", "item", "moved on", "from", "to", "days", "left then", "by whom, and why")
FORECAST_HEAD = (
    "event",
    "item",
    "said on",
    "expected before",
    "expected then",
    "days",
    "to its due",
    "by whom, and why",
)
TOTAL_HEAD = ("commitments moved", "moves", "days later", "moves of milestones", "of all: moved close", "first dated")


@app.command()
def slips(context: Context, words: FilterWords = None) -> None:
    """List how promised dates moved. From when to when, days, by whom, approved by whom, why; forecasts beside them.

    Example: pledger slips programme:middle-corridor 'moved:>0'
    """
    from cli.answer import answer_parts, say_times
    from projections.slips import slips as question
    from projections.slips import summed

    desk = desk_of(context)
    wanted = filter_of(desk, words)
    if desk.settings.json:
        sums = desk.ask(lambda base, at: summed(question(base, at, wanted)))
        found = desk.each(lambda base, at: question(base, at, wanted))
        answer_parts(desk, {"commitments": found, **sums._asdict()}.items())
        return
    seen = desk.ask(lambda base, at: look_over(question(base, at, wanted)))
    say_times(desk)
    nothing = "No due of what matches has moved, and nothing of it was forecast."
    found = desk.each(lambda base, at: question(base, at, wanted))
    show_slips(seen, found, nothing if words else "No due has moved, and nothing was forecast.")


class Look(NamedTuple):
    """What must be known before the first line is written: the sums, and how wide columns are at the last row."""

    sums: Sums
    moves: Layout
    forecasts: Layout


def look_over(found: Iterable[Slipped]) -> Look:
    """All of it is gone through once, and not kept."""
    from cli.shown import laid_out
    from projections.slips import summed, without_forecasts

    kept: list[Slipped] = []

    def forecasts() -> Iterator[Row]:
        for one in found:
            kept.append(without_forecasts(one))
            yield from map(forecast_row, one.forecasts)

    layout = laid_out(FORECAST_HEAD, forecasts())
    return Look(summed(kept), laid_out(MOVE_HEAD, (move_row(move) for one in kept for move in one.moves)), layout)


def show_slips(seen: Look, found: Iterable[Slipped], nothing: str) -> None:
    """The moves, commitment by commitment, then the sums."""
    from cli.shown import heading, out, table_in

    for each in found:
        heading(f"{each.key}: {each.title}")
        out(f"  {sum_up(each)}")
        if each.moves:
            table_in(seen.moves, MOVE_HEAD, map(move_row, each.moves))
        if each.forecasts:
            out("  Expected (forecasts; no promises, nobody approves them):")
            table_in(seen.forecasts, FORECAST_HEAD, map(forecast_row, each.forecasts))
        out()
    if not seen.moves.rows and not seen.forecasts.rows:
        out(nothing)
    _show_totals("programme", seen.sums.by_programme)
    _show_totals("promised by", seen.sums.by_party)
    if any(one.moved_close for one in seen.sums.by_commitment):
        out(f"moved close: {seen.sums.thresholds['moved-close']}")


def _show_totals(name: str, totals: Sequence[Total]) -> None:
    from cli.figures import figures
    from cli.shown import out

    if totals:
        figures((name, *TOTAL_HEAD), [_total_row(one) for one in totals])
        out()


def sum_up(one: Slipped) -> str:
    """`due moved 2 times, 273 days later in all: end-2026 (2026-12-31) -> 2027-09-30; now on-track`."""
    from domain.assess.words import days as words_for
    from projections.slips import total

    its = total(one.key, [one])
    first, now = plain(one.original_due), plain(one.due)
    if not its.moves:
        set_on = f", first dated {one.moves[0].effective}" if its.first_dated and one.moves[0].item == one.key else ""
        never = f"due never moved: {now}{set_on}" if one.due else "no due"
        return f"{never}; now {one.status}"
    times = "once" if its.moves == 1 else f"{its.moves} times"
    way = "earlier" if (its.days or 0) < 0 else "later"
    days = "" if its.days is None else f", {words_for(abs(its.days))} {way} in all"
    return f"due moved {times}{days}: first {first}, now {now}; now {one.status}"


def plain(due: FuzzyDate | None) -> str:
    """A date as worded with its last day: `end-2026 (2026-12-31)`; `none` without one."""
    from domain.assess.words import dated

    return dated(due) if due else "none"


def move_row(one: Slip) -> Row:
    """One move of a due in one line."""
    from cli.tongue import told_days, word

    left = "-"
    if one.left is not None:
        left = told_days("{days} d left", one.left) if one.left >= 0 else told_days("{days} d over", -one.left)
    by = f"{one.actor}, approved by {one.approved_by}: {one.reason}"
    return (*_moved(one), left + (f" [{word('moved-close', 'flag')}]" if one.moved_close else ""), by)


def forecast_row(one: Slip) -> Row:
    """One forecast in one line."""
    return (*_moved(one), _to_due(one.past_due), f"{one.actor}: {one.reason}")


def _to_due(days: int | None) -> str:
    from cli.tongue import told_days, word

    if days is None:
        return "-"
    if not days:
        return word("on its due")
    return told_days("{days} d after due", days) if days > 0 else told_days("{days} d before due", -days)


def _moved(one: Slip) -> Row:
    from cli.figures import signed
    from cli.tongue import day

    dates = (day(one.effective), plain(one.before), plain(one.after))
    return (f"#{one.position}", one.item, *dates, signed(one.days))


def _total_row(one: Total) -> Sequence[str]:
    from cli.figures import signed

    counts = (one.milestone_moves, one.moved_close, one.first_dated)
    return (one.key or "(none)", str(one.commitments), str(one.moves), signed(one.days), *map(str, counts))
