"""Is somebody at a terminal asked for what is missing, once, and again where the answer cannot be taken?"""

from __future__ import annotations

from io import StringIO
from unittest import mock

import pytest

from cli.ask import ask
from cli.settings import configuration_file
from domain.refused import Refused
from tests.cli.given import Office, Screen


def test_init_asks_for_the_office_once_and_remembers_it(new: Office) -> None:
    new.actor = None

    first = new.at_terminal("init", "", "programme-\x1boffice", "programme-office", "Middle Corridor")

    assert first.code == 0, first
    assert first.err.count("Your office?") == 3  # nothing, and what cannot be shown, are no answers
    assert "U+001B" in first.err
    assert configuration_file(new.edge()).read_text("utf-8") == 'actor = "programme-office"\n'
    again = new.at_terminal("init other.db --title Other")
    assert (again.code, "Your office?" in again.err) == (0, False)
    assert new.tell("info --json").data["office"] == "programme-office"


def test_the_rest_of_the_configuration_stays(new: Office) -> None:
    new.actor = None
    path = configuration_file(new.edge())
    path.parent.mkdir(parents=True)
    path.write_text('actor = ""\nlanguage = "az"\n', "utf-8")
    assert new.at_terminal("init --title T", 'The "first" \\ office').code == 0
    assert path.read_text("utf-8") == 'actor = "The \\"first\\" \\\\ office"\nlanguage = "az"\n'
    assert new.tell("info --json").data["office"] == 'The "first" \\ office'


def test_init_refuses_what_it_cannot_ask_for(new: Office) -> None:
    new.actor = None
    assert new.tell("init --title T").refusal == "no-actor"
    assert new.at_terminal("init --title T --no-input").refusal == "no-actor"
    new.actor = "office"
    assert new.at_terminal("init --no-input").refusal == "no-title"


def test_add_asks_for_what_is_missing(office: Office) -> None:
    said = office.at_terminal("add cable", "A cable", "az, tr=Türkiye (state)", "end-2027")

    assert said.code == 0, said
    party, made = (one["data"] for one in office.tell("history --json").data[-2:])
    assert party == {"name": "Türkiye", "kind": "state"}
    assert (made["title"], made["promisors"], made["due"]["wording"]) == ("A cable", ["az", "tr"], "end-2027")


def test_an_answer_that_cannot_be_taken_is_asked_for_again(office: Office) -> None:
    said = office.at_terminal("add cable", "", "A cable", "=Nobody", "", "12/31/2027", "2027-12-31")

    assert said.code == 0, said
    assert "Write 2027-12-31" in said.err
    assert said.err.count("By when?") == 2
    assert said.err.count("Who promises it?") == 2


def test_what_may_be_left_out_may_be_left_out(office: Office) -> None:
    office.at_terminal("add cable", "A cable", "", "")
    made = office.tell("history cable --json").data[0]["data"]
    assert (made["promisors"], "due" in made) == ([], False)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("add cable -p az", ["What is promised", "By when?"]),
        ("add cable --due 2027", ["What is promised", "Who promises it?"]),
        ('add cable -p az --target "1 Mt/year" --window 2027', ["What is promised"]),
        ('add cable "A cable"', []),
    ],
)
def test_what_was_said_is_not_asked_for(office: Office, line: str, asked: list[str]) -> None:
    said = office.at_terminal(line, "A cable", "", "")
    assert said.code == 0, said
    questions = ("What is promised", "Who promises it?", "By when?")
    assert [question for question in questions if question in said.err] == asked


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("add fibre", "duplicate-key"),
        ("add cable! ", "bad-key"),
        ("add cable --start soon", "bad-date"),
        ("add cable -p aq", "did-you-mean"),
    ],
)
def test_what_is_wrong_already_is_said_before_anything_is_asked(office: Office, line: str, code: str) -> None:
    said = office.at_terminal(line.replace("aq", "a"))
    assert (said.code, "?" in said.err.replace("did you mean", "")) == (1, code == "did-you-mean")
    assert code in said.err


def test_without_a_terminal_nothing_is_asked(office: Office) -> None:
    before = office.anchor()
    for said in (office.tell("add cable"), office.at_terminal("add cable --no-input")):
        assert (said.code, said.refusal) == (1, "no-title")
    assert office.anchor() == before


def test_undo_shows_what_it_takes_back_and_asks(office: Office) -> None:
    office.must('log fibre "Ship booked"')
    before = office.anchor()

    declined = office.at_terminal("undo", "")
    assert declined.code == 1
    assert "#12 fibre: Ship booked\nTake this back? [y/N] Nothing was recorded.\n" in declined.err
    assert office.anchor() == before

    taken = office.at_terminal("undo", "YES")
    assert taken.code == 0
    assert "progress.reported: undo" in taken.out


@pytest.mark.parametrize("line", ["undo --yes", "undo -y", "undo --no-input", "undo -n"])
def test_undo_asks_only_where_it_is_meant_to(office: Office, line: str) -> None:
    office.must('log fibre "Ship booked"')
    said = office.at_terminal(line)
    assert (said.code, "Take this back?" in said.err) == (0, False)


def test_undo_of_several_facts_takes_the_newest_first(office: Office) -> None:
    office.must('add cable "A cable" -p tr=Türkiye')
    said = office.at_terminal("undo", "y", columns=200)
    assert said.err.index("#13 cable") < said.err.index("#12 party tr")
    assert [one["retracted_by"] for one in office.tell("history --json").data[-4:]] == [15, 14, None, None]


def test_where_nothing_can_be_undone_it_is_said(office: Office) -> None:
    assert office.tell("undo --actor somebody-else").refusal == "nothing-to-undo"
    assert office.at_terminal("undo --actor somebody-else").code == 1


@pytest.mark.parametrize("answers", [[], ["A cable"], ["A cable", "az"]])
def test_input_that_ends_records_nothing(office: Office, answers: list[str]) -> None:
    before = office.anchor()
    said = office.at_terminal("add cable", *answers)
    assert (said.code, said.out) == (130, "")
    assert said.err.endswith("\n")
    assert office.anchor() == before


def test_an_interruption_while_asking_ends_the_line() -> None:
    typed = mock.Mock(readline=mock.Mock(side_effect=KeyboardInterrupt))
    with mock.patch("sys.stdin", typed), mock.patch("sys.stderr", Screen()) as shown, pytest.raises(KeyboardInterrupt):
        ask("Well?")
    assert shown.getvalue() == "Well? \n"


def test_what_was_typed_and_is_no_text_is_refused() -> None:
    broken = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
    typed = mock.Mock(readline=mock.Mock(side_effect=broken))
    with mock.patch("sys.stdin", typed), mock.patch("sys.stderr", StringIO()), pytest.raises(Refused) as refused:
        ask("Well?")
    assert refused.value.code == "bad-text"
