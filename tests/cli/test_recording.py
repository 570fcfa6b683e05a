"""Does every command that records say what it understood, once, and only when it is meant?"""

from __future__ import annotations

import pytest
import typer

from cli.commands import with_commands
from tests.cli.given import Office
from tests.cli.recording import RECORDINGS, Recording

every = pytest.mark.parametrize("one", RECORDINGS, ids=lambda one: " ".join(one.line.split()[:3]))
SAME_AGAIN = [one for one in RECORDINGS if not one.line.startswith("undo")]
READING = {  # or making whole ledgers, and views of one's own: each has tests of its own
    "audit",
    "backup",
    "chart",
    "copy",
    "diff",
    "due",
    "export",
    "history",
    "import",  # has its own tests
    "info",
    "init",
    "check",
    "keep",
    "list",
    "migrate",
    "models",
    "remind",
    "report",
    "restore",
    "roles",
    "score",
    "show",
    "slips",
    "status",
    "template",
    "timeline",
    "trend",
    "view",
    "why",
}


@every
def test_a_command_records_its_facts_and_says_what_it_understood(office: Office, one: Recording) -> None:
    office.must(*one.before)
    size, _ = office.anchor()

    said = office.tell(one.line)

    assert said.code == 0, said
    assert one.says in said.out
    assert f"#{size + 1} " in said.out
    assert said.out.endswith("Recorded in Middle Corridor.\n")
    facts = [event["type"] for event in office.run("history", "--json").data[size:]]
    assert tuple(facts) == tuple(f"{name}.v1" for name in one.facts)


@every
def test_a_dry_run_says_the_same_and_records_nothing(office: Office, one: Recording) -> None:
    office.must(*one.before)
    before = office.anchor()

    said = office.tell(f"{one.line} -n")

    assert said.code == 0, said
    assert one.says.partition("; now ")[0] in said.out
    assert said.out.endswith("Would be recorded in Middle Corridor.\n")
    assert office.anchor() == before


@pytest.mark.parametrize("one", SAME_AGAIN, ids=lambda one: " ".join(one.line.split()[:3]))
def test_the_same_command_again_records_nothing_and_says_so(office: Office, one: Recording) -> None:
    office.must(*one.before, one.line)
    before = office.anchor()

    said = office.tell(one.line)

    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("; nothing was recorded.\n")
    assert office.anchor() == before


@every
def test_a_command_with_an_id_that_is_sent_twice_gives_its_first_result(office: Office, one: Recording) -> None:
    office.must(*one.before)
    line = f"{one.line} --command-id {'once' * 8} --json"

    first, again = office.tell(line), office.tell(line)

    assert first.code == 0, first
    assert first.data
    assert again.json == first.json
    assert {event["command"] for event in first.data} == {"once" * 8}


@every
def test_the_answer_as_json_is_the_events_that_were_recorded(office: Office, one: Recording) -> None:
    office.must(*one.before)

    said = office.tell(f"{one.line} --json")

    assert said.code == 0, said
    assert said.data == office.run("history", "--json").data[-len(one.facts) :]


@every
def test_a_command_that_looks_back_cannot_record(office: Office, one: Recording) -> None:
    office.must(*one.before)
    before = office.anchor()

    for looking_back in ("--as-of 2026-01-01", "--as-known 3", '--as-of ""'):
        said = office.tell(f"{one.line} {looking_back}")
        assert (said.code, said.out, said.refusal) == (2, "", "time-on-recording")
    assert office.anchor() == before


@every
def test_nothing_is_recorded_when_nobody_says_for_which_office(office: Office, one: Recording) -> None:
    office.must(*one.before)
    before = office.anchor()

    for nobody in (None, "  "):
        office.actor = nobody
        said = office.tell(one.line)
        assert (said.code, said.out, said.refusal) == (2, "", "no-actor")
    assert office.anchor() == before


@every
def test_a_command_is_true_on_the_day_that_it_says(office: Office, one: Recording) -> None:
    if one.line.startswith("meet"):  # what was met before the day on which it is said to be true
        one = one._replace(line=one.line.replace("2026-11-20", "2026-11-24"))
    office.must(*one.before)

    events = office.tell(f"{one.line} --on today --json").data

    assert {event["effective"] for event in events} == {"2026-11-24"}
    assert office.tell(f"{one.line} --on tomorrow").code in (0, 1)  # refused, or there already


def test_an_id_that_was_used_for_something_else_is_refused(office: Office) -> None:
    office.must("log fibre One --command-id abc")
    assert office.tell("log fibre Two --command-id abc").refusal == "command-id-reused"


def test_what_is_true_in_the_future_is_refused(office: Office) -> None:
    before = office.anchor()
    assert office.tell("log fibre Soon --on 2026-11-25").refusal == "effective-in-future"
    assert office.anchor() == before


def test_every_command_that_records_is_in_the_table() -> None:
    tried = {name for name in names() for one in RECORDINGS if one.line.startswith(f"{name} ") or one.line == name}
    assert tried == {name for name in names() if not READING & set(name.split())}


def names() -> set[str]:
    """The commands, as they are typed."""
    root = typer.main.get_command(with_commands())
    found = set()
    for name, command in root.commands.items():  # type: ignore[attr-defined]  # a group has them
        found |= {f"{name} {inner}" for inner in getattr(command, "commands", {})} or {name}
    return found


def test_of_what_is_at_rest_no_days_are_counted(office: Office) -> None:
    assert "; now on-track, 37 days left\n" in office.tell("log fibre Text").out
    assert "; now suspended\n" in office.tell("suspend fibre --because Talks").out


def test_dates_and_remarks_need_no_quotes(office: Office) -> None:
    office.must("forecast fibre Q3 2027 --because Late", "move fibre March 2027 --because Late --approved-by board")
    office.must("log fibre Ship booked at last")
    (item,) = office.tell("status fibre --json").data
    assert (item["forecast"]["edtf"], item["due"]["edtf"]) == ("2027-35", "2027-03")
    assert "Ship booked at last" in office.tell("show fibre").out
