"""Does the first story hold every fact of its source, and nothing else? Its facts are listed here by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.events.stories import REAL, by_key, data, events

TRADE = "Trade, Investment, and the Middle Corridor"
PARTIES = {
    "az": ("Azerbaijan", "state", "AZ"),
    "kz": ("Kazakhstan", "state", "KZ"),
    "tr": ("Türkiye", "state", "TR"),
    "uz": ("Uzbekistan", "state", "UZ"),
    "socar": ("SOCAR", "company", "AZ"),
    "kazmunaygas": ("KazMunayGas", "company", "KZ"),
    "ots": ("Organization of Turkic States", "organisation", None),
    "turkic-academy": ("International Turkic Academy", "organisation", None),
    "turksoy": ("TURKSOY", "organisation", None),
    "turkpa": ("TURKPA", "organisation", None),
    "interstate-council": ("Supreme Interstate Council of Azerbaijan and Kazakhstan", "organisation", None),
    "littoral-states": ("Caspian littoral states", "group", None),
}
COMMITMENTS = {
    "fibre": ("deliverable", "az kz", "az kz", "middle-corridor", TRADE),
    "oil-transit": ("target", "socar kazmunaygas", "", "middle-corridor", TRADE),
    "oil-expansion": ("deliverable", "socar kazmunaygas", "", "middle-corridor", TRADE),
    "oil-tariffs": ("deliverable", "socar kazmunaygas", "", "middle-corridor", TRADE),
    "road-map": ("roadmap", "az kz tr", "", "middle-corridor", TRADE),
    "ports": ("deliverable", "az kz", "az kz", "middle-corridor", TRADE),
    "energy-integration": ("deliverable", "az kz uz", "", "green-energy", "Green Energy and Digital Integration"),
    "turkological-centenary": (
        "observance",
        "az ots",
        "",
        "turkic-solidarity",
        "Turkic Solidarity as a Strategic Force",
    ),
    "council-steps": (
        "deliverable",
        "az kz",
        "az kz",
        "alliance",
        "Relations Built on Brotherhood and Strategic Trust",
    ),
    "caspian-level": ("deliverable", "az kz littoral-states", "", "caspian", "Caspian Sea"),
}
"""Kind, promisors, promisees, programme, and the section of the source."""
DUES = {
    "fibre": ("2026", "2026-01-01", "2026-12-31"),
    "road-map": ("2022/2027", "2022-01-01", "2027-12-31"),
    "turkological-centenary": ("2026", "2026-01-01", "2026-12-31"),
    "council-steps": ("2025-10~", "2025-10-01", "2025-10-31"),
}
FIGURES = {
    ("trade-turnover", "2024"): ("middle-corridor", "470000000 USD", None),
    ("trade-turnover", "2025-01/2025-08"): ("middle-corridor", "547000000 USD", "over three times"),
    ("transit", "2024"): ("middle-corridor", "3.5 Mt", "up 20 %"),
    ("companies-with-kazakh-capital", "../2025-10"): ("middle-corridor", "250 one", "about 250"),
    ("azerbaijani-investment-in-kazakhstan", "../2025-10"): ("middle-corridor", "225000000 USD", None),
    ("kazakh-investment-in-azerbaijan", "../2025-10"): ("middle-corridor", "136000000 USD", None),
    ("bilateral-agreements", "../2025-10"): ("alliance", "170 one", "about 170"),
    ("visits-to-kazakhstan", "../2025-10"): ("alliance", "7 one", "three years"),
    ("visits-to-azerbaijan", "../2025-10"): ("alliance", "6 one", "three years"),
}
NOTES = [
    ("alliance", "20th anniversary", None),
    ("alliance", "Kurmangazy", None),
    ("turkic-solidarity", "Shusha", None),
    ("turkic-solidarity", "12th summit", None),
    ("turkic-solidarity", "Days of Kazakh Culture", "2023"),
    ("turkic-solidarity", "Days of Azerbaijani Culture", "2024"),
    ("turkic-solidarity", "Azerbaijani edition", None),
    ("turkic-solidarity", "115th", None),
    ("green-energy", "memoranda", "2024"),
]


def bounds(date: dict[str, Any]) -> tuple[str, str, str]:
    return date["edtf"], date["earliest"], date["latest"]


def test_it_holds_these_facts_and_no_others() -> None:
    assert Counter(one["type"] for one in events(REAL)) == {
        "ledger.opened.v1": 1,
        "source.cited.v1": 1,
        "party.registered.v1": len(PARTIES),
        "programme.opened.v1": 5,
        "commitment.made.v1": len(COMMITMENTS),
        "target.set.v1": 1,
        "milestone.planned.v1": 5,
        "figure.observed.v1": len(FIGURES),
        "programme.noted.v1": len(NOTES),
    }


def test_its_title_zone_clock_and_office_are_those_of_an_editor_in_november_2025() -> None:
    assert data(REAL, "ledger.opened.v1") == [
        {"title": "Azerbaijan-Kazakhstan commitments", "timezone": "Asia/Baku", "format": 1}
    ]
    assert events(REAL)[0]["time"] == "2025-11-03T09:00:00.000000Z"
    assert {one["actor"] for one in events(REAL)} == {"editor"}
    assert {one["effective"] for one in events(REAL)[1:]} == {"2025-10-31"}


def test_the_source_is_pinned_by_its_hash() -> None:
    (source,) = by_key(REAL, "source.cited.v1").items()
    assert source[0] == "interview"
    assert source[1]["publisher"] == "Azerbaijan.us"
    assert bounds(source[1]["published"]) == ("2025-10~", "2025-10-01", "2025-10-31")
    assert source[1]["file"]["bytes"] == 6086
    assert source[1]["file"]["sha256"] == "d3b2b3acad202f36016e4bf97b299c58d38ff59e68d049e843b2f533ca6b1a12"


def test_every_party_is_there() -> None:
    found = by_key(REAL, "party.registered.v1")
    assert {key: (one["name"], one["kind"], one.get("country")) for key, one in found.items()} == PARTIES


def test_every_programme_is_there() -> None:
    assert set(by_key(REAL, "programme.opened.v1")) == {
        *("middle-corridor", "green-energy", "turkic-solidarity", "alliance", "caspian")
    }


def test_every_commitment_is_there_with_its_parties_programme_and_section() -> None:
    found = by_key(REAL, "commitment.made.v1")
    said = {
        key: (
            one["kind"],
            " ".join(one["promisors"]),
            " ".join(one.get("promisees", ())),
            one["programme"],
            one["locator"],
        )
        for key, one in found.items()
    }
    assert said == COMMITMENTS
    assert {one["source"] for one in found.values()} == {"interview"}
    assert [key for key, one in found.items() if "owner" in one or "tags" in one] == []


def test_dues_are_stated_where_the_source_states_them_and_only_fibre_has_a_start() -> None:
    found = by_key(REAL, "commitment.made.v1")
    assert {key: bounds(one["due"]) for key, one in found.items() if "due" in one} == DUES
    assert {key: bounds(one["start"]) for key, one in found.items() if "start" in one} == {
        "fibre": ("2025-03", "2025-03-01", "2025-03-31")
    }


def test_the_oil_target_begins_with_the_first_whole_year_after_the_source() -> None:
    (target,) = data(REAL, "target.set.v1", "commitment/oil-transit")
    assert target["window"].pop("wording")
    assert target == {
        "indicator": "oil-transit",
        "amount": {"unit": "Mt", "value": "1.5"},
        "per": "year",
        "measure": "flow",
        "aim": "at-least",
        "window": {"edtf": "2026/..", "earliest": "2026-01-01", "latest": None},
    }


def test_every_milestone_is_there_without_a_date() -> None:
    found = data(REAL, "milestone.planned.v1")
    assert {one["milestone"] for one in found} == {
        *("road-map/infrastructure", "road-map/logistics-centres", "road-map/unified-tariffs"),
        *("ports/alat", "ports/aktau"),
    }
    assert {tuple(sorted(one)) for one in found} == {("milestone", "title")}


@pytest.mark.parametrize(("indicator", "period"), FIGURES)
def test_a_figure_is_there_with_its_wording(indicator: str, period: str) -> None:
    programme, quantity, wording = FIGURES[indicator, period]
    (found,) = [
        one
        for one in data(REAL, "figure.observed.v1", f"programme/{programme}")
        if (one["indicator"], one["period"]["edtf"]) == (indicator, period)
    ]
    assert f"{found['quantity']['value']} {found['quantity']['unit']}" == quantity
    assert (wording or "") in found.get("wording", "")
    assert ("wording" in found) is (wording is not None)
    assert found["source"] == "interview"


@pytest.mark.parametrize(("programme", "words", "period"), NOTES)
def test_a_note_is_there(programme: str, words: str, period: str | None) -> None:
    notes = data(REAL, "programme.noted.v1", f"programme/{programme}")
    (found,) = [one for one in notes if words in one["text"]]
    assert found.get("period", {}).get("edtf") == period
    assert found["source"] == "interview"
