"""How is one state of the record asked, whatever lies between us and its database?

Questions are written out in the words that all databases share, with `:names` for what is asked. Making them with
SQLAlchemy, and loading it, would take longer than most answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import Any, NamedTuple, Protocol

_ASKED = re.compile(":([a-z_]+)")
_OWN_WORDS = {
    "sqlite": {"string_agg(": "group_concat("},
    "postgresql": {
        "instr(line, :needle)": "position(:needle IN line)",
        "CAST(string_agg(data, ',') AS BLOB)": "convert_to(string_agg(data, ','), 'UTF8')",
    },
}
"""What a database calls otherwise."""
_MARKS = {"sqlite": "?", "postgresql": "%s"}


class _Dialect(Protocol):
    @property
    def name(self) -> str: ...


class Answer(Protocol):
    """Rows, all at once or a page at a time."""

    def fetchall(self) -> Sequence[Any]: ...

    def partitions(self, size: int, /) -> Iterator[Sequence[Any]]: ...

    def close(self) -> None: ...


class Reader(Protocol):
    """One state of the record: a connection of SQLAlchemy, or `ledger.straight.Straight`."""

    @property
    def dialect(self) -> _Dialect: ...

    def exec_driver_sql(
        self, statement: str, parameters: tuple[Any, ...], /, execution_options: Any = None
    ) -> Answer: ...


class Query(NamedTuple):
    """A question as a driver takes it: its text, and what is asked in order."""

    text: str
    parameters: tuple[str, ...]


@cache
def query(question: str, dialect: str) -> Query:
    """The question for the driver of a database: `sqlite` or `postgresql`."""
    for word, own in _OWN_WORDS[dialect].items():
        question = question.replace(word, own)
    return Query(_ASKED.sub(_MARKS[dialect], question), tuple(_ASKED.findall(question)))


def rows(reader: Reader, question: str, **asked: Any) -> Sequence[Any]:
    """The answer to a question."""
    text, parameters = query(question, reader.dialect.name)
    return reader.exec_driver_sql(text, tuple(asked[one] for one in parameters)).fetchall()


@contextmanager
def pages(reader: Reader, question: str, size: int, **asked: Any) -> Iterator[Iterator[Sequence[Any]]]:
    """The same, so many rows at a time, however many there are."""
    text, parameters = query(question, reader.dialect.name)
    values = tuple(asked[one] for one in parameters)
    how = {"stream_results": True, "max_row_buffer": size}  # where a driver would fetch all at once
    with closing(reader.exec_driver_sql(text, values, execution_options=how)) as found:
        yield found.partitions(size)
