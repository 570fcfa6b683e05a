"""Does it behave as a program among others: started as a module, in pipes that close early, in any locale, killed?"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest

from cli.main import main, run
from tests.cli.given import Office, Screen

SECONDS = 60
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
Running = subprocess.Popen[str]


def variables(office: Office, **more: str) -> dict[str, str]:
    """The environment of a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLEDGER", "LC_", "LANG"))}
    told = {"XDG_CONFIG_HOME": str(office.folder / "config"), "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    return kept | told | ({"PLEDGER_ACTOR": office.actor} if office.actor else {}) | more


def command(line: str) -> str:
    return f'"{sys.executable}" -m cli {line}'


def shell(office: Office, line: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A line of a shell, in the office."""
    return subprocess.run(  # noqa: S602 - pipes and closed streams are what is tried
        line,
        shell=True,
        cwd=office.folder,
        env=variables(office, **more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        stdin=subprocess.DEVNULL,
    )


@contextmanager
def started(office: Office, *words: str) -> Iterator[Running]:
    """The program, at work."""
    with subprocess.Popen(
        [sys.executable, "-m", "cli", *words],
        cwd=office.folder,
        env=variables(office),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process


@pytest.fixture
def many(new: Office) -> Office:
    """More than a pipe holds."""
    (new.folder / "plan.csv").write_text(
        "key,title\n" + "".join(f"c{n},{'Title ' * 20}\n" for n in range(800)), "utf-8"
    )
    new.must("init --title Many", "import plan.csv")
    return new


def test_it_runs_as_a_module(office: Office) -> None:
    done = shell(office, command("status --as-of 2026-11-24"))
    assert (done.returncode, done.stdout) == (0, office.tell("status --as-of 2026-11-24").out)


ASKING = (
    *("status", "status --json", "due", "due --json", "show fibre", "why fibre", "history", "history fibre --json"),
    *("slips", "score", "timeline", "trend fibre", "diff #5 #9", "party list", "models status", "info"),
)


def heavy(office: Office, line: str, **more: str) -> set[str]:
    """Those libraries that take long to load, and that a process loads to answer."""
    code = f"import sys; from cli.main import run; run({line.split()}); print(*sys.modules, file=sys.stderr)"
    done = shell(office, f'"{sys.executable}" -c "{code}"', **more)
    assert done.stdout
    loaded = {name.partition(".")[0] for name in done.stderr.splitlines()[-1].split()}
    return loaded & {"sqlalchemy", "eventsourcing", "cryptography", "rich", "psycopg"}


@pytest.mark.parametrize("line", ASKING)
def test_a_question_loads_no_library_that_only_others_need(office: Office, line: str) -> None:
    office.must("status")  # so that the read models are there
    assert heavy(office, line) == set()


def test_its_exit_code_is_that_of_the_command(office: Office) -> None:
    assert [shell(office, command(line)).returncode for line in ("show nothing", "nothing")] == [1, 2]


@pytest.mark.parametrize(
    "line", ["status", "history", "status --json", "history --json", "history --csv", "history --raw"]
)
def test_a_pipe_that_is_closed_early_is_no_complaint(many: Office, line: str) -> None:
    done = shell(many, f"{command(line)} | head -c 20")
    assert len(done.stdout) == 20
    assert all(text.startswith("Many: as known") for text in done.stderr.splitlines())


def test_a_reader_that_is_gone_at_the_end_is_no_complaint(office: Office) -> None:
    done = shell(office, f"({command('status')}; echo $? >&2) | true")
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1] in ("0", "1")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_stream_that_is_not_there_is_no_complaint(office: Office, closed: str) -> None:
    assert shell(office, f"{command('log fibre Done')} {closed}").returncode == 0
    assert office.tell("history fibre --json").data[-1]["data"]["note"] == "Done"


def test_an_output_that_is_full_is_a_sentence(office: Office) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    done = shell(office, f"{command('status')} > /dev/full")
    assert (done.returncode, "No space left" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {}]
)
def test_names_in_four_alphabets_pass_any_locale(office: Office, locale: dict[str, str]) -> None:
    title = "Azərbaycan, Қазақстан, Türkiye, Россия"
    office.run("add", "x", title)
    done = shell(office, command("show x"), **locale)
    assert (done.returncode, title in done.stdout) == (0, True)


def test_words_in_four_alphabets_can_be_typed_in_any_locale(office: Office) -> None:
    title = "Azərbaycan, Қазақстан, Türkiye, Россия"
    assert shell(office, command(f'add x "{title}"'), LC_ALL="C").returncode == 0
    assert office.tell("status x --json").data[0]["title"] == title


def test_two_terminals_can_write_at_once(office: Office) -> None:
    size, _ = office.anchor()
    with started(office, "log", "fibre", "One") as one, started(office, "log", "ports", "Two") as other:
        codes = {one.wait(SECONDS), other.wait(SECONDS)}
    assert codes == {0}
    assert office.anchor()[0] == size + 2


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_killed_at_any_moment_the_ledger_is_whole(office: Office, sign: signal.Signals) -> None:
    dice, told = random.Random(sign), 0
    size, _ = office.anchor()
    for number in range(6):
        with started(office, "log", "fibre", f"Number {number}") as process:
            time.sleep(dice.uniform(0.2, 0.8))
            process.send_signal(sign)
            out, err = process.communicate(timeout=SECONDS)
        told += "Recorded" in out
        assert process.returncode in (0, 130, 143, -sign)
        assert "cli/" not in err  # Python itself may be interrupted while it starts; we are not
    grown = office.anchor()[0] - size
    assert told <= grown <= 6
    assert office.tell("status").code == 0
    assert len(office.tell("history fibre --json").data) == 1 + grown


def test_an_interruption_at_work_is_130(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.opening.show_info", interrupted)
    assert office.tell("info").code == 130


@pytest.mark.parametrize("when", ["cli.main.run", "cli.main.hoisted"])
def test_an_interruption_before_or_after_work_is_130(when: str) -> None:
    interrupted = mock.patch(when, side_effect=KeyboardInterrupt)
    ending, deaf = mock.patch("os._exit", side_effect=sys.exit), mock.patch("signal.signal")
    called = mock.patch("sys.argv", ["pledger", "--version"])
    with interrupted, ending, deaf, called, pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


@pytest.mark.parametrize("when", ["cli.main.run", "cli.main.hoisted"])
def test_whoever_is_told_to_end_ends_with_143(when: str) -> None:
    ending, called = mock.patch("os._exit", side_effect=sys.exit), mock.patch("sys.argv", ["pledger", "--version"])
    with mock.patch("signal.signal") as heard:
        terminated = mock.patch(when, side_effect=lambda _: heard.call_args.args[1](signal.SIGTERM, None))
        with terminated, ending, called, pytest.raises(SystemExit) as ended:
            main()
    assert (ended.value.code, heard.call_args_list[0].args[0]) == (143, signal.SIGTERM)


class Gone(StringIO):
    """An output whose reader went away."""

    def flush(self) -> None:
        raise BrokenPipeError

    def fileno(self) -> int:
        return self.number

    number = -1


def test_a_reader_that_goes_away_at_the_last_line_ends_us_quietly(tmp_path: Path) -> None:
    gone = Gone()
    with (tmp_path / "out").open("w", encoding="utf-8") as file, mock.patch("sys.stdout", gone):
        gone.number = file.fileno()
        assert run(["--version"]) == 1


def test_a_bar_shows_rate_and_remaining_time_of_long_work_only_on_a_terminal() -> None:
    from cli.shown import progress

    shown, piped = Screen(), StringIO()
    for stream in (shown, piped):
        with mock.patch("sys.stderr", stream), progress("Working") as told:
            told(1, 10)
            time.sleep(0.02)
            told(2, 10)
    assert re.search(r"Working .* 20% .*0:00:0\d.* [1-9]\d?/s", ESCAPES.sub("", shown.getvalue()))
    assert piped.getvalue() == ""

    with mock.patch("sys.stderr", Screen()) as untouched, progress("Working"):
        pass
    assert untouched.getvalue() == ""
