"""In which language does this command speak? English, until another is spoken, needs no catalogue and no library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from domain.quantity import Quantity
    from exchange.language import Language

_spoken: Language | None = None
"""None is English."""


def speak(code: str) -> None:
    """From now on in this language; one command speaks one."""
    global _spoken
    if code == "en":
        _spoken = None
    else:
        from exchange.language import Language

        _spoken = Language(code)


def spoken() -> Language:
    """The language, for what is written by others than us."""
    from exchange.language import ENGLISH

    return _spoken or ENGLISH


def word(text: str, context: str = "") -> str:
    """A word or label, as `exchange.language` has it."""
    return text if _spoken is None else _spoken.word(text, context)


def counted(one: str, many: str, count: int) -> str:
    """The words for so many things, with `{count}` filled in."""
    if _spoken is None:
        return (one if count == 1 else many).replace("{count}", str(count))
    return _spoken.counted(one, many, count)


def told_days(text: str, days: int | str) -> str:
    """A word of the catalogue in which `{days}` is filled in."""
    return word(text).replace("{days}", str(days))


def day_count(days: int | str) -> str:
    """`37 d`."""
    return told_days("{days} d", days)


def day(day: date) -> str:
    """A day in a table."""
    return str(day) if _spoken is None else _spoken.day(day)


def amount(quantity: Quantity) -> str:
    """An amount in a table."""
    from domain.quantity import text

    return text(quantity) if _spoken is None else _spoken.amount(quantity)


def percent(value: str | Decimal) -> str:
    """A share of work done."""
    if _spoken is None:
        return f"{value} %"
    from decimal import Decimal

    return _spoken.percent(Decimal(value))
