"""What becomes of a commitment as a project of OC4IDS?"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from domain.assess import STATUSES
from domain.commitment import make, restate
from domain.forecast import revise_forecast
from exchange.oc4ids import MILESTONE_STATUS, PROJECT_STATUS, write_package
from exchange.outgoing import Outgoing
from exchange.published import Publisher
from tests.domain.given import fd
from tests.exchange.judges import SCHEMAS
from tests.exchange.judges.oc4ids import by_libcoveoc4ids
from tests.exchange.standing import LONG, ODD, made, oddities, standing

OFFICE = Publisher("oc4ids-a1b2c3", "Programme office")
needs_schemas = pytest.mark.skipif(not SCHEMAS, reason="PLEDGER_SCHEMAS is not set")


def projects(out: Outgoing) -> dict[str, Any]:
    """The projects by key."""
    package = json.loads(made(write_package, out, OFFICE))
    return {one["identifiers"][0]["id"]: one for one in package["projects"]}


def test_a_package_names_its_ledger_its_publisher_and_the_last_line(real: Outgoing) -> None:
    package = json.loads(made(write_package, real, OFFICE))
    del package["projects"]
    assert package == {
        "uri": f"urn:uuid:{real.ledger}",
        "publishedDate": "2025-11-03T09:51:00+00:00",
        "version": "0.9",
        "publisher": {"name": "Programme office"},
    }


def test_each_commitment_is_a_project_with_the_prefix_of_its_publisher(real: Outgoing) -> None:
    found = projects(real)
    assert len(found) == len(list(real.commitments)) == 10
    assert found["fibre"]["id"] == "oc4ids-a1b2c3-fibre"
    assert found["fibre"]["updated"] == "2025-11-03T13:19:00+04:00"


def test_a_due_is_the_end_of_its_last_day_where_the_ledger_is(real: Outgoing) -> None:
    assert projects(real)["fibre"]["period"] == {
        "startDate": "2025-03-01T00:00:00+04:00",
        "endDate": "2026-12-31T23:59:59+04:00",
    }
    assert "Due: end-2026 = by 2026-12-31." in projects(real)["fibre"]["description"]
    assert "period" not in projects(real)["ports"]


def test_the_grace_of_an_approximate_due_is_its_furthest_extent(odd: Outgoing) -> None:
    assert projects(odd)["odd"]["period"] == {
        "endDate": "2026-09-30T23:59:59+04:00",
        "maxExtentDate": "2026-10-30T23:59:59+04:00",
    }


def test_parties_have_their_roles_and_states_their_country(odd: Outgoing) -> None:
    project = projects(odd)["long"]
    assert project["parties"] == [
        {"id": "kz", "name": "Қазақстан & Co", "roles": ["promisor"]},
        {
            "id": "az",
            "name": "Azərbaycan",
            "identifier": {"scheme": "ISO 3166-1", "id": "AZ", "legalName": "Azərbaycan"},
            "roles": ["promisee"],
        },
    ]
    assert "publicAuthority" not in project
    assert projects(odd)["odd"]["publicAuthority"] == {"id": "az", "name": "Azərbaycan"}


def test_a_milestone_is_met_or_not_and_one_that_was_withdrawn_is_left_out(odd: Outgoing) -> None:
    quay, crane = projects(odd)["odd"]["milestones"]
    assert (quay["status"], quay["dateMet"], quay["title"]) == ("met", "2026-01-05T23:59:59+04:00", "=Quay")
    assert (crane["status"], "dueDate" in crane, "dateMet" in crane) == ("scheduled", False, False)
    assert quay["dateModified"] == crane["dateModified"] == "2026-11-24T23:59:59+04:00"


def test_a_milestone_that_is_late_is_not_met(illustration: Outgoing) -> None:
    said = {one["id"]: one["status"] for one in projects(illustration)["fibre"]["milestones"]}
    assert said["fibre/cable-laid"] == "notMet"


def test_completion_is_for_what_was_met_with_evidence_or_closed_short(odd: Outgoing) -> None:
    found = projects(odd)
    assert found["met"]["completion"] == {
        "endDate": "2026-01-31T23:59:59+04:00",
        "endDateDetails": "2026-01",
        "finalScopeDetails": "As agreed",
    }
    assert found["short"]["completion"] == {"finalScope": "Half", "finalScopeDetails": "Money"}
    assert "completion" not in found["claimed"]
    assert {key: found[key]["status"] for key in ("met", "claimed", "gone", "short", "never", "odd")} == {
        "met": "completion",
        "claimed": "implementation",
        "gone": "cancelled",
        "short": "completion",
        "never": "identification",
        "odd": "implementation",
    }


def test_what_was_promised_and_reached_are_observations_with_units_of_uncefact(odd: Outgoing) -> None:
    promised = {one["id"]: one["observations"] for one in projects(odd)["oil"]["forecasts"]}
    assert promised["oil"][0] == {"id": "baseline", "measure": 0.2, "unit": {"name": "megatonne"}}
    assert promised["oil"][1] == {
        "id": "2025",
        "measure": 1.5,
        "unit": {"name": "megatonne"},
        "period": {"startDate": "2025-01-01T00:00:00+04:00", "endDate": "2025-12-31T23:59:59+04:00"},
        "notes": "at least, flow",
    }
    assert promised["share"][0]["unit"] == {"name": "percent", "scheme": "UNCEFACT", "id": "P1"}
    assert promised["pay"][0]["value"] == {"amount": 3, "currency": "USD"}
    (reached,) = projects(odd)["oil"]["metrics"]
    assert (reached["title"], reached["observations"][0]["measure"]) == ("Reached: oil", 1.6)


def test_progress_and_forecasts_are_told_with_their_days(tmp_path: Path) -> None:
    writer = oddities()
    writer.do(revise_forecast, "odd", fd("2026-12"), because="Storm")
    found = projects(standing(tmp_path / "p.db", writer.lines))["odd"]
    assert found["metrics"][0]["id"] == "physicalProgress"
    assert found["metrics"][0]["observations"][0]["measure"] == 42.5
    assert found["metrics"][0]["observations"][0]["notes"] == "Begun"
    (expected,) = found["forecasts"][0]["observations"]
    assert (expected["measure"], expected["notes"]) == ("2026-12", "Said on 2026-01-06: Storm")


def test_documents_are_the_source_and_the_evidence(odd: Outgoing) -> None:
    source, quay = projects(odd)["odd"]["documents"]
    assert source == {
        "id": "source-road-map",
        "title": "Road map",
        "description": "§ 3",
        "url": "https://example.org/a?b=1&c=2",
        "datePublished": "2025-10-31T23:59:59+04:00",
        "author": "Agency",
    }
    assert (quay["title"], quay["format"]) == ("quay.pdf", "application/pdf")
    assert quay["description"] == f"12 bytes, SHA-256 {'ab' * 32}"
    link = projects(odd)["met"]["documents"][-1]
    assert (link["title"], "description" in link) == ("https://example.org/a?b=1&c=2", False)


def test_each_change_of_the_promise_is_a_modification_with_its_rationale(tmp_path: Path) -> None:
    writer = oddities()
    writer.do(restate, "long", {"title": "Short"}, because="Clearer")
    (process,) = projects(standing(tmp_path / "p.db", writer.lines))["long"]["contractingProcesses"]
    first, second, third = process["summary"]["modifications"]
    assert first["oldContractPeriod"] == {"endDate": "2027-12-31T23:59:59+04:00"}
    assert first["newContractPeriod"] == {"endDate": "2027-03-31T23:59:59+04:00"}
    assert (first["type"], first["rationale"], second["rationale"]) == ("duration", "Pulled; in", ODD)
    assert (third["type"], third["rationale"], "oldContractPeriod" in third) == ("scope", "Clearer", False)
    assert first["description"].startswith("long: due moved from 2027 to 2027-33")


def test_what_was_superseded_names_its_successor(odd: Outgoing) -> None:
    assert projects(odd)["gone"]["relatedProjects"] == [
        {"id": "1", "scheme": "oc4ids", "identifier": "oc4ids-a1b2c3-odd", "relationship": "replacement"}
    ]
    assert "relatedProjects" not in projects(odd)["met"]


def test_ratings_are_those_that_were_recorded(odd: Outgoing) -> None:
    found = projects(odd)
    assert found["long"]["additionalClassifications"][-1] == {
        "scheme": "verdict-ogp",
        "id": "limited",
        "description": "audit-office, 2026-01-06: Slow",
    }
    assert not [one for one in found["met"]["additionalClassifications"] if one["scheme"].startswith("verdict")]


def test_text_stays_text(odd: Outgoing) -> None:
    found = projects(odd)
    assert (found["odd"]["title"], found["long"]["title"]) == (ODD, LONG)
    assert found["odd"]["description"].startswith(f"{ODD}!\nStatus: late")


@needs_schemas
@pytest.mark.parametrize(
    ("ours", "rest", "codes"),
    [(PROJECT_STATUS, "implementation", "projectStatus"), (MILESTONE_STATUS, "scheduled", "milestoneStatus")],
)
def test_our_reading_of_a_closed_list_names_codes_that_are_in_it(ours: dict[str, str], rest: str, codes: str) -> None:
    listed = (Path(SCHEMAS) / "oc4ids" / "codelists" / f"{codes}.csv").read_text("utf-8").splitlines()
    assert {*ours.values(), rest} <= {row["Code"] for row in csv.DictReader(listed)}
    assert ours.keys() <= set(STATUSES)


@needs_schemas
def test_days_before_offsets_were_whole_minutes_are_sound_too(tmp_path: Path) -> None:
    writer = oddities()
    writer.do(make, "ancient", "Ancient", due=fd("0987-06-05"))
    writer.do(make, "last", "Last", due=fd("9999"))
    path = tmp_path / "projects.json"
    path.write_bytes(made(write_package, standing(tmp_path / "p.db", writer.lines), OFFICE))
    assert json.loads(path.read_bytes())["projects"][0]["period"]["endDate"].endswith("+03:19")
    assert by_libcoveoc4ids(path) == []
