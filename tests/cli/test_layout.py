"""Do words and rows fit a width, and is nothing cut off?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.layout import Cell, Layout, wrapped

words = st.lists(st.text("abcəğ日 ", min_size=1, max_size=12), min_size=1, max_size=20).map(" ".join)
rows = st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=5)


def plain(line: list[Cell]) -> str:
    return "  ".join(cell.text for cell in line).rstrip()


@pytest.mark.parametrize(
    ("text", "room", "hang", "lines"),
    [
        ("one two three", None, None, ["one two three"]),
        ("one two three", 13, None, ["one two three"]),
        ("one two three", 12, None, ["one two", "  three"]),
        ("  one two three", 9, None, ["  one two", "    three"]),
        ("one two three", 7, 0, ["one two", "three"]),
        ("a-word-that-is-long and short", 10, None, ["a-word-that-is-long", "  and", "  short"]),
        ("日本 日本 日本", 9, None, ["日本 日本", "  日本"]),  # each of them is two columns wide
        ("name   value of it", 14, 7, ["name   value", "       of it"]),
        ("", 5, None, [""]),
    ],
)
def test_a_line_is_broken_at_spaces(text: str, room: int | None, hang: int | None, lines: list[str]) -> None:
    assert wrapped(text, room, hang) == lines


@given(words, st.integers(1, 40))
def test_no_word_is_lost_and_the_order_stays(text: str, room: int) -> None:
    assert " ".join(wrapped(text, room)).split() == text.split()


@given(rows, st.integers(1, 60))
def test_no_cell_is_lost(table: list[list[str]], room: int) -> None:
    layout = Layout.fitting(table[0], table[1:], room)
    for row in table:
        shown = " ".join(plain(line) for line in layout.lines(row)).replace("; ", " ")
        assert shown.split() == " ".join(row).split()


ROW = ("fibre", Cell("late", "red"), "-", "24 days late: due end-2026")
HEAD = ("key", "status", "left", "why")


def test_what_fits_stands_side_by_side() -> None:
    layout = Layout.fitting(HEAD, [ROW], 80)
    assert plain(layout.head(HEAD)) == "key    status  left  why"
    assert [plain(line) for line in layout.lines(ROW)] == ["fibre  late    -     24 days late: due end-2026"]


def test_what_does_not_fit_goes_beneath() -> None:
    layout = Layout.fitting(HEAD, [ROW], 30)
    assert plain(layout.head(HEAD)) == "key    status  left"
    assert [plain(line) for line in layout.lines(ROW)] == ["fibre  late    -", "    24 days late: due end-2026"]


def test_what_says_nothing_is_left_out_beneath() -> None:
    layout = Layout.fitting(HEAD, [ROW], 16)
    assert [plain(line) for line in layout.lines(ROW)] == [
        "fibre  late",
        "    24 days",
        "    late: due",
        "    end-2026",
    ]
    assert [plain(line) for line in layout.lines(("ports", "met", "-", ""))] == ["ports  met"]


def test_one_column_always_stays() -> None:
    assert plain(Layout.fitting(HEAD, [ROW], 2).head(HEAD)) == "key"


def test_a_style_stays_with_its_cell() -> None:
    assert next(Layout.fitting(ROW, [], 80).lines(ROW))[1] == Cell("late", "red")
    assert list(Layout.fitting(ROW, [], 1).lines(("a", Cell("b c", "red"))))[1] == [Cell("    b", "red")]


def test_what_is_shown_is_measured_as_it_is_shown() -> None:
    layout = Layout.fitting(("a\x1bb", "c"), [], 80)
    assert plain(next(layout.lines(("a\x1bb", "c")))) == r"a\u001bb  c"
