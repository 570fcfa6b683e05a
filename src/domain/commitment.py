"""What was promised, by whom, to whom, where was it said, and in which words?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal

import msgspec

from domain.due import check_due, check_previous, due_of
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion
from domain.programme import must_be_open
from domain.recorded import Fact, New, Slot
from domain.refused import Refused
from domain.text import choice, maybe, required, text
from domain.text import key as key_of

CommitmentKind = Literal["deliverable", "target", "roadmap", "observance"]
Field = Literal["title", "kind", "statement", "programme", "locator", "tags", "promisors", "promisees", "start"]
Words = str | tuple[str, ...] | FuzzyDate


class CommitmentMade(Fact, frozen=True, kw_only=True):
    """A promise was made. `start` is when work begins; a due's earliest day is never a start."""

    stored: ClassVar[str] = "commitment.made.v1"
    opens: ClassVar[bool] = True

    title: str
    kind: CommitmentKind
    promisors: tuple[str, ...]
    promisees: tuple[str, ...] = ()
    due: FuzzyDate | None = None
    start: FuzzyDate | None = None
    programme: str | None = None
    source: str | None = None
    locator: str | None = None
    statement: str | None = None
    owner: str | None = None
    tags: tuple[str, ...] = ()

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "made"),)

    def names(self) -> tuple[str, ...]:
        register = [f"party/{party}" for party in (*self.promisors, *self.promisees)]
        register += [f"programme/{self.programme}"] if self.programme else []
        return (*register, f"source/{self.source}") if self.source else tuple(register)

    def check(self, at: Occasion, facts: Facts) -> None:
        check_due(self.start, self.due)
        check_list(self.promisors, "promisor")
        check_list(self.promisees, "promisee")
        check_list(self.tags, "tag")
        if self.programme:
            must_be_open(at, self.programme)


class Change(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One field's old and new words; a side without a value is left out."""

    before: Words | None = msgspec.field(default=None, name="from")
    to: Words | None = None


class CommitmentRestated(Fact, frozen=True, kw_only=True):
    """The words changed, not the promise."""

    stored: ClassVar[str] = "commitment.restated.v1"

    changes: dict[Field, Change]
    reason: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return tuple(Slot(key, "field", name) for name in self.changes)

    def about(self, key: str) -> str:
        return key

    def names(self) -> tuple[str, ...]:
        named: list[str] = []
        for name, change in self.changes.items():
            if name in ("promisors", "promisees") and isinstance(change.to, tuple):
                named += [f"party/{party}" for party in change.to]
            elif name == "programme" and change.to:
                named.append(f"programme/{change.to}")
        return tuple(named)

    def check(self, at: Occasion, facts: Facts) -> None:
        required(self.reason)
        if not self.changes:
            raise Refused("nothing-changed", "A restatement changes at least one field.")
        for name, change in self.changes.items():
            check_field(name, change.to)
            check_previous(change.before, value(facts, name))
            if name == "programme" and isinstance(change.to, str):
                must_be_open(at, change.to)
            if name == "start" and isinstance(change.to, FuzzyDate):
                check_due(change.to, due_of(facts, facts.key))


def make(
    at: Occasion,
    key: str,
    title: str,
    *,
    kind: str = "deliverable",
    promisors: tuple[str, ...] = (),
    promisees: tuple[str, ...] = (),
    due: FuzzyDate | None = None,
    start: FuzzyDate | None = None,
    programme: str | None = None,
    source: str | None = None,
    locator: str | None = None,
    statement: str | None = None,
    owner: str | None = None,
    tags: tuple[str, ...] = (),
) -> list[New]:
    """A new commitment. The same again records nothing. Refused: `duplicate-key`, `due-before-start`, `unknown-key`."""
    key = key_of(key)
    fact = CommitmentMade(
        title=text(title, "title"),
        kind=choice(CommitmentKind, kind, "kind of commitment"),
        promisors=promisors,
        promisees=promisees,
        due=due,
        start=start,
        programme=programme,
        source=source,
        locator=maybe(locator, "locator"),
        statement=maybe(statement, "statement"),
        owner=maybe(owner, "owner"),
        tags=tuple(key_of(tag, "tag") for tag in tags),
    )
    stands = at.known.facts(f"commitment/{key}").fact(key, "made")
    if stands == fact:
        return []
    if stands:
        raise Refused(
            "duplicate-key", f"{key} is taken. Choose another key, or change its words: pledger restate {key}."
        )
    return at.record(f"commitment/{key}", fact)


def restate(at: Occasion, key: str, to: Mapping[str, Any], *, because: str) -> list[New]:
    """Change the words of a commitment: `to` gives the new value by field, None to leave it empty.

    Fields that have that value already are passed over. Refused: `unknown-key`, `no-reason`, `due-before-start`.
    """
    facts = at.facts(key)
    changes = {}
    for name, wanted in to.items():
        before = value(facts, name)
        after = wanted or None
        if not _same(before, after):
            changes[name] = Change(before=before, to=after)
    if not changes and facts.last(key, "made"):
        return []
    return at.record(f"commitment/{key}", CommitmentRestated(changes=changes, reason=required(because)))  # type: ignore[arg-type]  # names are checked by check_field


def value(facts: Facts, name: str, on: date | None = None) -> Any:
    """The words of a commitment in force, by field; None or empty where it has none."""
    restated = facts.fact(facts.key, "field", name, on)
    if isinstance(restated, CommitmentRestated):
        return restated.changes[name].to  # type: ignore[index]  # the slot's detail is the field's name
    made = facts.fact(facts.key, "made", on=on)
    return getattr(made, name, None) or None


def check_list(names: tuple[str, ...], what: str) -> None:
    """Refused: `named-twice`."""
    if len(set(names)) < len(names):
        raise Refused("named-twice", f"A {what} is named twice. Name each once.")


def check_field(name: str, to: Words | None) -> None:
    """Is it a field that can be restated, and a value of its kind? Refused: `bad-field`, `bad-choice`."""
    if name == "kind":
        choice(CommitmentKind, to if isinstance(to, str) else "", "kind of commitment")
        return
    kind = {"tags": tuple, "promisors": tuple, "promisees": tuple, "start": FuzzyDate}.get(name, str)
    empty = to is None and name != "title"
    if not empty and not isinstance(to, kind):
        raise Refused("bad-field", f"The {name} of a commitment cannot become that.")
    if isinstance(to, tuple):
        check_list(to, name.removesuffix("s"))


def _same(before: Words | None, after: Words | None) -> bool:
    if isinstance(before, FuzzyDate) and isinstance(after, FuzzyDate):
        return before.same_as(after)
    return before == after
