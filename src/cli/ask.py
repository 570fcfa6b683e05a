"""How is somebody at the terminal asked?"""

from __future__ import annotations

import sys


def ask(question: str, *, optional: bool = False) -> str:
    """An answer in words; an empty one only where it is optional. Ctrl-C and end of input give up."""
    while True:
        print(f"{question} ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        answer = line.strip()
        if answer or optional:
            return answer


def confirm(question: str) -> bool:
    """Yes or no; anything but yes is no."""
    return ask(f"{question} [y/N]", optional=True).lower() in ("y", "yes")
