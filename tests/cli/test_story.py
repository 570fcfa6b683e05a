"""Does the board of the real story say, on its three days, what the facts say?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.given import Office
from tests.cli.golden import golden

STORY = Path(__file__).parents[2] / "events" / "histories" / "azerbaijan-kazakhstan" / "events.jsonl"
UNDATED = ("oil-expansion", "oil-tariffs", "ports", "energy-integration", "caspian-level")
DAYS = {
    "2025-11-15": {
        "fibre": "on-track",
        "oil-transit": "planned",
        "road-map": "on-track",
        "turkological-centenary": "on-track",
        "council-steps": "at-risk",
    },
    "2026-11-24": {
        "fibre": "unreported",
        "oil-transit": "unreported",
        "road-map": "unreported",
        "turkological-centenary": "unreported",
        "council-steps": "late",
    },
    "2027-01-01": {
        "fibre": "late",
        "oil-transit": "unreported",
        "road-map": "unreported",
        "turkological-centenary": "late",
        "council-steps": "late",
    },
}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("story"))
    office.must(f"import {STORY}")
    return office


@pytest.mark.parametrize("day", DAYS)
def test_the_board_as_data_says_what_the_facts_say(story: Office, day: str) -> None:
    found = {item["key"]: item["status"] for item in story.tell(f"--as-of {day} status --json").data}
    assert found == DAYS[day] | dict.fromkeys(UNDATED, "undated")


@pytest.mark.parametrize("day", DAYS)
def test_the_board_as_text_says_what_the_facts_say(story: Office, day: str) -> None:
    golden(f"story-board-{day}", story.tell(f"status --as-of {day}").out)


@pytest.mark.parametrize("day", DAYS)
def test_what_is_due_says_what_the_facts_say(story: Office, day: str) -> None:
    golden(f"story-due-{day}", story.tell(f"due --as-of {day}").out)


def test_a_board_of_the_day_is_the_same_as_known_then(story: Office) -> None:
    now, then = (story.tell(f"status --as-of 2026-11-24 {known} --json").data for known in ("", "--as-known #53"))
    assert now == then
