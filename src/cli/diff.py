"""What is otherwise at one point than at another: `diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.app import app
from cli.options import Context, desk_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.desk import Desk
    from projections.asked import At
    from projections.diff import Diff

A = Annotated[
    str,
    typer.Argument(
        metavar="A",
        help="The earlier point: a position, a date, an instant or a checkpoint file; A@DATE judges it on that day,"
        " @DATE is what is known now, judged on that day.",
    ),
]
B = Annotated[str | None, typer.Argument(metavar="[B]", help="The later point, written alike (default: now).")]


@app.command()
def diff(
    context: Context,
    a: A,
    b: B = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write Markdown, for a report.")] = False,
) -> None:
    """Tell what changed between two points. Added, withdrawn, met, slipped, pulled in, forecast, corrected and more.

    --as-of is the day of every point that has no @DATE; --as-known is where B lies, unless it is given.

    Example: pledger diff 2026-06-30 2026-09-30
    """
    from cli.answer import answer_parts, say_times
    from cli.diff_shown import as_markdown, as_text
    from projections.diff import diff as question

    desk = desk_of(context)
    before, after = sides(desk, a, b)
    desk.at = after
    found = desk.ask(lambda base, at: question(desk.record, base, _by(before, at), at))
    if desk.settings.json:
        answer_parts(desk, parts(found))
        return
    say_times(desk)
    (as_markdown if markdown else as_text)(desk, found)


def parts(found: Diff) -> Iterator[tuple[str, Any]]:
    """The answer as JSON gives it, commitment by commitment."""
    yield "from", found.before
    yield "to", found.after
    yield "commitments", iter(found.commitments)
    yield "counts", found.counts
    yield "unchanged", found.unchanged


def sides(desk: Desk, a: str, b: str | None) -> tuple[At, At]:
    """Both points. Refused: `usage`, and as `cli.times.point`."""
    from cli.times import point
    from domain.refused import Refused

    before = point(a, desk.record, desk.today, desk.settings.as_of)
    if b is None:
        return before, desk.at
    if desk.settings.as_known is not None:
        raise Refused("usage", "B and --as-known both say where the later point lies. Give one of them.")
    return before, point(b, desk.record, desk.today, desk.settings.as_of)


def _by(before: At, at: At) -> At:
    """Where answers end before the point that was asked about, both sides do."""
    return before._replace(known=min(before.known, at.known))
