"""Does recording the stories anew give the same bytes: at any date, in any time zone, in any locale?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from events.histories.record import HERE, Story, keep, main, one_a_line, record, said
from tests.events.stories import REAL, STORIES

HOUSE = HERE.parents[1]


def story(folder: Path, *lines: str) -> Story:
    """A story that has these lines."""
    (folder / "commands.txt").write_text("\n".join(lines), "utf-8")
    return Story(folder)


@pytest.mark.parametrize("name", STORIES)
def test_a_story_recorded_anew_has_the_same_bytes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    made = record(Story(HERE / name))
    assert keep(HERE / name, made, check=True) == 0, capsys.readouterr().out
    assert "events.jsonl" in made


def test_time_zone_locale_and_hash_seed_do_not_matter() -> None:
    strange = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    path = os.pathsep.join([str(HOUSE / "src"), str(HOUSE)])
    done = subprocess.run(
        [sys.executable, "-m", "events.histories.record", "--check", REAL],
        cwd=HOUSE,
        env={**os.environ, **strange, "PYTHONPATH": path, "PLEDGER_ACTOR": "nobody", "PLEDGER_LEDGER": "nowhere.db"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_at_as_and_on_hold_until_the_next(tmp_path: Path) -> None:
    told = story(
        tmp_path,
        "# a comment, and an empty line",
        "",
        "at 2026-01-01T09:00:00Z",
        "as editor",
        "on 2025-12-31",
        'init --title "A title of several words"',
        "assign fibre office",
        "assign ports office --on 2025-12-30",
        "at 2026-01-02T09:00:00+00:00",
        "as audit-office",
        "on today",
        "undo # at once",
        "expect 2026-01-03",
    )
    clocks = []
    words = []
    for one in told.commands():
        words.append(one)
        clocks.append(f"{told.edge().clock():%d %H:%M}")
    assert words == [
        ["--actor", "editor", "--no-input", "init", "--title", "A title of several words"],
        ["--actor", "editor", "--no-input", "assign", "fibre", "office", "--on", "2025-12-31"],
        ["--actor", "editor", "--no-input", "assign", "ports", "office", "--on", "2025-12-30"],
        ["--actor", "audit-office", "--no-input", "undo"],
    ]
    assert clocks == ["01 09:00", "01 09:01", "01 09:02", "02 09:00"]
    assert told.days == ["2026-01-03"]


def test_a_story_has_a_clock_before_its_first_command(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="at INSTANT"):
        story(tmp_path, "as editor", "init").edge().clock()


def test_a_story_whose_command_is_refused_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = story(tmp_path, "at 2026-01-01T09:00:00Z")
    assert list(told.commands()) == []
    with pytest.raises(SystemExit, match=r"assign fibre office\n.*no-ledger"):
        said(told.edge(), ["--actor", "editor", "assign", "fibre", "office"])


def test_an_answer_is_kept_with_one_item_a_line() -> None:
    answer = {"data": [{"key": "b", "due": None}, {"key": "İstanbul"}], "as_of": "2026-01-01"}
    assert one_a_line(answer) == ('{"as_of":"2026-01-01",\n"data":[\n{"due":null,"key":"b"},\n{"key":"İstanbul"}\n]}\n')


def test_what_differs_is_named_and_written_and_what_is_left_over_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "story"
    (folder / "expected").mkdir(parents=True)
    (folder / "expected" / "old.json").write_text("{}", "utf-8")
    (folder / "events.jsonl").write_text("{}\n", "utf-8")
    made = {"events.jsonl": "{}\n", "expected/new.json": "{}\n"}
    assert keep(folder, made, check=True) == 2
    assert capsys.readouterr().out == "differs: story/expected/new.json\ndiffers: story/expected/old.json\n"
    assert keep(folder, made) == 2
    assert capsys.readouterr().out == "written: story/expected/new.json\nremoved: story/expected/old.json\n"
    assert keep(folder, made, check=True) == 0
    assert capsys.readouterr().out == ""


def test_a_story_that_is_not_named_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "no-such-story"]) == 0
    assert capsys.readouterr().out == ""
