"""Which lines are in a file, and how is one of them found again?"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from domain.refused import Refused
from exchange.handed import Handed

CHUNK = 1 << 20
LONGEST = 16 << 20
"""Bytes in one line, at most."""


def numbered(file: Handed) -> Iterator[tuple[int, int, bytes]]:
    """The lines of a file with their numbers from 1 and their places, without what ends them (LF, or CR LF).

    Empty lines are passed over. Refused: `line-too-long`.
    """
    number, place, rest = 0, file.start, b""
    while chunk := file.read(place + len(rest), CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            number += 1
            if line.rstrip():
                yield number, place, line.removesuffix(b"\r")
            place += len(line) + 1
        if len(rest) > LONGEST:
            raise Refused(
                "line-too-long", f"{file.name}, line {number + 1} is over 16 MB long; no ledger exports that."
            )
    if rest.strip():
        yield number + 1, place, rest.removesuffix(b"\r")


class Places:
    """The lines that are new, in order: only where they stand is kept in memory."""

    def __init__(self, files: Sequence[Handed]) -> None:
        self._files = files
        self._states = [file.state() for file in files]
        self._file = 0
        self._firsts = [0] * len(files)
        self._places = array("Q")
        self._sizes = array("I")

    def begin(self, file: int) -> None:
        """From now on lines of this file are added."""
        self._file = file
        for later in range(file, len(self._files)):
            self._firsts[later] = len(self)

    def add(self, place: int, size: int) -> None:
        """A further line."""
        self._places.append(place)
        self._sizes.append(size)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> bytes:
        """The line, read again."""
        file = self._file if index >= self._firsts[self._file] else self._file_of(index)
        return self._files[file].read(self._places[index], self._sizes[index])

    def __iter__(self) -> Iterator[bytes]:
        """All lines, read again. Refused: `file-changed`, at the end, when somebody wrote to a file meanwhile."""
        index = 0
        while index < len(self):
            number = self._file_of(index)
            beyond = self._firsts[number + 1] if number + 1 < len(self._files) else len(self)
            stop = bisect_right(self._places, self._places[index] + CHUNK, index, beyond)
            yield from self._read(number, index, stop)
            index = stop
        for file, state in zip(self._files, self._states, strict=True):
            if file.state() != state:
                raise Refused("file-changed", f"{file.name} was changed while it was read. Import it again.")

    def _read(self, file: int, index: int, stop: int) -> Iterator[bytes]:
        """Lines that stand near each other, read at once."""
        begin, end = self._places[index], self._places[stop - 1] + self._sizes[stop - 1]
        data = self._files[file].read(begin, end - begin)
        for place, size in zip(self._places[index:stop], self._sizes[index:stop], strict=True):
            yield data[place - begin : place - begin + size]

    def _file_of(self, index: int) -> int:
        return max(file for file, first in enumerate(self._firsts) if first <= index)
