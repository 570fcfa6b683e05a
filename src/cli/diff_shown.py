"""How does a difference read: as text, and as Markdown for a report?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.desk import Desk
    from projections.changes import By, Change
    from projections.diff import Changed, Diff, Side

MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!])")
"""What Markdown may take for more than itself."""


def as_text(desk: Desk, found: Diff) -> None:
    """Programme by programme, commitment by commitment; beneath each change the events behind it."""
    from cli.shown import heading, out

    out(opening(found))
    for title, commitments in grouped(desk, found):
        out()
        heading(title)
        for one in commitments:
            out(f"  {one.key}: {one.title} ({judged(one)})")
            for change in one.changes:
                out(f"    {headline(one, change)}", hang=6)
                for each in change.by:
                    out(f"      {told(change, each)}", hang=8)


def as_markdown(desk: Desk, found: Diff) -> None:
    """The same, as headings and lists."""
    from cli.shown import out

    out(f"# What changed in {plain(desk.record.title)}\n".rstrip("\n"))
    out()
    out(plain(opening(found)))
    for title, commitments in grouped(desk, found):
        out()
        out(f"## {plain(title)}")
        for one in commitments:
            out()
            out(f"### {plain(one.title)} ({plain(one.key)}): {judged(one)}")
            out()
            for change in one.changes:
                out(f"- {plain(headline(one, change))}")
                for each in change.by:
                    out(f"  - {plain(told(change, each))}")


def plain(text: str) -> str:
    """Text as Markdown shows it unchanged."""
    return MARKS.sub(r"\\\1", text)


def opening(found: Diff) -> str:
    """`From #76 as of 2026-06-30 to #156 as of 2027-06-30: 9 commitments changed, 2 did not; of them and …`."""
    count = len(found.commitments)
    counts = ", ".join(counted(code, number) for code, number in found.counts.items())
    changed = f"{count} commitment{'' if count == 1 else 's'} changed, {found.unchanged} did not"
    among = f"; of them and their milestones {counts}" if counts else ""
    return f"From {_side(found.before)} to {_side(found.after)}: {changed}{among}."


def counted(code: str, number: int) -> str:
    """`3 slipped`, `1 verdict`, `2 verdicts`."""
    noun = NOUNS.get(code)
    if noun:
        return f"{number} {noun}{'' if number == 1 else 's'}"
    return f"{number} {COUNTED.get(code, code)}"


NOUNS = {"report": "other report", "actual": "actual", "target": "target", "verdict": "verdict"}
COUNTED = {
    "closed-short": "closed short",
    "pulled-in": "pulled in",
    "first-dated": "first dated",
    "moved": "moved otherwise",
    "forecast": "forecast anew",
    "evidence": "with new evidence",
    "restated": "with other words",
    "owner": "with another owner",
    "linked": "linked anew",
    "status": "with another status",
}
"""How kinds of change are counted: what is a thing by its name, what happened to items by what happened."""


def _side(side: Side) -> str:
    return f"#{side.as_known} as of {side.as_of}"


def grouped(desk: Desk, found: Diff) -> Iterator[tuple[str, list[Changed]]]:
    """The commitments under the titles of their programmes."""
    from cli.tongue import word
    from projections.register import programmes

    titles = {one.key: one.title for one in desk.ask(programmes)}
    for key, commitments in groupby(found.commitments, key=lambda one: one.programme):
        yield titles.get(key, key) if key else word("No programme"), list(commitments)


def judged(one: Changed) -> str:
    """`at-risk -> met`, or the one status that it had all the time."""
    from cli.tongue import word

    before, after = (each and word(each, "status") for each in (one.before, one.after))
    if before is None:
        return f"{word('new')}: {after}"
    if after is None:
        return f"{before} -> {word('not on record')}"
    return after if before == after else f"{before} -> {after}"


def headline(commitment: Changed, change: Change) -> str:
    """What changed; of which milestone, where it is one."""
    name = f"milestone {change.item.partition('/')[2]}: " if change.item != commitment.key else ""
    return f"{name}{LABELS.get(change.code, '')}{change.text}"


LABELS = {"status": "status ", "corrected": "corrected: ", "report": "report: ", "actual": "actual: "}
"""What is put before the words of a change, where they do not say what it is."""


def told(change: Change, by: By) -> str:
    """`#96 programme-office (2026-12-22), approved by steering-board: Laying rests`; no reason that is said above."""
    late = f", true on {by.effective}" if by.recorded != by.effective else ""
    approved = f", approved by {by.approved_by}" if by.approved_by and by.approved_by not in change.text else ""
    reason = f": {by.reason}" if by.reason and by.reason not in change.text else ""
    return f"#{by.position} {by.actor} ({by.recorded}{late}){approved}{reason}"
