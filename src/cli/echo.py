"""What is said after something was recorded?"""

from __future__ import annotations

from collections.abc import Sequence

from cli.answer import answer
from cli.desk import Desk
from cli.shown import out
from domain.assess import assess
from domain.fold import Facts
from domain.occasion import stream_of
from domain.recorded import Recorded
from projections.due import AT_REST
from projections.said import about


def echo(desk: Desk, done: Sequence[Recorded], nothing: str) -> None:
    """Each fact with its position and item, as it was understood, and where that leaves the item."""
    dry = desk.settings.recording.dry_run
    if desk.settings.json:
        from projections.history import events

        answer(desk, list(events(done)))
        return
    if not done:
        out(f"{nothing}; nothing was recorded.")
        return
    for one in done[:-1]:
        out(f"#{one.position} {about(one.subject, one.fact)}: {desk.words(one.fact)}")
    last = done[-1]
    state = "" if dry else _now(desk, last)
    out(f"#{last.position} {about(last.subject, last.fact)}: {desk.words(last.fact)}{state}")
    out(f"{'Would be recorded' if dry else 'Recorded'} in {desk.record.title}.")


def _now(desk: Desk, one: Recorded) -> str:
    """`; now unreported, 37 days left`: the item as it stands today."""
    noun, _, key = one.subject.partition("/")
    if noun != "commitment":
        return ""
    item = one.fact.about(key)
    facts = Facts(stream_of(item), desk.record.stream(one.subject))
    judged = assess(facts, desk.today)
    found = next((each for each in (judged, *judged.milestones) if each.item.key == item), None) if judged else None
    if found is None:
        return ""
    return f"; now {found.status}" + ("" if found.status in AT_REST else _left(found.days_left))


def _left(days_left: int | None) -> str:
    if days_left is None:
        return ""
    days = f"{abs(days_left)} day{'' if abs(days_left) == 1 else 's'}"
    return f", {days} left" if days_left >= 0 else f", {days} over"
