"""Is text from a ledger shown as it was typed, and never taken for markup?"""

from __future__ import annotations

import re

import pytest

from tests.cli.given import Office

TITLES = [
    "x [/]",
    "[link=https://example.org]y[/link]",
    "[bold red]z[/bold red] {0} %s \\n <b>",
    "Şəki–Zaqatala yolu, Ğəmgin Əli, Iğdır",
    "Қазақстан ұлттық ғылым академиясы, Әуе жолы",
    "İstanbul'da ışık, ağaç, ölçü",
    "Ёлки, щука и объезд",
    "日本 🐫 ﷽",
]
COMMANDS = ("status", "due --within 9y", "show x", "why x", "history x", "history", "party list", "programme list")


@pytest.fixture(params=TITLES)
def title(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_title_is_accepted_and_shown_as_typed(office: Office, title: str) -> None:
    said = office.run("add", "x", title, "--due", "2027", "-p", f"nn={title}")
    assert said.code == 0, said
    assert title in said.out
    for command in ("status x", "show x", "history x"):
        assert title in office.tell(f"{command} --json").out.replace('\\"', '"').replace("\\\\", "\\")
    for command in ("show x", "history x", "party list"):
        assert title in office.tell(command).out


def test_a_title_is_no_markup_on_a_terminal(office: Office, title: str) -> None:
    office.run("add", "x", title, "--due", "2027", "-p", f"nn={title}")
    for command in COMMANDS:
        said = office.at_terminal(command, columns=400, environment={"NO_COLOR": "1"})
        assert said.code == 0, said
        assert title in said.out or command in ("status", "programme list", "why x")


@pytest.mark.parametrize("typed", ["İSTANBUL", "istanbul", "Istanbul", "ıstanbul"])
def test_a_dotted_capital_i_never_breaks_a_key(office: Office, typed: str) -> None:
    office.run("add", "İstanbul", "Köprü")
    assert office.run("show", typed, "--json").data["item"]["key"] == "istanbul"


@pytest.mark.parametrize("typed", ["Azərbaycan Dəmir Yolları", "Қазақстан", "日本"])
def test_a_title_in_other_letters_suggests_a_key_or_asks_for_one(office: Office, typed: str) -> None:
    said = office.run("add", "x", "T", "--programme", typed)
    assert said.code == 0 or said.refusal == "bad-key"


@pytest.mark.parametrize(
    "bad", ["a\x1b[31mb", "a\u202eb", "a\nb", "a\x00b", "a\x85b", "a\u2028b", "a\u2066b", "a\udc80b"]
)
@pytest.mark.parametrize(
    "line",
    [
        ["add", "x"],
        ["log", "fibre"],
        ["note", "mc"],
        ["party", "rename", "az"],
        ["assign", "fibre"],
        ["close-short", "fibre", "--because", "x", "--achieved"],
        ["suspend", "fibre", "--because"],
        ["--actor"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_shown_safely_is_refused(office: Office, line: list[str], bad: str) -> None:
    before = office.anchor()
    rest = {"party": ["--because", "x"], "--actor": ["log", "fibre", "x"]}.get(line[0], [])

    said = office.run(*line, bad, *rest)

    assert (said.code, said.out, said.refusal) == (1, "", "bad-text")
    assert bad not in said.err
    assert office.anchor() == before


def test_what_is_quoted_in_a_refusal_is_escaped(office: Office) -> None:
    for words in (["show", "a\u202eb"], ["status", "--as-of", "a\x1bb"], ["--ledger", "a\x1b.db", "status"]):
        said = office.run(*words)
        assert said.code == 1
        assert re.search(r"a\\u(202e|001b)", said.err)
        as_data = office.run(*words, "--json").err
        assert "\x1b" not in as_data
        assert "\u202e" not in as_data


def test_a_text_of_100_kilobytes_is_refused_in_a_sentence(office: Office) -> None:
    said = office.run("add", "x", "a" * 100_000)
    assert said.refusal == "bad-text"
    assert len(said.err) < 200


def test_a_key_of_100_kilobytes_is_refused_in_a_sentence(office: Office) -> None:
    said = office.run("add", "a" * 100_000, "T")
    assert said.refusal == "bad-key"
    assert len(said.err) < 400
