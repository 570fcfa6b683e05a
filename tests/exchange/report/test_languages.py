"""Does a report speak the language that was asked for, in the same page and over the same facts?"""

from __future__ import annotations

import pytest

from exchange.language import ENGLISH, FOREIGN, LANGUAGES, Language
from exchange.report.charts import KINDS, spec
from exchange.report.gather import Gathered
from exchange.report.letter import letter
from exchange.report.page import page
from exchange.report.palette import OUTCOMES, STANDINGS
from exchange.report.words import STATUSES, counted_left, summary
from tests.exchange.report.test_page import Read, desk_in, facts, gathered

TOLD = {"aria-label", "lang"}
"""What is said, and how; all else is the page."""


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    return gathered(desk_in(tmp_path_factory.mktemp("ledger")))


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    """Every element with what it is, apart from words and hashes."""
    return [
        (tag, {name: value for name, value in attributes.items() if name not in TOLD} if tag != "meta" else {})
        for tag, attributes, _ in Read(text).found
    ]


@pytest.mark.parametrize("code", FOREIGN)
def test_the_page_has_the_same_elements_and_says_its_language(english: Gathered, code: str) -> None:
    language = Language(code)
    text = page(english._replace(language=language), None)
    read = Read(text)
    assert elements(text) == elements(page(english, None))
    assert [one["lang"] for one, _ in read.of("html")] == [code]
    assert {one["lang"] for _, one, _ in read.found if "lang" in one} == {code, "en"}
    heads = [said.strip() for _, said in read.of("h2")]
    assert language.word("Scorecard by party") in heads
    assert not {"Board", "Timeline", "Slips", "Activity"} & set(heads)
    assert {said for one, said in read.of("th") if one.get("data-by") == "due"} == {language.word("due")}


def test_the_english_page_says_english(english: Gathered) -> None:
    read = Read(page(english, None))
    assert [one["lang"] for one, _ in read.of("html")] == ["en"]
    assert facts(page(english, None))["speech"]["words"] == {}


@pytest.mark.parametrize("code", FOREIGN)
def test_scripts_get_their_words_and_facts_stay_as_they_are(english: Gathered, code: str) -> None:
    language = Language(code)
    told, plain = (facts(page(english._replace(language=one), None)) for one in (language, ENGLISH))
    assert told["told"] == plain["told"]
    assert told["speech"]["status"] == {name: language.word(name, "status") for name in (*STATUSES, *OUTCOMES)}
    assert told["speech"]["words"]["due"] == language.word("due")


@pytest.mark.parametrize("code", LANGUAGES)
def test_charts_are_labelled_and_their_data_are_codes(code: str) -> None:
    language = Language(code)
    score = spec("score", language)["encoding"]
    assert score["color"]["scale"]["domain"] == [*STANDINGS]
    assert f'"{language.word("kept late")}"'.isascii() or "\\u" in score["color"]["legend"]["labelExpr"]
    assert score["x"]["title"] == language.word("commitments")
    for kind in KINDS:
        assert spec(kind, language)["data"] == {"name": "rows", "values": []}


def test_the_letter_speaks_it_too(english: Gathered) -> None:
    text = letter(english._replace(language=Language("tr")))
    assert "## Taraflara göre karne" in text
    assert "| taahhüt | durum | son tarih |" in text
    assert "#8 konumunda bilinen" in text


def test_the_summary_is_counted_in_the_language(english: Gathered) -> None:
    board, on = english.board, english.told.on
    assert summary(board, on, Language("ru")).startswith("Из 2 обязательств: ")
    assert summary({}, on, Language("kk")) == "Міндеттеме жоқ."
    day = on.isoformat()
    assert counted_left(day, on, Language("kk")) == "0 күн"
    due_today = {key: one._replace(next=[["commitment", key, "2026", day, "late"]]) for key, one in board.items()}
    assert summary(due_today, on, Language("tr")).endswith("sıradaki son tarih bugün (fibre).")
