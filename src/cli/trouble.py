"""What went wrong, in one sentence and one exit code?"""

from __future__ import annotations

import json
import sys

from cli.layout import safe
from cli.settings import Settings
from cli.shown import talk
from domain.refused import Refused

USAGE = frozenset({"no-actor", "time-on-recording", "usage"})
"""Refusals that are about how the command was called."""


def exit_code(error: Exception, settings: Settings) -> int:
    """Say it on stderr; 1 refused, 2 usage, 3 could not decide. What is not a refusal is a defect and is raised."""
    if not isinstance(error, Refused):
        error = _refusal_of(error)
    from ledger.trouble import CannotDecide

    _say(error, as_json=settings.json)
    if isinstance(error, CannotDecide):
        return 3
    return 2 if error.code in USAGE else 1


def _refusal_of(error: Exception) -> Refused:
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return Refused("file", f"{where}{error.strerror or error}. Check the path and its permissions.")
    if isinstance(error, ModuleNotFoundError) and str(error.name).partition(".")[0] == "cryptography":
        from cli.audit_words import no_proofs

        return no_proofs()
    raise error


def _say(error: Refused, *, as_json: bool) -> None:
    if as_json:
        text = json.dumps({"refused": {"code": error.code, "text": error.sentence}}, ensure_ascii=False)
        print(safe(text), file=sys.stderr)
    else:
        talk(f"{error.sentence} [{error.code}]")
