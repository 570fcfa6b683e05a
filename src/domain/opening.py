"""What does the first line of every ledger say?"""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.fold import Facts
from domain.occasion import Occasion
from domain.recorded import Fact, New, Slot
from domain.refused import Refused
from domain.text import shown, text

FORMAT = 1
"""The format of ledgers that this version writes: what `head.format` and `ledger.opened` say."""


class LedgerOpened(Fact, frozen=True, kw_only=True):
    """A ledger begins. Days are those of `timezone` (an IANA name)."""

    stored: ClassVar[str] = "ledger.opened.v1"
    noun: ClassVar[str] = "ledger"
    opens: ClassVar[bool] = True

    title: str
    timezone: str
    format: int

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "made"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        zone(self.timezone)
        if not 1 <= self.format <= FORMAT:
            raise Refused(
                "newer-format",
                f"The ledger says that it has format {self.format}; the newest known here is {FORMAT}. Update pledger.",
            )


def open_ledger(at: Occasion, title: str, timezone: str) -> list[New]:
    """The same again records nothing. Refused: `bad-timezone`, `blank`, `bad-text`, `duplicate-key` (open already)."""
    fact = LedgerOpened(title=text(title, "title"), timezone=zone(timezone).key, format=FORMAT)
    if at.known.facts("ledger").fact("ledger", "made") == fact:
        return []
    return at.record("ledger", fact)


def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Refused: `bad-timezone`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(
            "bad-timezone", f"{shown(name)} is no time zone. Write an IANA name such as Asia/Baku or UTC."
        ) from None
