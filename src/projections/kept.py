"""Where are read models kept: in a file beside the ledger, or in a schema of its database?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ledger.place import is_address
from projections.base import Base


class Kept(Protocol):
    """A place that outlives the process. `made_by` says what makes models there, at the beginning of a sentence."""

    made_by: str

    @property
    def label(self) -> str:
        """How a sentence names it."""
        ...

    def open(self, *, timeout: float) -> Base:
        """The models there, to be written; `timeout`: seconds to wait for another writer. Raises `UnwritableError`.

        Refused: `not-models`.
        """
        ...

    def look(self) -> Base | None:
        """The models as they are, where they may only be read; None where there are none, or they cannot be."""
        ...

    def discard(self) -> None:
        """Throw them away. Raises `UnwritableError`. Refused: `not-models`."""
        ...


def made_beside(ledger: str | Path) -> Sequence[str]:
    """The statements that make a place for models beside a new ledger; none for files, which are made when needed."""
    if not is_address(ledger):
        return ()
    from ledger.postgres_address import address_of
    from projections.postgres_layout import layout

    return layout(address_of(str(ledger)))


def kept_beside(ledger: str | Path) -> Kept:
    """The place of the models of the ledger there."""
    if is_address(ledger):
        from projections.postgres import ModelsSchema  # late: it needs a driver that files do not

        return ModelsSchema(str(ledger))
    from projections.file import ModelsFile

    return ModelsFile(Path(ledger))
