"""Does the board of the first real ledger say on its three days what it must say?"""

from __future__ import annotations

import pytest

from domain.fold import Facts
from domain.fuzzy import FuzzyDate, from_edtf
from tests.domain.assess.given import Said, assessed, at, day, flags, given, made, outcome, planned, target

FIVE = ("oil-expansion", "oil-tariffs", "ports", "energy-integration", "caspian-level")


def promise(key: str, due: FuzzyDate | None, *more: Said, start: str | None = None) -> Facts:
    """All is effective on the latest day of the source's date, 2025-10~, and recorded three days later."""
    said = at("2025-10-31", made(due, start=start, source="interview"), recorded="2025-11-03")
    return given(said, *more, key=key)


def checkpoint(name: str) -> Said:
    return at("2025-10-31", planned(name), recorded="2025-11-03")


PORTS = (checkpoint("ports/alat"), checkpoint("ports/aktau"))
LEDGER = {
    "fibre": promise("fibre", from_edtf("2026", "end-2026"), start="2025-03"),
    "oil-transit": promise(
        "oil-transit",
        None,
        at("2025-10-31", target("1.5 Mt", "2026/..", "oil-transit"), recorded="2025-11-03"),
    ),
    "road-map": promise(
        "road-map",
        from_edtf("2022/2027", "2022-2027"),
        *map(checkpoint, ("road-map/infrastructure", "road-map/logistics-centres", "road-map/unified-tariffs")),
    ),
    "turkological-centenary": promise("turkological-centenary", from_edtf("2026")),
    "council-steps": promise("council-steps", from_edtf("2025-10~", "about 2025-10")),
    **{key: promise(key, None, *(PORTS if key == "ports" else ())) for key in FIVE},
}
BOARD = {
    "2025-11-15": {
        "fibre": ("on-track", "made 15 days ago, no report yet", 411),
        "oil-transit": ("planned", "oil-transit: its first period, 2026, begins in 47 days", None),
        "road-map": ("on-track", "made 15 days ago, no report yet", 776),
        "turkological-centenary": ("on-track", "made 15 days ago, no report yet", 411),
        "council-steps": ("at-risk", "in its grace until 2025-12-01: due about 2025-10 (2025-10-31)", -15),
    },
    "2026-11-24": {
        "fibre": ("unreported", "no report in 90 days; none since it was made 389 days ago", 37),
        "oil-transit": ("unreported", "no report in 90 days; none since it was made 389 days ago", None),
        "road-map": ("unreported", "no report in 90 days; none since it was made 389 days ago", 402),
        "turkological-centenary": ("unreported", "no report in 90 days; none since it was made 389 days ago", 37),
        "council-steps": ("late", "358 days late: due about 2025-10 (with its grace 2025-12-01)", -389),
    },
    "2027-01-01": {
        "fibre": ("late", "1 day late: due end-2026 (2026-12-31)", -1),
        "oil-transit": ("unreported", "oil-transit: nothing reported for 2026", None),
        "road-map": ("unreported", "no report in 90 days; none since it was made 427 days ago", 364),
        "turkological-centenary": ("late", "1 day late: due 2026 (2026-12-31)", -1),
        "council-steps": ("late", "396 days late: due about 2025-10 (with its grace 2025-12-01)", -427),
    },
}


@pytest.mark.parametrize("on", BOARD)
def test_the_board_says_what_it_must(on: str) -> None:
    undated = dict.fromkeys(FIVE, ("undated", "no due was stated", None))

    for key, expected in (BOARD[on] | undated).items():
        found = assessed(LEDGER[key], on)
        assert (found.status, found.reasons[0].text, found.days_left) == expected, key


@pytest.mark.parametrize("on", BOARD)
def test_all_milestones_are_undated(on: str) -> None:
    statuses = [one.status for key in ("road-map", "ports") for one in assessed(LEDGER[key], on).milestones]

    assert statuses == ["undated"] * 5


def test_the_years_of_oil_transit_go_from_future_to_running_to_unreported() -> None:
    found = [outcome(LEDGER["oil-transit"], on, "2026") for on in BOARD]

    assert [one.outcome for one in found] == ["future", "running", "unreported"]
    assert [(one.actual, one.projected, one.needed_per_month) for one in found] == [(None, None, None)] * 3


def test_nothing_read_from_the_source_is_back_dated_and_silence_is_told_in_time() -> None:
    assert all(flags(assessed(facts, "2025-11-15")) == {} for facts in LEDGER.values())
    assert flags(assessed(LEDGER["fibre"], "2026-11-24")).keys() == {"silent"}
    assert flags(assessed(LEDGER["fibre"], "2027-01-01")).keys() == {"late-vs-original", "silent"}


def test_the_due_of_the_road_map_is_the_end_of_its_window() -> None:
    due = assessed(LEDGER["road-map"], "2026-11-24").item.due

    assert due is not None
    assert due.latest == day("2027-12-31")


def test_each_first_reason_fits_a_line_of_the_board() -> None:
    for on in BOARD:
        for facts in LEDGER.values():
            assert len(assessed(facts, on).reasons[0].text) <= 65
