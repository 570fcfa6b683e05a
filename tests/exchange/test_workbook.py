"""Is a workbook read as it was typed, and is what should not be read refused in words?"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from domain.refused import Refused
from exchange import workbook as subject
from exchange.columns import letters
from tests.exchange.given import files
from tests.exchange.sheets_in import PLAN, read, spoilt, workbook

SHEET = "xl/worksheets/sheet1.xml"


def refusal(path: Path) -> Refused:
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.sentence.endswith(".")
    return refused.value


def plan(tmp_path: Path) -> Path:
    return workbook(tmp_path / "plan.xlsx", PLAN)


def test_each_sheet_is_a_table_with_its_rows_under_their_numbers(tmp_path: Path) -> None:
    tables, findings = read(plan(tmp_path))
    assert [table.sheet for table in tables] == list(PLAN)
    assert [(row.number, row.cells[0]) for row in tables[0].rows] == [(2, "fibre"), (3, "oil")]
    assert not findings


def test_cells_are_text_as_it_would_be_typed(tmp_path: Path) -> None:
    cells = [" a ", "'=x", 2027, 1.5, 1e21, 1e-7, True, date(2026, 5, 17), None]
    (table,), _ = read(workbook(tmp_path / "a.xlsx", {"a": [["k"] * 9, cells]}))
    assert table.rows[0].cells == ("a", "=x", "2027", "1.5", "1" + "0" * 21, "0.0000001", "True", "2026-05-17", "")


def test_an_hour_is_not_lost(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "due")
    sheet.write_datetime(1, 0, datetime(2026, 5, 17, 9, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))  # noqa: DTZ001 - spreadsheets have no zones
    book.close()
    assert read(tmp_path / "a.xlsx")[0][0].rows[0].cells == ("2026-05-17 09:30:00",)


def test_empty_rows_and_sheets_are_left_out_and_rows_are_as_long_as_the_longest(tmp_path: Path) -> None:
    rows = [(), ("key", "title"), (), ("a",), ("b", "B", "more")]
    (table,), _ = read(workbook(tmp_path / "a.xlsx", {"a": rows, "empty": []}))
    assert (table.header.number, [row.number for row in table.rows]) == (2, [4, 5])
    assert [row.cells for row in table.rows] == [("a", "", ""), ("b", "B", "more")]


def test_formulas_are_findings_with_their_cells(tmp_path: Path) -> None:
    _, findings = read(
        workbook(tmp_path / "a.xlsx", {"a": [("key", "title"), ("a", "=1+1"), ("b", '=HYPERLINK("x")')]})
    )
    assert [(one.cell, one.code) for one in findings.listed] == [("a!B2", "formula"), ("a!B3", "formula")]
    assert findings.listed[0].place == f"{tmp_path / 'a.xlsx'}, a!B2"


def test_merged_cells_are_findings(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("a")
    sheet.merge_range("A1:C1", "A great plan")
    sheet.write_row("A2", ("key", "title"))
    sheet.merge_range("A3:A4", "fibre")
    book.close()
    _, findings = read(tmp_path / "a.xlsx")
    assert [(one.cell, one.row, one.code) for one in findings.listed] == [
        ("a!A1:C1", 1, "merged-cells"),
        ("a!A3:A4", 3, "merged-cells"),
    ]


def test_merged_cells_above_the_table_do_not_matter(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("a")
    sheet.merge_range("A1:C1", "")
    sheet.write_row("A2", ("key", "title"))
    book.close()
    assert not read(tmp_path / "a.xlsx")[1]


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "other workbooks"),
        ({"xl/workbook.xml": b"<broken"}, "damaged"),
        ({"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>" + b" " * (subject.SMALL + 1)}, "too large"),
        ({SHEET: b"<worksheet><sheetData><row><c r='A1'>"}, "damaged"),
    ],
)
def test_what_is_not_safe_or_broken_is_refused_by_name(tmp_path: Path, parts: dict[str, bytes], word: str) -> None:
    refused = refusal(spoilt(plan(tmp_path), parts))
    assert (refused.code, word in refused.sentence) == ("not-importable", True), refused.sentence


def test_entities_that_grow_without_end_are_refused(tmp_path: Path) -> None:
    bomb = (
        "<!DOCTYPE x [<!ENTITY a0 'ha'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
        + "]><x>&a11;</x>"
    )
    assert refusal(spoilt(plan(tmp_path), {"xl/workbook.xml": bomb.encode()})).code == "not-importable"


@pytest.mark.parametrize("content", [b"PK\x03\x04 and no more", b"PK\x03\x04" + bytes(4000)])
def test_what_only_begins_like_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert refusal(tmp_path / "a.xlsx").code == "not-importable"


def test_another_archive_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert "another kind of archive" in refusal(tmp_path / "a.xlsx").sentence


def test_a_workbook_that_grows_when_it_is_unpacked_is_refused_before_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "UNPACKED", 1 << 20)
    with ZipFile(plan(tmp_path), "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(2 << 20))
    assert (tmp_path / "plan.xlsx").stat().st_size < 100_000
    assert "unpacked" in refusal(tmp_path / "plan.xlsx").sentence


@pytest.mark.parametrize("quote", ["'", '"'])
def test_cells_at_the_far_end_of_a_sheet_are_refused_before_anybody_lays_it_out(tmp_path: Path, quote: str) -> None:
    cells = "".join(
        f"<row><c r={quote}{name}{quote} t={quote}inlineStr{quote}><is><t>x</t></is></c></row>"
        for name in ("A1", "XFD1048576")
    )
    sheet = f"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{cells}</sheetData></worksheet>"
    refused = refusal(spoilt(plan(tmp_path), {SHEET: sheet.encode()}))
    assert "reaches to row 1,048,576, column XFD" in refused.sentence


def test_a_million_empty_rows_are_no_rows(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": True})
    sheet, bold = book.add_worksheet("a"), book.add_format({"bold": True})
    sheet.write_row(0, 0, ("key", "title"))
    sheet.write_row(1, 0, ("a", "A"))
    sheet.write_blank(1_000_000, 0, None, bold)
    book.close()
    (table,), findings = read(tmp_path / "a.xlsx")
    assert ([row.number for row in table.rows], bool(findings)) == ([2], False)


def test_a_chart_sheet_is_no_table(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("a").write_row(0, 0, ("key", 1))
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=a!$B$1:$B$1"})
    book.add_chartsheet("picture").set_chart(chart)
    book.close()
    assert [table.sheet for table in read(tmp_path / "a.xlsx")[0]] == ["a"]


def test_parts_may_be_named_from_the_root(tmp_path: Path) -> None:
    path = plan(tmp_path)
    with ZipFile(path) as archive:
        links = archive.read(subject.LINKS).replace(b'Target="worksheets/', b'Target="/xl/worksheets/')
    tables, _ = read(spoilt(path, {subject.LINKS: links}))
    assert len(tables) == len(PLAN)


def test_without_its_library_it_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plan(tmp_path)
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert refusal(path).code == "no-workbooks"


def test_a_sheet_that_nobody_wants_is_not_read(tmp_path: Path) -> None:
    from exchange.finding import Findings

    findings = Findings()
    path = workbook(tmp_path / "a.xlsx", {"a": [("key",), ("=1",)], "b": [("key",), ("x",)]})
    with files(path) as (handed,):
        tables = subject.read_workbook(handed, findings, lambda name: name == "b")
    assert ([table.sheet for table in tables], bool(findings)) == (["b"], False)


@pytest.mark.parametrize(("name", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384)])
def test_columns_have_letters(name: str, number: int) -> None:
    assert (subject.number_of(name), letters(number)) == (number, name)
