"""Is everything that is otherwise between two points told, with who did it and why, and nothing else?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actual import report_actual
from domain.commitment import make, restate
from domain.due import move_due
from domain.evidence import attach_evidence
from domain.forecast import revise_forecast
from domain.life import close_short, meet, reopen, resume, suspend, withdraw
from domain.milestone import link_milestone, plan_milestone
from domain.owner import assign
from domain.progress import report_progress
from domain.refused import Refused
from domain.retraction import retract
from domain.target import revise_target, set_target
from domain.verdict import give_verdict
from ledger.record import Record
from projections.asked import At
from projections.base import Base
from projections.changes import CODES, Change
from projections.diff import Diff, diff
from projections.models import Models
from projections.status import board
from tests.domain.given import fd, file, quantity, terms
from tests.projections.given import Desk

WHY: dict[str, Any] = {"because": "permit late"}
APPROVED: dict[str, Any] = {**WHY, "approved_by": "board"}

ILLUSTRATION = Path(__file__).parents[2] / "events" / "histories" / "illustration" / "events.jsonl"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """`fibre` with a milestone, and `oil` with a target, made on the first day (#2-#5)."""
    desk = Desk(tmp_path / "pledger.db")
    with desk.ledger.appending():
        desk.do(make, "fibre", "Cable", due=fd("2026", "end-2026"), owner="ministry")
        desk.do(plan_milestone, "fibre/landing", "Landing", due=fd("2026-06"))
        desk.do(make, "oil", "Oil", kind="target")
        desk.do(set_target, "oil", "oil", terms("1.5 Mt", window="2026/2027"))
    desk.wait(1)
    yield desk
    desk.ledger.close()


def told(desk: Desk, since: int = 5, *, before: date | None = None, after: date | None = None) -> Diff:
    on = after or desk.today
    a = At(since, before or on)
    with desk.models() as models:
        return models.answer(lambda base: diff(desk.record, base, a, At(desk.record.size, on)))


def only(desk: Desk, **named: Any) -> Change:
    """The one change, beside those of status."""
    (found,) = told(desk, **named).commitments
    (change,) = (one for one in found.changes if one.code != "status")
    return change


@pytest.mark.parametrize(
    ("to", "code", "days", "text"),
    [
        ("2027-03", "slipped", 90, "due slipped 90 days: end-2026 (2026-12-31) -> 2027-03 (2027-03-31)"),
        ("2026-12-30", "pulled-in", -1, "due pulled in 1 day: end-2026 (2026-12-31) -> 2026-12-30"),
        ("2026-12", "moved", 0, "due moved: end-2026 (2026-12-31) -> 2026-12 (2026-12-31)"),
        ("2027/..", "moved", None, "due moved: end-2026 (2026-12-31) -> 2027/.."),
    ],
)
def test_a_due_that_moved_is_told_with_days_and_the_event(
    desk: Desk, to: str, code: str, days: int | None, text: str
) -> None:
    desk.do(move_due, "fibre", fd(to), **APPROVED)
    change = only(desk)
    assert (change.code, change.item, change.days, change.text) == (code, "fibre", days, text)
    assert (change.before, change.after) == (fd("2026", "end-2026"), fd(to))
    (by,) = change.by
    assert (by.position, by.actor, by.approved_by, by.reason) == (6, "programme-office", "board", "permit late")
    assert by.effective == by.recorded == desk.today


def test_several_moves_are_one_change_with_all_events(desk: Desk) -> None:
    desk.do(move_due, "fibre", fd("2027-03"), **APPROVED)
    desk.do(move_due, "fibre", fd("2027-06"), **APPROVED)
    assert (only(desk).days, [one.position for one in only(desk).by]) == (181, [6, 7])
    assert [one.position for one in only(desk, since=6).by] == [7]
    desk.do(move_due, "fibre", fd("2026", "end-2026"), **APPROVED)
    assert (only(desk).code, only(desk).days, only(desk).text) == (
        *("moved", 0),
        "due moved there and back: end-2026 (2026-12-31)",
    )


@pytest.mark.parametrize(
    ("steps", "code", "item", "text"),
    [
        ([(move_due, ("oil", fd("2027")), APPROVED)], "first-dated", "oil", "due first dated: 2027 (2027-12-31)"),
        (
            [(meet, ("fibre/landing",), {"met_on": fd("2026-01-02"), "evidence": (file(),)})],
            "met",
            "fibre/landing",
            "met 2026-01-02; evidence acceptance.pdf",
        ),
        (
            [(close_short, ("fibre",), {"achieved": "Half", **WHY})],
            "closed-short",
            "fibre",
            "closed short, achieved Half",
        ),
        ([(suspend, ("fibre",), WHY)], "suspended", "fibre", "suspended: permit late"),
        ([(withdraw, ("fibre",), WHY)], "withdrawn", "fibre", "withdrawn: permit late"),
        ([(assign, ("fibre", "board"), {})], "owner", "fibre", "owner board, was ministry"),
        ([(restate, ("fibre", {"title": "Line", "tags": ("a",)}), WHY)], "restated", "fibre", "title Cable -> Line"),
        ([(link_milestone, ("fibre/landing", ("oil",)), {})], "linked", "fibre/landing", "now after oil"),
        ([(attach_evidence, ("fibre", (file(),)), {})], "evidence", "fibre", "evidence acceptance.pdf"),
        (
            [(give_verdict, ("fibre",), {"scale": "ogp", "rating": "limited", "assessor": "a", **WHY})],
            "verdict",
            "fibre",
            "a rates it limited on the scale ogp: permit late",
        ),
        ([(report_progress, ("fibre",), {"note": "Surveyed"})], "report", "fibre", "Surveyed"),
        ([(revise_forecast, ("fibre", fd("2027")), WHY)], "forecast", "fibre", "first expected 2027 (2027-12-31)"),
        (
            [(revise_target, ("oil", "oil", terms("1.4 Mt", window="2026/2027")), APPROVED)],
            "target",
            "oil",
            "revised to at least 1.4 Mt",
        ),
    ],
)
def test_every_other_change_is_told_in_the_words_of_its_fact(
    desk: Desk, steps: list[Any], code: str, item: str, text: str
) -> None:
    for decision, args, named in steps:
        desk.do(decision, *args, **named)
    change = only(desk)
    assert (change.code, change.item) == (code, item)
    assert text in change.text
    assert [one.position for one in change.by] == [6]


def test_what_was_suspended_and_goes_on_is_told_in_order(desk: Desk) -> None:
    desk.do(suspend, "fibre", **WHY)
    desk.do(resume, "fibre", **WHY)
    desk.do(withdraw, "fibre/landing", **WHY)
    desk.do(meet, "fibre", met_on=fd("2026-01-02"))
    desk.do(reopen, "fibre", **WHY)
    (fibre,) = told(desk).commitments
    assert [(one.code, one.item) for one in fibre.changes] == [
        *(("met", "fibre"), ("suspended", "fibre"), ("resumed", "fibre"), ("reopened", "fibre")),
        *(("withdrawn", "fibre/landing"), ("status", "fibre/landing")),
    ]
    assert (fibre.changes[0].after, fibre.before, fibre.after) == (fd("2026-01-02"), "on-track", "on-track")


def test_progress_goes_from_to_and_so_does_a_forecast(desk: Desk) -> None:
    desk.do(report_progress, "fibre", percent=Decimal(20), note="Surveyed")
    desk.do(revise_forecast, "fibre", fd("2027-01"), **WHY)
    desk.wait(1)
    desk.do(report_progress, "fibre", percent=Decimal("42.5"))
    desk.do(revise_forecast, "fibre", fd("2027-02"), **WHY)
    (fibre,) = told(desk).commitments
    assert [one.text for one in fibre.changes if one.code != "status"] == [
        "expected 2027-02 (2027-02-28), at first 2027-01 (2027-01-31) (+28 days)",
        "progress not reported -> 42.5 %",
    ]
    (fibre,) = told(desk, since=7).commitments
    assert [(one.text, one.days) for one in fibre.changes if one.code != "status"] == [
        ("expected 2027-02 (2027-02-28), before 2027-01 (2027-01-31) (+28 days)", 28),
        ("progress 20 % -> 42.5 %", None),
    ]
    desk.do(revise_forecast, "fibre", fd("2027/.."), **WHY)
    assert [one.position for one in only(desk, since=9).by] == [10]
    assert only(desk, since=9).text == "expected 2027/.., before 2027-02 (2027-02-28)"


def test_a_restated_actual_tells_what_was_reported_before(desk: Desk) -> None:
    desk.wait(100)
    desk.do(report_actual, "oil", "oil", quantity("0.3 Mt"), fd("2026-01"))
    desk.do(report_actual, "oil", "oil", quantity("0.4 Mt"), fd("2026-01"), **WHY)
    assert (only(desk).before, only(desk).after) == (None, "0.4 Mt")
    assert (only(desk, since=6).before, only(desk, since=6).after) == ("0.3 Mt", "0.4 Mt")


def test_each_revision_of_a_target_is_told(desk: Desk) -> None:
    for amount in ("1.4 Mt", "1.3 Mt"):
        desk.do(revise_target, "oil", "oil", terms(amount, window="2026/2027"), **APPROVED)
    (oil,) = told(desk).commitments
    assert [(one.code, one.by[0].position) for one in oil.changes] == [("target", 6), ("target", 7)]


def test_what_is_new_is_told_with_its_status(desk: Desk) -> None:
    desk.do(make, "road", "Road", promisors=())
    desk.do(plan_milestone, "fibre/ship", "Ship")
    found = told(desk)
    fibre, road = found.commitments
    assert [(one.code, one.item) for one in fibre.changes] == [("added", "fibre/ship"), ("status", "fibre/ship")]
    assert [(one.code, one.text) for one in road.changes] == [
        ("added", "deliverable promised: Road; no due stated"),
        ("status", "undated: no due was stated"),
    ]
    assert (road.before, road.after, found.unchanged) == (None, "undated", 1)
    assert found.counts == {"added": 2, "status": 2}


def test_what_was_taken_back_is_a_correction_by_who_took_it_back(desk: Desk) -> None:
    desk.do(report_progress, "fibre", percent=Decimal(72))
    wrong = desk.last()
    desk.do(retract, wrong, because="Mistyped")
    taken = desk.last()
    assert told(desk).commitments == []  # recorded and taken back in between
    (fibre,) = told(desk, since=6).commitments
    (change,) = fibre.changes
    assert (change.code, change.item, change.text) == ("corrected", "fibre", "#6 was taken back: 72 % done")
    assert [(one.position, one.reason) for one in change.by] == [(7, "Mistyped")]
    desk.do(retract, taken, because="It was right")
    (again, progress) = sorted(told(desk, since=7).commitments[0].changes, key=lambda one: one.code)
    assert (again.text, again.by[0].position) == ("#6 stands again: 72 % done", 8)
    assert progress.text == "progress not reported -> 72 %"


def test_what_was_not_true_on_the_day_is_no_correction(desk: Desk) -> None:
    before = desk.today
    desk.wait(5)
    desk.do(report_progress, "fibre", percent=Decimal(72))
    desk.do(retract, desk.last(), because="Mistyped")
    assert told(desk, since=6, after=before).commitments == []


def test_what_stands_no_longer_is_told(desk: Desk) -> None:
    desk.do(make, "slip", "Slip")
    desk.do(retract, desk.last(), because="Twice")
    (slip,) = told(desk, since=6).commitments
    assert [(one.code, one.text) for one in slip.changes] == [
        ("status", "undated -> not on record"),
        ("corrected", "#6 was taken back: deliverable promised: Slip; no due stated"),
    ]
    assert (slip.title, slip.after) == ("Slip", None)
    desk.do(make, "slip", "Slipped", due=fd("2027"))
    (slip,) = told(desk, since=6).commitments
    assert [one.code for one in slip.changes] == ["added", "status", "corrected"]


def test_days_pass_and_nothing_is_recorded(desk: Desk) -> None:
    (fibre, oil) = told(desk, before=desk.today, after=date(2027, 1, 1)).commitments
    assert [(one.code, one.before, one.after, one.by) for one in fibre.changes] == [
        ("status", "on-track", "late", []),
        ("status", "on-track", "late", []),
    ]
    assert oil.after == "unreported"


@pytest.mark.parametrize(("a", "b"), [((5, 1), (4, 1)), ((4, 2), (5, 1)), ((5, 2), (5, 1)), ((6, 1), (5, 2))])
def test_a_reversed_range_is_refused(desk: Desk, a: tuple[int, int], b: tuple[int, int]) -> None:
    sides = [At(known, date(2026, 1, day)) for known, day in (a, b)]
    with pytest.raises(Refused) as refused, desk.models() as models:
        models.answer(lambda base: diff(desk.record, base, *sides))
    assert refused.value.code == "reversed"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Record, Models]]:
    """The made-up story, whole."""
    from exchange.handed import handed
    from exchange.lines import check_lines, make_copy

    path = tmp_path_factory.mktemp("story") / "pledger.db"
    with handed([str(ILLUSTRATION)], BytesIO()) as files:
        make_copy(path, check_lines(files, None))
    with Record.open(path) as record, Models.open(record, path) as models:
        yield record, models


