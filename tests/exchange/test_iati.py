"""What becomes of a commitment as an activity of IATI?"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from domain.assess import STATUSES
from domain.commitment import make
from domain.life import withdraw
from domain.source import cite_source
from exchange.iati import ACTIVITY_STATUS, write_activities
from exchange.outgoing import Outgoing
from exchange.published import Publisher
from tests.domain.given import fd
from tests.exchange.judges import SCHEMAS
from tests.exchange.judges.iati import by_schema
from tests.exchange.standing import LONG, ODD, made, oddities, standing

OFFICE = Publisher("XM-EXAMPLE-1", "Programme office")


def activities(out: Outgoing) -> dict[str, Element]:
    """The activities by key."""
    root = ElementTree.fromstring(made(write_activities, out, OFFICE))  # noqa: S314 - we wrote it just now
    return {str(one.findtext("iati-identifier")).removeprefix("XM-EXAMPLE-1-"): one for one in root}


def said(one: Element, path: str) -> list[str]:
    """The narratives of some elements."""
    return [str(found.findtext("narrative")) for found in one.findall(path)]


def dates(one: Element) -> list[tuple[str | None, str | None]]:
    return [(date.get("type"), date.get("iso-date")) for date in one.findall("activity-date")]


def test_what_has_no_date_or_no_promisor_is_named_and_left_out(odd: Outgoing) -> None:
    found = write_activities(odd, BytesIO(), OFFICE)
    assert (found.undated, found.nobodys) == ([], ["claimed", "gone", "met", "never", "rest", "short"])
    assert sorted(activities(odd)) == ["long", "odd", "oil"]


def test_a_promise_without_a_date_is_no_activity(real: Outgoing) -> None:
    assert write_activities(real, BytesIO(), OFFICE).undated == [
        "caspian-level",
        "energy-integration",
        "oil-expansion",
        "oil-tariffs",
        "ports",
    ]


def test_dates_are_those_promised_and_that_of_being_met(real: Outgoing, illustration: Outgoing) -> None:
    assert dates(activities(real)["fibre"]) == [("1", "2025-03-01"), ("3", "2026-12-31")]
    assert said(activities(real)["fibre"], "activity-date") == ["2025-03", "end-2026"]
    assert dates(activities(real)["oil-transit"]) == [("1", "2026-01-01")]
    assert dates(activities(illustration)["council-steps"]) == [("3", "2025-10-31"), ("4", "2026-01-14")]


def test_promisors_are_accountable_and_promisees_are_told_in_words(odd: Outgoing) -> None:
    long = activities(odd)["long"]
    assert [(one.get("role"), one.get("type")) for one in long.findall("participating-org")] == [("2", "70")]
    assert said(long, "participating-org") == ["Қазақстан & Co"]
    assert "Promised to: Azərbaycan." in said(long, "description")[-1]


def test_a_party_of_an_unknown_kind_has_no_type(real: Outgoing) -> None:
    centenary = activities(real)["turkological-centenary"]
    assert [one.get("type") for one in centenary.findall("participating-org")] == ["10", None]


def test_the_status_is_our_reading_of_the_list(illustration: Outgoing) -> None:
    found = {key: one.find("activity-status") for key, one in activities(illustration).items()}
    codes = {key: one.get("code") for key, one in found.items() if one is not None}
    assert (codes["council-steps"], codes["fibre"]) == ("4", "2")
    assert ACTIVITY_STATUS.keys() <= set(STATUSES)


def test_a_target_is_a_result_with_its_periods(odd: Outgoing) -> None:
    oil, pay, share = activities(odd)["oil"].findall("result/indicator")
    assert said(oil, "title") == ["oil, megatonne"]
    assert [(one.get("year"), one.get("value")) for one in oil.findall("baseline")] == [("2026", "0.2")]
    first, running, _ = oil.findall("period")
    ends = [str(one.get("iso-date")) for one in (*first.findall("period-start"), *first.findall("period-end"))]
    assert ends == ["2025-01-01", "2025-12-31"]
    assert [one.get("value") for one in (*first.findall("target"), *first.findall("actual"))] == ["1.5", "1.6"]
    assert running.find("actual") is None
    assert (oil.get("measure"), share.get("measure")) == ("1", "2")
    assert (oil.get("ascending"), pay.get("ascending")) == ("true", "false")
    assert pay.find("baseline") is None


def test_documents_are_those_that_can_be_fetched(odd: Outgoing) -> None:
    source, quay = activities(odd)["odd"].findall("document-link")
    assert (source.get("url"), source.get("format")) == ("https://example.org/a?b=1&c=2", "application/octet-stream")
    assert [one.get("iso-date") for one in source.findall("document-date")] == ["2025-10-31"]
    assert [one.get("code") for one in (*source.findall("category"), *quay.findall("category"))] == ["A02", "A08"]
    assert said(quay, "description") == [f"SHA-256 {'ab' * 32}"]


def test_a_source_without_a_date_or_place_is_linked_alone(tmp_path: Path) -> None:
    writer = oddities()
    writer.do(cite_source, "plain", "Plain", publisher="Agency", url="https://example.org/")
    writer.do(make, "road", "Road", source="plain", due=fd("2027"), promisors=("az",))
    (link,) = activities(standing(tmp_path / "p.db", writer.lines))["road"].findall("document-link")
    assert (link.find("description"), link.find("document-date")) == (None, None)


def test_ratings_are_those_that_were_recorded(odd: Outgoing) -> None:
    assert activities(odd)["long"].findall("tag")[-1].get("code") == "ogp:limited"
    assert [tag.get("code") for tag in activities(odd)["odd"].findall("tag")] == ["kind:deliverable", "programme:mc"]


def test_what_was_superseded_names_its_successor(tmp_path: Path) -> None:
    writer = oddities()
    writer.do(make, "old", "Old", due=fd("2027"), promisors=("az",))
    writer.do(withdraw, "old", because="Merged", superseded_by="odd")
    (related,) = activities(standing(tmp_path / "p.db", writer.lines))["old"].findall("related-activity")
    assert (related.get("ref"), related.get("type")) == ("XM-EXAMPLE-1-odd", "3")


def test_text_stays_text_and_control_characters_become_visible(odd: Outgoing) -> None:
    found = activities(odd)
    assert (said(found["odd"], "title"), said(found["long"], "title")) == ([ODD], [LONG])
    spoken = made(write_activities, odd, Publisher("X-1", "A\x00\x1bB\N{LINE SEPARATOR}<x>")).decode()
    assert "<narrative>A\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}B\N{REPLACEMENT CHARACTER}&lt;x&gt;" in spoken


@pytest.mark.skipif(not SCHEMAS, reason="PLEDGER_SCHEMAS is not set")
def test_the_judge_finds_entities_and_broken_text(tmp_path: Path, real: Outgoing) -> None:
    path = tmp_path / "activities.xml"
    path.write_bytes(made(write_activities, real, OFFICE))
    assert by_schema(path) == []
    path.write_bytes(path.read_bytes().replace(b"<narrative>", b"<narrative>\x01", 1))
    assert by_schema(path)
