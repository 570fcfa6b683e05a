"""Does a workbook record what its sheets say and what does not stand yet, from where, and nothing the second time?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.recorded import Recorded
from exchange.finding import Found
from exchange.mapping import Mapping
from exchange.plan import Plan
from tests.domain.given import OFFICE, Board, do, fd, quantity
from tests.exchange.given import files
from tests.exchange.sheets_in import PLAN, Sheets, workbook


@dataclass
class Office:
    """An office that imports workbooks into a ledger in memory."""

    folder: Path
    board: Board = field(default_factory=Board)

    def plan(self, sheets: Sheets, **how: Any) -> Plan:
        known: dict[str, dict[str, str]] = {"party": {}, "programme": {}, "source": {}}
        for line in self.board.lines:
            noun, _, key = line.subject.partition("/")
            if noun in known:
                known[noun][key] = getattr(line.fact, "name", getattr(line.fact, "title", ""))
        with files(workbook(self.folder / "plan.xlsx", sheets)) as handed_in:
            return Plan(handed_in, known, **how)

    def imports(self, sheets: Sheets, on: date | None = None, **how: Any) -> list[Recorded]:
        decide = self.plan(sheets, **how)
        before = len(self.board.lines)
        self.board.record(do(lambda at: decide(at), on=on))
        return self.board.lines[before:]

    def finds(self, sheets: Sheets, **how: Any) -> list[tuple[str, str]]:
        """Cell and code of each finding; nothing is recorded."""
        before = len(self.board.lines)
        with pytest.raises(Found) as found:
            self.imports(sheets, **how)
        assert len(self.board.lines) == before
        return [(one.cell, one.code) for one in found.value.findings.listed]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def begun(office: Office) -> Office:
    office.imports(PLAN)
    return office


def without(*names: str, **sheets: Sequence[Sequence[Any]]) -> Sheets:
    """The plan with other sheets in the place of some."""
    return {name: sheets.get(name, rows) for name, rows in PLAN.items() if name not in names}


def test_every_kind_of_sheet_is_recorded(office: Office) -> None:
    recorded = office.imports(PLAN)
    assert [line.fact.stored.removesuffix(".v1") for line in recorded] == [
        *("party.registered", "source.cited", "commitment.made", "commitment.made", "milestone.planned", "target.set"),
        *("actual.reported", "progress.reported", "progress.reported", "forecast.revised"),
    ]
    said: dict[str, Any] = {line.fact.stored: line.fact for line in recorded}
    assert said["milestone.planned.v1"].due == fd("2026-05-17")
    assert said["target.set.v1"].amount == quantity("1.5 Mt")
    assert said["target.set.v1"].per == "year"
    assert said["actual.reported.v1"].quantity == quantity("0.4 Mt")
    assert said["forecast.revised.v1"].reason == "Storm"


def test_the_same_workbook_again_records_nothing(begun: Office) -> None:
    assert begun.imports(PLAN) == []


def test_each_line_says_from_which_file_and_cell_it_is(office: Office) -> None:
    recorded = office.imports(PLAN)
    data = (office.folder / "plan.xlsx").read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    cited: Any = recorded[1].fact
    assert recorded[1].subject == f"source/plan-{sha256[:12]}"
    assert (cited.file.name, cited.file.sha256, cited.file.bytes, cited.publisher) == (
        "plan.xlsx",
        sha256,
        len(data),
        OFFICE,
    )
    fibre, oil = (line.fact for line in recorded if line.fact.stored == "commitment.made.v1")
    assert [getattr(fibre, name) for name in ("source", "locator")] == [f"plan-{sha256[:12]}", "Commitments!A2"]
    assert getattr(oil, "locator", "") == "Commitments!A3"
    reported = [line.fact for line in recorded if line.fact.stored in ("actual.reported.v1", "progress.reported.v1")]
    assert [getattr(fact, "note", "") for fact in reported] == ["actuals!A2", "progress!A2", "Handed in"]
    assert [[file.sha256 for file in getattr(fact, "evidence", ())] for fact in reported] == [[sha256]] * 3


def test_a_source_that_is_named_stays_the_source(begun: Office) -> None:
    key = next(line.subject for line in begun.board.lines if line.subject.startswith("source/")).partition("/")[2]
    sheets = {"commitments": [("key", "title", "source", "locator"), ("road", "Road", key, "page 3")]}
    (made,) = begun.imports(sheets)
    assert [getattr(made.fact, name) for name in ("source", "locator")] == [key, "page 3"]


def test_only_what_changed_is_recorded(begun: Office) -> None:
    changed = without(
        progress=[("key", "percent"), ("fibre", "55%")],
        forecasts=[("key", "expected", "because"), ("fibre", "Q2 2027", "Storm again")],
        actuals=[
            ("key", "amount (Mt)", "period", "because"),
            ("oil", 0.4, "2026-Q1", None),
            ("oil", 0.3, "2026-04", None),
        ],
    )
    assert [line.fact.stored for line in begun.imports(changed)] == [
        *("actual.reported.v1", "progress.reported.v1", "forecast.revised.v1"),
    ]
    assert begun.imports(changed) == []


def test_the_same_amount_in_another_unit_is_the_same(begun: Office) -> None:
    assert begun.imports({"actuals": [("key", "amount", "period"), ("oil", "400 kt", "2026-Q1")]}) == []


def test_another_amount_needs_a_reason_and_one_of_another_kind_is_a_finding(begun: Office) -> None:
    rows = [("key", "amount", "period"), ("oil", "0.5 Mt", "2026-Q1"), ("oil", "7 km", "2026-Q1")]
    assert begun.finds({"actuals": rows}) == [("actuals!A2", "no-reason"), ("actuals!B3", "wrong-dimension")]
    restated = {"actuals": [("key", "amount", "period", "because"), ("oil", "0.5 Mt", "2026-Q1", "Late papers")]}
    (line,) = begun.imports(restated)
    assert getattr(line.fact, "reason", None) == "Late papers"


def test_reports_are_effective_on_their_day(begun: Office) -> None:
    rows = [("key", "percent", "date"), ("fibre", "10%", date(2026, 1, 9)), ("fibre", "10%", "09.01.2026")]
    (line,) = begun.imports({"progress": rows})
    assert line.effective == date(2026, 1, 9)
    late = {"progress": [("key", "percent", "date"), ("fibre", "10%", "2026-01")]}
    assert begun.finds(late) == [("progress!C2", "bad-date")]


def test_on_is_the_day_of_rows_without_one(office: Office) -> None:
    assert {line.effective for line in office.imports(PLAN, on=date(2026, 5, 1))} == {date(2026, 5, 1)}


@pytest.mark.parametrize(
    ("name", "rows", "found"),
    [
        ("progress", [("key", "percent"), ("fibre", 0.42)], [("progress!B2", "bad-percent")]),
        ("progress", [("key", "percent"), ("fibre", None)], [("progress!B2", "nothing-said")]),
        ("progress", [("key", "percent"), ("fibre", "much")], [("progress!B2", "bad-percent")]),
        ("progress", [("key", "percent"), (None, 4)], [("progress!A2", "no-key")]),
        ("progress", [("key", "percent"), ("rail", 4)], [("progress!B2", "unknown-key")]),
        ("forecasts", [("key", "because"), ("fibre", "x")], [("forecasts!A2", "nothing-said")]),
        ("forecasts", [("key", "expected"), ("fibre", "2028")], [("forecasts!A2", "no-reason")]),
        ("actuals", [("key", "period"), ("oil", "2026-Q1")], [("actuals!A2", "nothing-said")]),
        ("actuals", [("key", "amount"), ("oil", "1 Mt")], [("actuals!A2", "nothing-said")]),
        ("actuals", [("key", "amount", "period"), ("oil", "1,5 Mt", "2026")], [("actuals!B2", "bad-quantity")]),
        ("actuals", [("key", "amount", "period"), ("fibre", "1 Mt", "2026")], [("actuals!B2", "unknown-indicator")]),
        (
            "actuals",
            [("key", "amount", "period", "note"), ("oil", "1 Mt", "2026-05", "a\u202eb")],
            [("actuals!D2", "bad-text")],
        ),
        (
            "actuals",
            [("key", "amount", "period"), ("fibre/permit", "1", "2026")],
            [("actuals!A2", "not-of-milestones")],
        ),
        ("targets", [("key", "window"), ("oil", "2026")], [("targets!A2", "no-target")]),
        ("targets", [("key", "target"), ("fibre/permit", "1 Mt")], [("targets!A2", "not-of-milestones")]),
        ("targets", [("key", "target (Mt/year)"), ("oil", 2)], [("targets!B2", "target-differs")]),
        ("milestones", [("key", "title"), ("fibre", "Fibre")], [("milestones!A2", "not-a-milestone")]),
        (
            "milestones",
            [("key", "titel"), ("fibre/x", "X")],
            [("milestones!1:1", "unknown-column"), ("milestones!A2", "no-title")],
        ),
        ("Commitments", [("key", "due"), ("fibre", "2028")], [("Commitments!B2", "due-differs")]),
        ("Commitments", [("key", ""), ("fibre", "lost")], [("Commitments!B2", "unknown-column")]),
        ("Commitments", [("title",), ("Fibre",)], [("Commitments!1:1", "no-key-column")]),
        ("Commitments", [("key", "title"), ("new", "=1+1")], [("Commitments!B2", "formula")]),
    ],
)
def test_what_is_wrong_is_found_in_its_cell(
    begun: Office, name: str, rows: Sequence[Sequence[Any]], found: list[tuple[str, str]]
) -> None:
    assert begun.finds({name: rows}) == found


def test_a_row_twice_is_named_by_its_cell(office: Office) -> None:
    rows = [("key", "title"), ("a", "A"), ("a", "B")]
    with pytest.raises(Found) as found:
        office.imports({"commitments": rows})
    assert "a is in commitments!A2 of" in found.value.findings.listed[0].sentence


def test_findings_come_sheet_by_sheet(office: Office) -> None:
    sheets = {"progress": [("key", "percent"), ("x", 1)], "actuals": [("key", "amount"), ("y", 1)]}
    assert [cell for cell, _ in office.finds(sheets)] == ["actuals!A2", "progress!B2"]


def test_of_an_unsound_promise_nothing_else_is_said(office: Office) -> None:
    sheets = without(Commitments=[("key", "title"), ("fibre", None), ("oil", "Oil")])
    plan = office.plan(sheets)
    with pytest.raises(Found) as found:
        office.board.record(do(lambda at: plan(at)))
    assert [(one.cell, one.code) for one in found.value.findings.listed] == [("Commitments!B2", "no-title")]
    assert [entry.place for entry in plan.left] == [
        *("Commitments!A2", "milestones!A2", "progress!A2", "progress!A3", "forecasts!A2"),
    ]


def test_the_sound_rows_alone_are_recorded_when_that_is_asked_for(office: Office) -> None:
    rows = [
        ("key", "title", "due"),
        ("a", "A", "2026"),
        ("b", "B", "12/31/2026"),
        (None, "C", None),
        ("a", "Again", None),
    ]
    plan = office.plan({"commitments": rows}, partial=True)
    office.board.record(do(lambda at: plan(at)))
    assert [line.subject for line in office.board.lines if line.subject.startswith("commitment/")] == ["commitment/a"]
    assert [entry.number for entry in plan.left] == [4, 5, 3]
    assert plan.findings.count == 3


def test_where_columns_cannot_be_told_nothing_is_recorded_even_so(office: Office) -> None:
    assert office.finds({"commitments": [("key", "titel"), ("a", "A")]}, partial=True)


def test_a_sheet_is_known_by_its_name_in_five_languages_or_by_a_mapping(office: Office) -> None:
    sheets: Sheets = {
        "Обязательства": [("Ключ", "Название", "СРОК"), ("fibre", "Волокно", "2026")],
        "Kilometre taşları": [("anahtar", "BAŞLIK", "son tarih"), ("fibre/izin", "İzin", "2026-05")],
        "Our view": [("item", "how much (%)"), ("fibre", 10)],
        "gossip": [("whatever",), ("x",)],
    }
    mapping = Mapping({"our view": "progress", "gossip": ""}, {"how much (%)": "percent"})
    recorded = office.imports(sheets, mapping=mapping)
    assert [line.fact.stored for line in recorded] == [
        *("source.cited.v1", "commitment.made.v1", "milestone.planned.v1", "progress.reported.v1"),
    ]
