"""Is every answer as data of exactly the shape that was agreed, so that a program can rely on it?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.given import Office

ANSWER = {"ledger", "as_known", "as_of", "data"}
LEDGER = {"id", "title", "size", "root"}
DATE = {"wording", "edtf", "earliest", "latest"}
REASON = {"code", "text", "positions"}
MILESTONE = {"key", "title", "due", "forecast", "met_on", "status"}
TARGET = {"indicator", "period", "amount", "actual", "projected", "needed_per_month", "outcome"}
EVENT = {
    "position",
    "id",
    "type",
    "subject",
    "recorded",
    "effective",
    "actor",
    "data",
    "command",
    "retracted_by",
}
ITEM = {
    "key",
    "title",
    "kind",
    "programme",
    "promisors",
    "promisees",
    "owner",
    "due",
    "original_due",
    "forecast",
    "met_on",
    "progress",
    "days_left",
    "status",
    "flags",
    "reasons",
    "milestones",
    "targets",
    "last_position",
}
DUE = {"what", "key", "title", "due", "days_left", "status"}
READING = [
    "info",
    "status",
    "due",
    "show fibre",
    "why fibre",
    "history",
    "history fibre",
    "party list",
    "party show az",
    "source list",
    "source show interview",
    "programme list",
    "programme show mc",
    "models status",
    "models rebuild",
    "evidence check",
]


@pytest.mark.parametrize("line", READING)
@pytest.mark.parametrize("when", ["", "--as-known #12", "--as-of 2026-06-30", "--as-known 2026-04-30"])
def test_an_answer_is_one_object_that_can_be_cited(year: Office, line: str, when: str) -> None:
    said = year.tell(f"{line} {when} --json")

    assert said.code == 0, said
    assert said.out.count("\n") == 1
    told = said.json
    assert told.keys() == ANSWER
    assert told["ledger"].keys() == LEDGER
    assert told["ledger"]["size"] == told["as_known"]


def test_an_answer_is_made_again_from_what_it_cites(year: Office) -> None:
    told = year.tell("status --as-known 2026-04-30 --json").json
    again = year.tell(f"status --as-known #{told['as_known']} --as-of {told['as_of']} --json").json
    assert again == told
    assert told["ledger"]["root"] == year.tell(f"info --as-known {told['as_known']} --json").data["root"]


def test_talk_stays_out_of_data(year: Office) -> None:
    assert year.tell("due --json").err == ""


def test_an_item_of_the_board(year: Office) -> None:
    items = {item["key"]: item for item in year.tell("status --json").data}

    assert all(item.keys() == ITEM for item in items.values())
    fibre, oil, ports = items["fibre"], items["oil"], items["ports"]
    assert fibre["due"].keys() == fibre["original_due"].keys() == fibre["forecast"].keys() == DATE
    assert all(one.keys() == REASON for one in (*fibre["flags"], *fibre["reasons"]))
    assert all(one.keys() == MILESTONE for one in ports["milestones"])
    assert all(one.keys() == TARGET for one in oil["targets"])
    assert oil["targets"][0]["amount"] == {"unit": "Mt", "value": "1.5"}
    assert (fibre["progress"], fibre["days_left"], ports["due"], ports["owner"]) == ("10", 127, None, None)


def test_an_item_of_what_is_due(year: Office) -> None:
    found = year.tell("due --within 1y --json").data
    assert all(item.keys() - {"working"} == DUE and item["due"].keys() == DATE for item in found)
    assert {item["what"] for item in found} == {"commitment", "period"}
    assert [item["days_left"] for item in found] == sorted(item["days_left"] for item in found)


def test_a_milestone_that_is_due(office: Office) -> None:
    assert [item["what"] for item in office.tell("due --within 6m --json ports").data] == ["milestone"]


def test_an_event_of_the_history(year: Office) -> None:
    found = year.tell("history --json").data
    assert all(event.keys() == EVENT for event in found)
    assert [event["position"] for event in found] == list(range(1, 34))
    assert [event["retracted_by"] for event in found if event["retracted_by"]] == [17]


def test_a_fact_says_in_data_what_it_says_in_its_line(year: Office) -> None:
    found: Any = year.tell("history fibre --json").data[0]["data"]
    assert found["due"] == {"wording": "end-2026", "edtf": "2026", "earliest": "2026-01-01", "latest": "2026-12-31"}
    assert found["promisors"] == ["az", "kz"]


def test_everything_about_one_commitment(year: Office) -> None:
    found = year.tell("show fibre --json").data
    assert found["item"].keys() == ITEM
    assert found["names"] == {"az": "Azerbaijan", "kz": "Republic of Kazakhstan"}
    assert [event["position"] for event in found["moves"]] == [23]


def test_one_entry_of_a_register_comes_with_its_commitments(year: Office) -> None:
    found = year.tell("party show kz --json").data
    assert found["entry"]["names"] == ["Kazakhstan"]
    assert {item["key"] for item in found["commitments"]} == {"bridge", "fibre", "old-road", "ports"}


def test_a_new_ledger_is_told_as_data_too(new: Office) -> None:
    told = new.tell("init --title T --json").json
    assert (told["ledger"]["title"], told["ledger"]["size"], told["data"]) == ("T", 1, [])


def test_before_its_first_line_a_ledger_has_the_root_of_nothing(year: Office) -> None:
    told = year.tell("info --as-known 0 --json")
    assert told.json["ledger"]["root"].startswith("e3b0c44298fc1c14")  # SHA-256 of no bytes, as in RFC 6962
    assert (told.data["opened"], told.data["last"]) == (None, None)


def test_a_refusal_is_told_as_data(office: Office) -> None:
    said = office.tell("log nowhere Text --json")
    assert said.out == ""
    assert said.err.startswith('{"refused": {"code": "unknown-key", "text": "There is no commitment nowhere here.')
