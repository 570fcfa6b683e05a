"""Can somebody who sees only the text tell what moved, from when to when, who moved it, who approved it, and why?"""

from __future__ import annotations

import re

from tests.cli.given import Office


def test_a_move_reads_in_full(year: Office) -> None:
    said = year.tell("slips fibre")
    assert said.err == "Middle Corridor: as known #33, as of 2026-11-24\n"
    assert (
        "due moved once, 90 days later in all: first end-2026 (2026-12-31), now 2027-Q1 (2027-03-31); now " in said.out
    )
    (move,) = (line for line in said.out.splitlines() if line.startswith("#23"))
    assert re.split("  +", move) == [
        *("#23", "fibre", "2026-09-01", "end-2026 (2026-12-31)", "2027-Q1 (2027-03-31)", "+90 d", "121 d left"),
        "programme-office, approved by board: Permit is late",
    ]
    (forecast,) = (line for line in said.out.splitlines() if line.startswith("#13"))
    assert re.split("  +", forecast)[-2:] == ["31 d before due", "programme-office: Good weather"]


def test_earlier_close_and_first_dates_are_said(office: Office) -> None:
    office.must(
        "move fibre 2026-12-20 --because Sooner --approved-by board",
        "move fibre 2026-11-30 --because Sooner --approved-by board",
        "move ports 2027 --because Dated --approved-by board",
        "forecast ports 2027 --because Steady",
        "forecast ports 2028 --because Slower",
    )
    text = office.tell("slips").out
    assert (
        "due moved 2 times, 31 days earlier in all: first end-2026 (2026-12-31), now 2026-11-30; now on-track" in text
    )
    assert "due never moved: 2027 (2027-12-31), first dated 2026-11-24; now at-risk" in text
    assert re.search("  on its due  +programme-office: Steady", text)
    assert "366 d after due" in text
    office.clock = office.clock.replace(year=2027, month=1)
    office.must(
        "move fibre 2027-01-31 --because Late --approved-by board",
        "move ports 'from 2028' --because Open --approved-by board",
    )
    text = office.tell("slips").out
    assert "-55 d over" not in text
    assert "55 d over [moved-close]" in text
    assert "moved close: moved within 14 days before the due that it replaced, or after it" in text
    assert "due moved once: first 2027 (2027-12-31), now from 2028; now undated" in text


def test_where_nothing_moved_it_says_so(office: Office) -> None:
    assert office.tell("slips").out == "No due has moved, and nothing was forecast.\n"
    assert office.tell("slips fibre").out == "No due of what matches has moved, and nothing of it was forecast.\n"
    assert office.tell("slips --as-known #0").out == "No due has moved, and nothing was forecast.\n"


def test_what_was_forecast_and_never_moved_is_listed_without_moves(office: Office) -> None:
    office.must("forecast fibre 2027-01 --because Late")
    text = office.tell("slips").out
    assert "due never moved: end-2026 (2026-12-31); now at-risk\n  Expected" in text
    assert "promised by" not in text


def test_as_data_dates_are_dates_and_what_is_missing_is_null(office: Office) -> None:
    office.must("move ports 2027 --because Dated --approved-by board")
    told = office.tell("slips --json").json
    assert (told["as_known"], told["as_of"]) == (12, "2026-11-24")
    (ports,) = told["data"]["commitments"]
    (move,) = ports["moves"]
    assert (move["from"], move["to"]["latest"], move["days"], move["left"]) == (None, "2027-12-31", None, None)
    assert told["data"]["by_party"][0]["days"] is None
