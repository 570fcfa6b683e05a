"""Can an auditor read what each event changed, and see that the end is what the board says?"""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.cli.given import Office


def test_each_event_is_told_with_what_it_changed(story: Office) -> None:
    said = story.tell("audit replay --from #96 --until #97")
    assert said.out == (
        "#96 2026-12-22 programme-office: fibre: due moved from end-2026 to 2027-06-30 (+181 days): Laying began in"
        " December and rests until March for the weather (approved by steering-board)\n"
        "  fibre due: end-2026 (2026-12-31) -> 2027-06-30\n"
        "  fibre flags: (none) -> moved, moved-close\n"
        "#97 2026-12-22 programme-office: fibre/cable-laid: due moved from 2026-10 to 2027-05 = by 2027-05-31 (+212"
        " days): Laying rests until March for the weather (approved by steering-board)\n"
        "  fibre status: at-risk -> on-track\n"
        "  fibre/cable-laid due: 2026-10 (2026-10-31) -> 2027-05 (2027-05-31)\n"
        "  fibre/cable-laid status: late -> unreported\n"
        "\n"
        "2 of 2 events changed the board.\n"
        "The end is what pledger status says: 10 commitments: 3 undated, 2 on-track, 2 at-risk, 1 met-late,"
        " 1 unreported, 1 met; next due in 9 days (fibre/acceptance).\n"
    )
    assert said.err.endswith(": as known #97, as of 2026-12-22\n")


def test_amounts_and_back_dated_days_are_said(story: Office) -> None:
    text = story.tell("audit replay --from 2026-08-17 --until 2026-08-17").out
    assert "#75 2026-08-17, true on 2026-07-01 energy-ministry: oil-transit: " in text
    assert "  oil-transit oil-transit 2026 actual: 0.34 Mt -> 0.69 Mt\n" in text


@pytest.mark.parametrize("options", ["", "--as-known #100", "--as-of 2027-03-01", "--until 2027-03-01@2027-06-30"])
def test_the_end_equals_the_board(story: Office, options: str) -> None:
    told = story.tell(f"audit replay --json {options}")
    board = story.tell(f"status --json --as-known #{told.json['as_known']} --as-of {told.json['as_of']}")
    assert told.code == 0
    assert told.data["board"] == board.data
    assert (told.json["ledger"], told.data["differing"], told.data["from"]) == (board.json["ledger"], [], 1)
    assert all(event["shifts"] for event in told.data["events"])


def test_read_models_that_say_otherwise_are_a_finding(office: Office) -> None:
    office.must("status")
    with closing(sqlite3.connect(office.folder / "pledger.models.db")) as other:
        other.execute("UPDATE fact SET data = replace(data, 'Fibre', 'Fabric')")
        other.commit()
    said = office.tell("audit replay")
    assert said.code == 1
    assert "The read models say otherwise of: fibre. Run pledger models rebuild, then audit verify.\n" in said.out
    assert office.tell("audit replay --json").data["differing"] == ["fibre"]
    office.must("models rebuild")
    assert office.tell("audit replay").code == 0


def test_an_empty_stretch_says_so(office: Office) -> None:
    text = office.tell("audit replay --from tomorrow").out
    assert text.startswith("0 of 0 events changed the board.\nThe end is what pledger status says: 3 commitments: ")
    text = office.tell("audit replay --until #0").out
    assert text == "0 of 0 events changed the board.\nThe end is what pledger status says: no commitment.\n"
    assert office.tell("audit replay --until #1").out.startswith("0 of 1 event changed the board.\n")
    assert office.tell("audit replay --from #0 --until #0").out.startswith("0 of 0 events")


@pytest.mark.parametrize(
    ("options", "code", "exit"),
    [
        ("--from #9 --until #7", "reversed", 1),
        ("--from 2026-11-25 --until #4", "reversed", 1),
        ("--from #99", "beyond-head", 1),
        ("--until #99", "beyond-head", 1),
        ("--until 2026", "position-or-year", 1),
        ("--from 2026", "position-or-year", 1),
        ("--from soon", "bad-date", 1),
        ("--until june.checkpoint", "unknown-checkpoint", 1),
        ("--until #4 --as-known #5", "usage", 2),
    ],
)
def test_what_is_no_stretch_is_refused(office: Office, options: str, code: str, exit: int) -> None:
    said = office.tell(f"audit replay {options}")
    assert (said.code, said.refusal, said.out) == (exit, code, "")
