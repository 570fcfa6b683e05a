"""Does it work on a real terminal, with real keys?"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.cli.given import Office

SECONDS = 60
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def spawn(office: Office, *words: str, columns: int = 80, environment: Mapping[str, str] | None = None) -> Any:
    """The program on a pseudo-terminal."""
    variables: Mapping[str, str] = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PLEDGER")},
        "XDG_CONFIG_HOME": str(office.folder / "config"),
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        **({"PLEDGER_ACTOR": office.actor} if office.actor else {}),
        **(environment or {}),
    }
    variables = {name: value for name, value in variables.items() if name not in ("COLUMNS", "LINES")}
    return pexpect.spawn(
        sys.executable,
        ["-m", "cli", *words],
        cwd=str(office.folder),
        env=dict(variables),
        dimensions=(24, columns),
        encoding="utf-8",
        codec_errors="replace",
        timeout=SECONDS,
    )


def ended(program: Any) -> tuple[int | None, str]:
    """Its exit code, and what it printed last."""
    program.expect(pexpect.EOF)
    program.close()
    return program.exitstatus, ESCAPES.sub("", program.before).replace("\r\n", "\n")


def test_a_first_quarter_of_an_hour(new: Office) -> None:
    new.actor = None
    program = spawn(new, "init")
    program.expect_exact("Your office?")
    program.sendline("programme-office")
    program.expect_exact("The ledger's title?")
    program.sendline("Orta dəhliz — Орта дәліз")
    code, printed = ended(program)
    assert (code, "ledger opened in pledger.db" in printed) == (0, True)

    program = spawn(new, "add", "fibre")
    program.expect_exact("What is promised")
    program.sendline("Kabel İstanbul — Қазақстан")
    program.expect_exact("Who promises it?")
    program.sendline("az=Azərbaycan (state)")
    program.expect_exact("By when?")
    program.sendline("12/31/2026")
    program.expect_exact("Write 2026-12-31")
    program.sendline("end-2026")
    assert ended(program)[0] == 0

    program = spawn(new, "undo")
    program.expect_exact("Take this back?")
    program.sendline("n")
    assert ended(program)[0] == 1

    assert new.tell("status --json").data[0]["title"] == "Kabel İstanbul — Қазақстан"


@pytest.mark.parametrize("answers", [0, 1, 2])
def test_ctrl_c_at_any_question_records_nothing(office: Office, answers: int) -> None:
    before = office.anchor()
    program = spawn(office, "add", "cable")
    for question, answer in list({"What is promised": "A cable", "Who promises": "az"}.items())[:answers]:
        program.expect_exact(question)
        program.sendline(answer)
    program.expect_exact(("What is promised", "Who promises", "By when?")[answers])
    program.sendintr()
    code, printed = ended(program)
    assert (code, "Traceback" in printed, printed.endswith("\n")) == (130, False, True)
    assert office.anchor() == before


def test_the_end_of_input_records_nothing(office: Office) -> None:
    before = office.anchor()
    program = spawn(office, "add", "cable")
    program.expect_exact("What is promised")
    program.sendeof()
    assert ended(program)[0] == 130
    assert office.anchor() == before


def test_bytes_that_are_no_text_are_no_answer(office: Office) -> None:
    program = spawn(office, "add", "cable")
    program.expect_exact("What is promised")
    os.write(program.child_fd, b"\xff\xfe\n")
    program.expect_exact("cannot be shown safely")
    program.sendeof()
    assert ended(program)[0] == 130


def test_where_bytes_cannot_be_read_as_text_it_is_said(office: Office) -> None:
    program = spawn(office, "add", "cable", environment={"PYTHONIOENCODING": "utf-8:strict"})
    program.expect_exact("What is promised")
    os.write(program.child_fd, b"\xff\xfe\n")
    code, printed = ended(program)
    assert (code, "[bad-text]" in printed) == (1, True)


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"LC_ALL": "C"}])
def test_a_board_fits_a_terminal_of_80_columns(office: Office, environment: dict[str, str]) -> None:
    code, printed = ended(spawn(office, "status", "--as-of", "2026-11-24", environment=environment))
    assert code == 0
    assert max(map(len, printed.splitlines())) <= 80
    assert "\n\n\n" not in printed
    assert "fibre       on-track  end-2026 (2026-12-31)" in printed


def test_a_terminal_without_letters_of_ours_gets_them_escaped(office: Office) -> None:
    office.must("party rename az Azərbaycan --because T")
    code, printed = ended(spawn(office, "party", "list", environment={"PYTHONIOENCODING": "ascii"}))
    assert (code, r"Az\u0259rbaycan" in printed) == (0, True)


def test_ctrl_c_while_it_works_is_no_traceback(office: Office) -> None:
    program = spawn(office, "import", "-")
    program.expect(pexpect.TIMEOUT, timeout=2)  # it reads
    program.kill(signal.SIGINT)
    code, printed = ended(program)
    assert (code, "Traceback" in printed) == (130, False)
