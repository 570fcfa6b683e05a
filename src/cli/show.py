"""One commitment, looked at closely: `show` and `why`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cli.app import app
from cli.options import Commitment, Context, Item, desk_of

if TYPE_CHECKING:
    from datetime import date

    from cli.layout import Row
    from projections.history import Event
    from projections.show import Shown
    from projections.status import Checkpoint, Stretch
    from projections.why import Turn, Why

MILESTONE_HEAD = ("milestone", "status", "due", "expected or met", "title")
TARGET_HEAD = ("target", "period", "outcome", "actual", "amount", "heading for", "needed")
SECTIONS_HEAD = ("moves", "forecasts", "reports", "actuals", "evidence", "verdicts", "life", "changes")


@app.command()
def show(context: Context, commitment: Commitment) -> None:
    """Show everything about one commitment. Milestones, targets, reports, moves and evidence among it.

    Example: pledger show fibre
    """
    from cli.answer import answer, say_times
    from projections.show import show as question

    desk = desk_of(context)
    key = desk.reading(commitment).partition("/")[0]
    shown = desk.ask(lambda base, at: question(desk.record, base, at, key))
    if desk.settings.json:
        answer(desk, shown)
        return
    say_times(desk)
    show_commitment(shown, desk.at.on)


@app.command()
def why(context: Context, item: Item) -> None:
    """Say why an item has its status. Each reason comes with the events behind it, and the thresholds.

    Example: pledger why fibre --as-of 2027-01-01
    """
    from cli.answer import answer, say_times
    from projections.why import why as question

    desk = desk_of(context)
    key = desk.reading(item)
    found = desk.ask(lambda base, at: question(desk.record, base, at, key))
    if desk.settings.json:
        answer(desk, found)
        return
    say_times(desk)
    show_reasons(found)


def show_commitment(shown: Shown, on: date) -> None:
    """A commitment in sections; what is empty is left out."""
    from cli.pace import show_pace
    from cli.shown import heading, labelled, out, table
    from cli.tongue import word

    item = shown.item
    heading(f"{item.key}: {item.title}")
    labelled(_lines(shown))
    if item.milestones:
        out()
        table(MILESTONE_HEAD, [_milestone(one) for one in item.milestones])
    if item.targets:
        out()
        table(TARGET_HEAD, [_period(one) for one in item.targets])
    show_pace(shown.pace, on)
    for name in SECTIONS_HEAD:
        events: Iterable[Event] = getattr(shown, name)
        if events:
            out()
            out(word(name))
            for one in events:
                out(f"  {_line(one)}")


def show_reasons(found: Why) -> None:
    """Status, reasons and flags, each with the events behind it; then what would change the status."""
    from cli.shown import heading, out
    from cli.tongue import word

    behind, told = {one.position: one for one in found.events}, set[int]()
    heading(f"{found.key}: {found.title}")
    status, flag = word(found.status, "status"), word("flag")
    for is_flag, reasons in ((False, found.reasons), (True, found.flags)):
        for one in reasons:
            name = f"{flag} {word(one.code, 'flag')}" if is_flag else status
            out(f"  {name}: {one.text}")
            for position in one.positions:
                out(f"    {f'#{position} (above)' if position in told else _behind(found, behind[position])}", hang=6)
                told.add(position)
    if found.thresholds:
        out(word("thresholds"))
        for code, text in found.thresholds.items():
            out(f"  {code}: {text}", hang=4)
    out(word("what would change the status"))
    for text in found.changes:
        out(f"  {text}", hang=4)
    for text in _turned(found.turn):
        out(f"  {text}", hang=4)


def _behind(found: Why, event: Event) -> str:
    """An event; of another item than the one that is asked about by its name."""
    from projections.said import about, said

    item = about(event.subject, event.data)
    of = "" if item == found.key else f" {item}"
    return f"#{event.position} {event.actor} ({_days(event)}){of}: {said(event.data)}"


def _turned(turn: Turn | None) -> Iterator[str]:
    """What time alone changes, and what would put that off."""
    if turn is None:
        yield "time alone changes nothing in the next ten years"
        return
    yield f"time alone: {turn.status} from {turn.on} on, if nothing is recorded before: {turn.reasons[0].text}"
    if turn.put_off:
        yield f"which would be put off by: {'; '.join(turn.put_off)}"


def _lines(shown: Shown) -> Iterator[tuple[str, str]]:
    """What is said of a commitment, name by name; what is empty is left out."""
    from cli.board_shown import days_left
    from cli.tongue import percent, word
    from projections.said import dated

    item = shown.item
    yield word("status"), "; ".join([word(item.status, "status"), *(one.text for one in item.reasons)])
    for flag in item.flags:
        yield word("flag"), f"{word(flag.code, 'flag')}: {flag.text}"
    yield word("due"), f"{dated(item.due)}, {days_left(item)}".removesuffix(", -") if item.due else word("not stated")
    if item.original_due and item.due and not item.original_due.same_as(item.due):
        yield word("first due"), dated(item.original_due)
    told = {
        word("expected"): dated(item.forecast) if item.forecast else None,
        word("met"): dated(item.met_on) if item.met_on else None,
        word("progress"): percent(item.progress) if item.progress is not None else None,
        word("start"): shown.start and f"{shown.start.wording} ({shown.start.spanned()})",
        word("kind"): item.kind,
        word("promised by"): _parties(shown, item.promisors),
        word("promised to"): _parties(shown, item.promisees),
        word("owner"): item.owner,
        word("programme"): shown.programme_title,
        word("statement"): shown.statement,
        word("source"): shown.source and f"{shown.source.title} ({shown.source.publisher})",
        word("where"): shown.locator,
        word("tags"): ", ".join(shown.tags),
        word("replaced by"): shown.superseded_by,
        word("last event"): f"#{item.last_position}",
    }
    yield from ((name, value) for name, value in told.items() if value)


def _parties(shown: Shown, keys: Iterable[str]) -> str:
    return ", ".join(f"{shown.names.get(key, key)} ({key})" for key in keys)


def _milestone(one: Checkpoint) -> Row:
    from cli.board_shown import due_text
    from cli.shown import status_cell

    expected = one.met_on or one.forecast
    return (one.key, status_cell(one.status), due_text(one.due), expected.wording if expected else "-", one.title)


def _period(one: Stretch) -> Row:
    from cli.tongue import amount, word

    actual, projected = (amount(each) if each else "-" for each in (one.actual, one.projected))
    month = word("{amount} a month")
    needed = month.replace("{amount}", amount(one.needed_per_month)) if one.needed_per_month else "-"
    return (one.indicator, one.period, word(one.outcome, "status"), actual, amount(one.amount), projected, needed)


def _days(event: Event) -> str:
    day = event.recorded[:10]
    return day if str(event.effective) == day else f"{day}, true on {event.effective}"


def _line(event: Event) -> str:
    from projections.said import about, said

    item = about(event.subject, event.data)
    return (
        f"#{event.position} {event.effective} {event.actor}: {item if '/' in item else ''} {said(event.data)}".replace(
            ":  ", ": "
        )
    )
