"""Who promises, and to whom?"""

from __future__ import annotations

import re
from datetime import date
from typing import ClassVar, Literal

from domain.due import check_change
from domain.fold import Facts
from domain.occasion import Occasion, unknown
from domain.recorded import Fact, New, Slot
from domain.refused import Refused
from domain.text import choice, required, text
from domain.text import key as key_of

PartyKind = Literal["state", "organisation", "company", "group"]


class PartyRegistered(Fact, frozen=True, kw_only=True):
    """A party enters the ledger. `country` is an ISO 3166-1 alpha-2 code."""

    stored: ClassVar[str] = "party.registered.v1"
    noun: ClassVar[str] = "party"
    opens: ClassVar[bool] = True

    name: str
    kind: PartyKind
    country: str | None = None

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "made"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        if self.country is not None and not re.fullmatch("[A-Z]{2}", self.country):
            raise Refused("bad-country", "A country is two capital letters of ISO 3166-1, such as AZ.")


class PartyRenamed(Fact, frozen=True, kw_only=True):
    """A party goes by another name from now on."""

    stored: ClassVar[str] = "party.renamed.v1"
    noun: ClassVar[str] = "party"

    previous: str
    name: str
    reason: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "name"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        check_change(self.previous, name_of(facts), self.name)


def register_party(
    at: Occasion, key: str, name: str, *, kind: str = "organisation", country: str | None = None
) -> list[New]:
    """A new party. The same again records nothing. Refused: `duplicate-key`, `bad-choice`, `bad-country`."""
    key = key_of(key, "party key")
    fact = PartyRegistered(
        name=text(name, "name"),
        kind=choice(PartyKind, kind, "party kind"),
        country=country.strip().upper() if country else None,
    )
    stands = at.known.facts(f"party/{key}").fact(key, "made")
    if stands == fact:
        return []
    if stands:
        raise Refused(
            "duplicate-key", f"Party {key} is registered already. Choose another key, or: pledger party rename."
        )
    return at.record(f"party/{key}", fact)


def rename_party(at: Occasion, key: str, name: str, *, because: str | None) -> list[New]:
    """The name in force again records nothing. Refused: `unknown-key`, `no-reason`, `blank`."""
    facts, name = at.known.facts(f"party/{key_of(key, 'party key')}"), text(name, "name")
    previous = name_of(facts)
    if previous == name:
        return []
    if previous is None:
        raise unknown(facts.subject)
    return at.record(facts.subject, PartyRenamed(previous=previous, name=name, reason=required(because)))


def name_of(facts: Facts, on: date | None = None) -> str | None:
    """The name of a party in force."""
    fact = facts.fact(facts.key, "name", on=on) or facts.fact(facts.key, "made", on=on)
    return getattr(fact, "name", None)
