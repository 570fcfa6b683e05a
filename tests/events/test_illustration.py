"""Does the illustration show all that a ledger can hold, as its offices would have recorded it?"""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from domain.assess import STATUSES
from domain.facts import FACTS
from events.histories.record import HERE, Story
from tests.events.stories import ILLUSTRATION, REAL, by_key, data, days, events, expected

LATER = {"ledger.key-rotated.v1", "ledger.restored.v1"}
"""Stored names that no story can hold before it has a key or was restored from a backup."""
SHOWN = sorted(set(FACTS) - LATER)


def commands() -> list[list[str]]:
    """The words of every command."""
    return [words[3:] for words in Story(HERE / ILLUSTRATION).commands()]


def statuses(key: str | None = None) -> set[str]:
    """Every status that the kept answers give to a commitment, or to any and to their milestones."""
    boards = [expected(ILLUSTRATION, "status", day)["data"] for day in days(ILLUSTRATION)]
    items = [one for board in boards for item in board for one in (item, *item["milestones"])]
    return {one["status"] for one in items if key in (None, one["key"])}


def flags(key: str) -> set[str]:
    boards = [expected(ILLUSTRATION, "status", day)["data"] for day in days(ILLUSTRATION)]
    return {flag["code"] for board in boards for item in board if item["key"] == key for flag in item["flags"]}


def of_item(type: str, item: str) -> list[dict[str, Any]]:
    """The events of a stored name about an item."""
    return [one for one in events(ILLUSTRATION, type) if one["data"]["item"] == item]


def retracted() -> dict[str, dict[str, Any]]:
    """The retractions, by the id of what they take back."""
    return {one["data"]["event"]: one for one in events(ILLUSTRATION, "event.retracted.v1")}


def test_it_says_that_it_is_made_up() -> None:
    (opened,) = data(ILLUSTRATION, "ledger.opened.v1")
    assert opened["title"] == "Illustration: a made-up continuation of the Azerbaijan-Kazakhstan commitments"
    for path in (HERE / ILLUSTRATION / "files").iterdir():
        assert path.read_text("utf-8").startswith("Made up for the illustration")
        assert path.stat().st_size < 1000


def test_it_goes_on_with_the_ten_commitments_from_november_2025_to_mid_2028() -> None:
    assert set(by_key(REAL, "commitment.made.v1")) < set(by_key(ILLUSTRATION, "commitment.made.v1"))
    times = [one["time"][:7] for one in events(ILLUSTRATION)]
    assert (times[0], times[-1]) == ("2025-11", "2028-06")
    assert 100 <= len(commands()) <= 150


def test_every_stored_name_is_reached_by_a_command() -> None:
    assert {one["type"] for one in events(ILLUSTRATION)} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_every_field_of_a_fact_is_used(name: str) -> None:
    used = {field for one in data(ILLUSTRATION, name) for field in one}
    assert used == {field.encode_name for field in msgspec.structs.fields(FACTS[name])}


def test_fibre_was_re_baselined_twice_and_once_close_to_its_due() -> None:
    moves = of_item("due.moved.v1", "fibre")
    left = [
        date.fromisoformat(one["data"]["previous"]["latest"]) - date.fromisoformat(one["effective"]) for one in moves
    ]
    assert [days.days for days in left] == [9, 44]
    assert {"moved", "moved-close", "late-vs-original"} <= flags("fibre")


def test_an_error_was_retracted_another_undone_and_a_retraction_retracted() -> None:
    gone = retracted()
    by_id = {one["id"]: one for one in events(ILLUSTRATION)}
    wrong_number, wrong_item, forecast, again = sorted(gone, key=lambda id: int(gone[id]["sequence"]))
    assert by_id[wrong_number]["data"]["percent"] == "72"
    assert by_id[wrong_item]["subject"] == "commitment/oil-expansion"
    assert by_id[forecast]["type"] == "forecast.revised.v1"
    assert again == gone[forecast]["id"]
    assert ["undo"] in [words[:1] for words in commands()]


def test_an_actual_was_back_dated_and_another_restated() -> None:
    reported = events(ILLUSTRATION, "actual.reported.v1", "commitment/oil-transit")
    late = [date.fromisoformat(one["time"][:10]) - date.fromisoformat(one["effective"]) for one in reported]
    assert [behind.days for behind in late if behind > timedelta(30)] == [47]
    assert "back-dated" in flags("oil-transit")
    (restated,) = [one["data"] for one in reported if "previous" in one["data"]]
    assert (restated["previous"]["value"], restated["quantity"]["value"]) == ("0.31", "0.34")
    assert restated["reason"]


