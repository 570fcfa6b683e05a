"""Does every transcript of README.md and docs/ say what the program says?"""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.transcripts import replayed, steps

HOUSE = Path(__file__).parents[1]
PAGES = [
    page for page in (HOUSE / "README.md", *sorted((HOUSE / "docs").rglob("*.md"))) if "```console" in page.read_text()
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_transcript_is_what_the_program_says(page: Path, tmp_path: Path) -> None:
    text = page.read_text("utf-8")
    assert replayed(text, tmp_path) == text, "`make docs` writes the answers anew"


def test_a_first_quarter_of_an_hour_is_in_the_readme() -> None:
    commands = {step.command.split()[1] for step in steps((HOUSE / "README.md").read_text("utf-8"))}
    assert {"init", "add", "log", "forecast", "due", "history"} <= commands


def test_an_answer_that_the_program_does_not_give_is_found(tmp_path: Path) -> None:
    page = "```console\n$ pledger init --title T\nwelcome\n```\n"
    assert replayed(page, tmp_path) != page
