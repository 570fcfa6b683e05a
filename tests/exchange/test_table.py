"""Are the cells of a table found, whatever it was saved by?"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given as these
from hypothesis import strategies as st

from domain.refused import Refused
from exchange import table as tables
from exchange.finding import Findings
from exchange.handed import BOM
from exchange.sheet import as_csv
from exchange.table import Table, read_table
from tests.exchange.given import files


def read(path: Path, content: bytes | str) -> tuple[Table, list[tuple[int, str]]]:
    """The table, and what was found in which row."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    findings = Findings()
    with files(path) as (handed,):
        table = read_table(handed, findings)
    assert all(one.place == f"{path}, row {one.row}" for one in findings.listed)
    return table, [(one.row, one.code) for one in findings.listed]


def cells(table: Table) -> list[list[str]]:
    return [list(row.cells) for row in (table.header, *table.rows)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", BOM])
def test_commas_semicolons_and_tabs_part_cells(tmp_path: Path, delimiter: str, end: str, mark: bytes) -> None:
    text = f'key{delimiter}title{end}az{delimiter}"Bakı, {delimiter} ""şəhər"""{end}'
    table, found = read(tmp_path / "a.csv", mark + text.encode())
    assert cells(table) == [["key", "title"], ["az", f'Bakı, {delimiter} "şəhər"']]
    assert found == []


def test_a_first_line_may_say_what_parts_cells(tmp_path: Path) -> None:
    table, _ = read(tmp_path / "a.csv", "sep=;\r\nkey,x;title\r\naz;Azərbaycan\r\n")
    assert cells(table) == [["key,x", "title"], ["az", "Azərbaycan"]]
    assert table.rows[0].number == 2


def test_delimiters_in_quoted_names_of_columns_do_not_count(tmp_path: Path) -> None:
    table, _ = read(tmp_path / "a.csv", 'key;"due, in words, or, not"\nfibre;2026\n')
    assert cells(table)[1] == ["fibre", "2026"]


def test_rows_are_counted_as_a_spreadsheet_does_and_empty_ones_left_out(tmp_path: Path) -> None:
    table, found = read(tmp_path / "a.csv", '\nkey,title\n,\n"fibre","two\nlines"\n \nports,Ports\n')
    assert [(row.number, row.cells[0]) for row in (table.header, *table.rows)] == [
        (2, "key"),
        (4, "fibre"),
        (6, "ports"),
    ]
    assert found == []


def test_ragged_rows_are_findings_unless_only_empty_cells_are_too_many(tmp_path: Path) -> None:
    table, found = read(tmp_path / "a.csv", "key,title\na,A,,\nb\nc,C,more\nd,D\n")
    assert found == [(3, "ragged-row"), (4, "ragged-row")]
    assert [row.cells[0] for row in table.rows] == ["a", "d"]


@pytest.mark.parametrize("row", ['b,"never closed\nc,C\n', 'b,"B"x\n', 'b,"' + "x" * 140_000 + '"\n'])
def test_from_a_row_that_cannot_be_read_on_nothing_is(tmp_path: Path, row: str) -> None:
    table, found = read(tmp_path / "a.csv", f"key,title\na,A\n{row}")
    assert found == [(3, "bad-table")]
    assert [row.cells[0] for row in table.rows] == ["a"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1251", "utf-16"])
def test_other_encodings_are_refused_in_words(tmp_path: Path, encoding: str) -> None:
    text = "key,title\na,A\nb,Б\n" if encoding == "cp1251" else "key,title\na,A\nb,ü\n"
    with pytest.raises(Refused) as refused:
        read(tmp_path / "a.csv", text.encode(encoding))
    assert "UTF-8" in refused.value.sentence
    if encoding != "utf-16":
        assert refused.value.code == "bad-encoding"
        assert "near row 3" in refused.value.sentence


def test_a_table_without_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no row with the names of columns") as refused:
        read(tmp_path / "a.csv", " ,,\n,\n")
    assert refused.value.code == "no-header"


def test_a_table_of_a_gigabyte_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LARGEST", 20)
    with pytest.raises(Refused, match="which is no plan") as refused:
        read(tmp_path / "a.csv", "key,title\na,A bit too long\n")
    assert refused.value.code == "too-large"


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=1+1", "=1+1"), ("'-5", "-5"), ("'@x", "@x"), ("'+x", "+x"), ("''=x", "'=x"), ("'tis", "'tis"), ("=x", "=x")],
)
def test_the_apostrophe_before_a_formula_is_taken_away(tmp_path: Path, cell: str, text: str) -> None:
    table, _ = read(tmp_path / "a.csv", f"key,title\na,{cell}\n")
    assert table.rows[0].cells[1] == text


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"), max_size=12).map(
    str.strip
)


@these(
    st.lists(
        st.tuples(st.sampled_from(["a", "b"]), st.one_of(texts, texts.map(lambda text: "='+-@"[len(text) % 5] + text)))
    )
)
def test_what_is_exported_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("table") / "a.csv"
    table, found = read(path, as_csv(("key", "title"), rows))
    assert [row.cells for row in table.rows] == [tuple(map(str.strip, row)) for row in rows]
    assert found == []
    assert not [
        cell for row in csv.reader(io.StringIO(path.read_text("utf-8"))) for cell in row if cell[:1] in tuple("=+-@")
    ]
