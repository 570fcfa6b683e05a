"""What is managed together, and what happened there that is no promise?"""

from __future__ import annotations

from typing import ClassVar

from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion
from domain.recorded import Fact, New, Slot, alike
from domain.refused import Refused
from domain.text import key as key_of
from domain.text import maybe, required, text


class ProgrammeOpened(Fact, frozen=True, kw_only=True):
    """A programme enters the ledger."""

    stored: ClassVar[str] = "programme.opened.v1"
    noun: ClassVar[str] = "programme"
    opens: ClassVar[bool] = True

    title: str
    window: FuzzyDate | None = None

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "made"),)


class ProgrammeClosed(Fact, frozen=True, kw_only=True):
    """A programme takes no new commitments any more."""

    stored: ClassVar[str] = "programme.closed.v1"
    noun: ClassVar[str] = "programme"

    reason: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "life"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        closed = facts.last(facts.key, "life")
        if closed:
            raise Refused("wrong-state", f"Programme {facts.key} is closed already ({closed.place}).")


class ProgrammeNoted(Fact, frozen=True, kw_only=True):
    """Something was done or said that is no promise."""

    stored: ClassVar[str] = "programme.noted.v1"
    noun: ClassVar[str] = "programme"
    act: ClassVar[bool] = False

    text: str
    period: FuzzyDate | None = None
    source: str | None = None
    locator: str | None = None

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "note"),)

    def names(self) -> tuple[str, ...]:
        return (f"source/{self.source}",) if self.source else ()


def open_programme(at: Occasion, key: str, title: str, *, window: FuzzyDate | None = None) -> list[New]:
    """A new programme. The same again records nothing. Refused: `duplicate-key`."""
    key = key_of(key, "programme key")
    fact = ProgrammeOpened(title=text(title, "title"), window=window)
    stands = at.known.facts(f"programme/{key}").fact(key, "made")
    if alike(stands, fact):
        return []
    if stands:
        raise Refused("duplicate-key", f"Programme {key} is open already. Choose another key.")
    return at.record(f"programme/{key}", fact)


def close_programme(at: Occasion, key: str, *, because: str | None) -> list[New]:
    """The same again records nothing. Refused: `unknown-key`, `wrong-state`, `no-reason`."""
    facts = at.known.facts(f"programme/{key_of(key, 'programme key')}")
    fact = ProgrammeClosed(reason=required(because))
    if facts.fact(facts.key, "life") == fact:
        return []
    return at.record(facts.subject, fact)


def note(
    at: Occasion,
    key: str,
    words: str,
    *,
    period: FuzzyDate | None = None,
    source: str | None = None,
    locator: str | None = None,
) -> list[New]:
    """The same note on the same day again records nothing. Refused: `unknown-key`, `blank`."""
    facts = at.known.facts(f"programme/{key_of(key, 'programme key')}")
    fact = ProgrammeNoted(
        text=text(words, "note"),
        period=period,
        source=key_of(source, "source key") if source else None,
        locator=maybe(locator, "locator"),
    )
    if any(at.again(one, fact) for one in facts.chain(facts.key, "note")):
        return []
    return at.record(facts.subject, fact)


def must_be_open(at: Occasion, key: str) -> None:
    """No new commitment joins a closed programme. Refused: `wrong-state`."""
    closed = at.known.facts(f"programme/{key}").last(key, "life")
    if closed:
        raise Refused(
            "wrong-state",
            f"Programme {key} is closed ({closed.place}) and takes no new commitment."
            f' If that was an error: pledger retract {closed.position} --because "…".',
        )
