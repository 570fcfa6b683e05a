"""The board: every commitment with its `status`."""

from __future__ import annotations

from cli.app import app
from cli.board import (
    InProgramme,
    OfKind,
    OfOwner,
    OfParty,
    WithStatus,
    WithTag,
    wanted_of,
)
from cli.filtered import FilterWords
from cli.options import Context, desk_of


@app.command()
def status(
    context: Context,
    words: FilterWords = None,
    programme: InProgramme = None,
    party: OfParty = None,
    owner: OfOwner = None,
    tag: WithTag = None,
    kind: OfKind = None,
    status: WithStatus = None,
) -> None:
    """Show the board: status, due, progress and reason of each.

    Example: pledger status --programme middle-corridor --as-of 2027-01-01
    """
    from cli.answer import answer, say_times
    from projections.filters import EVERYTHING
    from projections.status import board

    desk = desk_of(context)
    wanted = wanted_of(desk, words, programme, party, owner, tag, kind, status)
    items = desk.ask(lambda base, at: board(base, at, wanted))
    if desk.settings.json:
        answer(desk, items)
    else:
        from cli.board_shown import show_board
        from cli.tongue import word

        say_times(desk)
        show_board(desk, items, nothing=None if wanted == EVERYTHING else word("No commitment matches."))
