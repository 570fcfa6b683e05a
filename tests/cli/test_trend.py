"""Does the chart show what moved, and does the sentence say where it leads?"""

from __future__ import annotations

import re

import pytest

from tests.cli.given import Office

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def rows(text: str) -> list[str]:
    """The rows of the chart."""
    return [line[12:] for line in text.splitlines() if line[10:12] == " |"]


def test_the_diagonal_rises_and_what_was_met_lies_on_it(story: Office) -> None:
    text = story.tell("trend fibre").out
    grid = rows(text)
    lowest = [
        len(grid) - 1 - row for column in range(66) for row in range(len(grid)) if grid[row][column : column + 1] == "/"
    ]
    assert lowest == sorted(lowest)
    assert grid[0].rstrip().endswith("M")
    assert "a  fibre: Trans-Caspian fibre-optic line\n   met 2027-09-24; slip rate 0.48 days a day\n" in text


def test_each_report_is_a_letter_in_its_row(story: Office) -> None:
    grid = rows(story.tell("trend fibre --as-known #121").out)
    assert [row.count("a") for row in grid if "a" in row] == [2, 2, 1]  # a due moved, and what was expected did not
    levels = [index for index, row in enumerate(grid) if "a" in row]
    columns = [row.index("a") for row in grid if "a" in row]
    assert levels == sorted(levels)
    assert columns == sorted(columns, reverse=True)


def test_two_items_have_letters_of_their_own_and_a_star_where_they_meet(office: Office) -> None:
    office.must("add road Road --due end-2026")
    text = office.tell("trend fibre road").out
    assert any("*" in row for row in rows(text))
    assert "a  fibre: Fibre line" in text
    assert "b  road: Road" in text


def test_an_item_asked_for_twice_is_charted_once(office: Office) -> None:
    assert [one["item"] for one in office.tell("trend fibre fib --json").data] == ["fibre"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "no slip rate: an expected day was stated on fewer than two days"),
        (["forecast fibre 2026-12-31 --because S"], "slip rate 0.00 days a day: on that line it arrives 2026-12-31"),
        (
            ["forecast fibre 2027-06-30 --because S"],
            "it moves away as fast as time goes by or faster, and never arrives",
        ),
        (["forecast fibre 9999 --because S", "forecast fibre 2027-01-09 --because S"], "it arrives "),
        (["meet fibre"], "met 2026-12-04; no slip rate"),
        (["withdraw fibre --because S"], "closed; no slip rate"),
        (
            ["forecast fibre 2027-01-01 --because S", "withdraw fibre --because S"],
            "closed; slip rate 0.10 days a day\n",
        ),
    ],
)
def test_the_sentence_says_what_the_rate_means(office: Office, lines: list[str], words: str) -> None:
    office.clock = office.clock.replace(month=12, day=4)
    office.must(*lines)
    assert words in office.tell("trend fibre").out


def test_what_arrives_after_all_calendars_is_said(office: Office) -> None:
    office.must("add slow Slow --due 9000")
    office.clock = office.clock.replace(year=2027)
    office.must("forecast slow 9000-12-30 --because S")
    assert "on that line it arrives 90" in office.tell("trend slow").out
    office.clock = office.clock.replace(year=2028)
    office.must("forecast slow 9001-12-30 --because S")
    assert "on that line it arrives after the year 9999" in office.tell("trend slow").out


def test_what_has_no_day_has_no_chart(office: Office) -> None:
    text = office.tell("trend ports").out
    assert text.startswith("a  ports: Ports Alat and Aktau\n")
    assert "promised" in text


def test_what_began_and_ended_on_one_day_is_charted(office: Office) -> None:
    office.must("add road Road --due 2027", "withdraw road --because S")
    assert len(rows(office.tell("trend road").out)) == 17


def test_as_data_days_are_days(story: Office) -> None:
    (found,) = story.tell("trend fibre --json").data
    assert found["points"][1] == {
        "day": "2026-06-15",
        "forecast": "2027-03-31",
        "due": "2026-12-31",
        "expected": "2027-03-31",
        "position": 67,
        "actor": "digital-ministry",
        "reason": "The cable ship is free only from November",
    }
    assert (found["slip_rate"], found["arrives"], found["met_on"]["wording"]) == ("0.48", None, "2027-09-24")


@pytest.mark.parametrize("columns", [30, 40, 80, 120, 300])
@pytest.mark.parametrize(
    "command", ["trend fibre fibre/cable-laid", "trend ports/aktau fibre", "trend caspian-level fibre"]
)
def test_it_fits_the_terminal(story: Office, columns: int, command: str) -> None:
    text = story.at_terminal(command, columns=columns).out
    chart = [line for line in text.splitlines() if line[10:12] in (" |", " +")]
    assert chart
    assert max(map(len, chart)) <= columns
    assert len(chart) == 18


def test_too_many_items_are_refused(office: Office) -> None:
    keys = [f"c{number}" for number in range(27)]
    office.must(*(f"add {key} Title" for key in keys))
    said = office.run("trend", *keys)
    assert (said.code, said.refusal) == (1, "too-many")
    assert office.run("trend", *keys[:26]).code == 0
    office.must("add portals Portals")
    assert office.tell("trend por").refusal == "ambiguous-key"
    assert office.tell("trend nothing").refusal == "unknown-key"
    assert office.tell("trend fib").code == 0
