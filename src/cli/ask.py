"""How is somebody at the terminal asked?"""

from __future__ import annotations

import sys
from collections.abc import Callable

from domain.refused import Refused


def ask(question: str, *, optional: bool = False, check: Callable[[str], object] | None = None) -> str:
    """An answer in words, asked for until `check` takes it; an empty one only where it is optional.

    Ctrl-C and end of input give up. Refused: `bad-text`.
    """
    while True:
        answer = _answer(question)
        if not answer and optional:
            return answer
        if answer and _taken(answer, check):
            return answer


def confirm(question: str) -> bool:
    """Yes or no; anything but yes is no."""
    return ask(f"{question} [y/N]", optional=True).lower() in ("y", "yes")


def _answer(question: str) -> str:
    try:
        print(f"{question} ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        line = ""
    except UnicodeDecodeError:
        raise Refused(
            "bad-text", "What was typed cannot be read as text. Check which encoding this terminal uses."
        ) from None
    if not line:
        print(file=sys.stderr)  # what comes next begins a line of its own
        raise KeyboardInterrupt
    return line.strip()


def _taken(answer: str, check: Callable[[str], object] | None) -> bool:
    from cli.shown import talk

    try:
        if check:
            check(answer)
    except Refused as refused:
        talk(refused.sentence)
        return False
    return True
