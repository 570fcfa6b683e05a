"""How is it found out what to tell, told, and remembered?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from cli.filtered import filter_of
from cli.length import days_of
from cli.remind_shown import Telling, answer_in_json, as_markdown, as_text, letters
from cli.remind_state import remember, remembered, state_file
from cli.times import point
from domain.refused import Refused
from domain.text import choice
from projections.reminders import Reminder, Told, grouped, news, reminders, standing, still

if TYPE_CHECKING:
    from cli.desk import Desk
    from projections.asked import At
    from projections.base import Base

Form = Literal["text", "md", "eml"]


@dataclass(frozen=True)
class Wanted:
    """What was typed after `remind`."""

    words: Sequence[str]
    within: str
    since: str | None
    form: str
    output: str | None
    state: str | None
    dry_run: bool


class _Found(NamedTuple):
    """What is to be told, what of it was told before, and all that then was told and still holds."""

    news: list[Reminder]
    before: int
    told: dict[str, Told]


def remind_all(desk: Desk, wanted: Wanted) -> bool:
    """Tell what is new, and remember it. Was there anything?

    Refused: `usage`, `bad-choice`, `bad-state`, `bad-configuration`, `not-written`, and as `filter_of`, `point`.
    """
    form = choice(Form, wanted.form, "format")
    if (form == "eml") != (wanted.output is not None):
        raise Refused("usage", "Letters need a folder, and nothing else does: pledger remind --format eml -o DIR.")
    memory = _memory(desk, wanted)
    found = _found(desk, wanted, memory)
    telling = Telling(desk, wanted.within, grouped(found.news), found.before)
    files = letters(telling, Path(wanted.output)) if wanted.output is not None else []
    if desk.settings.json:
        answer_in_json(telling, files)
    elif form != "eml":
        (as_markdown if form == "md" else as_text)(telling)
    if memory and not wanted.dry_run:
        remember(memory, desk.record.id, found.told)
    return bool(found.news)


def _memory(desk: Desk, wanted: Wanted) -> Path | None:
    """The file that remembers; None where somebody looks at another day than today, or says since when.

    Refused: `usage`.
    """
    settings = desk.settings
    if wanted.since is None and settings.as_known is None and settings.as_of is None:
        return Path(wanted.state) if wanted.state else state_file(settings.edge, desk.record.id)
    if wanted.state:
        raise Refused("usage", "--state is for today: with --since, --as-known or --as-of nothing is remembered.")
    return None


def _found(desk: Desk, wanted: Wanted, memory: Path | None) -> _Found:
    days, filter = days_of(wanted.within), filter_of(desk, wanted.words)
    told = remembered(memory, desk.record.id) if memory else {}
    last = point(wanted.since, desk.record, desk.at.on, None) if wanted.since is not None else None

    def ask(base: Base, at: At) -> _Found:
        before = {one.id: one.told for one in reminders(base, last, days, filter)} if last else told
        found = reminders(base, at, days, filter)
        new = list(news(found, before))
        holds = still(told, standing(base, at)) if memory else {}
        return _Found(new, len(found) - len(new), holds | {one.id: one.told for one in new})

    return desk.ask(ask)