@given(st.lists(st.tuples(st.integers(0, 156), st.dates(date(2025, 10, 1), date(2028, 8, 1))), min_size=2, max_size=2))
def test_both_boards_and_all_moves_between_are_in_it(
    story: tuple[Record, Models], points: list[tuple[int, date]]
) -> None:
    record, models = story
    a, b = (At(known, on) for known, on in zip(*(sorted(axis) for axis in zip(*points, strict=True)), strict=True))

    def agrees(base: Base) -> None:
        found = diff(record, base, a, b)
        old, new = ({item.key: item for item in board(base, at)} for at in (a, b))
        changed = {one.key: one for one in found.commitments}
        assert len(changed) + found.unchanged == len({*old, *new})
        for key in {*old, *new}:
            was, now = old.get(key), new.get(key)
            if (was and was.status) != (now and now.status):
                assert (changed[key].before, changed[key].after) == (was and was.status, now and now.status)
            if was and now and was.due != now.due:
                assert any(one.item == key and one.after == now.due for one in changed[key].changes)
            if was and now and was.forecast != now.forecast:
                assert any(one.code in ("forecast", "corrected") for one in changed[key].changes)
        assert all(change.code in CODES for one in found.commitments for change in one.changes)
        assert diff(record, base, b, b).commitments == []

    models.answer(agrees)
