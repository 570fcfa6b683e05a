"""Are words, days and numbers told as each language tells them, and is English told without any help?"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest

from domain.assess import STATUSES
from domain.assess.flags import FLAGS
from domain.quantity import Quantity
from exchange.language import ENGLISH, FOREIGN, LANGUAGES, Language, of_locale
from exchange.report.speech import speech

LAST = date(2026, 12, 31)
WITHOUT_BABEL = {"babel": None, "babel.dates": None, "babel.numbers": None}


def amount(text: str) -> Quantity:
    value, unit = text.split()
    return Quantity(unit, Decimal(value))


@pytest.mark.parametrize("code", FOREIGN)
def test_every_status_and_flag_has_a_word_of_its_own(code: str) -> None:
    language = Language(code)
    for context, names in (("status", STATUSES), ("flag", FLAGS)):
        words = [language.word(name, context) for name in names]
        assert len(set(words)) == len(names)
        assert not set(words) & set(names)


def test_what_no_catalogue_holds_is_told_in_english() -> None:
    assert [Language(code).word("Trans-Caspian") for code in LANGUAGES] == ["Trans-Caspian"] * 5
    assert Language("ru").word("late", "no such context") == "late"
    assert [Language(code).word("") for code in LANGUAGES] == [""] * 5


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", ["1 commitment", "2 commitments", "5 commitments", "21 commitments"]),
        ("ru", ["1 обязательство", "2 обязательства", "5 обязательств", "21 обязательство"]),
        ("tr", ["1 taahhüt", "2 taahhüt", "5 taahhüt", "21 taahhüt"]),
    ],
)
def test_things_are_counted(code: str, told: list[str]) -> None:
    language = Language(code)
    assert [language.counted("{count} commitment", "{count} commitments", one) for one in (1, 2, 5, 21)] == told
    forms = language.forms("{count} commitment", "{count} commitments")
    assert [one.replace("{count}", str(count)) for one, count in zip(forms, (1, 2, 5), strict=False)] == told[
        : len(forms)
    ]


@pytest.mark.parametrize(
    ("code", "day", "mass", "money", "share", "number"),
    [
        ("en", "2026-12-31", "1.5 Mt", "470 M USD", "42.5 %", "1234.5"),
        ("az", "31 dek 2026", "1,5 Mt", "470.000.000 US$", "42,5%", "1.234,5"),
        ("kk", "2026 ж. 31 жел.", "1,5 Мт", "470 000 000 $", "42,5%", "1 234,5"),
        ("ru", "31 дек. 2026 г.", "1,5 Мт", "470 000 000 $", "42,5 %", "1 234,5"),
        ("tr", "31 Ara 2026", "1,5 Mt", "$470.000.000", "%42,5", "1.234,5"),
    ],
)
def test_days_and_amounts_are_told_as_people_write_them(
    code: str, day: str, mass: str, money: str, share: str, number: str
) -> None:
    language = Language(code)
    found = [
        *(language.day(LAST), language.amount(amount("1.5 Mt")), language.amount(amount("470000000 USD"))),
        *(language.amount(amount("42.5 %")), language.number(Decimal("1234.5"))),
    ]
    assert [one.replace("\xa0", " ").replace("\u202f", " ") for one in found] == [day, mass, money, share, number]
    assert language.amount(amount("250 one")) == "250"
    assert language.percent(Decimal("42.5")) == language.amount(amount("42.5 %"))


def test_no_digit_of_an_amount_is_lost() -> None:
    language = Language("kk")
    assert language.amount(amount("1.234567 km")) == "1,234567 км"
    assert language.amount(amount("0.125 USD")).replace("\xa0", " ") == "0,125 $"


def test_without_babel_words_are_told_and_numbers_as_in_english() -> None:
    with mock.patch.dict(sys.modules, WITHOUT_BABEL):
        language = Language("kk")
        assert language.word("late", "status") == "кешікті"
        assert language.day(LAST) == "2026-12-31"
        assert language.amount(amount("1.5 Mt")) == "1.5 Mt"
        assert (language.number(7), language.number(Decimal("7.5")), language.percent(Decimal("7.5"))) == (
            *("7", "7.5", "7.5 %"),
        )
        assert language.calendar() is None


def test_charts_get_the_names_of_months() -> None:
    told = Language("kk").calendar()
    assert told
    assert (len(told["months"]), told["shortMonths"][6], told["days"][0]) == (12, "шіл.", "жексенбі")
    assert ENGLISH.calendar() is None


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["kk_KZ.UTF-8"], "kk"),
        (["az-Latn-AZ"], "az"),
        (["TR"], "tr"),
        (["ru.KOI8-R"], "ru"),
        (["", None, "ru_RU"], "ru"),
        (["C", "ru_RU"], "en"),  # LC_ALL=C stands above LANG
        (["C.UTF-8"], "en"),
        (["POSIX"], "en"),
        (["de_DE.UTF-8"], "en"),
        ([], "en"),
    ],
)
def test_a_locale_says_a_language(names: list[str | None], code: str) -> None:
    assert of_locale(names) == code


def test_the_page_is_told_its_words_in_any_language_but_english() -> None:
    assert speech(ENGLISH)["words"] == {}
    told = speech(Language("ru"))
    assert (told["words"]["Overdue"], told["status"]["late"], told["flag"]["silent"]) == (
        *("Просрочено", "просрочено", "нет вестей"),
    )
    assert len(told["many"]["by {count} event"]) == 3


def test_english_loads_neither_babel_nor_a_catalogue(tmp_path: Path) -> None:
    code = (
        "import sys\nopened = []\n"
        "sys.addaudithook(lambda event, told: event == 'open' and opened.append(str(told[0])))\n"
        "from cli.main import run\nrun(['template', '-o', 'plan.xlsx', '--lang', 'en'])\n"
        "odd = [one for one in ('babel', 'holidays') if one in sys.modules]\n"
        "print(odd, [one for one in opened if one.endswith('.mo')])"
    )
    there = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=there)
    assert done.stdout.endswith("[] []\n"), done.stdout[-200:]
