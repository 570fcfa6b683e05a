"""Is everything told that there is to know of a commitment, and why it has its status?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from domain.actual import report_actual
from domain.commitment import make, restate
from domain.due import move_due
from domain.evidence import attach_evidence
from domain.forecast import revise_forecast
from domain.life import meet, withdraw
from domain.milestone import link_milestone, plan_milestone
from domain.owner import assign
from domain.party import register_party, rename_party
from domain.programme import open_programme
from domain.progress import report_progress
from domain.refused import Refused
from domain.retraction import retract
from domain.source import cite_source
from domain.target import revise_target, set_target
from domain.verdict import give_verdict
from projections.show import Shown, show
from projections.status import board
from projections.why import Why, why
from tests.domain.given import fd, file, quantity, terms
from tests.projections.given import Desk

WHY: dict[str, Any] = {"because": "permit late"}
APPROVED: dict[str, Any] = {**WHY, "approved_by": "steering-board"}
MADE = date(2026, 1, 10)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A commitment about which everything was recorded."""
    desk = Desk(tmp_path_factory.mktemp("told") / "pledger.db")
    with desk.ledger.appending():
        desk.do(register_party, "tr", "Turkey", on=MADE)
        desk.do(rename_party, "tr", "Türkiye", because="its own wish", on=MADE)
        desk.do(cite_source, "interview", "Interview", "Kazinform", on=MADE)
        desk.do(open_programme, "corridor", "Corridor", on=MADE)
        said: dict[str, Any] = {"promisors": ("tr",), "programme": "corridor", "source": "interview", "locator": "2"}
        words: dict[str, Any] = {
            "statement": "By the end of 2026",
            "due": fd("2026"),
            "start": fd("2025-03"),
            "tags": ("sea",),
        }
        desk.do(make, "fibre", "Cable", **said, **words, on=MADE)  # 6
        desk.do(plan_milestone, "fibre/landing", "Landing", due=fd("2026-03"), on=MADE)
        desk.do(link_milestone, "fibre/landing", (), on=MADE)
        desk.do(set_target, "fibre", "km", terms("340 km", per="once", window="2026"), on=MADE)
        desk.do(revise_target, "fibre", "km", terms("341 km", per="once", window="2026"), **APPROVED, on=MADE)  # 9
        desk.do(restate, "fibre", {"title": "Cable line"}, because="clearer")
        desk.do(assign, "fibre", "telecom")
        desk.do(move_due, "fibre", fd("2027"), **APPROVED)
        desk.do(revise_forecast, "fibre", fd("2027-33"), **WHY)
        desk.do(report_progress, "fibre", percent=Decimal(42), note="laid")
        desk.do(report_progress, "fibre/landing", note="dug")
        desk.do(report_actual, "fibre", "km", quantity("12 km"), fd("2026-03"))
        desk.do(attach_evidence, "fibre", (file(),))
        desk.do(give_verdict, "fibre", scale="ogp", rating="limited", assessor="audit", because="seen")  # 18
        desk.do(meet, "fibre/landing", met_on=fd("2026-03-31"), evidence=(file(),))
        desk.do(report_progress, "fibre", note="a slip")
        desk.do(retract, desk.last(), because="slip")
        desk.do(make, "ports", "Ports", on=MADE)
        desk.do(withdraw, "ports", because="merged", superseded_by="fibre")
    yield desk
    desk.ledger.close()


def shown(desk: Desk, key: str, known: int | None = None, on: date | None = None) -> Shown:
    at = desk.at(known, on)
    with desk.models() as models:
        return models.answer(lambda base: show(desk.record, base, at, key))


def reasons(desk: Desk, item: str, on: date | None = None) -> Why:
    at = desk.at(None, on)
    with desk.models() as models:
        return models.answer(lambda base: why(desk.record, base, at, item))


def test_a_commitment_is_shown_as_on_the_board(told: Desk) -> None:
    assert [shown(told, key).item for key in ("fibre", "ports")] == told.ask(board)


def test_the_words_behind_it_are_told(told: Desk) -> None:
    found = shown(told, "fibre")
    assert (found.statement, found.start, found.tags, found.locator) == (
        "By the end of 2026",
        fd("2025-03"),
        ("sea",),
        "2",
    )
    assert found.names == {"tr": "Türkiye"}
    assert found.programme_title == "Corridor"
    assert found.source is not None
    assert (found.source.title, found.source.publisher) == ("Interview", "Kazinform")


def test_what_nothing_was_said_about_is_absent(told: Desk) -> None:
    found = shown(told, "ports")
    assert (found.statement, found.start, found.tags, found.locator) == (None, None, (), None)
    assert (found.source, found.programme_title, found.names) == (None, None, {})
    assert found.superseded_by == "fibre"
    assert shown(told, "fibre").superseded_by is None


def test_each_standing_event_is_told_in_its_section(told: Desk) -> None:
    found = shown(told, "fibre")
    sections = ("moves", "forecasts", "reports", "actuals", "evidence", "verdicts", "life", "changes")
    types = {name: [one.type.removesuffix(".v1") for one in getattr(found, name)] for name in sections}
    assert types == {
        "moves": ["due.moved"],
        "forecasts": ["forecast.revised"],
        "reports": ["progress.reported", "progress.reported"],
        "actuals": ["actual.reported"],
        "evidence": ["evidence.attached"],
        "verdicts": ["verdict.given"],
        "life": ["item.met"],
        "changes": ["milestone.planned", "target.set", "target.revised", "commitment.restated", "owner.assigned"],
    }
    assert all(one.retracted_by is None for name in sections for one in getattr(found, name))


def test_it_is_shown_as_known_and_as_of(told: Desk) -> None:
    then = shown(told, "fibre", known=8)
    assert (then.item.title, then.moves, len(then.changes)) == ("Cable", [], 2)
    assert shown(told, "fibre", on=MADE).reports == []


def test_all_of_it_can_be_given_as_json(told: Desk) -> None:
    given = msgspec.json.decode(msgspec.json.encode(shown(told, "fibre")))
    assert given["moves"][0]["data"]["due"]["edtf"] == "2027"


def test_what_does_not_stand_is_refused(told: Desk) -> None:
    for ask in (shown, reasons):
        with pytest.raises(Refused, match="no commitment 'road'") as refused:
            ask(told, "road")
        assert refused.value.code == "unknown-key"
    with pytest.raises(Refused, match="no commitment 'fibre'"):
        shown(told, "fibre", on=date(2025, 1, 1))
    with pytest.raises(Refused, match="no milestone 'fibre/road'"):
        reasons(told, "fibre/road")


def test_each_reason_is_told_with_the_events_behind_it(told: Desk) -> None:
    found = reasons(told, "fibre")
    behind = {position for one in (*found.reasons, *found.flags) for position in one.positions}
    assert [one.position for one in found.events] == sorted(behind)
    assert found.key == "fibre"
    assert found.title == "Cable line"
    assert found.status == told.ask(board)[0].status


def test_a_milestone_has_reasons_of_its_own(told: Desk) -> None:
    found = reasons(told, "fibre/landing")
    assert (found.title, found.status) == ("Landing", "met")
    assert [one.type for one in found.events if one.position in found.reasons[0].positions] == ["item.met.v1"]


def test_the_thresholds_that_were_used_are_told(told: Desk) -> None:
    later = reasons(told, "fibre", on=date(2026, 11, 24))
    codes = {one.code for one in (*later.reasons, *later.flags)}
    assert set(later.thresholds) <= codes
    assert later.thresholds["silent"] == "nothing at all for more than 90 days"
