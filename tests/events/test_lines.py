"""Is every line of every story what we say that it is, judged by programs that are not ours?"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema_rs
import pytest
from cloudevents.core.exceptions import CloudEventValidationError
from cloudevents.core.formats.json import JSONFormat

from events.generate import HERE as CONTRACT
from events.histories.record import HERE
from ledger.line import codec
from tests.events.stories import ILLUSTRATION, REAL, STORIES, events, lines

SCHEMAS = {
    path.stem: jsonschema_rs.validator_for(json.loads(path.read_text("utf-8")), validate_formats=True)
    for path in (CONTRACT / "schemas").iterdir()
}
COMMON = {
    *("actor", "commandid", "data", "effective", "id", "program"),
    *("sequence", "source", "specversion", "subject", "time", "type"),
}
"""The attributes of every line; `clock` is there when a clock was behind."""


@pytest.fixture(scope="module")
def envelope() -> jsonschema_rs.Validator:
    """The schema of the CloudEvents project, where somebody has it."""
    folder = os.environ.get("PLEDGER_SCHEMAS")
    if not folder or not (Path(folder) / "cloudevents.json").is_file():
        pytest.skip("PLEDGER_SCHEMAS names no folder with cloudevents.json")
    read = json.loads((Path(folder) / "cloudevents.json").read_text("utf-8"))
    made: jsonschema_rs.Validator = jsonschema_rs.validator_for(read, validate_formats=True)
    return made


def test_there_are_the_two_stories() -> None:
    assert {REAL, ILLUSTRATION} <= set(STORIES)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_one_ledger(story: str) -> None:
    assert [str(path.relative_to(HERE / story)) for path in (HERE / story).rglob("*.jsonl")] == ["events.jsonl"]
    assert len({one["source"] for one in events(story)}) == 1
    assert [one["sequence"] for one in events(story)] == [f"{at:010}" for at in range(1, len(lines(story)) + 1)]
    assert [one["type"] for one in events(story) if one["subject"] == "ledger"][:1] == ["ledger.opened.v1"]


@pytest.mark.parametrize("story", STORIES)
def test_a_file_is_its_lines_each_ended_by_one_sign(story: str) -> None:
    whole = (HERE / story / "events.jsonl").read_bytes()
    assert whole == b"".join(line + b"\n" for line in lines(story))


@pytest.mark.parametrize("story", STORIES)
def test_each_line_is_in_its_exact_form(story: str) -> None:
    for line in lines(story):
        assert codec().exact(line).line == line


@pytest.mark.parametrize("story", STORIES)
def test_the_data_of_each_line_keeps_the_schema_of_its_stored_name(story: str) -> None:
    found = {
        one["sequence"]: wrong for one in events(story) if (wrong := [*SCHEMAS[one["type"]].iter_errors(one["data"])])
    }
    assert found == {}


@pytest.mark.parametrize("story", STORIES)
def test_each_line_is_an_event_for_the_cloudevents_sdk(story: str) -> None:
    for line, said in zip(lines(story), events(story), strict=True):
        event = JSONFormat().read(None, line)
        assert event.get_specversion() == "1.0"
        assert (event.get_id(), event.get_type(), event.get_subject()) == (said["id"], said["type"], said["subject"])
        assert event.get_source() == said["source"]
        assert event.get_time() == datetime.fromisoformat(said["time"])
        assert event.get_data() == said["data"]
        assert event.get_extension("effective") == said["effective"]


@pytest.mark.parametrize("story", STORIES)
def test_what_the_sdk_writes_says_the_same(story: str) -> None:
    for line in lines(story):
        again = json.loads(JSONFormat().write(JSONFormat().read(None, line)))
        assert told(again) == told(json.loads(line))


def told(event: dict[str, Any]) -> dict[str, Any]:
    """The event with its time as an instant: the SDK writes no zeros behind the seconds."""
    return event | {"time": datetime.fromisoformat(event["time"])}


@pytest.mark.parametrize("spoiled", [{"Actor": "x"}, {"id": ""}, {"specversion": "0.9"}, {"subject": ""}])
def test_the_sdk_looks_at_what_it_reads(spoiled: dict[str, str]) -> None:
    with pytest.raises((CloudEventValidationError, ValueError)):
        JSONFormat().read(None, json.dumps(json.loads(lines(REAL)[0]) | spoiled))


@pytest.mark.parametrize("story", STORIES)
def test_each_line_keeps_the_schema_of_cloudevents(story: str, envelope: jsonschema_rs.Validator) -> None:
    assert [one["sequence"] for one in events(story) if not envelope.is_valid(one)] == []
    assert not envelope.is_valid(events(story)[0] | {"time": "yesterday"})


@pytest.mark.parametrize("story", STORIES)
def test_a_line_has_the_common_attributes_and_perhaps_a_clock(story: str) -> None:
    for one in events(story):
        assert set(one) - {"clock"} == COMMON


@pytest.mark.parametrize("story", STORIES)
def test_times_never_fall_and_nothing_is_true_after_its_recording(story: str) -> None:
    zone = ZoneInfo(events(story)[0]["data"]["timezone"])
    times = [datetime.fromisoformat(one["time"]) for one in events(story)]
    assert times == sorted(times)
    for one, time in zip(events(story), times, strict=True):
        assert one["effective"] <= str(time.astimezone(zone).date())


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_told_by_offices(story: str) -> None:
    named = [one["actor"] for one in events(story)]
    named += [
        one["data"][field]
        for one in events(story)
        for field in ("owner", "approved_by", "assessor")
        if field in one["data"]
    ]
    assert {name.rpartition("-")[2] for name in named} <= {"office", "authority", "ministry", "board", "editor"}
