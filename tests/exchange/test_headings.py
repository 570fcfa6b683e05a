"""Has each sheet and column one name in each language, and no name two meanings?"""

from __future__ import annotations

import pytest

from exchange.columns import KINDS, fields_of, kind_of_sheet, plain_name
from exchange.headings import MORE, headings
from exchange.language import LANGUAGES, Language


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_of_a_column_has_two_meanings_on_a_sheet(kind: str) -> None:
    names = [
        (plain_name(name), column)
        for column, others in KINDS[kind].items()
        for name in dict.fromkeys(
            plain_name(name) for name in (column, *others, *headings(column), *MORE.get(column, ()))
        )
    ]
    assert len(dict(names)) == len(set(names))
    assert MORE.keys() <= {column for columns in KINDS.values() for column in columns}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_language_calls_it_is_understood(kind: str, code: str) -> None:
    language = Language(code)
    assert kind_of_sheet(language.word(kind, "sheet").upper()) == kind
    assert [fields_of(kind)[plain_name(language.word(column).upper())] for column in KINDS[kind]] == list(KINDS[kind])


def test_a_sheet_by_another_name_is_none() -> None:
    assert kind_of_sheet("Plan") == "commitments"
    assert kind_of_sheet("Budget") is None


def test_capitals_do_not_depend_on_the_dot_of_an_i() -> None:
    assert plain_name("BAŞLIK") == plain_name("başlık") == plain_name("Başlik")
    assert plain_name("İndicator") == plain_name("indicator")
