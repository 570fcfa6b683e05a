"""Are the counts readable, side by side, as numbers, with the meaning of each word?"""

from __future__ import annotations

import re

import pytest

from tests.cli.given import Office


def rows(text: str) -> list[list[str]]:
    return [re.split("  +", line.rstrip()) for line in text.splitlines()]


def test_a_move_does_not_launder_a_miss(story: Office) -> None:
    told = rows(story.tell("score --as-of 2028-06-30").out)
    assert told[0] == [
        *("promised by", "by", "kept", "kept late", "claimed", "short", "closed short", "late, open", "open"),
        "withdrawn",
    ]
    az = next(index for index, row in enumerate(told) if row[0] == "az")
    assert told[az] == ["az", "due in force", "3", "1", "0", "0", "1", "1", "1", "0"]
    assert told[az + 1] == ["az", "first due", "2", "2", "0", "0", "1", "1", "1", "0"]
    assert "%" not in story.tell("score").out


def test_slips_lag_and_forecasts_are_numbers(story: Office) -> None:
    told = rows(story.tell("score fibre --group owner --as-of 2027-09-25").out)
    assert ["digital-ministry", "1 of 1", "1", "+273 d", "19", "0 d", "3 d"] in told
    assert ["digital-ministry", "91 to 180 days ahead", "3", "-4 d", "-6 d", "+88 d", "0"] in told
    assert ["kept late: met with evidence, after the last day"] in told


def test_what_waits_has_no_bias(story: Office) -> None:
    told = rows(story.tell("score ports --group programme --as-of 2028-12-31").out)
    assert ["middle-corridor", "over 365 days ahead", "0", "-", "-", "-", "2"] in told


def test_what_is_in_no_group_is_said(office: Office) -> None:
    told = rows(office.tell("score --group owner ports").out)
    assert ["(none)", "0 of 1", "0", "-", "0", "-", "-"] in told
    assert "Forecasts against" not in office.tell("score ports").out


def test_as_data_every_count_is_there(story: Office) -> None:
    data = story.tell("score --group programme --json --as-of 2028-06-30").data
    assert (data["group"], data["all"]["key"], data["all"]["commitments"]) == ("programme", None, 11)
    assert data["all"]["current"] == {
        **{"kept": 3, "kept-late": 1, "claimed": 0, "short": 0},
        **{"closed-short": 1, "late": 1, "open": 4, "withdrawn": 1},
    }
    assert sum(one["commitments"] for one in data["groups"]) == 11


def test_where_there_is_nothing_it_says_so(office: Office) -> None:
    assert office.tell("score tag:none").out == "No commitment matches.\n"
    assert office.tell("score --as-known #0").out == "No commitment.\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [("score --group tag", "bad-choice"), ("score ownr:x", "unknown-field"), ("score --as-of 2026", "bad-date")],
)
def test_what_cannot_be_counted_is_refused(office: Office, line: str, code: str) -> None:
    said = office.tell(line)
    assert (said.code, said.refusal, said.out) == (1, code, "")
