"""Which commitments are meant by `programme:green status:late cable`? The filter language of all lists."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar

from domain.assess import STATUSES
from domain.commitment import CommitmentKind, value
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.owner import owner_of
from domain.refused import Refused
from domain.text import choice, same_office, shown
from projections.rows import FOR_FLAGS, FOR_REPORTS, FOR_STATUS

T = TypeVar("T")
Test = Callable[[Facts], bool]
Key = Callable[[str, str], str]
"""The key of something in a register, from its noun and what was typed. Refused: `unknown-key`, `ambiguous-key`."""

_TERM = re.compile(r"([a-z][a-z-]*):(.*)", re.DOTALL | re.IGNORECASE)
_COMPARED = re.compile(r"(<=|>=|<|>|=|)(.*)", re.DOTALL)
_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
    "": operator.eq,
}


class Filter(NamedTuple):
    """What must hold of a commitment, or of an item of it: every test, every field's statuses, every free word.

    A word is the beginning of a key, a status, or a part of a title, statement or note.
    """

    tests: tuple[Test, ...] = ()
    statuses: tuple[frozenset[str], ...] = ()
    words: tuple[str, ...] = ()

    @property
    def keep(self) -> int:
        """What superseded facts must be seen (`projections.rows`): notes that no longer count can be searched too."""
        return FOR_REPORTS if self.words else FOR_FLAGS if self.tests else FOR_STATUS

    def may_hold(self, facts: Facts) -> bool:
        """Does all of it hold that needs no status?"""
        return all(test(facts) for test in self.tests)

    def holds(self, facts: Facts, key: str, status: str) -> bool:
        """Does the rest hold too, of an item with that status?"""
        if not all(status in one for one in self.statuses):
            return False
        texts = _texts(facts, key) if self.words else []
        return all(word == status or key.startswith(word) or any(word in text for text in texts) for word in self.words)


EVERYTHING = Filter()


class Asked(NamedTuple):
    """What the reading of a filter needs beside its words: the day of "today", and who knows the keys."""

    on: date
    key: Key


def parse(words: Iterable[str], asked: Asked) -> Filter:
    """A filter from its words; a comma in a value means "or".

    Refused: `unknown-field` with the nearest one, `bad-filter`, `bad-status`, `bad-choice`, `bad-date`, and as `Key`.
    """
    tests: list[Test] = []
    statuses: list[frozenset[str]] = []
    free: list[str] = []
    for word in words:
        term = term_of(word, EXAMPLES)
        if term is None:
            free.append(free_word(word))
        elif term.field == "status":
            statuses.append(frozenset(map(_status, term.values)))
        else:
            tests.append(any_of([FIELDS[term.field](one, asked) for one in term.values]))
    return Filter(tuple(tests), tuple(statuses), tuple(free))


class Term(NamedTuple):
    """`field:one,other`."""

    field: str
    values: list[str]


def term_of(word: str, examples: Mapping[str, str]) -> Term | None:
    """What a word with a colon says; `examples` has one for each field that there is. None for a free word.

    Refused: `unknown-field` with the nearest one, `bad-filter`.
    """
    term = _TERM.fullmatch(word)
    if term is None:
        return None
    name, values = term[1].lower(), [one.strip() for one in term[2].split(",")]
    if name not in examples:
        near = get_close_matches(name, examples, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}:?" if near else f"There are: {', '.join(examples)}."
        raise Refused("unknown-field", f"{name}: is no field here. {hint} A word is searched for without a colon.")
    if not all(values):
        raise Refused("bad-filter", f"{name}: needs a value, such as {examples[name]}.")
    return Term(name, values)


def free_word(word: str) -> str:
    """A word that is searched for. Refused: `unknown-view`."""
    if word.startswith("@"):
        raise Refused("unknown-view", f"{shown(word)} is a saved filter, and cannot be part of another. Write it out.")
    return word.casefold()


def any_of(tests: list[Callable[[T], bool]]) -> Callable[[T], bool]:
    """Does one of them hold?"""
    return tests[0] if len(tests) == 1 else lambda one: any(test(one) for test in tests)


def _status(text: str) -> str:
    if text.lower() not in STATUSES:
        raise Refused("bad-status", f"{shown(text)} is no status. It is one of: {', '.join(STATUSES)}.")
    return text.lower()


def _programme(text: str, asked: Asked) -> Test:
    key = asked.key("programme", text)
    return lambda facts: value(facts, "programme") == key


def _party(*fields: str) -> Callable[[str, Asked], Test]:
    def of(text: str, asked: Asked) -> Test:
        key = asked.key("party", text)
        return lambda facts: any(key in (value(facts, field) or ()) for field in fields)

    return of


def _owner(text: str, _: Asked) -> Test:
    return lambda facts: same_office(text, owner_of(facts) or "")


def _tag(text: str, _: Asked) -> Test:
    return lambda facts: text.lower() in (value(facts, "tags") or ())


def _kind(text: str, _: Asked) -> Test:
    kind = choice(CommitmentKind, text, "kind of commitment")
    return lambda facts: value(facts, "kind") == kind


def _due(text: str, asked: Asked) -> Test:
    """The last day of the due in force, against a day, month, quarter or year; `none` where there is no such day."""
    if text == "none":
        return lambda facts: _last_day(facts) is None
    fits = fitting(text, asked.on)

    def holds(facts: Facts) -> bool:
        day = _last_day(facts)
        return day is not None and fits(day)

    return holds


def _moved(text: str, _: Asked) -> Test:
    """How often the due has moved."""
    fits = counting("moved", text)
    return lambda facts: fits(len(moves_of(facts, facts.key)))


def fitting(text: str, on: date) -> Callable[[date], bool]:
    """Is a day as `2026-12`, `<=2026` or `>Q1 2026` says? The whole of a month is neither before nor after itself.

    Refused: `bad-date`.
    """
    from domain.entry import fuzzy_date  # late: most boards are asked for without a day

    sign, typed = _compared(text)
    when = fuzzy_date(typed, on)
    first, last = when.earliest or date.min, when.latest or date.max
    if sign in ("", "="):
        return lambda day: first <= day <= last
    edge = first if sign in ("<", ">=") else last
    return lambda day: _SIGNS[sign](day, edge)


def counting(name: str, text: str) -> Callable[[int], bool]:
    """Is a number as `2`, `>0` or `<=3` says? Refused: `bad-filter`."""
    sign, typed = _compared(text)
    if not re.fullmatch("[0-9]{1,6}", typed):
        raise Refused("bad-filter", f"{name}: is compared with a number. Write '{name}:>0', {name}:0 or '{name}:>=2'.")
    return lambda count: _SIGNS[sign](count, int(typed))


def _compared(text: str) -> tuple[str, str]:
    found = _COMPARED.fullmatch(text)
    assert found  # it matches every text
    return found[1], found[2].strip()


FIELDS: dict[str, Callable[[str, Asked], Test]] = {
    "programme": _programme,
    "promisor": _party("promisors"),
    "promisee": _party("promisees"),
    "party": _party("promisors", "promisees"),
    "owner": _owner,
    "tag": _tag,
    "kind": _kind,
    "due": _due,
    "moved": _moved,
}
"""How each field is read; beside them there is `status`, which only a judgement knows."""
EXAMPLES = {
    "status": "status:late,short",
    "programme": "programme:middle-corridor",
    "promisor": "promisor:az",
    "promisee": "promisee:kz",
    "party": "party:az",
    "owner": "owner:energy-ministry",
    "tag": "tag:oil",
    "kind": "kind:target",
    "due": "'due:<=2026-12'",
    "moved": "'moved:>0'",
}


def moves_of(facts: Facts, item: str) -> list[Any]:
    """The facts by which the due of an item moved, in order; a first date is no move."""
    return [one for one in facts.chain(item, "due") if getattr(one.fact, "previous", None)]


def _last_day(facts: Facts) -> date | None:
    by = facts.last(facts.key, "due") or facts.last(facts.key, "made")
    due: FuzzyDate | None = getattr(by.fact, "due", None) if by else None
    return due.latest if due else None


def _texts(facts: Facts, key: str) -> list[str]:
    """What words are searched in: of a commitment also what is said of its milestones."""
    if key != facts.key:
        return [text.casefold() for one in facts.of(key) for text in _said(one.fact)]
    said = {text for item in facts.items() for one in facts.of(item) for text in _said(one.fact)}
    return [text.casefold() for text in (*said, *(value(facts, name) or "" for name in ("title", "statement")))]


def _said(fact: Any) -> Iterator[str]:
    for name in ("title", "statement", "note"):
        text = getattr(fact, name, None)
        if text:
            yield text
