"""Is an answer that of one position while another process records, so that it can be made again from what it cites?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cli.given import BEGINNING, Office

WRITER = """
import sys
from datetime import timedelta
from itertools import count
from time import sleep

from domain.due import move_due
from domain.forecast import revise_forecast
from domain.fuzzy import from_edtf
from domain.milestone import plan_milestone
from domain.occasion import Occasion
from domain.party import rename_party
from domain.programme import note
from domain.progress import report_progress
from domain.retraction import retract
from ledger.ledger import Ledger
from tests.cli.given import MORNING
from tests.ledger.given import Clock, pen

ledger = Ledger.open(sys.argv[1], pen=pen(Clock(MORNING)), timeout=60)
zone = ledger.record.zone


def say(decision, *args, ago=0, **named):
    def decide(known, now):
        today = now.astimezone(zone).date()
        return decision(Occasion(known, today, "office", today - timedelta(days=ago)), *args, **named)

    return ledger.change(decide, actor="office")


for number in count():
    because, later = f"reason {number}", from_edtf(str(2030 + number % 50))
    (moved,) = say(move_due, "ports/alat", later, because=because, approved_by="board")
    (seen,) = say(report_progress, "fibre", note=f"step {number}", ago=number % 50)
    say(revise_forecast, "fibre", later, because=because, ago=number % 7)
    if number % 10 == 0:
        say(plan_milestone, f"ports/m{number}", "Another", due=later)
    say(rename_party, "az", f"Name {number}", because=because)
    say(note, "mc", f"note {number}")
    say(retract, seen if number % 2 else moved, because=because)
    if not number:
        print("begun", flush=True)
    sleep(0.02)  # so that the ledger remains a small one
"""
COMMANDS = (
    *(
        "status",
        "due --within 9y",
        "show fibre",
        "show ports",
        "why fibre",
        "why ports/alat",
        "history",
        "history fibre",
    ),
    *("slips", "score", "timeline", "trend fibre ports/alat", "diff #5", "audit replay", "audit replay --from #20"),
    *("party list", "party show az", "source list", "programme list", "programme show mc"),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest) -> Office:
    """An office whose ledger others use too: in a file, and on a server."""
    if request.param == "sqlite":
        office: Office = request.getfixturevalue("office")
        return office
    team: Office = request.getfixturevalue("team")
    team.must(*BEGINNING)
    return team


@contextmanager
def writing(office: Office) -> Iterator[None]:
    """Another process records and takes back, with hardly a pause."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    place = office.environment.get("PLEDGER_LEDGER", str(office.folder / "pledger.db"))
    with subprocess.Popen([sys.executable, "-c", WRITER, place], env=environment, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == b"begun\n"
            yield
            assert process.poll() is None
        finally:
            process.kill()


def test_every_answer_is_that_of_the_position_that_it_cites(shared: Office) -> None:
    said, begun = {}, 0
    with writing(shared):
        for line in COMMANDS:
            said[line] = shared.tell(f"{line} --json"), shared.tell(line)
            ended = shared.anchor()[0]
            assert begun <= said[line][0].json["as_known"] < ended  # others went on meanwhile
            begun = ended
    for line, (data, text) in said.items():
        told = data.json
        at = f"--as-known #{told['as_known']} --as-of {told['as_of']}"
        assert shared.tell(f"{line} {at} --json").out == data.out, line
        known, on = re.findall(r"as known (#\d+), as of (\S+)", text.err)[0]
        assert shared.tell(f"{line} --as-known {known} --as-of {on}").out == text.out, line
