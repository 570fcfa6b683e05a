"""How is an answer given, so that it can be cited and made again?"""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from cli.desk import Desk
from cli.layout import safe
from cli.shown import talk


def answer(desk: Desk, data: Any) -> None:
    """One JSON object: the ledger with size and root as known, both times, and the data."""
    at, record = desk.at, desk.record
    told = {
        "ledger": {
            "id": record.id,
            "title": record.title if record.size else None,
            "size": at.known,
            "root": record.root(at.known).hex(),
        },
        "as_known": at.known,
        "as_of": at.on,
        "data": data,
    }
    encoded = msgspec.json.encode(told)
    sys.stdout.write(safe(encoded.decode()) + "\n")


def say_times(desk: Desk) -> None:
    """The head line of every answer in text: what was known, judged when."""
    at = desk.at
    talk(f"{desk.record.title}: as known #{at.known}, as of {at.on}")
