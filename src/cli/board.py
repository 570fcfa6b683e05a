"""How is the board narrowed down? Options common to all commands that list commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cli.desk import Desk
    from projections.filters import Filter

InProgramme = Annotated[str | None, typer.Option("--programme", metavar="G", help="Only this programme.")]
OfParty = Annotated[str | None, typer.Option("--party", metavar="P", help="Only what this party owes or is owed.")]
OfOwner = Annotated[str | None, typer.Option("--owner", metavar="OFFICE", help="Only what this office looks after.")]
WithTag = Annotated[str | None, typer.Option("--tag", metavar="T", help="Only what has this tag.")]
OfKind = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only this kind.")]
WithStatus = Annotated[list[str] | None, typer.Option("--status", metavar="S", help="Only this status; repeatable.")]


def wanted_of(
    desk: Desk,
    words: list[str] | None,
    programme: str | None,
    party: str | None,
    owner: str | None,
    tag: str | None,
    kind: str | None,
    status: list[str] | None,
) -> Filter:
    """The filter that was typed, in words and options. What can be checked is, so that a slip does not look like good
    news.

    Refused: as `filter_of`.
    """
    from cli.filtered import filter_of
    from projections.filters import FIELDS, Asked

    typed = filter_of(desk, words)
    options = {"programme": programme, "party": party, "owner": owner, "tag": tag, "kind": kind}
    asked = Asked(desk.at.on, desk.found)
    tests = [FIELDS[name](value, asked) for name, value in options.items() if value is not None]
    statuses = [frozenset(statuses_of(status))] if status else []
    return typed._replace(tests=(*typed.tests, *tests), statuses=(*typed.statuses, *statuses))


def statuses_of(typed: list[str] | None) -> tuple[str, ...]:
    """Statuses as typed. Refused: `bad-status`."""
    from domain.assess import STATUSES
    from domain.refused import Refused
    from domain.text import shown

    for one in typed or ():
        if one not in STATUSES:
            raise Refused("bad-status", f"{shown(one)} is no status. It is one of: {', '.join(STATUSES)}.")
    return tuple(typed or ())
