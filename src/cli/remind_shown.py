"""How do reminders read: as text, as Markdown, as letters?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from cli.answer import answer, say_times
from cli.board_shown import left
from cli.diff_shown import plain
from cli.shown import heading, out, status_cell, table, talk
from domain.text import slug
from projections.reminders import Group, Reminder

if TYPE_CHECKING:
    from cli.desk import Desk

HEAD = ("due", "left", "item", "status", "as worded", "was", "title")


class Telling(NamedTuple):
    """What is told: how far ahead was looked, to whom what, and how much of it had been told before."""

    desk: Desk
    within: str
    groups: list[Group]
    before: int


def as_text(telling: Telling) -> None:
    """A table for each office."""
    say_times(telling.desk)
    for group in telling.groups:
        heading(name_of(group))
        table(HEAD, [_row(one) for one in group.reminders])
        out()
    _count(telling)


def as_markdown(telling: Telling) -> None:
    """A list for each office."""
    say_times(telling.desk)
    for group in telling.groups:
        out(f"## {plain(name_of(group))}")
        out()
        for one in group.reminders:
            out(f"- {plain(sentence(one))}")
        out()
    _count(telling)


def answer_in_json(telling: Telling, files: Sequence[Path]) -> None:
    """The same as one JSON object, with the files that were written."""
    written: Sequence[Path | None] = files or [None] * len(telling.groups)
    answer(telling.desk, [_told(one, file) for one, file in zip(telling.groups, written, strict=True)])


def letters(telling: Telling, folder: Path) -> list[Path]:
    """A letter for each office, in a file of its own; no file takes another's place. Gives where they lie.

    Refused: `bad-configuration`, `not-written`.
    """
    from cli.remind_state import Addresses
    from exchange.mail import as_mail
    from exchange.whole import whole_file

    say_times(telling.desk)
    known = Addresses(telling.desk.settings.edge)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for group in telling.groups:
        path = _free(folder, f"{telling.desk.at.on}-{slug(group.owner or group.programme or 'nobody') or 'office'}")
        with whole_file(path) as file:
            file.write(as_mail(_subject(telling, group), _body(telling, group), known.of(group)))
        written.append(path)
        talk(f"Written to {path}.")
    _count(telling)
    return written


def name_of(group: Group) -> str:
    """Who is told."""
    if group.owner:
        return group.owner
    return f"programme {group.programme}, no owner" if group.programme else "no owner, no programme"


def sentence(one: Reminder) -> str:
    """`2026-10-31, 24 d over: Bridge over the Ural (bridge), late; was at-risk`."""
    item = one.item
    return f"{item.due.latest}, {left(item.days_left)}: {item.title} ({item.key}), {item.status}; {was(one)}"


def was(one: Reminder) -> str:
    """What was told before, as far as it is another now: `new`, `was at-risk`, `was due end-2026`."""
    if one.was is None:
        return "new"
    said = [] if one.was.due.same_as(one.item.due) else [f"due {one.was.due.wording}"]
    said += [] if one.was.status == one.item.status else [one.was.status]
    said += [] if one.was.to == one.to else [f"with {one.was.to}"]
    return f"was {', '.join(said)}"


def _row(one: Reminder) -> tuple[Any, ...]:
    item = one.item
    status = status_cell(item.status)
    return str(item.due.latest), left(item.days_left), item.key, status, item.due.wording, was(one), item.title


def _told(group: Group, file: Path | None) -> dict[str, Any]:
    items = [msgspec.to_builtins(one.item) | {"was": one.was} for one in group.reminders]
    path = None if file is None else str(file)
    return {"owner": group.owner, "programme": group.programme, "file": path, "items": items}


def _count(telling: Telling) -> None:
    new = sum(len(group.reminders) for group in telling.groups)
    before = f"; {telling.before} told before" if telling.before else ""
    talk(f"{new or 'Nothing'} to tell within {telling.within}{before}.")


def _subject(telling: Telling, group: Group) -> str:
    """`Middle Corridor: 2 overdue, 3 due within 30d`."""
    over = sum(one.item.days_left < 0 for one in group.reminders)
    counts = ((over, "overdue"), (len(group.reminders) - over, f"due within {telling.within}"))
    return f"{telling.desk.record.title}: {', '.join(f'{count} {what}' for count, what in counts if count)}"


def _body(telling: Telling, group: Group) -> str:
    record, at = telling.desk.record, telling.desk.at
    lines = "\n".join(f"- {sentence(one)}" for one in group.reminders)
    return f"For: {name_of(group)}\n\n{lines}\n\n{record.title}, as known #{at.known}, as of {at.on}.\n"


def _free(folder: Path, name: str) -> Path:
    """A name that no file has yet: a letter that was not sent yet stays."""
    number, path = 1, folder / f"{name}.eml"
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.eml"
    return path
