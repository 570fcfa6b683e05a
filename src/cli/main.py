"""Where does a command begin and end? Global options from anywhere, one exit code, no traceback."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from cli.settings import Edge, Settings

if TYPE_CHECKING:
    from typer import Typer

VALUED = frozenset({"--ledger", "--actor", "--as-known", "--as-of", "--lang", "-C"})
FLAGS = frozenset({"--json", "--no-input"})
UNDECIDED = 3
"""The exit code of an answer that does not reach as far as was asked."""
TO_TELL = 4
"""The exit code of `remind` when there is something to tell: neither a refusal nor a finding."""
COMPLETING = "_PLEDGER_COMPLETE"
"""A shell that asks what may come next says so in this variable."""
INTERRUPTED = 130
"""The exit code after Ctrl-C."""
TERMINATED = 143
"""The exit code after SIGTERM. What was begun is undone first, as after Ctrl-C."""


def main() -> NoReturn:
    """The console script."""
    gc.set_threshold(200_000, 50, 100)  # a short command leaves few circles; looking for them is a tenth of its time
    try:
        signal.signal(signal.SIGTERM, _terminated)
        code = run(sys.argv[1:])
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, signal.SIG_IGN)  # it is over; nothing is left to be interrupted
    except KeyboardInterrupt:  # while it was ending anyway
        code = INTERRUPTED
    except SystemExit:
        code = TERMINATED
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)  # all is closed; to take the interpreter to pieces as well would be a tenth of the time again


def _terminated(_sign: int, _frame: object) -> NoReturn:
    sys.exit(TERMINATED)


def run(words: Sequence[str], edge: Edge | None = None) -> int:
    """Run one command.

    Exit codes: 0 done, 1 refused or findings, 2 usage, 3 could not decide, 4 there is something to tell (`remind`),
    130 interrupted (Ctrl-C), 143 terminated (SIGTERM).
    """
    _open_streams()
    _speak_utf8()
    settings = Settings(edge or Edge.of_this_machine())
    code = 0
    try:
        said = hoisted(words)
        _application(command_of(said), settings)(args=said, prog_name="pledger", obj=settings)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:
        from cli.trouble import exit_code  # late: only errors need it

        code = exit_code(error, settings)
    finally:
        settings.close()
    return _flushed(UNDECIDED if code in (0, TO_TELL) and settings.incomplete else code)


def _application(word: str | None, settings: Settings) -> Typer:
    from cli import commands  # late: whoever presses Ctrl-C while it loads gets no traceback either

    if commands.answers(word) or COMPLETING in settings.edge.environment:
        return commands.with_commands(word)
    return commands.first_page()


def hoisted(words: Sequence[str]) -> list[str]:
    """The words with global options moved to the front, so that they are accepted before and after the command."""
    front: list[str] = []
    rest: list[str] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            rest += [word, *waiting]
            break
        if word in VALUED:
            if not waiting:
                return [word]  # so that what is said is missing is its value
            front += [word, waiting.pop(0)]
        elif word in FLAGS or word.partition("=")[0] in VALUED:
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def command_of(hoisted_words: Sequence[str]) -> str | None:
    """The first word that is no global option: the command, if it is one."""
    waiting = list(hoisted_words)
    while waiting:
        word = waiting.pop(0)
        if word in VALUED and waiting:
            waiting.pop(0)
        elif not word.startswith("-"):
            return word
    return None


def _open_streams() -> None:
    """Whoever starts us without a standard stream (`>&-`) gets no error for it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))


def _speak_utf8() -> None:
    """Names in four alphabets pass any locale; what a terminal cannot show is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            encoding = "utf-8" if not stream.isatty() else None
            reconfigure(encoding=encoding, errors="backslashreplace")


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _silenced()
    return code


def _silenced() -> int:
    """The reader of our output went away: end quietly, without Python's complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
