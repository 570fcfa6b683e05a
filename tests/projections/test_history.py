"""Is the history every line that was known, with what of it was retracted?"""

from __future__ import annotations

import re
from datetime import date, timedelta

import msgspec

from domain.retraction import retract
from projections.history import Event, events, history
from tests.projections.given import Desk


def asked(desk: Desk, subject: str | None = None, known: int | None = None, on: date | None = None) -> list[Event]:
    at = desk.at(known, on)
    with desk.models() as models:
        return models.answer(lambda base: list(history(desk.record, base, at, subject)))


def test_the_whole_ledger_is_told_line_by_line(desk: Desk) -> None:
    told = asked(desk)
    assert [one.position for one in told] == list(range(1, 13))
    assert [one.subject for one in told[:4]] == ["ledger", "party/az", "commitment/fibre", "commitment/ports"]


def test_a_line_has_the_agreed_shape(desk: Desk) -> None:
    line = msgspec.json.decode(desk.record.line_at(3))
    told = msgspec.json.decode(msgspec.json.encode(asked(desk)[2]))
    assert told == {
        "position": 3,
        "id": line["id"],
        "type": "commitment.made.v1",
        "subject": "commitment/fibre",
        "recorded": line["time"],
        "effective": line["effective"],
        "actor": "programme-office",
        "data": line["data"],
        "command": line["commandid"],
        "retracted_by": None,
    }
    assert re.fullmatch(r"2026-04-02T12:00:\d\d\.000000Z", told["recorded"])


def test_the_history_of_one_stream_is_that_stream(desk: Desk) -> None:
    assert [one.position for one in asked(desk, "commitment/fibre")] == [3, *range(5, 13)]
    assert asked(desk, "commitment/nowhere") == []


def test_what_was_retracted_says_by_which_event_that_is_known(desk: Desk) -> None:
    desk.do(retract, desk.last(), because="slip")
    desk.do(retract, desk.last(), because="no slip")
    desk.do(retract, desk.last(), because="a slip after all")
    struck = [{one.position: one.retracted_by for one in asked(desk, known=known)} for known in (12, 13, 14, 15)]
    assert [marks.get(12) for marks in struck] == [None, 13, None, 13]
    assert [marks.get(13) for marks in struck] == [None, None, 14, None]
    assert [marks.get(14) for marks in struck] == [None, None, None, 15]
    assert [one.retracted_by for one in asked(desk, "commitment/fibre")][-4:] == [13, None, 15, None]


def test_what_was_not_true_yet_is_left_out(desk: Desk) -> None:
    assert asked(desk, on=desk.today - timedelta(days=1)) == []


def test_lines_just_recorded_are_told_in_the_same_shape(desk: Desk) -> None:
    ((line,),) = desk.record.recorded(11)
    assert list(events([line])) == asked(desk)[-1:]
