"""How do reasons say days, dates and stretches of time, and are they short enough to be read?"""

from __future__ import annotations

from datetime import date

import pytest

from domain.assess.thresholds import THRESHOLDS
from domain.assess.words import ago, ahead, beginning, dated, days, deadline
from domain.fuzzy import from_edtf

ON = date(2026, 11, 24)


@pytest.mark.parametrize(("count", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_days_have_a_singular(count: int, said: str) -> None:
    assert days(count) == said


def test_how_long_ago() -> None:
    assert ago(ON, ON) == "today"
    assert ago(date(2026, 11, 23), ON) == "1 day ago"
    assert ago(date(2025, 11, 24), ON) == "365 days ago"


def test_how_far_ahead() -> None:
    assert ahead(date(2026, 11, 25), ON) == "in 1 day"
    assert ahead(date(2026, 12, 31), ON) == "in 37 days"


@pytest.mark.parametrize(
    ("edtf", "wording", "said"),
    [
        ("2026", "end-2026", "end-2026 (2026-12-31)"),
        ("2026-33", "Q1 2026", "Q1 2026 (2026-03-31)"),
        ("2026-12-31", "2026-12-31", "2026-12-31"),
        ("2026-12-31", "on 2026-12-31", "on 2026-12-31"),
        ("2026/..", "from 2026", "from 2026"),
        ("../2026", "until 2026", "until 2026 (2026-12-31)"),
        ("2025-10~", "about October", "about October (2025-10-31)"),
    ],
)
def test_a_date_is_said_as_worded_and_as_meant(edtf: str, wording: str, said: str) -> None:
    assert dated(from_edtf(edtf, wording)) == said


def test_a_start_means_its_first_day() -> None:
    assert beginning(from_edtf("2026-03", "March 2026")) == "March 2026 (2026-03-01)"
    assert beginning(from_edtf("../2026", "until 2026")) == "until 2026"


def test_a_deadline_means_its_last_day_with_the_grace() -> None:
    assert deadline(from_edtf("2026", "end-2026")) == "end-2026 (2026-12-31)"
    assert deadline(from_edtf("2025-10~", "about October")) == "about October (with its grace 2025-12-01)"


def test_every_threshold_is_said_in_words_with_its_figure() -> None:
    assert list(THRESHOLDS) == ["no-report", "silent", "behind", "projected-miss", "moved-close", "back-dated"]
    figures = [[word for word in text.split() if word.isdigit()] for text in THRESHOLDS.values()]
    assert figures == [["90"], ["90"], ["15"], ["10"], ["14"], ["30"]]
