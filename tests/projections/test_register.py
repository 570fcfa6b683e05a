"""Are parties, sources and programmes told as they stood?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import msgspec

from domain.figure import observe_figure
from domain.party import PartyRenamed, register_party, rename_party
from domain.programme import close_programme, note, open_programme
from domain.retraction import retract
from domain.source import cite_source
from projections.asked import At
from projections.register import (
    Party,
    Source,
    parties,
    party,
    programme,
    programmes,
    source,
    sources,
)
from tests.domain.given import EARLY, TODAY, do, fd, file, quantity
from tests.projections.given import Office, modelled

T = TypeVar("T")


def office() -> Office:
    office = Office(today=TODAY)
    for step in (
        do(register_party, "tr", "Turkey", kind="state", country="TR", on=EARLY),
        do(register_party, "az", "Azərbaycan", kind="state", on=EARLY),
        do(rename_party, "tr", "Türkiye", because="its own wish", on=date(2025, 3, 1)),
        do(cite_source, "interview", "Interview", "Kazinform", published=fd("2025-10~"), file=file(), on=EARLY),
        do(open_programme, "corridor", "Corridor", window=fd("2022/2027"), on=EARLY),
        do(note, "corridor", "Summit in Gabala", period=fd("2025-10"), source="interview", locator="1", on=EARLY),
        do(note, "corridor", "Days of culture", on=date(2025, 2, 1)),
        do(observe_figure, "corridor", "trade", quantity("470M USD"), fd("2024"), on=EARLY),
        do(observe_figure, "corridor", "firms", quantity("250"), fd("../2025-10"), wording="about 250", on=EARLY),
        do(observe_figure, "corridor", "trade", quantity("471M USD"), fd("2024"), on=date(2025, 6, 1)),
        do(close_programme, "corridor", because="done", on=date(2026, 1, 1)),
    ):
        office.record(step)
    return office


def asked(question: Callable[..., T], *args: Any, lines: Office | None = None, on: date = TODAY) -> T:
    written = lines or office()
    with modelled(written.lines) as base:
        return question(base, At(len(written.lines), on), *args)


def test_parties_go_by_the_name_in_force() -> None:
    assert asked(parties) == [
        Party("az", "Azərbaycan", "state", None, []),
        Party("tr", "Türkiye", "state", "TR", ["Turkey"]),
    ]
    assert asked(parties, on=date(2025, 2, 1))[1].name == "Turkey"


def test_sources_are_told_with_their_fingerprint() -> None:
    cited = Source("interview", "Interview", "Kazinform", fd("2025-10~"), None, file())
    assert asked(sources) == [cited]
    assert asked(source, "interview") == cited


def test_a_programme_is_told_with_all_its_notes_and_its_figures_in_force() -> None:
    (found,) = asked(programmes)
    assert (found.key, found.title, found.window, found.closed) == ("corridor", "Corridor", fd("2022/2027"), "done")
    assert [(one.text, one.period, one.source, one.locator, one.position) for one in found.notes] == [
        ("Summit in Gabala", fd("2025-10"), "interview", "1", 6),
        ("Days of culture", None, None, None, 7),
    ]
    assert [(one.indicator, one.quantity, one.wording, one.position) for one in found.figures] == [
        ("firms", quantity("250"), "about 250", 9),
        ("trade", quantity("471M USD"), None, 10),
    ]
    assert msgspec.to_builtins(found.figures[1])["quantity"] == {"unit": "USD", "value": "471000000"}


def test_a_programme_is_told_as_of_a_day() -> None:
    then = asked(programme, "corridor", on=date(2025, 1, 15))
    assert then is not None
    assert (then.closed, len(then.notes), [one.position for one in then.figures]) == (None, 1, [8, 9])


def test_what_does_not_stand_is_not_told() -> None:
    assert asked(party, "kz") is None
    assert asked(source, "nowhere") is None
    assert asked(programme, "corridor", on=date(2024, 12, 31)) is None
    lines = office()
    lines.record(do(retract, lines.lines[1], because="twice"))
    assert [one.key for one in asked(parties, lines=lines)] == ["tr"]
    lines.put(PartyRenamed(previous="?", name="Nobody", reason="by hand"), "party/nobody")
    assert [one.key for one in asked(parties, lines=lines)] == ["tr"]
    found = asked(party, "tr")
    assert found is not None
    assert found.name == "Türkiye"