def test_a_short_year_is_followed_by_one_that_is_met() -> None:
    board = {one["key"]: one for one in expected(ILLUSTRATION, "status", "2028-06-30")["data"]}
    outcomes = {one["period"]: one["outcome"] for one in board["oil-transit"]["targets"]}
    assert (outcomes["2026"], outcomes["2027"], outcomes["2028"]) == ("short", "met", "running")
    assert {one["period"]["edtf"] for one in data(ILLUSTRATION, "actual.reported.v1")} >= {"2026-33", "2026-36", "2026"}


def test_a_target_was_revised_with_an_approver_and_one_is_a_level_in_percent() -> None:
    revised = {one["indicator"]: one for one in data(ILLUSTRATION, "target.revised.v1")}
    assert revised["oil-transit"]["approved_by"] == "steering-board"
    assert (revised["oil-transit"]["previous"]["amount"], revised["oil-transit"]["amount"]) == (
        {"unit": "Mt", "value": "1.5"},
        {"unit": "Mt", "value": "1.4"},
    )
    (level,) = data(ILLUSTRATION, "target.set.v1", "commitment/oil-tariffs")
    assert (level["measure"], level["amount"]["unit"], level["aim"]) == ("level", "%", "at-most")


@pytest.mark.parametrize(
    ("item", "life"),
    [
        ("energy-integration", ["suspended", "resumed"]),
        ("ports/aktau", ["suspended", "resumed"]),
        ("ports/alat", ["met", "reopened", "met"]),
        ("oil-expansion", ["withdrawn"]),
        ("road-map/logistics-centres", ["withdrawn"]),
        ("caspian-level", ["closed-short"]),
        ("fibre", ["met"]),
    ],
)
def test_the_life_of_an_item(item: str, life: list[str]) -> None:
    acts = [one for one in events(ILLUSTRATION) if one["type"].startswith("item.") and one["data"]["item"] == item]
    assert [one["type"].removeprefix("item.").removesuffix(".v1") for one in acts] == life


def test_what_was_withdrawn_names_the_commitment_in_its_place() -> None:
    (withdrawn,) = of_item("item.withdrawn.v1", "oil-expansion")
    assert withdrawn["data"]["superseded_by"] in by_key(ILLUSTRATION, "commitment.made.v1")


@pytest.mark.parametrize("item", ["fibre", "council-steps"])
def test_a_fulfilment_was_claimed_and_proven_later(item: str) -> None:
    (met,), (proven,) = of_item("item.met.v1", item), of_item("evidence.attached.v1", item)
    assert "evidence" not in met["data"]
    assert proven["data"]["evidence"][0]["sha256"]
    assert met["time"] < proven["time"]
    assert statuses(item) & {"met", "met-late"}


def test_a_milestone_was_late_and_another_met_late() -> None:
    assert "late" in statuses("road-map/logistics-centres")
    assert "met-late" in statuses("fibre/landing-absheron")


def test_a_verdict_disputes_a_claim_and_another_a_fulfilment() -> None:
    (first, _), (second,) = of_item("verdict.given.v1", "council-steps"), of_item("verdict.given.v1", "road-map")
    assert {first["data"]["rating"], second["data"]["rating"]} == {"broken"}
    assert "disputed" in flags("road-map")


def test_the_kept_answers_show_every_status() -> None:
    assert statuses() == set(STATUSES) - {"claimed"}  # which passed between two of the days


def test_words_parties_owners_and_programmes_change_too() -> None:
    changed = data(ILLUSTRATION, "commitment.restated.v1")
    assert {field for one in changed for field in one["changes"]} >= {"title", "statement", "start", "tags"}
    assert data(ILLUSTRATION, "party.renamed.v1")
    assert any("previous" in one for one in data(ILLUSTRATION, "owner.assigned.v1"))
    assert data(ILLUSTRATION, "programme.closed.v1")
    assert any({"percent", "note", "evidence"} <= set(one) for one in data(ILLUSTRATION, "progress.reported.v1"))


def test_evidence_is_a_file_a_file_that_can_be_found_or_a_link() -> None:
    given = [file for one in events(ILLUSTRATION) for file in one["data"].get("evidence", ())]
    shapes = {tuple(sorted(file)) for file in given}
    assert shapes == {
        ("bytes", "media", "name", "sha256"),
        ("bytes", "media", "name", "sha256", "url"),
        ("url",),
    }


def test_one_clock_was_slow_and_one_command_had_an_id() -> None:
    (slow,) = [one for one in events(ILLUSTRATION) if "clock" in one]
    assert slow["clock"] < slow["time"]
    assert "weekly-report-2026-07-20" in {one["commandid"] for one in events(ILLUSTRATION)}


def test_what_it_was_recorded_from_is_what_stands_in_the_evidence() -> None:
    kept = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (HERE / ILLUSTRATION / "files").iterdir()
    }
    named = json.dumps(events(ILLUSTRATION))
    assert [name for name, digest in kept.items() if digest not in named] == []
