"""What does each question of the time machine answer, at three points of both time axes, as text and as data?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.given import Office
from tests.cli.golden import golden
from tests.cli.test_board import ESCAPES
from tests.cli.test_process import command, shell

POINTS = (
    ("2026-09-30", "2026-09-30"),  # what was known on a day, judged on that day
    ("#112", "2028-01-01"),  # what was known, judged long after
    ("#156", "2026-12-31"),  # all that is known now, judged on a day that is past
)
COMMANDS = {
    "status": "status",
    "due": "due --within 1y",
    "why": "why fibre",
    "history": "history fibre",
    "trail": "history is:correction",
    "show": "show fibre",
    "slips": "slips",
    "trend": "trend fibre fibre/cable-laid",
    "timeline": "timeline",
    "score": "score",
    "diff": "diff #64@2026-06-30",
    "replay": "audit replay --from #60",
}
OWN = ("slips", "trend", "timeline", "score", "diff", "replay")
"""The questions that came with the time machine."""


def at_each_point(line: str) -> list[str]:
    return [f"{line} --as-known {known} --as-of {on}" for known, on in POINTS]


def spread(told: Any) -> str:
    """JSON with a line for each part, so that a difference can be read."""
    if isinstance(told, dict):
        return "{\n" + ",\n".join(f"{json.dumps(key)}: {_in_lines(part)}" for key, part in told.items()) + "\n}\n"
    return _in_lines(told)


def _in_lines(told: Any) -> str:
    if isinstance(told, list) and told:
        return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in told) + "\n]"
    return json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_as_text(story: Office, name: str) -> None:
    told = [(line, story.tell(line)) for line in at_each_point(COMMANDS[name])]
    assert [said.code for _, said in told] == [0, 0, 0]
    golden(f"machine/{name}", "".join(f"$ pledger {line}\n{said.err}{said.out}\n" for line, said in told))


@pytest.mark.parametrize("name", COMMANDS)
def test_as_data(story: Office, name: str) -> None:
    told = [(line, story.tell(f"{line} --json")) for line in at_each_point(COMMANDS[name])]
    for (known, on), (_, said) in zip(POINTS, told, strict=True):
        assert (f"#{said.json['as_known']}" == known or known == "2026-09-30", said.json["as_of"]) == (True, on)
        assert said.json["ledger"]["size"] == said.json["as_known"]
    golden(f"machine/{name}-json", "".join(f"$ pledger {line} --json\n{spread(said.data)}\n" for line, said in told))


@pytest.mark.parametrize("name", COMMANDS)
def test_at_the_beginning_there_is_nothing_and_in_the_future_everything(story: Office, name: str) -> None:
    line = COMMANDS[name].replace("#64@2026-06-30", "#0").replace("--from #60", "")
    if "fibre" in line:
        assert story.tell(f"{line} --as-known #0").code == (0 if name == "history" else 1)
    else:
        assert story.tell(f"{line} --as-known #0 --json").json["ledger"]["size"] == 0
    assert story.tell(f"{line} --as-known 2100-01-01 --as-of 2028-07-01 --json").out == (
        story.tell(f"{line} --as-of 2028-07-01 --json").out
    )


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_on_a_terminal_no_line_is_too_long_and_nothing_is_lost(story: Office, name: str, columns: int) -> None:
    line = COMMANDS[name]
    in_a_pipe, shown = story.tell(line).out, ESCAPES.sub("", story.at_terminal(line, columns=columns).out)
    longest = max(map(len, re.findall(r"\S+", in_a_pipe))) + 8
    assert max(map(len, shown.splitlines())) <= max(columns, longest)
    if name not in ("trend", "timeline"):  # charts are drawn anew
        words = {word for word in re.findall(r"[\w#]+", in_a_pipe) if not word.islower() or not word.isalpha()}
        assert words - {"0"} <= set(re.findall(r"[\w#]+", shown))


@pytest.mark.parametrize("name", OWN)
def test_who_wants_no_colours_gets_none(story: Office, name: str) -> None:
    assert "\x1b[3" not in story.at_terminal(COMMANDS[name], environment={"NO_COLOR": "1"}).out


@pytest.mark.parametrize("name", OWN)
def test_a_pipe_that_is_closed_early_ends_it_quietly(story: Office, name: str) -> None:
    done = shell(story, f"{command(COMMANDS[name].replace('#', chr(92) + '#'))} | head -c 1 > /dev/null")
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_every_file_of_the_goldens_is_compared() -> None:
    kept = {path.stem for path in (Path(__file__).parent / "golden" / "machine").iterdir()}
    assert kept == {name for each in COMMANDS for name in (each, f"{each}-json")}
