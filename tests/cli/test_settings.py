"""Which ledger, which office and which folder are meant, and from where may global options come?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.main import hoisted
from cli.settings import Edge, configuration_file
from tests.cli.given import MORNING, Office


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("status", "status"),
        ("status --json", "--json status"),
        ("--json status", "--json status"),
        ("status --as-of 2026-01-01 late", "--as-of 2026-01-01 status late"),
        ("status --as-of=2026-01-01", "--as-of=2026-01-01 status"),
        ("log fibre x -C there --no-input", "-C there --no-input log fibre x"),
        ("log fibre -- --json", "log fibre -- --json"),
        ("--actor a log fibre --actor b", "--actor a --actor b log fibre"),
        ("status --as-of", "--as-of"),  # what is missing is its value, and not a command
        ("", ""),
    ],
)
def test_global_options_are_taken_from_anywhere(typed: str, seen: str) -> None:
    assert hoisted(typed.split()) == seen.split()


@given(st.lists(st.sampled_from(["status", "late", "--json", "--as-of", "x", "--", "-n", "--ledger=y"])))
def test_hoisting_loses_no_word_and_changes_nothing_the_second_time(words: list[str]) -> None:
    once = hoisted(words)
    assert sorted(once) == sorted(words) or once == [words[-1]]
    assert hoisted(once) == once


def test_text_behind_a_double_dash_is_text(office: Office) -> None:
    office.must("log fibre -- --json")
    assert office.tell("history fibre --json").data[-1]["data"]["note"] == "--json"


def test_an_option_without_its_value_says_so(office: Office) -> None:
    said = office.tell("status --json --as-of")
    assert said.code == 2
    assert "Option '--as-of' requires an argument" in said.err


def test_the_ledger_lies_here_or_in_a_folder_above(office: Office) -> None:
    deep = office.folder / "a" / "b"
    deep.mkdir(parents=True)
    here = office.tell("status").out
    assert office.tell("status -C a/b").out == here
    assert office.tell("status -C nowhere").refusal == "file"


def test_the_ledger_is_the_one_that_was_named(office: Office) -> None:
    office.must("init other.db --title Other")
    title = "info --json"
    assert office.tell(f"{title} --ledger other.db").data["title"] == "Other"
    office.environment["PLEDGER_LEDGER"] = "other.db"
    assert office.tell(title).data["title"] == "Other"
    assert office.tell(f"{title} --ledger pledger.db").data["title"] == "Middle Corridor"
    office.environment["PLEDGER_LEDGER"] = ""
    assert office.tell(title).data["title"] == "Middle Corridor"


def test_an_environment_that_names_a_ledger_also_says_where_it_is_made(new: Office) -> None:
    new.environment["PLEDGER_LEDGER"] = "named.db"
    new.must("init --title T")
    assert (new.folder / "named.db").exists()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("status --ledger nothing.db", "no-ledger"),
        ("status --ledger note.txt", "not-a-ledger"),
        ("status --ledger ''", "not-a-ledger"),
        ("status --ledger mysql://somewhere", "unknown-address"),
        ("init", "no-title"),
        ("init --title T", "ledger-exists"),
        ("init nowhere/x.db --title T", "no-folder"),
        ("init x.db --title T --timezone Asia/Nowhere", "bad-timezone"),
        ("init x.db --title T --as-known 3", "time-on-recording"),
    ],
)
def test_a_ledger_that_cannot_be_meant_is_refused(office: Office, line: str, code: str) -> None:
    assert office.tell(line).refusal == code
    assert not (office.folder / "x.db").exists()


def test_the_office_is_the_one_that_was_named(office: Office) -> None:
    office.must("log fibre One", "log fibre Two --actor board")
    assert [one["actor"] for one in office.tell("history fibre --json").data[-2:]] == ["programme-office", "board"]
    assert office.tell("log fibre Three --actor ''").refusal == "no-actor"


def test_the_office_is_remembered_in_the_configuration(office: Office) -> None:
    office.actor = None
    path = configuration_file(office.edge())
    path.parent.mkdir(parents=True)
    path.write_text('actor = "ministry"\n', "utf-8")
    office.must("log fibre One")
    assert office.tell("history fibre --json").data[-1]["actor"] == "ministry"


@pytest.mark.parametrize("text", ["actor = ", "actor = 5", "\udcff"])
def test_a_configuration_that_cannot_be_read_is_refused(office: Office, text: str) -> None:
    office.actor = None
    path = configuration_file(office.edge())
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert office.tell("log fibre One").refusal == "bad-configuration"
    assert office.tell("status").code == 0


@pytest.mark.parametrize("variable", ["XDG_CONFIG_HOME", "APPDATA"])
def test_the_configuration_lies_where_the_system_keeps_such(variable: str) -> None:
    edge = Edge(clock=lambda: MORNING, environment={variable: "/there"})
    assert str(configuration_file(edge)) == "/there/pledger/config.toml"


def test_without_such_a_place_the_configuration_lies_in_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/of-somebody")
    edge = Edge(clock=lambda: MORNING, environment={})
    assert str(configuration_file(edge)) == "/home/of-somebody/.config/pledger/config.toml"


def test_what_the_machine_gives_is_its_clock_and_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGER_ACTOR", "board")
    edge = Edge.of_this_machine()
    assert edge.clock().utcoffset() is not None
    assert edge.environment["PLEDGER_ACTOR"] == "board"
    assert len(edge.pen().ids(edge.clock())) == 36
