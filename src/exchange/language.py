"""In which language are words, numbers and days told? Words by gettext, the others by Babel where it is there.

Only what people look at is told in a language: JSON, keys, stored lines and the letters of a key never depend on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gettext import NullTranslations

    from domain.quantity import Quantity

FOREIGN = ("az", "kk", "ru", "tr")
"""The languages that have a catalogue of words."""
LANGUAGES = (*FOREIGN, "en")
FOLDER = Path(__file__).parent / "languages"
"""For each language its words (`kk.po`), and the same as gettext reads them (`kk.mo`), written by `make i18n`."""


class Language:
    """One of the five, by its ISO 639-1 code. What a catalogue lacks is told in English."""

    def __init__(self, code: str) -> None:
        self.code = code

    @cached_property
    def _words(self) -> NullTranslations:
        from gettext import GNUTranslations, NullTranslations  # late: English needs neither

        if self.code == "en":
            return NullTranslations()
        with (FOLDER / f"{self.code}.mo").open("rb") as file:
            return GNUTranslations(file)

    @cached_property
    def _babel(self) -> Any:
        """The library for numbers and days; None in English and where it is not installed."""
        if self.code == "en":
            return None
        try:
            import babel.dates  # late, and an extra
            import babel.numbers
        except ImportError:
            return None
        return babel

    def word(self, text: str, context: str = "") -> str:
        """A word or label; `context` parts words that are written alike in English: status, flag, sheet, unit."""
        if self.code == "en" or not text:  # of nothing gettext would tell all about its catalogue
            return text
        return self._words.pgettext(context, text) if context else self._words.gettext(text)

    def counted(self, one: str, many: str, count: int) -> str:
        """The words for so many things, with `{count}` filled in; languages have up to three."""
        text = self._words.ngettext(one, many, count)
        return text.replace("{count}", str(count))

    def forms(self, one: str, many: str) -> list[str]:
        """The words for one thing, for few and for many, as CLDR orders them: those that the language tells apart."""
        counts = (1, 2, 5) if self.code == "ru" else (1, 2)
        return [self._words.ngettext(one, many, count) for count in counts]

    def day(self, day: date) -> str:
        """`31 Ara 2026`; as ISO 8601 has it in English and without Babel."""
        if self._babel is None:
            return str(day)
        text: str = self._babel.dates.format_date(day, "medium", locale=self.code)
        return text

    def number(self, value: Decimal | int) -> str:
        """`1 234,5`."""
        if self._babel is None:
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        text: str = self._babel.numbers.format_decimal(value, locale=self.code, decimal_quantization=False)
        return text

    def amount(self, quantity: Quantity) -> str:
        """`1,5 Мт`, `470 000 000 $`, `42,5 %`."""
        from domain.quantity import text

        if self._babel is None:
            return text(quantity)
        if quantity.unit == "%":
            return self.percent(quantity.value)
        if quantity.unit == "one":
            return self.number(quantity.value)
        return self._money(quantity) or f"{self.number(quantity.value)} {self.word(quantity.unit, 'unit')}"

    def percent(self, value: Decimal) -> str:
        """`42,5 %`, with the sign where the language has it."""
        if self._babel is None:
            return f"{value:f} %"
        text: str = self._babel.numbers.format_percent(value / 100, locale=self.code, decimal_quantization=False)
        return text

    def _money(self, quantity: Quantity) -> str | None:
        from domain.units import UNITS

        if not UNITS[quantity.unit].money:
            return None
        pattern = self._babel.Locale.parse(self.code).currency_formats["standard"].pattern.replace("0.00", "0.######")
        text: str = self._babel.numbers.format_currency(
            quantity.value, quantity.unit, format=pattern, locale=self.code, currency_digits=False
        )
        return text

    def calendar(self) -> dict[str, Any] | None:
        """Names of months and days as charts ask for them (d3-time-format); None in English and without Babel."""
        if self._babel is None:
            return None
        names = self._babel.Locale.parse(self.code)
        week = (6, 0, 1, 2, 3, 4, 5)  # it begins with Sunday there, and with Monday here
        days, months = names.days["stand-alone"], names.months["stand-alone"]
        return {
            **{"dateTime": "%d.%m.%Y %X", "date": "%d.%m.%Y", "time": "%H:%M:%S", "periods": ["", ""]},
            "days": [days["wide"][day] for day in week],
            "shortDays": [days["abbreviated"][day] for day in week],
            "months": _in_order(months["wide"]),
            "shortMonths": _in_order(months["abbreviated"]),
        }


def _in_order(months: dict[int, str]) -> list[str]:
    return [months[month] for month in sorted(months)]


ENGLISH = Language("en")


def of_locale(names: Iterable[str | None]) -> str:
    """The language that the first name says that says anything: `kk_KZ.UTF-8` is kk; C, POSIX and others English."""
    named = next((name for name in names if name), "")
    code = named.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return code if code in LANGUAGES else "en"
