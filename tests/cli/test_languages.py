"""Is the language that was asked for spoken, by the eyes only: no key, no line and no JSON ever depends on it?"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from unittest import mock

import openpyxl
import pytest
from rich.cells import cell_len

from cli.board_shown import BOARD_HEAD
from cli.tongue import spoken, word
from domain.assess import STATUSES
from exchange.language import FOREIGN, LANGUAGES, Language
from tests.cli.given import Office
from tests.cli.golden import golden

DAY = "2026-11-24"
READING = (
    *("status", "due", "show fibre", "show oil", "why fibre", "history", "slips", "trend fibre", "timeline", "score"),
    *("diff #11 #33", "party list", "source show interview", "programme show mc"),
)

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def screen(office: Office, line: str, columns: int) -> list[str]:
    """The lines on a screen, without their colours."""
    return ESCAPES.sub("", office.at_terminal(line, columns=columns).out).splitlines()


@pytest.mark.parametrize("code", FOREIGN)
@pytest.mark.parametrize("question", ["status", "due"])
def test_the_story_is_told_in_each_language(story: Office, question: str, code: str) -> None:
    golden(f"{question}-{code}", story.tell(f"{question} --as-of {DAY} --lang {code}").out)


@pytest.mark.parametrize("code", FOREIGN)
@pytest.mark.parametrize("question", READING)
def test_every_answer_is_another_text_and_the_same_data(year: Office, question: str, code: str) -> None:
    there, here = year.tell(f"{question} --lang {code}"), year.tell(question)
    assert (there.code, here.code) == (0, 0)
    assert there.out != here.out
    assert year.tell(f"{question} --json --lang {code}").out == year.tell(f"{question} --json").out


@pytest.mark.parametrize("code", LANGUAGES)
def test_columns_stay_aligned(story: Office, code: str) -> None:
    head, *lines = screen(story, f"due --as-of {DAY} --within 400d --lang {code}", 200)
    keys = [one["key"] for one in story.tell(f"due --as-of {DAY} --within 400d --json").data]
    rows = [(line, key) for key in dict.fromkeys(keys) for line in lines if f" {key} " in line]
    assert len(rows) >= len(keys)
    begin = cell_len(head[: head.index(Language(code).word("item"))])
    assert {cell_len(line[: line.index(f" {key} ") + 1]) for line, key in rows} == {begin}


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("question", ["status", "show fibre", "timeline", "score"])
def test_no_line_is_wider_than_the_screen(story: Office, question: str, columns: int) -> None:
    wide = [line for line in screen(story, f"{question} --as-of {DAY} --lang kk", columns) if cell_len(line) > columns]
    assert not [line for line in wide if " " in line.strip()]  # a word that is longer than the screen stays whole


def test_a_wide_letter_takes_the_room_of_two(office: Office) -> None:
    office.must('add bridge "橋 Мост" --due 2026-12-01 --owner ministry', 'add road "Дорога" --due 2026-12-02')
    rows = office.tell("due --lang ru").out.splitlines()
    assert len({cell_len(row[: row.index(key)]) for row, key in zip(rows[1:3], ("bridge", "road"), strict=True)}) == 1


@pytest.mark.parametrize("line", ["status --lang kk", "--lang kk status", "--lang=kk status", "status --lang KK"])
def test_the_option_stands_before_or_after_the_command(office: Office, line: str) -> None:
    assert "міндеттеме" in office.tell(line).out


def test_the_option_counts_before_the_environment_and_that_before_the_locale(office: Office) -> None:
    asked = [office.tell("status").out]
    office.environment["LANG"] = "ru_RU.UTF-8"
    asked.append(office.tell("status").out)
    office.environment["LC_ALL"] = "kk_KZ.UTF-8"
    asked.append(office.tell("status").out)
    office.environment["PLEDGER_LANG"] = "tr"
    asked.append(office.tell("status").out)
    asked.append(office.tell("status --lang az").out)
    for told, head in zip(asked, ("commitment", "обязательство", "міндеттеме", "taahhüt", "öhdəlik"), strict=True):
        assert head in told
    office.environment |= {"PLEDGER_LANG": "", "LC_ALL": "C"}
    assert office.tell("status").out == asked[0]


@pytest.mark.parametrize("line", ["status --lang de", "status --lang ''", "template -o x.xlsx --lang fr"])
def test_an_unknown_language_is_refused_with_the_five(office: Office, line: str) -> None:
    said = office.tell(line)
    assert (said.code, said.refusal) == (2, "usage")
    assert "Write one of az, kk, ru, tr, en." in said.err


def test_an_unknown_language_in_the_environment_is_refused_too(office: Office) -> None:
    office.environment["PLEDGER_LANG"] = "klingon"
    said = office.tell("status --json")
    assert (said.code, '"code": "usage"' in said.err) == (2, True)
    assert "PLEDGER_LANG" in said.err


def test_whoever_comes_next_speaks_english_again(office: Office) -> None:
    office.must("status --lang kk")
    assert (spoken().code, word("due")) == ("en", "due")


@pytest.mark.parametrize("code", LANGUAGES)
def test_letters_of_a_key_are_lowered_alike_in_every_language(office: Office, code: str) -> None:
    """In Turkish and Azerbaijani the small I has no dot, and the capital i has one; keys know neither."""
    office.must(f'add LINIYA "LINIYA" --due 2026-12-31 -p AZ --tag DIGITAL --lang {code}')
    made = office.tell("history liniya --json").data[0]["data"]
    assert (made["title"], made["promisors"], made["tags"]) == ("LINIYA", ["az"], ["digital"])
    assert office.tell(f"why LİNİYA --json --lang {code}").data["key"] == "liniya"
    assert {one["key"] for one in office.tell(f"status tag:DIGITAL --json --lang {code}").data} == {"liniya"}


def test_what_is_recorded_is_the_same_line(tmp_path: Path) -> None:
    lines = []
    for code in LANGUAGES:
        (tmp_path / code).mkdir()
        office = Office(tmp_path / code)
        office.environment["PLEDGER_LANG"] = code
        office.must(
            "init --title T --timezone Asia/Baku", 'add fibre "Fibre" --due end-2026', "log fibre Booked --progress 20%"
        )
        lines.append(office.tell("export").out)
    assert len(set(lines)) == 1


def test_refusals_and_reasons_stay_english(office: Office) -> None:
    assert office.tell("show nothing --lang ru").err == office.tell("show nothing").err
    (reason,) = office.tell("why ports --json").data["reasons"]
    assert reason["text"] in office.tell("why ports --lang ru").out


def test_a_template_is_headed_in_the_language(new: Office) -> None:
    new.environment["PLEDGER_LANG"] = "tr"
    new.must("template -o plan.xlsx")
    assert openpyxl.load_workbook(new.folder / "plan.xlsx").sheetnames[0] == "taahhütler"


def test_without_babel_the_words_are_there_all_the_same(office: Office) -> None:
    with mock.patch.dict(sys.modules, {"babel": None, "babel.dates": None, "babel.numbers": None}):
        said = office.tell("due --lang kk")
    assert "2026-12-31" in said.out
    assert "қалды" in said.out


@pytest.mark.parametrize("code", FOREIGN)
def test_each_status_has_its_room_beside_the_calendar(story: Office, code: str) -> None:
    language = Language(code)
    lines = screen(story, f"timeline --as-of {DAY} --lang {code}", 100)
    assert any(line.endswith(language.word(status, "status")) for line in lines for status in STATUSES)
    assert all(language.word(name) != name for name in BOARD_HEAD)
