"""What was promised, by whom, to whom, where was it said, and in which words?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Literal, get_args

import msgspec

from domain.due import check_change, check_due, due_of
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion, must_exist
from domain.programme import must_be_open
from domain.recorded import Fact, New, Slot, alike
from domain.refused import Refused
from domain.text import check_key, choice, maybe, required, shown, text
from domain.text import key as key_of

CommitmentKind = Literal["deliverable", "target", "roadmap", "observance"]
Field = Literal["title", "kind", "statement", "programme", "locator", "tags", "promisors", "promisees", "start"]
Words = str | tuple[str, ...] | FuzzyDate
PARTIES = ("promisors", "promisees")
FIELDS: dict[str, type] = dict.fromkeys(get_args(Field), str) | {
    "tags": tuple,
    "promisors": tuple,
    "promisees": tuple,
    "start": FuzzyDate,
}
"""The fields that can be restated, with the type of each."""


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
        check_tags(self.tags)
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
            if name in PARTIES and isinstance(change.to, tuple):
                named += [f"party/{party}" for party in change.to]
            elif name == "programme" and isinstance(change.to, str):
                named.append(f"programme/{change.to}")
        return tuple(named)

    def check(self, at: Occasion, facts: Facts) -> None:
        if not self.changes:
            raise Refused("nothing-changed", "A restatement changes at least one field.")
        for name, change in self.changes.items():
            check_field(name, change.to)
            check_change(change.before, value(facts, name), change.to)
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
    """A new commitment. The same again records nothing.

    Refused: `duplicate-key`, `due-before-start`, `unknown-key`, `named-twice`, `bad-choice`, `bad-key`, and
    `wrong-state` when its programme is closed.
    """
    key = key_of(key)
    fact = CommitmentMade(
        title=text(title, "title"),
        kind=choice(CommitmentKind, kind, "kind of commitment"),
        promisors=keys(promisors, "party key"),
        promisees=keys(promisees, "party key"),
        due=due,
        start=start,
        programme=key_of(programme, "programme key") if programme else None,
        source=key_of(source, "source key") if source else None,
        locator=maybe(locator, "locator"),
        statement=maybe(statement, "statement"),
        owner=maybe(owner, "owner"),
        tags=keys(tags, "tag"),
    )
    stands = at.known.facts(f"commitment/{key}").fact(key, "made")
    if alike(stands, fact):
        return []
    if stands:
        raise Refused(
            "duplicate-key", f"{key} is taken. Choose another key, or change its words: pledger restate {key}."
        )
    return at.record(f"commitment/{key}", fact)


def restate(at: Occasion, key: str, to: Mapping[str, Any], *, because: str | None) -> list[New]:
    """Change the words of a commitment: `to` gives the new value by field, None to leave it empty.

    Fields that have that value already are passed over. Refused: `unknown-key`, `no-reason`, `bad-field`,
    `wrong-state`, `due-before-start`, `named-twice`, `bad-choice`.
    """
    facts = at.facts(key)
    must_exist(at.known, facts.subject)
    words = {name: _words(name, wanted) for name, wanted in to.items()}
    changes = {
        name: Change(before=before, to=after)
        for name, after in words.items()
        if not alike(before := value(facts, name), after)
    }
    if not changes:
        return []
    return at.record(facts.subject, CommitmentRestated(changes=changes, reason=required(because)))  # type: ignore[arg-type]  # check_field knows the fields


def keys(names: Iterable[str], what: str) -> tuple[str, ...]:
    """Keys in their stored form. Refused: `bad-key`."""
    return tuple(key_of(name, what) for name in names)


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


def check_tags(tags: tuple[str, ...]) -> None:
    """Refused: `named-twice`, `bad-key`."""
    check_list(tags, "tag")
    for tag in tags:
        check_key(tag, "tag")


def check_name(field: str) -> None:
    """Refused: `bad-field`, naming the fields that can be restated."""
    if field not in FIELDS:
        raise Refused("bad-field", f"{shown(field)} cannot be restated. What can: {', '.join(FIELDS)}.")


def check_field(name: str, to: object) -> None:
    """Is it a field that can be restated, and a value of its kind, None to leave it empty?

    Refused: `bad-field`, `blank`, `bad-choice`, `named-twice`, `bad-key`.
    """
    check_name(name)
    if to is None:
        if name in ("title", "kind"):
            raise Refused("blank", f"The {name} of a commitment cannot be left empty. Write it out.")
        return
    if not isinstance(to, FIELDS[name]) or to == ():
        raise Refused("bad-field", f"The {name} of a commitment cannot be restated as that, or left empty like that.")
    if name == "kind" and to not in get_args(CommitmentKind):
        raise Refused("bad-choice", f"A kind is one of: {', '.join(get_args(CommitmentKind))}.")
    if name == "tags" and isinstance(to, tuple):
        check_tags(to)
    elif isinstance(to, tuple):
        check_list(to, name.removesuffix("s"))


def _words(name: str, wanted: Any) -> Any:
    """A field's new value as it is stored; None for what is empty. Refused: `bad-field`, and what is no such value."""
    check_name(name)
    if not wanted:
        return None
    if name == "kind":
        return choice(CommitmentKind, wanted, "kind of commitment")
    if name == "programme":
        return key_of(wanted, "programme key")
    if name in (*PARTIES, "tags"):
        return keys(wanted, "tag" if name == "tags" else "party key")
    return wanted if isinstance(wanted, FuzzyDate) else text(wanted, name)
