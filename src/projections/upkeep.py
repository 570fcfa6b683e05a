"""How far are the read models of a ledger, and how are they made anew?"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from domain.refused import Refused
from ledger.place import PATIENCE
from ledger.record import Record
from projections.base import BusyError, DamagedError, ModelsError
from projections.catchup import Progress, catch_up, nobody
from projections.cursor import NOWHERE, Cursor, cursor_of
from projections.kept import Kept, kept_beside
from projections.models import unhurried
from projections.version import VERSION


@dataclass(frozen=True)
class Status:
    """Where the models stand: `behind` in events, `seconds` of recording between there and the head.

    `stopped` is the position of a line that cannot be applied. `sentence` says what is amiss, if anything is.
    """

    position: int
    behind: int
    seconds: float
    stopped: int | None
    sentence: str | None


def status(record: Record, ledger: str | Path) -> Status:
    """Where the models beside a ledger stand, as the last command left them. Refused: `not-models`."""
    place = kept_beside(ledger)
    head, cursor = record.head(), _cursor(place)
    if not cursor.fits(record, head):
        cursor = NOWHERE._replace(sentence=_misfit(cursor, place))
    behind = head.size - cursor.position
    seconds = (record.time_at(head.size) - record.time_at(max(1, cursor.position))).total_seconds() if behind else 0.0
    return Status(cursor.position, behind, seconds, cursor.stopped, cursor.sentence)


def rebuild(record: Record, ledger: str | Path, *, progress: Progress = nobody, timeout: float = PATIENCE) -> Status:
    """Fold every stream anew, in one transaction: others see the old rows until it ends.

    Refused: `not-models`, `models-unwritable`, `models-busy`.
    """
    try:
        _rebuild(record, kept_beside(ledger), progress, timeout)
    except BusyError:
        raise Refused("models-busy", "Another process is writing the read models. Try again when it is done.") from None
    except ModelsError as why:
        raise Refused(
            "models-unwritable",
            f"The read models cannot be written ({why}). Nothing depends on them: each command works them out itself.",
        ) from None
    return status(record, ledger)


def _cursor(place: Kept) -> Cursor:
    base = place.look()
    if base is None:
        return NOWHERE
    with closing(base):
        return cursor_of(base)


def _misfit(cursor: Cursor, place: Kept) -> str:
    if cursor == NOWHERE:
        return f"There are none that can be read. {place.made_by} makes them."
    if cursor.model != VERSION:
        return f"They were made by another version of this program. {place.made_by} makes them anew."
    if not cursor.ledger:
        return "They follow nothing yet. The next command catches up."
    return "They follow another ledger, or another course of this one. The next command makes them anew."


def _rebuild(record: Record, place: Kept, progress: Progress, timeout: float) -> None:
    try:
        with closing(place.open(timeout=timeout)) as base, unhurried():
            catch_up(base, record, anew=True, progress=progress)
    except DamagedError:
        place.discard()
        with closing(place.open(timeout=timeout)) as base, unhurried():
            catch_up(base, record, anew=True, progress=progress)
