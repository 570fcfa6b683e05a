"""Does a team with a ledger on a server see and record the same as an office with a file?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import servers
from tests.cli.given import BEGINNING, HEAD, Office
from tests.cli.test_process import ASKING, heavy

STORY = Path(__file__).parents[2] / "events" / "histories" / "illustration" / "events.jsonl"
QUESTIONS = (
    "status",
    "due --within 400d",
    "show fibre",
    "why fibre",
    "history",
    "history oil-transit",
    "party list",
    "programme list",
    "source list",
    "source show interview",
    "export",
    "export --format csv",
    "export --format ics",
    "export --format oc4ids",
)
TIMES = ("", "--as-known 60 --as-of 2026-11-24", "--as-known #20", "--as-known 2027-06-30 --as-of 2028-01-01")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("file"))
    office.must(f"import {STORY}")
    return office


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with servers.new_schema() as schema:
        office = Office(tmp_path_factory.mktemp("server"), environment={"PLEDGER_LEDGER": servers.address(schema)})
        office.must(f"import {STORY}")
        yield office


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_the_same(file: Office, server: Office, question: str, times: str) -> None:
    for asked in (f"{question} {times}", f"{question} {times} --json"):
        here, there = file.tell(asked), server.tell(asked)
        # who was logged in is the one thing that a file does not know
        assert (there.code, there.out.replace(',"login":"postgres"', "")) == (here.code, here.out)
        assert here.code == 0 or question.startswith("export")
        assert "worked out for this command" not in there.err, "the read models that are kept were not asked"


@pytest.mark.parametrize("line", [line.replace("fibre", "oil-transit") for line in ASKING])
def test_a_question_to_a_server_loads_its_driver_alone(server: Office, line: str) -> None:
    wide = {"rich"}  # which says how wide letters are that this story has
    assert heavy(server, line, **server.environment) - wide == {"psycopg"}


def test_a_team_records_as_an_office_does(tmp_path: Path) -> None:
    with servers.new_schema() as schema:
        team = Office(tmp_path, environment={"PLEDGER_LEDGER": servers.address(schema)})
        team.must(*BEGINNING)
        team.must(
            'log fibre "Survey done" --progress 20%',
            'forecast fibre 2027-Q1 --because "Ship is late"',
            'move fibre 2027 --because "Permit is late" --approved-by board',
            "undo --no-input",
            "status",
        )
        assert team.anchor()[0] == HEAD + 4
        assert team.tell("due --json").data[0]["key"] == "fibre"
        assert team.tell("models status --json").data["behind"] == 0
