"""What stands in a calendar, and is it written as RFC 5545 asks?"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import icalendar
import pytest

from domain.commitment import make
from domain.life import withdraw
from exchange.ics import WIDTH, write_calendar
from exchange.outgoing import Outgoing
from tests.domain.given import fd
from tests.exchange.judges.calendars import days_in_khal
from tests.exchange.standing import LONG, ODD, lines_of, made, oddities, standing


def read(document: bytes) -> dict[str, Any]:
    """The events or tasks by UID, without that of the ledger."""
    calendar = icalendar.Calendar.from_ical(document)
    return {str(one["UID"]).partition("@")[0]: one for one in calendar.walk() if one.name in ("VEVENT", "VTODO")}


def test_each_due_milestone_and_end_of_a_period_is_a_whole_day(real: Outgoing) -> None:
    events = read(made(write_calendar, real))
    assert sorted(events) == [
        *("council-steps", "fibre", "oil-transit.oil-transit.2026", "oil-transit.oil-transit.2027"),
        *("road-map", "turkological-centenary"),
    ]
    assert (events["fibre"]["DTSTART"].dt, events["fibre"]["DTEND"].dt) == (date(2026, 12, 31), date(2027, 1, 1))
    assert events["road-map"]["DTSTART"].dt == date(2027, 12, 31)


def test_what_has_no_last_day_is_named_and_left_out(real: Outgoing) -> None:
    undated = write_calendar(real, BytesIO())
    assert "oil-expansion" in undated
    assert "ports/alat" in undated
    assert not {"oil-transit", "fibre"} & set(undated)


def test_what_is_closed_needs_no_day(tmp_path: Path, odd: Outgoing) -> None:
    writer = oddities()
    writer.do(withdraw, "never", because="Merged")
    writer.do(withdraw, "odd/crane", because="Merged")
    assert write_calendar(odd, BytesIO()) == ["never", "odd/crane"]
    assert write_calendar(standing(tmp_path / "p.db", writer.lines), BytesIO()) == []


def test_a_uid_names_the_item_in_its_ledger_and_the_sequence_its_last_line(odd: Outgoing) -> None:
    events = read(made(write_calendar, odd))
    assert events["odd.quay"]["UID"] == f"odd/quay@{odd.ledger}".replace("/", ".")
    assert events["odd"]["SEQUENCE"] == odd.lasts["commitment/odd"] == 12


def test_the_sequence_grows_with_each_line_about_the_item(tmp_path: Path) -> None:
    lines = oddities().lines
    sequences = [
        read(made(write_calendar, standing(tmp_path / f"{known}.db", lines, known=known)))["odd"]["SEQUENCE"]
        for known in (6, 7, 11, 30)
    ]
    assert sequences == [6, 7, 11, 12]


def test_the_status_says_what_was_withdrawn_and_what_is_not_exact(odd: Outgoing) -> None:
    events = read(made(write_calendar, odd))
    said = {uid: str(events[uid]["STATUS"]) for uid in ("odd", "odd.rail", "odd.quay", "gone", "gone.part", "short")}
    assert said == {
        "odd": "TENTATIVE",
        "odd.rail": "CANCELLED",
        "odd.quay": "CONFIRMED",
        "gone": "CANCELLED",
        "gone.part": "CANCELLED",
        "short": "CONFIRMED",
    }


def test_a_task_is_done_only_with_evidence(odd: Outgoing) -> None:
    tasks = read(made(write_calendar, odd, todo=True))
    keys = ("met", "claimed", "odd", "rest", "short", "gone", "odd.quay", "oil.oil.2025")
    assert {key: str(tasks[key]["STATUS"]) for key in keys} == {
        "met": "COMPLETED",
        "claimed": "IN-PROCESS",
        "odd": "IN-PROCESS",
        "rest": "NEEDS-ACTION",
        "short": "CANCELLED",
        "gone": "CANCELLED",
        "odd.quay": "COMPLETED",
        "oil.oil.2025": "COMPLETED",
    }
    assert tasks["odd"]["PERCENT-COMPLETE"] == 42
    assert tasks["met"]["COMPLETED"].dt.date() == date(2026, 1, 31)
    assert tasks["oil.oil.2025"]["COMPLETED"].dt.date() == date(2025, 12, 31)
    assert tasks["rest"]["DUE"].dt == date(2026, 12, 31)


def test_alarms_are_for_what_is_open(odd: Outgoing) -> None:
    events = read(made(write_calendar, odd, [30, 7]))
    alarms = {
        uid: [str(one["TRIGGER"].to_ical(), "ascii") for one in event.walk("VALARM")] for uid, event in events.items()
    }
    assert alarms["long"] == alarms["oil.oil.2026"] == ["-P30D", "-P7D"]
    assert not any(alarms[uid] for uid in ("met", "claimed", "rest", "short", "gone", "gone.part", "oil.oil.2025"))
    todo = made(write_calendar, odd, [30], todo=True)
    assert b"TRIGGER;RELATED=END:-P30D\r\n" in todo
    assert b"VALARM" not in made(write_calendar, odd)


def test_lines_end_in_crlf_and_have_at_most_75_octets(story: Outgoing) -> None:
    document = made(write_calendar, story, [30])
    lines = document.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert max(map(len, lines)) <= WIDTH
    assert all(line.decode() for line in lines[:-1])


def test_a_long_title_comes_back_whole(odd: Outgoing) -> None:
    events = read(made(write_calendar, odd))
    assert str(events["long"]["SUMMARY"]) == LONG
    assert str(events["odd"]["SUMMARY"]) == ODD


def test_text_is_never_more_than_text(odd: Outgoing) -> None:
    document = made(write_calendar, odd).replace(b"\r\n ", b"")
    assert b'SUMMARY:=Ports\\; Alat\\, Aktau \\\\ "quay"' in document


def test_signs_that_would_break_a_line_become_visible(odd: Outgoing) -> None:
    document = made(write_calendar, odd._replace(title="A\N{LINE SEPARATOR}B\rMETHOD:REQUEST"))
    assert "X-WR-CALNAME:A\N{REPLACEMENT CHARACTER}B\N{REPLACEMENT CHARACTER}METHOD:REQUEST\r\n" in document.decode()


def test_nobody_is_invited(story: Outgoing) -> None:
    document = made(write_calendar, story)
    assert not re.search(rb"^(METHOD|ATTENDEE|ORGANIZER)", document, re.MULTILINE)


def test_a_filter_that_matches_nothing_gives_an_empty_calendar(nothing: Outgoing) -> None:
    file = BytesIO()
    assert write_calendar(nothing, file) == []
    assert icalendar.Calendar.from_ical(file.getvalue()).walk("VEVENT") == []


def test_days_at_both_ends_of_time_are_written_in_full(tmp_path: Path) -> None:
    writer = oddities()
    writer.do(make, "ancient", "Ancient", due=fd("0987-06-05"))
    writer.do(make, "last", "Last", due=fd("9999"))
    document = made(write_calendar, standing(tmp_path / "pledger.db", writer.lines))
    assert b"DTSTART;VALUE=DATE:09870605\r\n" in document
    assert b"DTSTART;VALUE=DATE:99991231\r\nTRANSP" in document


@pytest.mark.parametrize(("day", "titles"), [("2026-12-31", 2), ("2027-01-01", 0)])
def test_a_calendar_program_shows_them_on_their_day(real: Outgoing, tmp_path: Path, day: str, titles: int) -> None:
    (tmp_path / "dues.ics").write_bytes(made(write_calendar, real))
    shown = days_in_khal(tmp_path / "dues.ics", day)
    assert len([title for title in shown if "Fibre" in title or "Centenary" in title]) == titles


def test_what_was_known_before_is_another_calendar(tmp_path: Path) -> None:
    before = standing(tmp_path / "known.db", lines_of("illustration"), known=20, on=date(2025, 11, 20))
    calendar = made(write_calendar, before)
    assert b"X-WR-CALDESC:as known #20\\, as of 2025-11-20\r\n" in calendar
