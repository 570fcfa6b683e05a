"""Where does a note go once it may be let out, and how is it told?"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from cli.audit_cited import Cited
from cli.layout import safe
from cli.settings import Settings
from cli.shown import out, talk


def release(settings: Settings, note: str, cited: Cited, names: Sequence[str] | None) -> list[str]:
    """Write a note to each place; in a folder it gets the ledger's id and the size as its name. Gives where it lies.

    `-` is stdout, unless JSON goes there, which has the note in it.

    Refused: `not-replaced`, `not-written`.
    """
    from exchange.whole import whole_file

    written = []
    for name in names or ():
        if name == "-":
            sys.stdout.write("" if settings.json else note)
            continue
        path = Path(name)
        if path.is_dir() or name.endswith(os.sep):
            path.mkdir(parents=True, exist_ok=True)
            path /= f"{cited.id}-{cited.size}.checkpoint"
        with whole_file(path) as file:
            file.write(note.encode())
        written.append(str(path))
        talk(f"Written to {path}.")
    return written


def say_cited(cited: Cited, names: Sequence[str] | None) -> None:
    """The last line of a report; beside the note where that goes to stdout."""
    say = talk if "-" in (names or ()) else out
    say(cited.footer)


def answer(settings: Settings, cited: Cited | None, data: Any) -> None:
    """One JSON object, as every command gives it; what is audited need not be a ledger that can be asked."""
    told = {
        "ledger": cited.head if cited else None,
        "as_known": cited.size if cited else None,
        "as_of": settings.today_utc,
        "data": data,
    }
    sys.stdout.write(safe(msgspec.json.encode(told).decode()) + "\n")
