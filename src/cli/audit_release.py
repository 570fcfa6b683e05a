"""Where does a note go once it may be let out, and how is it told?"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from cli.settings import Settings
from cli.shown import talk


def release(note: str, ledger: str, size: int, names: Sequence[str] | None) -> list[str]:
    """Write a note to each place; in a folder it gets the ledger's id and the size as its name. Gives where it lies.

    Refused: `not-replaced`, `not-written`.
    """
    from exchange.whole import whole_file

    written = []
    for name in names or ():
        if name == "-":
            sys.stdout.write(note)
            continue
        path = Path(name)
        if path.is_dir() or name.endswith(os.sep):
            path.mkdir(parents=True, exist_ok=True)
            path /= f"{ledger}-{size}.checkpoint"
        with whole_file(path) as file:
            file.write(note.encode())
        written.append(str(path))
        talk(f"Written to {path}.")
    return written


def answer(settings: Settings, ledger: dict[str, Any] | None, data: Any) -> None:
    """One JSON object, as every command gives it; what is audited need not be a ledger that can be asked."""
    told = {
        "ledger": ledger,
        "as_known": ledger["size"] if ledger else None,
        "as_of": settings.today_utc,
        "data": data,
    }
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
