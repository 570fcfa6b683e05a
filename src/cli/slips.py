"""How the promised dates moved: `slips`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.app import app
from cli.filtered import FilterWords, filter_of
from cli.options import Context, desk_of

if TYPE_CHECKING:
    from cli.layout import Row
    from domain.fuzzy import FuzzyDate
    from projections.slips import Slip, SlipList, Slipped, Total

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
    from cli.answer import answer, say_times
    from projections.slips import slips as question

    desk = desk_of(context)
    wanted = filter_of(desk, words)
    found = desk.ask(lambda base, at: question(base, at, wanted))
    if desk.settings.json:
        answer(desk, found._asdict())
        return
    say_times(desk)
    nothing = "No due of what matches has moved, and nothing of it was forecast."
    show_slips(found, nothing if words else "No due has moved, and nothing was forecast.")


def show_slips(found: SlipList, nothing: str) -> None:
    """The moves, commitment by commitment, then the sums."""
    from cli.shown import heading, laid_out, out, table_in

    moves = [move_row(one) for each in found.commitments for one in each.moves]
    forecasts = [forecast_row(one) for each in found.commitments for one in each.forecasts]
    layouts = laid_out(MOVE_HEAD, moves), laid_out(FORECAST_HEAD, forecasts)
    for each in found.commitments:
        heading(f"{each.key}: {each.title}")
        out(f"  {sum_up(each)}")
        if each.moves:
            table_in(layouts[0], MOVE_HEAD, map(move_row, each.moves))
        if each.forecasts:
            out("  Expected (forecasts; no promises, nobody approves them):")
            table_in(layouts[1], FORECAST_HEAD, map(forecast_row, each.forecasts))
        out()
    if not found.commitments:
        out(nothing)
    _show_totals("programme", found.by_programme)
    _show_totals("promised by", found.by_party)
    if any(one.moved_close for one in found.by_commitment):
        out(f"moved close: {found.thresholds['moved-close']}")


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
