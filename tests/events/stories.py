"""What do the stories under events/ hold? Their lines and answers, read as anybody would who knows only JSON."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from events.histories.record import HERE

REAL, ILLUSTRATION = "azerbaijan-kazakhstan", "illustration"
STORIES = sorted(path.parent.name for path in HERE.glob("*/commands.txt"))


@cache
def lines(story: str) -> tuple[bytes, ...]:
    """The lines of a story, without their ends."""
    return tuple((HERE / story / "events.jsonl").read_bytes().splitlines())


def events(story: str, type: str | None = None, subject: str | None = None) -> list[dict[str, Any]]:
    """The events of a story in order: all, or those of a stored name or of a stream."""
    read = [json.loads(line) for line in lines(story)]
    return [one for one in read if type in (None, one["type"]) and subject in (None, one["subject"])]


def data(story: str, type: str, subject: str | None = None) -> list[dict[str, Any]]:
    """What those events say."""
    return [one["data"] for one in events(story, type, subject)]


def by_key(story: str, type: str) -> dict[str, dict[str, Any]]:
    """What the opening events of a register say, by key."""
    return {one["subject"].partition("/")[2]: one["data"] for one in events(story, type)}


@cache
def expected(story: str, question: str, day: str) -> dict[str, Any]:
    """The kept answer to a question on a day."""
    answer: dict[str, Any] = json.loads((HERE / story / "expected" / f"{question}-{day}.json").read_text("utf-8"))
    return answer


def days(story: str) -> list[str]:
    """The days for which answers are kept."""
    return sorted({path.stem[-10:] for path in (HERE / story / "expected").iterdir()})
