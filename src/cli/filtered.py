"""Which filter was typed? The words of the filter language, and saved filters by their names."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cli.desk import Desk
    from cli.settings import Edge
    from projections.filters import Filter
    from projections.trail import Trail

FilterWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILTER]…",
        help="programme: promisor: promisee: party: owner: tag: kind: status: due: moved: with a value, or words of a"
        " title, statement or note, or @NAME; all must hold.",
    ),
]


def filter_of(desk: Desk, words: Sequence[str] | None) -> Filter:
    """The filter meant, at the point that is asked about. Refused: as `projections.filters.parse`, `unknown-view`."""
    from projections.filters import Asked, parse

    said = list(expanded(desk.settings.edge, words or ()))
    return parse(said, Asked(desk.at.on, desk.found))


def trail_of(desk: Desk, words: Sequence[str]) -> Trail:
    """The events meant, at the point that is asked about. Refused: as `projections.trail.trail`, `unknown-view`."""
    from projections.filters import Asked
    from projections.trail import trail

    def key(noun: str, typed: str) -> str:
        return desk.recorded_item(typed) if noun == "item" else desk.found(noun, typed)

    return trail(expanded(desk.settings.edge, words), Asked(desk.at.on, key))


def expanded(edge: Edge, words: Sequence[str]) -> Iterator[str]:
    """The words, those of saved filters in the place of their names. Refused: `unknown-view`, `bad-configuration`."""
    from cli.views import saved

    for word in words:
        if word.startswith("@"):
            yield from shlex.split(saved(edge, word[1:]))
        else:
            yield word
