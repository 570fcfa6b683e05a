"""Does the board read well: in a pipe, on terminals of any width, with and without colours?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.cli.given import Office
from tests.cli.golden import golden

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
EVERYTHING = ("status", "due --within 6m", "show fibre", "why bridge", "history", "party list", "programme show mc")


def test_the_board_in_a_pipe(year: Office) -> None:
    said = year.tell("status")
    assert said.err == "Middle Corridor: as known #33, as of 2026-11-24\n"
    golden("board", said.out)


def test_the_board_does_not_say_twice_that_a_due_which_never_moved_has_passed(office: Office) -> None:
    office.must(
        "add road Road --due 2026-11-01 --on 2026-11-01",
        "add weir Weir --due 2026-11-01 --on 2026-11-01",
        'move weir 2026-11-10 --because "Permit" --approved-by board --on 2026-11-02',
        "add pier Pier --due 2026-11-01 --on 2026-11-01",
        'close-short pier --achieved "Half of it" --because Money',
        "add quay Quay --due 2026-11-01 --on 2026-11-01",
        "meet quay",
        "add dam Dam --due 2026-11-01 --on 2026-11-01",
        "meet dam --evidence note.txt",
    )
    office.clock += timedelta(days=60)
    rows = {
        line.split()[0]: re.findall(r"\[([a-z-]+)\]", line)
        for line in office.must("status")[0].out.splitlines()
        if line
    }
    assert (rows["road"], rows["dam"], rows["quay"]) == ([], [], ["past-due"])
    assert rows["weir"] == ["late-vs-original", "moved", "moved-close"]
    assert rows["pier"] == ["late-vs-original"]
    flags = {one["key"]: [flag["code"] for flag in one["flags"]] for one in office.must("status --json")[0].data}
    assert "late-vs-original" in set(flags["road"]) & set(flags["dam"]) & set(flags["quay"])


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_board_on_a_terminal(year: Office, columns: int) -> None:
    said = year.at_terminal("status", columns=columns, environment={"NO_COLOR": "1"})
    golden(f"board-{columns}", ESCAPES.sub("", said.out))


def test_what_is_due_in_a_pipe(year: Office) -> None:
    said = year.tell("due")
    assert said.err.endswith(
        "\nwhat is due later than in 90d not shown\n2 undated not shown (1 milestone among them)\n"
    )
    golden("due", said.out)


def test_what_is_due_on_a_terminal(year: Office) -> None:
    golden("due-80", ESCAPES.sub("", year.at_terminal("due --within 6m").out))


@pytest.mark.parametrize("command", EVERYTHING)
@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(year: Office, command: str, columns: int) -> None:
    in_a_pipe, on_terminal = year.tell(command).out, ESCAPES.sub("", year.at_terminal(command, columns=columns).out)

    longest = max(map(len, re.findall(r"\S+", in_a_pipe)))
    assert max(map(len, on_terminal.splitlines())) <= max(columns, longest + 14)  # a word is never broken
    assert set(re.findall(r"\w+", on_terminal)) >= set(re.findall(r"\w+", in_a_pipe)) - set(headings(in_a_pipe))


def headings(text: str) -> list[str]:
    """Names of columns, which are left out where their cells stand beneath."""
    return [word for line in text.splitlines() if "  " in line.strip() for word in line.split() if word.islower()]


def test_a_status_is_coloured_and_always_a_word_too(year: Office) -> None:
    coloured = year.at_terminal("status").out
    assert "\x1b[1;31mlate" in coloured
    assert "\x1b[33munreported" in coloured
    assert ESCAPES.sub("", coloured) == ESCAPES.sub("", year.at_terminal("status", environment={"NO_COLOR": "1"}).out)


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colours_gets_none(year: Office, plain: dict[str, str]) -> None:
    assert "\x1b[3" not in year.at_terminal("status", environment=plain).out


def test_a_board_of_many_rows_is_plain(new: Office) -> None:
    plan = "key,title\n" + "".join(f"c{number},Number {number}\n" for number in range(101))
    (new.folder / "plan.csv").write_text(plan, "utf-8")
    new.must("init --title Many", "import plan.csv")
    assert "\x1b[" not in new.at_terminal("status").out.partition("\n")[2]


def test_an_empty_board_says_so(new: Office) -> None:
    new.must("init --title Empty")
    assert new.tell("status").out == "No commitment.\n"
    assert new.tell("due").out == "Nothing is due within 90d.\n"
    assert new.tell("party list").out == "None is registered.\n"
    assert new.tell("history --as-known #0").out == "Nothing was recorded by then.\n"


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("status --programme m", ["centenary", "fibre", "oil"]),
        ("status --party az", ["centenary", "fibre", "oil", "ports", "tariffs"]),
        ("status --owner DIGITAL-ministry", ["fibre"]),
        ("status --tag sea", ["fibre", "ports"]),
        ("status --kind Roadmap", ["bridge"]),
        ("status --status late --status claimed", ["bridge", "centenary"]),
        ("status o", ["oil", "old-road", "ports", "tariffs", "bridge"]),
        ("status line", ["fibre"]),
        ("status late", ["bridge"]),
        ("due --within 10y --kind target", ["oil", "oil"]),
        ("due --within 1y --party kz", ["bridge", "fibre"]),
    ],
)
def test_a_board_can_be_narrowed_down(year: Office, line: str, keys: list[str]) -> None:
    assert sorted(item["key"] for item in year.tell(f"{line} --json").data) == sorted(keys)


def test_a_filter_that_holds_for_none_says_so(year: Office) -> None:
    assert year.tell("status nowhere").out == "No commitment matches.\n"


@pytest.mark.parametrize(
    ("option", "word"),
    [("--programme mc", "programme:mc"), ("--party kz", "party:kz"), ("--kind target", "kind:target")],
)
@pytest.mark.parametrize("command", ["status", "due"])
def test_an_option_and_a_word_of_a_filter_mean_the_same(year: Office, command: str, option: str, word: str) -> None:
    found = year.tell(f"{command} {option} --json").data
    assert found
    assert year.tell(f"{command} {word} --json").data == found
    assert year.tell(f"{command} {word} {option} --json").data == found


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("status --status risky", "bad-status"),
        ("status --kind promise", "bad-choice"),
        ("status --programme nowhere", "unknown-key"),
        ("status --party nobody", "unknown-key"),
        ("status programe:mc", "unknown-field"),
        ("due party:nobody", "unknown-key"),
        ("due --fail-on risky", "bad-status"),
        ("due --within soon", "bad-length"),
    ],
)
def test_a_slip_in_a_filter_does_not_look_like_good_news(year: Office, line: str, code: str) -> None:
    said = year.tell(line)
    assert (said.code, said.out, said.refusal) == (1, "", code)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("due --fail-on late", 1),
        ("due --fail-on late --party az", 1),  # what is claimed or suspended and past its due counts as late
        ("due --fail-on late --programme mc --kind target", 0),
        ("due --fail-on unreported", 1),
        ("due --fail-on short --fail-on at-risk", 0),
        ("due --fail-on met --party az", 1),  # of a milestone
        ("due --fail-on late --json", 1),
    ],
)
def test_a_watch_fails_on_a_status(year: Office, line: str, code: int) -> None:
    said = year.tell(line)
    assert said.code == code
    assert said.out
