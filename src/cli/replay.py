"""What each event changed: `audit replay`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.audit import audit_app
from cli.options import Context, desk_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from cli.desk import Desk
    from ledger.record import Record
    from projections.replay import Replay, Shift, Step
    from projections.status import BoardItem

Point = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="The first event told: #120, or a date.")]


@audit_app.command("replay")
def replay_ledger(
    context: Context,
    since: Point = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="WHEN", help="The last event: #154, a date, a checkpoint.")
    ] = None,
) -> None:
    """Tell what each event changed on the board. The ledger is read anew from its first line, without the read models.

    Each event is judged on its own day (or on --as-of), before and after. The end is compared with the read models.

    Exit code 0: the end is what `pledger status` says. 1: it is not.

    Example: pledger audit replay --from 2026-12-01 --until 2026-12-31
    """
    from cli.answer import answer_parts, say_times
    from projections.lasting import Ahead
    from projections.replay import Replay
    from projections.status import board

    desk = desk_of(context)
    look_until(desk, until)
    first = first_of(desk, since)
    kept = {item.key: print_of(item) for item in desk.ask(board)}
    record, at = desk.record, desk.at
    on = at.on if desk.settings.as_of is not None else None
    replay = Replay(record.zone, on, Ahead(record.taken_back(at.known), at.on, on))
    steps = replay.steps(lines(record, at.known), first)
    end = End(replay, at.on, kept)
    if desk.settings.json:
        answer_parts(desk, parts(first, steps, end))
    else:
        say_times(desk)
        show_end(show_steps(steps), at.known - first + 1, end)
    if end.differing:
        raise typer.Exit(1)


@dataclass
class End:
    """Where a replay comes to, beside what the read models say: `kept` are their prints by key."""

    replay: Replay
    on: date
    kept: dict[str, bytes]
    differing: list[str] = field(default_factory=list)
    """The commitments of which the read models say something else than the lines; known once the board was read."""

    def board(self) -> Iterator[BoardItem]:
        """Every commitment, from the lines. To be read once, when the replay is there."""
        for item in self.replay.board(self.on):
            if self.kept.pop(item.key, None) != print_of(item):
                self.differing.append(item.key)
            yield item
        self.differing = sorted([*self.differing, *self.kept])


def print_of(item: BoardItem) -> bytes:
    """What stands for a commitment where two are compared: a whole board is too large to be kept for that."""
    import hashlib

    import msgspec

    return hashlib.sha256(msgspec.json.encode(item)).digest()


def parts(first: int, steps: Iterator[Step], end: End) -> Iterator[tuple[str, Any]]:
    """The answer as JSON gives it, part by part."""
    yield "from", first
    yield "events", steps
    yield "board", end.board()
    yield "differing", end.differing


def look_until(desk: Desk, until: str | None) -> None:
    """The point of the answer is where the replay ends. Refused: `usage`, and as `cli.times.point`."""
    from cli.times import point
    from domain.refused import Refused

    if until is None:
        return
    if desk.settings.as_known is not None:
        raise Refused("usage", "--until and --as-known both say where the replay ends. Give one of them.")
    desk.at = point(until, desk.record, desk.today, desk.settings.as_of)


def first_of(desk: Desk, since: str | None) -> int:
    """The first position that is told: of a date, the first after the day before. Refused: `reversed`, as above."""
    from cli.times import POSITION, as_known
    from domain.entry import day
    from domain.refused import Refused

    if since is None:
        return 1
    if POSITION.fullmatch(since):
        first = as_known(since, desk.record, desk.today).position
    else:
        before = day(since, desk.today) - timedelta(days=1)
        first = as_known(str(before), desk.record, desk.today).position + 1
    if first > desk.at.known + 1:
        raise Refused("reversed", f"#{first} lies after #{desk.at.known}, where the replay ends. Begin earlier.")
    return max(1, first)


def lines(record: Record, until: int) -> Iterable[Any]:
    """The facts in order."""
    return (one for page in record.recorded(until=until) for one in page)


def show_steps(steps: Iterable[Step]) -> int:
    """Each event with its changes, as they are found; gives how many."""
    from cli.shown import heading, out

    count = 0
    for one in steps:
        count += 1
        late = f", true on {one.effective}" if one.effective != one.recorded else ""
        heading(f"#{one.position} {one.recorded}{late} {one.actor}: {one.item}: {one.said}")
        for shift in one.shifts:
            out(f"  {shift.item} {shift.field.replace('_', ' ')}: {worded(shift)}", hang=4)
    return count


def show_end(changing: int, read: int, end: End) -> None:
    """How many events changed the board, and the board in one line."""
    from cli.board_shown import summary
    from cli.shown import out

    board = summary(end.board(), end.on)
    if changing:
        out()
    out(f"{changing} of {read} event{'' if read == 1 else 's'} changed the board.")
    if end.differing:
        odd = ", ".join(end.differing)
        out(f"The read models say otherwise of: {odd}. Run pledger models rebuild, then audit verify.")
    else:
        out(f"The end is what pledger status says: {board}.")


def worded(shift: Shift) -> str:
    """`end-2026 (2026-12-31) -> 2027-06-30`."""
    return f"{text_of(shift.before)} -> {text_of(shift.after)}"


def text_of(value: Any) -> str:
    """A value of the board in words; `(none)` for what is not there."""
    from domain.assess.words import dated
    from domain.fuzzy import FuzzyDate
    from domain.quantity import Quantity
    from domain.quantity import text as amount

    if not value:
        return "(none)"
    if isinstance(value, FuzzyDate):
        return dated(value)
    if isinstance(value, Quantity):
        return amount(value)
    return value if isinstance(value, str) else ", ".join(value)
