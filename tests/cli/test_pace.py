"""Does the pace read as what it is: a projection with its method and its bounds?"""

from __future__ import annotations

from contextlib import redirect_stdout
from datetime import date
from io import StringIO

import pytest

from cli.pace import show_pace
from ledger.record import Record
from projections.asked import At
from projections.models import Models
from projections.pace import pace
from tests.cli.given import Office


def read(story: Office, key: str, on: str, known: int = 156) -> str:
    path, day, told = story.folder / "pledger.db", date.fromisoformat(on), StringIO()
    with Record.open(path) as record, Models.open(record, path) as models:
        found = models.answer(lambda base: pace(base, At(known, day), key))
    with redirect_stdout(told):
        show_pace(found, day)
    return told.getvalue()


@pytest.mark.parametrize(
    ("key", "on", "lines"),
    [
        (
            "ports",
            "2027-06-30",
            [
                "reported    55 % on 2027-04-19 (#119)",
                "steady work 66.4 % on 2027-04-19, 75.8 % on 2027-06-30, by the straight line from start to due",
                "earned      the straight line had 55 % on 2027-01-23: 86 days behind when it was reported",
                "finish      2028-06-05, at the average pace so far; between 2028-02-18 and 2028-10-12, at the fastest"
                " and the slowest pace of a stretch",
            ],
        ),
        (
            "road-map",
            "2027-06-30",
            [
                "reported    80 % on 2027-06-07 (#126)",
                "finish      2027-12-20, at the average pace so far; too few reports for an interval",
            ],
        ),
        (
            "oil-transit",
            "2027-06-30",
            [
                "oil-transit 0.35 Mt of at least 1.4 Mt in 2027 so far; heading for 1.4194 Mt; needs 0.17369 Mt"
                " a month; ended periods: 1 short",
                "restated    2026-Q1 from 0.31 Mt to 0.34 Mt (#64 2026-05-11 energy-ministry: Two ships unloaded on 31"
                " March had been counted in April)",
            ],
        ),
        (
            "oil-tariffs",
            "2026-06-30",
            [
                "tariff-level nothing reported of at most 90 % in 2026 so far; projection undefined: nothing is"
                " reported",
            ],
        ),
        ("oil-growth", "2027-06-30", ["oil-growth  no period is running"]),
        ("caspian-level", "2026-06-30", []),
    ],
)
def test_it_reads_in_full(story: Office, key: str, on: str, lines: list[str]) -> None:
    assert read(story, key, on) == ("\npace\n" + "".join(f"  {line}\n" for line in lines) if lines else "")


def test_what_is_known_decides(story: Office) -> None:
    assert "(#67" not in read(story, "fibre", "2026-06-30", 60)
    assert read(story, "fibre", "2028-06-30").splitlines()[-1] == "  finish      undefined: it is closed"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["log fibre --progress 50% --on 2026-11-24"], "2027-05-19, at the average pace so far; too few reports"),
        (
            ["log fibre --progress 83% --on 2026-11-24"],
            "the straight line had 83 % on 2026-11-24: on the line when",
        ),
        (["log fibre --progress 84% --on 2026-11-24"], ": 2 days ahead when it was reported"),
        (
            ["log fibre --progress 60% --on 2026-10-01", "log fibre --progress 60% --on 2026-10-11"],
            "2027-01-08, which has passed, at the average pace so far; from 2027-01-01, at the fastest; open-ended",
        ),
        (["log ports --progress 60%"], "undefined: there is no start, and no second report"),
        (["log fibre --progress 50% --on 2026-06-01"], "reported    50 % on 2026-06-01"),
    ],
)
def test_what_it_says_depends_on_the_reports(office: Office, lines: list[str], words: str) -> None:
    office.must("restate fibre --start 2026-06-01 --because Dated", *lines)
    key = "ports" if "ports" in lines[0] else "fibre"
    assert words in read(office, key, "2027-02-01" if "passed" in words else "2026-11-24", 20)
