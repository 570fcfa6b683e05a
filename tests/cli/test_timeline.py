"""Does the calendar draw each mark in its place, on any screen?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.timeline_chart import Scale, axis, drawn, scale
from projections.timeline import Bar, Span
from tests.cli.given import Office
from tests.cli.test_board import ESCAPES

YEAR = Scale(date(2026, 1, 1), date(2026, 12, 31), 73)
"""Five days a column."""


def bar(**named: object) -> Bar:
    told: dict[str, object] = {
        "due": None,
        "due_wording": None,
        "forecast": None,
        "met": None,
        "ended": None,
        "start": None,
        "periods": [],
    }
    return Bar(key="fibre", title="Cable", programme=None, status="late", **(told | named))  # type: ignore[arg-type]  # each test gives its own


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def span(first: date | None, last: date | None) -> Span:
    return Span(first, last)


def columns_of(text: str, mark: str) -> list[int]:
    return [index for index, cell in enumerate(text) if cell == mark]


def test_each_mark_lies_in_the_column_of_its_day() -> None:
    text = drawn(
        bar(due=span(day(7, 1), day(9, 30)), forecast=span(day(11, 1), day(11, 30)), start=day(3, 1)), YEAR, day(5, 1)
    )
    assert (text.index("-"), text.index("="), text.index("D"), text.index("F")) == (
        *(YEAR.column(day(3, 1)), YEAR.column(day(7, 1)), YEAR.column(day(9, 30))),
        YEAR.column(day(11, 30)),
    )
    assert "|" not in text  # work is drawn over the line of the day
    assert columns_of(drawn(bar(), YEAR, day(5, 1)), "|") == [YEAR.column(day(5, 1))] == [24]


@pytest.mark.parametrize(
    ("named", "mark", "at"),
    [
        ({"met": span(day(3, 1), day(3, 31))}, "M", day(3, 31)),
        ({"met": span(day(3, 1), None)}, "M", day(3, 1)),
        ({"ended": day(4, 1)}, "X", day(4, 1)),
        ({"due": span(day(6, 1), day(6, 1))}, "D", day(6, 1)),
        ({"due": span(day(6, 1), day(6, 1)), "forecast": span(None, day(6, 1))}, "D", day(6, 1)),
        ({"due": span(day(6, 1), day(6, 1)), "met": span(day(6, 1), day(6, 1))}, "M", day(6, 1)),
    ],
)
def test_what_counts_more_is_drawn_over_what_counts_less(named: dict[str, object], mark: str, at: date) -> None:
    text = drawn(bar(**named), YEAR, day(12, 31))
    assert text.strip(" |") == mark
    assert text.index(mark) == YEAR.column(at)


@pytest.mark.parametrize(
    ("named", "end"),
    [
        ({"due": span(day(6, 1), day(6, 1)), "forecast": span(None, day(8, 1))}, day(8, 1)),
        ({"due": span(day(9, 1), day(9, 1)), "forecast": span(None, day(8, 1))}, day(9, 1)),
        ({"due": span(day(6, 1), day(6, 1)), "met": span(day(5, 1), day(5, 1))}, day(5, 1)),
        ({"ended": day(5, 1)}, day(5, 1)),
        ({}, day(12, 31)),
    ],
)
def test_work_goes_on_until_it_ends_or_is_expected_to(named: dict[str, object], end: date) -> None:
    text = drawn(bar(start=day(2, 1), **named), YEAR, day(1, 1))
    worked = columns_of(text, "-")
    assert worked[0] == YEAR.column(day(2, 1))
    assert YEAR.column(end) - worked[-1] == (1 if named else 0)  # the mark of the end is drawn over it


def test_periods_are_boxes_and_open_windows_go_on() -> None:
    text = drawn(bar(periods=[span(day(1, 1), day(6, 20)), span(day(7, 1), day(12, 31))]), YEAR, day(1, 1))
    half = YEAR.column(day(7, 1))
    assert (columns_of(text, "["), columns_of(text, "]")) == ([0, half], [half - 2, 72])
    assert drawn(bar(due=span(day(7, 1), None)), YEAR, day(1, 1)).endswith("=>")
    assert drawn(bar(due=span(None, day(7, 1))), YEAR, day(1, 1)).startswith("<")


def test_what_lies_outside_is_pointed_at() -> None:
    text = drawn(
        bar(due=span(day(1, 1, 2025), day(1, 1, 2027)), periods=[span(day(1, 1, 2025), day(1, 1, 2028))]),
        YEAR,
        day(1, 1, 2030),
    )
    assert text == "<" + "=" * 71 + ">"
    assert drawn(bar(met=span(day(1, 1, 2025), day(1, 1, 2025))), YEAR, day(1, 1, 2030)) == "<"
    assert drawn(bar(forecast=span(day(1, 1, 2028), day(1, 1, 2028))), YEAR, day(1, 1, 2030)) == " " * 72 + ">"


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (date(2026, 3, 20), date(2026, 7, 2), "2026-04  "),
        (date(2026, 1, 1), date(2027, 12, 31), "2026-Q1  "),
        (date(2025, 1, 1), date(2029, 1, 1), "2025-H1  "),
        (date(2022, 1, 1), date(2030, 1, 1), "2022     "),
        (date(1, 1, 1), date(9999, 12, 31), "0001   1000 "),
        (date(2026, 3, 20), date(2026, 3, 21), ""),
    ],
)
def test_the_calendar_has_labels_that_fit(first: date, last: date, label: str) -> None:
    labels, ticks = axis(Scale(first, last, 73))
    assert labels.lstrip().startswith(label)
    assert [
        index for index, cell in enumerate(labels) if cell != " " and (index == 0 or labels[index - 1] == " ")
    ] == columns_of(ticks, "'")


days = st.dates()


@given(days, days, st.integers(12, 100), st.lists(days, min_size=8, max_size=8), st.booleans())
def test_whatever_is_drawn_fits(first: date, last: date, width: int, found: list[date], some: bool) -> None:
    a, b, c, d, e, f, g, h = found
    room = scale([], first, (first, last), width)
    one = bar(
        due=span(a, b), forecast=span(c, None), met=span(d, e), ended=f if some else None, start=g, periods=[span(h, a)]
    )
    assert room.first <= room.last
    assert len(drawn(one, room, first)) <= width
    assert all(len(line) <= width for line in axis(room))
    wide = scale([one], first, (None, None), width)
    assert all(wide.inside(day) for day in (a, b, c, d, e, g, h, first))


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 250])
def test_it_fits_the_terminal(story: Office, columns: int) -> None:
    text = ESCAPES.sub("", story.at_terminal("timeline --as-of 2027-06-30", columns=columns).out)
    assert max(map(len, text.splitlines())) <= columns
    assert "on-track" not in text if columns < 72 else "on-track" in text
    assert all(name in text for name in ("fibre", "  cable-laid", "oil-growth", "D", "F", "M", "|: 2027-06-30"))


def test_a_status_is_coloured_on_a_terminal(story: Office) -> None:
    assert "\x1b[" in story.at_terminal("timeline").out


def test_a_filter_and_bounds_choose_what_is_drawn(story: Office) -> None:
    text = story.tell("timeline fibre --from 2027 --until 'Q3 2027'").out
    assert "2027-Q1" in text
    assert "2028" not in text.replace("2028-07-01", "")
    assert "Green energy" not in text
    assert [one["key"] for one in story.tell("timeline tag:flagship --json").data][:2] == ["fibre", "fibre/permit"]


def test_where_there_is_nothing_it_says_so(office: Office) -> None:
    assert office.tell("timeline tag:none").out == "No commitment matches.\n"
    assert office.tell("timeline --as-known #0").out == "No commitment.\n"
    assert "No programme\n" in office.tell("timeline").out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("timeline --from 2027 --until 2026", "reversed"),
        ("timeline --from soon", "bad-date"),
        ("timeline --until ''", "bad-date"),
        ("timeline tga:x", "unknown-field"),
    ],
)
def test_what_cannot_be_drawn_is_refused(office: Office, line: str, code: str) -> None:
    said = office.tell(line)
    assert (said.code, said.refusal, said.out) == (1, code, "")


def test_a_side_that_is_open_bounds_nothing(office: Office) -> None:
    assert office.tell("timeline --from 'until 2027'").code == 0
