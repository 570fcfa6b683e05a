"""Which commitments are meant by `programme:green status:late cable`? The filter language of all lists."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from domain.assess import STATUSES
from domain.commitment import CommitmentKind, value
from domain.entry import fuzzy_date
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.owner import owner_of
from domain.refused import Refused
from domain.text import choice, same_office, shown
from projections.rows import FOR_FLAGS, FOR_REPORTS, FOR_STATUS

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
        term = _TERM.fullmatch(word)
        if term is None:
            free.append(_free(word))
            continue
        name, values = _field(term[1].lower()), _values(term[1], term[2])
        if name == "status":
            statuses.append(frozenset(map(_status, values)))
        else:
            tests.append(_any_of([FIELDS[name](one, asked) for one in values]))
    return Filter(tuple(tests), tuple(statuses), tuple(free))


def _free(word: str) -> str:
    if word.startswith("@"):
        raise Refused("unknown-view", f"{shown(word)} is a saved filter, and cannot be part of another. Write it out.")
    return word.casefold()


def _field(name: str) -> str:
    names = ("status", *FIELDS)
    if name in names:
        return name
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}:?" if near else f"There are: {', '.join(names)}."
    raise Refused("unknown-field", f"{name}: is no field of a filter. {hint} A word is searched for without a colon.")


def _values(name: str, text: str) -> list[str]:
    values = [one.strip() for one in text.split(",")]
    if not all(values):
        raise Refused("bad-filter", f"{name}: needs a value, such as {EXAMPLES.get(name.lower(), 'status:late')}.")
    return values


def _any_of(tests: list[Test]) -> Test:
    return tests[0] if len(tests) == 1 else lambda facts: any(test(facts) for test in tests)


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
    sign, typed = _compared(text)
    when = fuzzy_date(typed, asked.on)
    first, last = when.earliest or date.min, when.latest or date.max

    def holds(facts: Facts) -> bool:
        day = _last_day(facts)
        if day is None:
            return False
        # the whole of 2026-12 is neither before nor after itself
        return first <= day <= last if sign in ("", "=") else _SIGNS[sign](day, first if sign in ("<", ">=") else last)

    return holds


def _moved(text: str, _: Asked) -> Test:
    """How often the due has moved."""
    sign, typed = _compared(text)
    if not re.fullmatch("[0-9]{1,6}", typed):
        raise Refused("bad-filter", f"moved:{text} counts moves. Write {EXAMPLES['moved']}, moved:0 or moved:>=2.")
    return lambda facts: _SIGNS[sign](len(moves_of(facts, facts.key)), int(typed))


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
    "programme": "programme:middle-corridor",
    "promisor": "promisor:az",
    "promisee": "promisee:kz",
    "party": "party:az",
    "owner": "owner:energy-ministry",
    "tag": "tag:oil",
    "status": "status:late,short",
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
