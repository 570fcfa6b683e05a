"""Which moment is meant by `--as-known` and `--as-of`?"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.given import Office, moved_in


@pytest.mark.parametrize(
    ("when", "known", "on"),
    [
        ("", 33, "2026-11-24"),
        ("--as-known 12", 12, "2026-01-12"),
        ("--as-known #12", 12, "2026-01-12"),
        ("--as-known=#12", 12, "2026-01-12"),
        ("--as-known #0", 0, "2026-11-24"),
        ("--as-known 2026-04-15", 15, "2026-04-15"),
        ("--as-known 2026-04-14", 13, "2026-04-14"),
        ("--as-known yesterday", 33, "2026-11-23"),
        ("--as-known 2025-01-01", 0, "2025-01-01"),
        ("--as-known 2030-01-01", 33, "2026-11-24"),  # the future: everything, judged today
        ("--as-known 2026-04-15T06:00:00Z", 14, "2026-04-15"),
        ("--as-known 2026-04-15T10:00:00+04:00", 14, "2026-04-15"),
        ("--as-known '2026-04-15 10:00+04:00'", 14, "2026-04-15"),
        ("--as-known 2026-04-15t05:59:59z", 13, "2026-04-15"),
        ("--as-known 2026-04-14T21:00:00Z", 13, "2026-04-15"),  # in Baku it is the next day already
        ("--as-known 9999-12-31T23:59:59Z", 33, "9999-12-30"),
        ("--as-known 12 --as-of 2027-01-01", 12, "2027-01-01"),
        ("--as-of tomorrow", 33, "2026-11-25"),
        ("--as-of 2026-12", None, "bad-date"),
        ("--as-known 2026", None, "position-or-year"),
        ("--as-known 1900", None, "position-or-year"),
        ("--as-known 34", None, "beyond-head"),
        ("--as-known #2026", None, "beyond-head"),
        ("--as-known 2026-06-30T12:00:00", None, "no-offset"),
        ("--as-known 2026-06-30T99:00:00Z", None, "bad-date"),
        ("--as-known someday", None, "bad-date"),
        ("--as-known=-1", None, "bad-date"),
        ("--as-known ''", None, "bad-date"),
        ("--as-of ''", None, "bad-date"),
        ("--as-known 99999999999999999999", None, "bad-date"),
        ("--as-known note.txt", None, "bad-date"),
        ("--as-known june.checkpoint", None, "unknown-checkpoint"),
        ("--as-known ./note", None, "unknown-checkpoint"),
    ],
)
def test_a_moment_is_found_or_refused(year: Office, when: str, known: int | None, on: str) -> None:
    said = year.tell(f"status {when} --json")
    if known is None:
        assert (said.code, said.out, said.err.partition('"code": "')[2].partition('"')[0]) == (1, "", on)
    else:
        assert (said.json["as_known"], said.json["as_of"]) == (known, on)


def test_where_the_ledger_is_ahead_of_the_clock_its_last_day_is_the_newest(year: Office, tmp_path: Path) -> None:
    office = moved_in(year, tmp_path)
    office.clock = datetime(2026, 5, 1, tzinfo=UTC)
    for when, on in (("2026-07-15", "2026-07-15"), ("2030-01-01", "2026-10-05")):
        assert office.tell(f"status --json --as-known {when}").json["as_of"] == on


def test_where_it_could_be_a_year_or_a_position_both_ways_out_are_told(year: Office) -> None:
    assert "Write 2026-12-31 or #2026." in year.tell("status --as-known 2026").err


def test_the_empty_board_has_nothing(year: Office) -> None:
    assert year.tell("status --as-known #0 --json").data == []
    assert year.tell("show fibre --as-known #0").refusal == "unknown-key"


def test_a_checkpoint_file_is_a_moment(year: Office) -> None:
    root = bytes.fromhex(year.tell("info --as-known 12 --json").data["root"])
    note = year.folder / "checkpoint"
    note.write_text(f"pledger/x\n12\n{base64.b64encode(root).decode()}\n\n— x y\n", "utf-8")
    assert year.tell("status --as-known checkpoint --json").json["as_known"] == 12

    for size in (11, 34):
        note.write_text(f"pledger/x\n{size}\n{base64.b64encode(root).decode()}\n\n— x y\n", "utf-8")
        assert year.tell("status --as-known checkpoint").refusal == "another-checkpoint"


def test_what_was_known_then_is_judged_then(year: Office) -> None:
    (fibre,) = year.tell("status fibre --as-known 2026-01-31 --json").data
    assert (fibre["owner"], fibre["progress"], fibre["status"]) == ("ministry", "10", "on-track")


def test_both_times_are_said_with_every_answer(year: Office) -> None:
    for line in (
        "status",
        "due",
        "show fibre",
        "why fibre",
        "history",
        "party list",
        "party show az",
        "programme show mc",
    ):
        said = year.tell(f"{line} --as-known 15 --as-of 2026-06-30")
        assert said.err.startswith("Middle Corridor: as known #15, as of 2026-06-30\n")
