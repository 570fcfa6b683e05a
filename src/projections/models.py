"""From which read models does a command answer: kept beside the ledger, or worked out for it alone?"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from ledger.place import PATIENCE
from ledger.record import Record
from ledger.trouble import CannotDecide
from projections import file
from projections.base import Base, BusyError, DamagedError, ModelsError
from projections.catchup import Progress, catch_up, is_current, nobody
from projections.cursor import NOWHERE, Cursor, cursor_of
from projections.kept import Kept, kept_beside

T = TypeVar("T")
Say = Callable[[str], None]
"""Is told what the person at the desk should read beside the answer."""


def silent(_: str) -> None:
    """Nobody listens."""


class Models:
    """The read models of a ledger, caught up. Answers know of nothing after `position`."""

    def __init__(self, record: Record, place: Kept, say: Say, progress: Progress, timeout: float) -> None:
        """Refused: `not-models`."""
        self._record = record
        self._place = place
        self._say = say
        self._progress = progress
        self._timeout = timeout
        self._base, self._cursor = self._opened()

    @classmethod
    def open(
        cls,
        record: Record,
        ledger: str | Path,
        *,
        say: Say = silent,
        progress: Progress = nobody,
        timeout: float = PATIENCE,
    ) -> Self:
        """The models beside the ledger at that path; where they cannot be kept there, some for this process alone.

        `timeout`: seconds to wait for another process that writes them. Refused: `not-models`, `models-failed`
        (undecided).
        """
        return cls(record, kept_beside(ledger), say, progress, timeout)

    def close(self) -> None:
        """Give the database back."""
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def position(self) -> int:
        """The last event that the models know of."""
        return self._cursor.position

    def answer(self, question: Callable[[Base], T]) -> T:
        """The answer to a question, from one state of the models. It is asked again if they turn out damaged."""
        try:
            return self._asked(question)
        except ModelsError as why:
            if not self._base.kept:
                raise undecided(why) from why
            self._base.close()
            self._base, self._cursor = self._replaced(why)
        return self._asked(question)

    def each(self, question: Callable[[Base], Iterator[T]]) -> Iterator[T]:
        """The answers to a question one by one, from one state of the models. Undecided: `models-failed`."""
        try:
            with unhurried(), self._base.reading():
                yield from question(self._base)
        except ModelsError as why:
            raise CannotDecide(
                "models-failed", f"The read models broke while they were read ({why}). Run pledger models rebuild."
            ) from why

    def _asked(self, question: Callable[[Base], T]) -> T:
        with unhurried(), self._base.reading():
            return question(self._base)

    def _opened(self) -> tuple[Base, Cursor]:
        try:
            base, cursor = self._kept()
        except DamagedError as why:
            base, cursor = self._replaced(why)
        except ModelsError as why:
            base, cursor = self._as_it_is() or self._passing(why)
        if cursor.stopped is not None:
            self._say(f"Answers end at #{cursor.position}: #{cursor.stopped} cannot be applied. {cursor.sentence}")
        return base, cursor

    def _kept(self) -> tuple[Base, Cursor]:
        base = self._place.open(timeout=self._timeout)
        try:
            return base, self._followed(base)
        except BaseException:
            base.close()
            raise

    def _replaced(self, why: ModelsError) -> tuple[Base, Cursor]:
        """Others in the place of models that broke."""
        if isinstance(why, DamagedError):
            try:
                self._place.discard()
                return self._kept()
            except ModelsError as again:
                why = again
        return self._passing(why)

    def _followed(self, base: Base) -> Cursor:
        try:
            with unhurried():
                return catch_up(base, self._record, progress=self._progress)
        except BusyError:
            cursor = cursor_of(base)
            if not cursor.fits(self._record, self._record.head()):
                raise
            self._say(f"Another process is writing the read models. Answers end at #{cursor.position}.")
            return cursor

    def _as_it_is(self) -> tuple[Base, Cursor] | None:
        """A file that can only be read, if nothing is missing in it."""
        base = self._place.look()
        if base is None:
            return None
        cursor = cursor_of(base)
        if is_current(self._record, cursor):
            return base, cursor
        base.close()
        return None

    def _passing(self, why: ModelsError) -> tuple[Base, Cursor]:
        self._say(
            f"The read models cannot be kept in {self._place.label} ({why});"
            " they are worked out for this command alone."
        )
        try:
            base = file.open_passing()
            base.lay_out()
            base.insert("insert cursor", [NOWHERE.row()])
            with unhurried():
                return base, catch_up(base, self._record, progress=self._progress)
        except ModelsError as error:
            raise undecided(error) from error


def undecided(why: ModelsError) -> CannotDecide:
    """The refusal where not even models for one command can be worked out."""
    return CannotDecide(
        "models-failed",
        f"The read models cannot be worked out in a temporary place either ({why})."
        " Make room there, or let TMPDIR name another folder.",
    )


@contextmanager
def unhurried() -> Iterator[None]:
    """No looking for garbage in circles, of which facts make none: among so many it takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
