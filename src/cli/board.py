"""How is the board narrowed down? Options common to all commands that list commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cli.desk import Desk
    from projections.status import Filter

FilterWords = Annotated[
    list[str] | None, typer.Argument(metavar="[FILTER]…", help="A key, a status, or words of a title; all must hold.")
]
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
    """The filter that was typed. What can be checked is, so that a slip does not look like good news.

    Refused: `bad-status`, `bad-choice`, and as `Desk.found`.
    """
    from domain.commitment import CommitmentKind
    from domain.text import choice
    from projections.status import Filter

    return Filter(
        programme=None if programme is None else desk.found("programme", programme),
        party=None if party is None else desk.found("party", party),
        owner=owner,
        tag=tag,
        kind=None if kind is None else choice(CommitmentKind, kind, "kind of commitment"),
        statuses=statuses_of(status),
        words=tuple(words or ()),
    )


def statuses_of(typed: list[str] | None) -> tuple[str, ...]:
    """Statuses as typed. Refused: `bad-status`."""
    from domain.assess import STATUSES
    from domain.refused import Refused
    from domain.text import shown

    for one in typed or ():
        if one not in STATUSES:
            raise Refused("bad-status", f"{shown(one)} is no status. It is one of: {', '.join(STATUSES)}.")
    return tuple(typed or ())
