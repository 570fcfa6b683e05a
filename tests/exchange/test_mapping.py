"""Are somebody's own names of sheets and columns understood, and is a wrong mapping refused in words?"""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.refused import Refused
from exchange.mapping import Mapping, read_mapping
from exchange.table import Row, Table


def refusal(path: Path, text: str | None) -> Refused:
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        read_mapping(str(path))
    assert refused.value.sentence.endswith(".")
    return refused.value


def test_names_are_mapped_in_any_spelling(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(
        '[sheets]\n"Plan 2026" = "commitments"\n[columns]\n"Deadline_(agreed)" = "due"\nRemarks = ""\n', "utf-8"
    )
    mapping = read_mapping(str(path))
    assert mapping.sheet("PLAN 2026") == "commitments"
    assert mapping.sheet("progress") == "progress"
    assert read_mapping(None) == Mapping()


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        (None, "no-such-file", "cannot be read"),
        ("[sheets", "bad-mapping", "is no TOML"),
        ('sheets = "x"', "bad-mapping", "maps names to names"),
        ("[columns]\na = 3", "bad-mapping", "maps names to names"),
        ('[columns]\na = "deadline"', "bad-mapping", "no column 'deadline'"),
        ('[sheets]\na = "plans"', "bad-mapping", "a sheet is one of commitments"),
        ('[colums]\na = "due"', "bad-mapping", "colums"),
    ],
)
def test_a_mapping_that_means_nothing_is_refused(tmp_path: Path, text: str | None, code: str, word: str) -> None:
    refused = refusal(tmp_path / "mapping.toml", text)
    assert (refused.code, word in refused.sentence) == (code, True), refused.sentence


def test_columns_are_renamed_and_those_without_a_meaning_are_passed_over() -> None:
    table = Table("p", Row(1, ("Deadline", "Remarks", "", "key")), [Row(2, ("2026", "x", "", "a"))], "s")
    applied = Mapping({"s": "progress"}, {"deadline": "due", "remarks": ""}).applied(table)
    assert (applied.header.cells, applied.meant) == (("due", "finding", "", "key"), "progress")


def test_sheets_that_explain_or_were_worked_out_are_passed_over_and_unknown_ones_refused() -> None:
    assert [Mapping().reads(name) for name in ("commitments", "Board", "Slips", "notes", "example")] == [
        *(True, True, False, False, False),
    ]
    assert not Mapping({"x": ""}).reads("X")
    with pytest.raises(Refused, match="map it with --map") as refused:
        Mapping().reads("Sheet1")
    assert refused.value.code == "unknown-sheet"
