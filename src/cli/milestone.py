"""Checkpoints of a commitment: `milestone add`, `milestone link`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import group
from cli.options import Context, Milestone, desk_of, recording

if TYPE_CHECKING:
    from cli.desk import Desk

milestone_app = group("milestone", "Checkpoints of a commitment.")
After = Annotated[list[str] | None, typer.Option("--after", metavar="C[/M]", help="What must come first; repeatable.")]


@milestone_app.command("add")
@recording
def milestone_add(
    context: Context,
    milestone: Milestone,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What is to be reached.")],
    due: Annotated[str | None, typer.Option(metavar="DATE", help="By when.")] = None,
    after: After = None,
) -> None:
    """Plan a milestone.

    Example: pledger milestone add fibre/landing-aktau "Landing station Aktau" --due 2026-Q3
    """
    from cli.dates import maybe_date
    from domain.milestone import plan_milestone

    desk = desk_of(context)
    item = desk.new_milestone(milestone)
    first = [_before(desk, item, one) for one in after or []]
    desk.change(lambda at: plan_milestone(at, item, title, due=maybe_date(due, at), after=first))


@milestone_app.command("link")
@recording
def milestone_link(
    context: Context,
    milestone: Milestone,
    after: After = None,
    nothing: Annotated[bool, typer.Option("--nothing", help="Nothing must come first any more.")] = False,
) -> None:
    """Say what must come before a milestone. This replaces what was said before.

    Example: pledger milestone link fibre/landing-aktau --after fibre/permit
    """
    from domain.milestone import link_milestone
    from domain.refused import Refused

    if not after and not nothing:
        raise Refused("usage", "Say what must come first with --after C/M; --nothing takes all links away.")
    if after and nothing:
        raise Refused("usage", "Something must come first (--after), or --nothing; not both.")
    desk = desk_of(context)
    item = desk.item(milestone)
    first = [_before(desk, item, one) for one in after or []]
    desk.change(lambda at: link_milestone(at, item, first))


def _before(desk: Desk, item: str, typed: str) -> str:
    """What comes before an item. Refused: as `Desk.item`; where a milestone beside it was meant, that one is named."""
    from domain.refused import Refused

    try:
        return desk.item(typed)
    except Refused:
        meant = f"{item.partition('/')[0]}/{typed}"
        if not _stands(desk, meant):
            raise
    raise Refused("unknown-key", f"There is no commitment {typed}. Did you mean its milestone {meant}?")


def _stands(desk: Desk, item: str) -> bool:
    from domain.refused import Refused

    try:
        return desk.reading(item) == item
    except Refused:
        return False
