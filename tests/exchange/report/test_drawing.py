"""Are charts drawn by themselves: every kind, in letters of every neighbour, and honest about what is vague?"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from xml.etree import ElementTree

import pytest
import vl_convert

from benchmarks.generate import ZONE
from domain.assess import Assessed
from domain.commitment import make
from domain.due import move_due
from domain.forecast import revise_forecast
from domain.refused import Refused
from exchange.report.charts import KINDS, spec
from exchange.report.drawing import ROWS, lettered, most_moved, picture, with_rows
from exchange.report.marks import pace_rows, score_rows, timeline_rows, trend_rows
from projections.replay import Replay
from tests.domain import given
from tests.domain.given import fd
from tests.exchange.report.given import story
from tests.projections.given import Office

ON = date(2027, 11, 30)


class Every(Replay):
    def all(self, on: date) -> list[Assessed]:
        return [one for subject in sorted(self._streams) if (one := self._judged(subject, on))]


def judged(on: date = ON) -> list[Assessed]:
    """The story up to a day."""
    replay = Every(ZONE)
    list(replay.steps(one for one in story() if one.recorded.date() <= on))
    return replay.all(on)


MADE = date(2026, 1, 10)
do = partial(given.do, today=MADE)


def alone(*steps: Any, on: date) -> Assessed:
    office = Office(today=MADE)
    for step in steps:
        office.record(step)
    replay = Every(ZONE)
    list(replay.steps(office.lines))
    (found,) = replay.all(on)
    return found


@pytest.mark.parametrize("kind", [*ROWS])
def test_every_chart_is_an_svg_with_words_in_it(kind: str) -> None:
    drawn = picture(kind, "svg", judged(), ON)
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    words = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert len(words) > 5
    assert float(root.attrib["height"]) > 100
    assert b"http" not in drawn.replace(b"http://www.w3.org/", b"")


def test_a_picture_is_a_png() -> None:
    assert picture("score", "png", judged(), ON).startswith(b"\x89PNG\r\n")


def test_letters_of_all_neighbours_are_drawn() -> None:
    drawn = with_rows("timeline", [["Қазақстан ə ğ ı ұ", "due", "2026-01-01", "2026-01-01", ""]], ON)
    assert ">Қазақстан ə ğ ı ұ<" in vl_convert.vegalite_to_svg(drawn)


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(Refused) as refused:
        picture("pace", "svg", [], ON)
    assert refused.value.code == "nothing-to-draw"


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_compiles(kind: str) -> None:
    assert vl_convert.vegalite_to_vega(spec(kind))["marks"]


def test_today_is_a_line() -> None:
    drawn = vl_convert.vegalite_to_vega(with_rows("timeline", [["a", "due", "2026-01-01", "2026-01-01", ""]], ON))
    assert any("today" in str(one) for one in drawn["marks"])


@pytest.mark.parametrize(
    ("due", "marks"),
    [
        ("2026-05-17", [("due", "2026-05-17", "2026-05-17")]),
        ("2026-05", [("window", "2026-05-01", "2026-05-31"), ("due", "2026-05-31", "2026-05-31")]),
        ("2026/..", [("fading", "2026-01-01", "2026-05-01")]),
        ("../2026", [("opening", "2026-09-02", "2026-12-31"), ("due", "2026-12-31", "2026-12-31")]),
        (
            "2026-05~",
            [
                ("window", "2026-05-01", "2026-05-31"),
                ("grace", "2026-05-31", "2026-07-01"),
                ("due", "2026-05-31", "2026-05-31"),
            ],
        ),
    ],
)
def test_a_due_is_drawn_as_wide_as_it_is_vague(due: str, marks: list[tuple[str, str, str]]) -> None:
    found = alone(do(make, "fibre", "Cable", due=fd(due)), on=date(2026, 2, 1))
    assert [(mark, first, last) for _, mark, first, last, _ in timeline_rows(found)] == marks


def test_the_dues_before_and_what_is_expected_are_marks_too() -> None:
    found = alone(
        do(make, "fibre", "Cable", due=fd("2026-05-17"), start=fd("2026-02")),
        do(move_due, "fibre", fd("2026-06-30"), because="Late", approved_by="board"),
        do(revise_forecast, "fibre", fd("2026-07-15"), because="Weather"),
        on=date(2026, 3, 1),
    )
    assert [row[1:4] for row in timeline_rows(found)] == [
        ["moved", "2026-05-17", "2026-05-17"],
        ["work", "2026-02-01", "2026-07-15"],
        ["due", "2026-06-30", "2026-06-30"],
        ["forecast", "2026-07-15", "2026-07-15"],
    ]
    assert [row[3] for row in trend_rows(found)] == ["2026-05-17", "2026-06-30", "2026-07-15"]
    assert [row[2] for row in trend_rows(found)][-1] is None


def test_the_story_has_marks_of_every_kind() -> None:
    marks = {row[1] for one in judged() for row in timeline_rows(one)}
    assert marks == {"work", "window", "grace", "period", "due", "moved", "forecast", "met", "ended"}
    assert {row[5] for one in judged() for row in pace_rows(one)} == {"short", "running", "future", "unreported"} - {
        "unreported"
    }
    assert {row[1] for one in judged() for row in score_rows(one)} == {"due in force", "first due"}


def test_a_promise_of_nobody_counts_for_nobody_named() -> None:
    found = alone(do(make, "fibre", "Cable"), on=ON)
    assert [row[0] for row in score_rows(found)] == ["(nobody named)"] * 2
    assert list(timeline_rows(found)) == []


def test_what_never_moved_is_in_no_trend() -> None:
    rows = [["a", "1", None, "x", None, ""], ["b", "1", "2", "x", None, ""], ["b", "2", None, "y", None, ""]]
    assert most_moved(rows) == rows[1:]
    assert most_moved([]) == []


def test_points_that_fall_together_show_all_their_letters_once() -> None:
    rows = [{"item": item, "day": 1, "expected": expected} for item, expected in (("x", 2), ("y", 2), ("z", 3))]
    assert [(one["item"], one["letter"]) for one in lettered(rows)] == [("a  x", ""), ("b  y", "ab"), ("c  z", "c")]


def test_a_chart_without_its_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    with pytest.raises(Refused) as refused:
        picture("score", "svg", judged(), ON)
    assert refused.value.code == "no-charts"
