"""Is every word that the program says in each catalogue, and are those what is compiled?"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from docs import catalogues
from docs.catalogues import MARK, Said, catalogue, faults, stale, texts
from domain.assess import flags
from exchange.language import FOLDER, FOREIGN
from exchange.report import speech


@pytest.fixture
def kazakh() -> Catalog:
    return catalogue("kk")


@pytest.mark.parametrize("code", FOREIGN)
def test_nothing_is_missing_and_all_is_compiled(code: str) -> None:
    made = catalogue(code)
    assert [*faults(code, made), *stale(code, made)] == []


def test_a_missing_word_is_a_fault(kazakh: Catalog) -> None:
    kazakh.add("a new head")
    assert list(faults("kk", kazakh)) == ["kk: 'a new head' is not translated"]


def test_a_counted_word_is_missing_where_one_of_its_forms_is(kazakh: Catalog) -> None:
    kazakh["{count} byte"].string = ("{count} байт", "")
    assert list(faults("kk", kazakh)) == ["kk: '{count} byte' is not translated"]


def test_a_name_in_braces_is_not_translated(kazakh: Catalog) -> None:
    kazakh["{days} d over"].string = "{күн} күн өтті"
    assert list(faults("kk", kazakh)) == ["kk: '{days} d over' has other names in braces"]


def test_a_new_word_in_the_program_fails_make_i18n(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for code, ending in product(FOREIGN, ("po", "mo")):
        (tmp_path / f"{code}.{ending}").write_bytes((FOLDER / f"{code}.{ending}").read_bytes())
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    assert catalogues.main(check=False) == 0
    assert (tmp_path / "kk.po").read_bytes() == (FOLDER / "kk.po").read_bytes()
    said = [*texts(), Said("a new head")]
    monkeypatch.setattr(catalogues, "texts", lambda: said)
    assert catalogues.main(check=True) == 1
    assert catalogues.main(check=False) == 1
    assert catalogue("kk")["a new head"].user_comments == [MARK]


def test_what_nobody_has_read_yet_says_so() -> None:
    """Once a native speaker has read a word, its mark goes, and docs/languages.md says who may be relied on."""
    marks = {mark for code in FOREIGN for one in catalogue(code) if one.id for mark in one.user_comments or ["read"]}
    assert marks == {MARK}


@pytest.mark.parametrize(
    "said",
    [
        Said("commitment"),  # the head of a table
        Said("at-risk", "status"),
        Said("Mt", "unit"),
        Said("approved by"),  # a column of a plan
        Said("{count} commitment", "", "{count} commitments"),
        Said("Overdue"),  # in a script of the page
        Said("Skip to the board"),  # in the page itself
        Said("Nobody promised anything."),  # in the letter
    ],
)
def test_words_are_found_wherever_they_stand(said: Said) -> None:
    assert said in texts()


def test_no_word_in_a_page_is_overlooked() -> None:
    """Each call of `word` or `many` is one that is found, or says what is listed beside."""
    found = sum(1 for _ in speech.said(speech.SCRIPTS))
    calls = sum(speech.read(name).count(call) for name in speech.SCRIPTS for call in ("word('", "many('"))
    assert found == calls


def test_every_flag_is_listed() -> None:
    source = Path(flags.__file__).read_text("utf-8")
    assert set(re.findall(r'Reason\(\s*"([a-z-]+)"', source)) == set(flags.FLAGS)
