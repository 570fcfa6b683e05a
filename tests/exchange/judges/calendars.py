"""Who judges calendars? Two readers of RFC 5545, and a calendar program that takes them in."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ics
import vobject

from tests.exchange.judges import Format, replacing

CONFIGURATION = """
[calendars]
[[here]]
path = {folder}/calendar
type = calendar
[sqlite]
path = {folder}/cache
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = here
"""


def text_of(path: Path) -> str:
    """The document with its line ends as they are."""
    return path.read_bytes().decode()


def by_ics(path: Path) -> list[str]:
    """What the package ics cannot read."""
    try:
        ics.Calendar(text_of(path))
    except Exception as error:  # whatever a judge raises is its verdict
        return [str(error)]
    return []


def by_vobject(path: Path) -> list[str]:
    """What the package vobject cannot read, or misses."""
    try:
        found = vobject.readOne(text_of(path))
        found.validate(raiseException=True)
    except Exception as error:  # whatever a judge raises is its verdict
        return [str(error)]
    return []


@contextmanager
def taken_in(path: Path) -> Iterator[tuple[list[str], Path, str]]:
    """khal with a calendar that took the file in: how it is called, where that lies, what it said."""
    with tempfile.TemporaryDirectory() as folder:
        calendar, settings = Path(folder) / "calendar", Path(folder) / "config"
        calendar.mkdir()
        settings.write_text(CONFIGURATION.format(folder=folder), "utf-8")
        khal = [sys.executable, "-m", "khal", "-c", str(settings)]
        done = subprocess.run([*khal, "import", "--batch", str(path)], capture_output=True, text=True, check=False)
        yield khal, calendar, done.stderr


def by_khal(path: Path) -> list[str]:
    """What the calendar khal does not take in."""
    wanted = [line for line in text_of(path).splitlines() if line.startswith("UID:")]
    with taken_in(path) as (_, calendar, said):
        found = list(calendar.iterdir())
    return [] if len(found) == len(wanted) else [f"{len(found)} of {len(wanted)} taken in", *said.splitlines()[:3]]


def days_in_khal(path: Path, day: str) -> list[str]:
    """The titles that khal shows on a day."""
    with taken_in(path) as (khal, _, _):
        told = subprocess.run([*khal, "list", "--json", "title", day, "1d"], capture_output=True, text=True, check=True)
    return [one["title"] for line in told.stdout.splitlines() for one in json.loads(line)]


READERS = {"ics": by_ics, "vobject": by_vobject}
EVENTS = Format(
    name="ics",
    words="ics --remind 30d --remind 7d",
    file="dues.ics",
    judges={**READERS, "khal": by_khal},
    faults={
        "ics": replacing(b"DTEND;VALUE=DATE:2", b"DTEND;VALUE=DATE:1"),
        "vobject": replacing(b"UID:", b"X-UID:"),
        "khal": replacing(b"DTSTART;VALUE=DATE:20261231", b"DTSTART;VALUE=DATE:20261331"),
    },
)
TODOS = Format(
    name="ics --todo",
    words="ics --todo --remind 30d",
    file="tasks.ics",
    judges=READERS,
    faults={
        "ics": replacing(b"DUE;VALUE=DATE:2", b"DUE;VALUE=DATE:x"),
        "vobject": replacing(b"END:VTODO\r\n", b""),
    },
)
