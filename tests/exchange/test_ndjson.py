"""Are events given out as they are stored, in order, and only those asked for?"""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from exchange.ndjson import events, write_batch, write_ndjson
from ledger.record import Record
from projections.asked import At
from tests.exchange.given import copied
from tests.exchange.standing import oddities

LINES = oddities().lines
LATE = date(2030, 1, 1)


def given_out(tmp_path: Path, at: At, subjects: set[str] | None = None, batch: bool = False) -> tuple[int, bytes]:
    """The document, and how many events it says to have."""
    path, out = tmp_path / "pledger.db", io.BytesIO()
    with Record.open(path if path.exists() else copied(path, LINES)) as record:
        count = (write_batch if batch else write_ndjson)(out, events(record, at, subjects))
    return count, out.getvalue()


def test_all_events_are_the_lines_as_stored(tmp_path: Path) -> None:
    assert given_out(tmp_path, At(len(LINES), LATE)) == (len(LINES), b"".join(line + b"\n" for line in LINES))


def test_a_batch_is_one_array_of_them(tmp_path: Path) -> None:
    count, document = given_out(tmp_path, At(5, LATE), batch=True)
    assert (count, json.loads(document)) == (5, [json.loads(line) for line in LINES[:5]])


@pytest.mark.parametrize(("batch", "empty"), [(True, b"[\n]\n"), (False, b"")])
def test_where_nothing_is_asked_for_the_document_is_empty_and_valid(tmp_path: Path, batch: bool, empty: bytes) -> None:
    assert given_out(tmp_path, At(len(LINES), LATE), set(), batch) == (0, empty)


def test_what_was_known_and_what_was_true_by_a_day_alone_is_given(tmp_path: Path) -> None:
    assert given_out(tmp_path, At(7, LATE))[0] == 7
    assert given_out(tmp_path, At(len(LINES), date(2026, 1, 4)))[0] == 0


def test_events_are_those_about_the_streams_asked_for(tmp_path: Path) -> None:
    _, document = given_out(tmp_path, At(len(LINES), LATE), {"commitment/long"})
    assert {json.loads(line)["subject"] for line in document.splitlines()} == {"commitment/long"}
    assert len(document.splitlines()) == 4
