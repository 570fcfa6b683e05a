"""Can a template be filled in as it is, in each language?"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from exchange.columns import KINDS
from exchange.finding import Findings
from exchange.language import LANGUAGES, Language
from exchange.mapping import Mapping
from exchange.plan import Plan
from exchange.template import EXAMPLE, NOTES, as_template
from tests.domain.given import Board, do
from tests.exchange.given import files


def book_of(language: str = "en") -> Any:
    return openpyxl.load_workbook(io.BytesIO(as_template(Language(language))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_template_records_nothing(tmp_path: Path, language: str) -> None:
    (tmp_path / "plan.xlsx").write_bytes(as_template(Language(language)))
    with files(tmp_path / "plan.xlsx") as handed_in:
        decide = Plan(handed_in, {})
    board = Board()
    assert board.record(do(lambda at: decide(at))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_own_example_is_understood_in_place_of_the_empty_rows(tmp_path: Path, language: str) -> None:
    book = book_of(language)
    for kind, sheet in zip(KINDS, book, strict=False):
        heads = dict(zip(KINDS[kind], sheet[1], strict=True))
        for column, cell in EXAMPLE[kind].items():
            sheet.cell(2, heads[column].column, cell)
    commitments = next(iter(book))
    commitments.cell(3, 1, "oil")
    commitments.cell(3, 2, "Oil")
    book.save(tmp_path / "plan.xlsx")
    with files(tmp_path / "plan.xlsx") as handed_in:
        decide = Plan(handed_in, {})
    board = Board()
    recorded = board.record(do(lambda at: decide(at)))
    assert {one.fact.stored.partition(".")[0] for one in recorded} >= {"commitment", "milestone", "target", "actual"}


def test_it_has_a_sheet_of_each_kind_with_lists_and_notes() -> None:
    book = book_of()
    assert book.sheetnames == [*KINDS, "example", "notes"]
    lists = [one.formula1 for one in book["commitments"].data_validations.dataValidation]
    assert '"deliverable,target,roadmap,observance"' in lists
    assert [cell.comment.text for cell in book["progress"][1] if cell.comment] == [
        NOTES[name] for name in KINDS["progress"] if name in NOTES
    ]


def test_the_sheets_beside_are_passed_over() -> None:
    assert not any(Mapping().reads(name) for name in ("example", "notes"))
    assert not Findings()
