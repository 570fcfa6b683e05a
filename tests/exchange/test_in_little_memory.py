"""Are the rules the same for a ledger of a million lines, of which only some are held in memory?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as these
from hypothesis import settings
from hypothesis import strategies as st

from domain.commitment import make
from domain.forecast import revise_forecast
from domain.occasion import Known, Occasion, admit
from domain.party import register_party
from domain.progress import report_progress
from domain.recorded import Recorded
from domain.refused import Refused
from domain.retraction import retract
from ledger import replay
from ledger.line import LineError, codec
from ledger.replay import Replay
from ledger.rules import Before, Rules, remembered
from ledger.seen_ids import SeenIds
from tests.exchange.given import Writer, changed, fd, opened, said
from tests.exchange.histories import long_histories

BAKU = ZoneInfo("Asia/Baku")
Answers = list[tuple[int, str, str]]


def asked_plainly(lines: list[Recorded]) -> Answers:
    """What the rules say when everything is held."""
    known, answers = Known(lambda subject: ()), list[tuple[int, str, str]]()
    for one in lines:
        try:
            admit(
                Occasion(known, one.recorded.astimezone(BAKU).date(), one.actor, one.effective), one.subject, one.fact
            )
        except Refused as refused:
            answers.append((one.position, refused.code, refused.sentence))
        known.learn(one)
    return answers


def asked_in_little_memory(lines: list[Recorded], held: int, stored: int) -> Answers:
    """The same, with few lines held and the first ones in a record."""

    def stream(subject: str) -> Iterator[Recorded]:
        return (one for one in lines[:stored] if one.subject == subject)

    def again(numbers: Sequence[int]) -> list[Recorded]:
        return [lines[stored + number] for number in numbers]

    ids = {one.id: one for one in reversed(lines)}
    record = (stream, lambda key: lines[:stored]) if stored else ()
    known = Replay(again, ids.get, *record, held=held)
    rules = Rules(known, Before(stored, zone=BAKU), SeenIds())
    answers = [(one.position, wrong.code, wrong.sentence) for one in lines[stored:] for wrong in rules.take_in(one)]
    assert known._held <= held + max((len(facts.log) for facts in known._streams.values()), default=0)
    return answers


def spoilt(history: Writer, seed: int) -> list[bytes]:
    """Some lines say another day, another reason or another previous than they did."""
    random, lines = Random(seed), list(history.lines)
    for place in random.sample(range(1, len(lines)), k=6):
        told = said(lines[place])
        other = said(random.choice(lines))
        options: list[dict[str, Any]] = [
            {"effective": other["effective"]},
            {"actor": "board"},
            {"subject": other["subject"]},
            {"data": told["data"] | {key: value for key, value in other["data"].items() if key in told["data"]}},
        ]
        bad = changed(lines[place], **random.choice(options))
        with suppress(LineError):
            lines[place] = codec().exact(bad).line
    return lines


def read(lines: list[bytes]) -> list[Recorded]:
    return [remembered(codec().exact(line).envelope) for line in lines]


@settings(max_examples=50, deadline=None)
@these(long_histories, st.integers(1, 40), st.integers(0, 10**6), st.data())
def test_findings_are_the_same_however_few_lines_are_held(
    history: Writer, held: int, seed: int, data: st.DataObject
) -> None:
    lines = read(spoilt(history, seed) if seed % 3 else history.lines)
    plainly = asked_plainly(lines)
    stored = data.draw(st.just(0) | st.integers(0, len(lines) - 1))
    before = replay.GROWTH
    replay.GROWTH = 1 + seed % 4
    try:
        found = asked_in_little_memory(lines, held, stored)
    finally:
        replay.GROWTH = before
    assert found == [one for one in plainly if one[0] > stored]


def test_ids_are_seen_again_whether_they_rise_or_not() -> None:
    random = Random(5)
    ids = [f"{random.getrandbits(128):032x}" for _ in range(300)]
    ids = [f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}" for one in ids]
    for order in (sorted(ids), sorted(ids, reverse=True), ids):
        seen = SeenIds()
        assert not [one for one in order if seen.again(one)]
        assert all(map(seen.again, order))


def test_ids_that_a_ledger_has_are_seen_again() -> None:
    asked: list[str] = []

    def stored(id: str) -> bool:
        asked.append(id)
        return id.startswith("0000000b")

    low, there, high = (f"{sign * 8}-0000-7000-8000-000000000000" for sign in ("0", "0", "f"))
    there = "0000000b" + there[8:]
    seen = SeenIds("0000000c" + there[8:], stored)
    assert [seen.again(one) for one in (low, there, high, there)] == [False, True, False, True]
    assert high not in asked
    assert [seen.again(one) for one in ("00000001" + low[8:], "0000000b" + low[8:-1] + "1")] == [False, True]


def test_a_line_is_found_by_its_id() -> None:
    first, second, third, stray = (f"0000000{sign}-0000-7000-8000-000000000000" for sign in "2451")
    seen = SeenIds()
    seen.again(first)
    seen.pass_over()
    seen.again(second)
    seen.again(stray)
    seen.again(third)
    assert [seen.number(one) for one in (first, second, stray, third)] == [0, 2, 3, 4]
    assert [seen.number(one) for one in ("00000003" + first[8:], "f" * 36, "no id at all")] == [None] * 3


def test_what_was_reported_can_be_retracted_and_put_back_though_it_is_not_held() -> None:
    writer = opened()
    writer.do(make, "fibre", "Fibre line")
    (report,) = writer.do(report_progress, "fibre", note="Begun")
    (gone,) = writer.do(retract, report, because="Not yet")
    writer.do(retract, gone, because="It had")
    (gone,) = writer.do(retract, report, because="It had not")
    lines = read(writer.lines)
    assert asked_in_little_memory(lines, 50, 0) == []
    twice = changed(writer.lines[-1], sequence=f"{len(lines) + 1:010}", id="f" + gone.id[1:])
    ((_, code, _),) = asked_in_little_memory([*lines, *read([twice])], 50, 0)
    assert code == "retracted-already"


def test_a_retraction_of_another_streams_line_is_refused_and_takes_nothing_back() -> None:
    writer = opened()
    writer.do(make, "fibre", "Fibre line")
    writer.do(make, "ports", "Ports")
    (report,) = writer.do(report_progress, "fibre", note="Begun")
    (gone,) = writer.do(retract, report, because="Not yet")
    writer.lines[-1] = changed(writer.lines[-1], subject="commitment/ports")
    again = changed(writer.lines[-1], sequence="0000000006", id="f" + gone.id[1:], subject="commitment/fibre")
    lines = read([*writer.lines, again])
    assert [(place, code) for place, code, _ in asked_in_little_memory(lines, 50, 0)] == [(5, "unknown-event")]


def test_a_second_retraction_is_refused_though_the_first_was_forgotten() -> None:
    writer = opened()
    writer.do(make, "fibre", "Fibre line")
    writer.do(make, "ports", "Ports")
    (report,) = writer.do(report_progress, "fibre", note="Begun")
    (gone,) = writer.do(retract, report, because="Not yet")
    for number in range(60):
        writer.do(register_party, f"p{number}", "Party")
    stray = changed(writer.lines[4], subject="commitment/ports", sequence="0000000066", id="e" + gone.id[1:])
    twice = changed(writer.lines[4], sequence="0000000067", id="f" + gone.id[1:])
    lines = read([*writer.lines, stray, twice])
    assert [(place, code) for place, code, _ in asked_in_little_memory(lines, 10, 0)] == [
        (66, "unknown-event"),
        (67, "retracted-already"),
    ]


def test_what_names_a_party_and_is_retracted_needs_it_no_longer() -> None:
    writer = opened()
    (party,) = writer.do(register_party, "az", "Azərbaycan")
    (made,) = writer.do(make, "fibre", "Fibre line", promisors=("az",))
    writer.do(retract, made, because="Never promised")
    writer.do(retract, party, because="Never registered")
    assert asked_in_little_memory(read(writer.lines), 50, 0) == []


def test_what_is_back_dated_far_is_held_against_what_counted_then() -> None:
    writer = opened()
    writer.do(make, "fibre", "Fibre line")
    first = writer.today
    for year in range(2030, 2070):
        writer.do(revise_forecast, "fibre", fd(str(year)), because="Permit late")
        writer.time += timedelta(days=1)
    lines = read(writer.lines)
    writer.do(revise_forecast, "fibre", fd("2028"), because="Permit late", on=first + timedelta(days=2))
    (back_dated,) = read(writer.lines[-1:])
    other = changed(
        writer.lines[-1], data=said(writer.lines[-1])["data"] | {"previous": said(writer.lines[9])["data"]["expected"]}
    )
    assert asked_in_little_memory([*lines, back_dated], 30, 0) == []
    ((_, code, _),) = asked_in_little_memory([*lines, *read([other])], 30, 0)
    assert code == "wrong-previous"


@pytest.mark.parametrize("stored", [0, 30])
def test_many_streams_are_forgotten_and_read_again(stored: int) -> None:
    writer = opened()
    for number in range(60):
        writer.do(register_party, f"p{number}", "Party")
    lines = read([*writer.lines, *map(again(writer), range(1, 61))])
    found = asked_in_little_memory(lines, 10, stored)
    assert [(place, code) for place, code, _ in found] == [(place, "duplicate-key") for place in range(62, 122)]


def again(writer: Writer) -> Callable[[int], bytes]:
    """A line of the ledger once more, behind all others."""

    def line(place: int) -> bytes:
        id = f"{place:08x}" + said(writer.lines[place])["id"][8:]
        return changed(writer.lines[place], sequence=f"{61 + place:010}", id=id)

    return line
