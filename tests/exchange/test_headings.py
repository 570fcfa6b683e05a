"""Has each sheet and column one name in each language, and no name two meanings?"""

from __future__ import annotations

import pytest

from exchange.columns import KINDS, fields_of, kind_of_sheet, plain_name
from exchange.headings import COLUMNS, LANGUAGES, MORE, SHEETS, heading, sheet_name


def test_each_name_is_there_in_each_language() -> None:
    assert {len(names) for names in (*COLUMNS.values(), *SHEETS.values())} == {len(LANGUAGES)}
    assert {column for kind in KINDS.values() for column in kind} == COLUMNS.keys()
    assert KINDS.keys() == SHEETS.keys()
    assert MORE.keys() <= COLUMNS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_of_a_column_has_two_meanings_on_a_sheet(kind: str) -> None:
    names = [
        (plain_name(name), column)
        for column, others in KINDS[kind].items()
        for name in dict.fromkeys(
            plain_name(name) for name in (column, *others, *COLUMNS[column], *MORE.get(column, ()))
        )
    ]
    assert len(dict(names)) == len(set(names))


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_language_calls_it_is_understood(kind: str, language: str) -> None:
    assert kind_of_sheet(sheet_name(kind, language).upper()) == kind
    assert [fields_of(kind)[plain_name(heading(column, language).upper())] for column in KINDS[kind]] == list(
        KINDS[kind]
    )


def test_capitals_do_not_depend_on_the_dot_of_an_i() -> None:
    assert plain_name("BAŞLIK") == plain_name("başlık") == plain_name("Başlik")
    assert plain_name("İndicator") == plain_name("indicator")
