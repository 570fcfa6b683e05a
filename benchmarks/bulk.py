"""How fast are many lines brought in, beside bare inserts of the same bytes?"""

from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.bench import Bench
from benchmarks.generate import Made
from benchmarks.measure import timed
from benchmarks.table import Bar, Row, faster
from exchange.handed import handed
from exchange.lines import check_lines, make_copy
from ledger.bulk import copy_lines
from ledger.line import codec

BAR, OF_COLUMNS = Bar(0.12, most=False), Bar(0.5, most=False)


def imports(bench: Bench) -> Iterator[Row]:
    """Lines alone (exact form, hash, append) and the whole import with all rules, beside both bare references."""
    for made in bench.ledgers:
        with bench.passing() as folder:
            for name, way in (("lines", exact_lines), ("with all rules", whole_import)):
                for reference, bare, bar in (
                    ("executemany", bare_lines, BAR),
                    ("same columns", bare_columns, OF_COLUMNS),
                ):
                    beside = bench.in_turns(made, partial(into, folder, way, made), partial(into, folder, bare, made))
                    yield faster(f"bulk import, {name}, to {reference}", made.size, beside, bar)


def into(folder: Path, write: Callable[[Made, Path], object], made: Made) -> float:
    """Seconds of a way of writing a database from a ledger's lines, into a new file."""
    path = folder / f"{uuid4().hex}.db"
    taken = timed(write, made, path)
    path.unlink()
    return taken


def exact_lines(made: Made, path: Path) -> None:
    """Each line is exact; hash and append it."""
    with made.lines.open("rb") as file:
        copy_lines(path, map(codec().exact, _lines(file)))


def whole_import(made: Made, path: Path) -> None:
    """What `pledger import` does: all findings first, by all rules of the domain, then the copy."""
    with handed([str(made.lines)], io.BytesIO()) as files:
        make_copy(path, check_lines(files, None))


def bare_lines(made: Made, path: Path) -> None:
    """The lines and nothing else, in one transaction."""
    with made.lines.open("rb") as file:
        rows = ((line,) for line in _lines(file))
        _insert(path, ["CREATE TABLE event (position INTEGER PRIMARY KEY, line BLOB)"], "(line) VALUES (?)", rows)


def bare_columns(made: Made, path: Path) -> None:
    """Rows with all columns, ready-made, into a table with the same columns and indexes."""
    with closing(sqlite3.connect(made.ledger)) as source:
        schema = "SELECT sql FROM sqlite_master WHERE tbl_name = 'event' AND type IN ('table', 'index') AND sql <> ''"
        statements = [sql for (sql,) in source.execute(f"{schema} ORDER BY type DESC")]
        rows = source.execute("SELECT * FROM event ORDER BY position")
        _insert(path, statements, f"VALUES ({', '.join('?' * len(rows.description))})", rows)


def _insert(path: Path, schema: list[str], values: str, rows: Iterable[Any]) -> None:
    """As the record makes a copy: nobody sees the file before it is whole, and it is on the disk in the end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in ("PRAGMA synchronous = OFF", "PRAGMA journal_mode = MEMORY", *schema, "BEGIN"):
            connection.execute(statement)
        connection.executemany(f"INSERT INTO event {values}", rows)
        connection.execute("COMMIT")
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _lines(file: Iterable[bytes]) -> Iterator[bytes]:
    return (line[:-1] for line in file)
