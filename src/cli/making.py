"""What does `add` make on the way: parties, programme, source, target; and what does it ask for?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cli.desk import Decide, Desk
from cli.settings import Settings
from domain.commitment import make, restate
from domain.entry import fuzzy_date
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion
from domain.party import name_of, register_party
from domain.programme import open_programme
from domain.recorded import New
from domain.refused import Refused
from domain.source import cite_source
from domain.target import set_target
from domain.text import key as key_of
from domain.text import slug


@dataclass(frozen=True)
class Wanted:
    """A promise as typed."""

    key: str
    title: str | None
    kind: str
    due: str | None
    start: str | None
    promisors: Sequence[str]
    promisees: Sequence[str]
    programme: str | None
    source: str | None
    locator: str | None
    statement: str | None
    target: str | None
    window: str | None
    indicator: str | None
    measure: str | None
    aim: str | None
    baseline: str | None
    owner: str | None
    tags: Sequence[str]


@dataclass(frozen=True)
class Named:
    """Something in a register, as typed: its key, and what to make it with where it does not stand yet."""

    noun: str
    key: str
    name: str
    said: bool
    kind: str = "organisation"

    def made(self, at: Occasion) -> list[New]:
        """The facts that make it, none where it stands. Refused: `duplicate-key` under another name."""
        facts = at.known.facts(f"{self.noun}/{self.key}")
        if at.known.exists(facts.subject):
            stands = name_of(facts)
            if self.noun == "party" and self.said and stands != self.name:
                raise Refused(
                    "duplicate-key", f"Party {self.key} is {stands}. Write {self.key} alone, or choose another key."
                )
            return []
        if self.noun == "party":
            return register_party(at, self.key, self.name, kind=self.kind)
        return open_programme(at, self.key, self.name)


def asked_for(settings: Settings, wanted: Wanted) -> Wanted:
    """The promise with what was missing asked for on a terminal. Refused: `no-title`."""
    from cli.ask import ask

    if wanted.title is None:
        if not settings.may_ask:
            raise Refused("no-title", f'What is promised? Write: pledger add {wanted.key} "TITLE".')
        wanted = replace(wanted, title=ask("What is promised, in a few words?"))
        if not wanted.promisors:
            typed = ask("Who promises it? Keys, with commas; az=Azerbaijan registers a new party.", optional=True)
            wanted = replace(wanted, promisors=[one.strip() for one in typed.split(",") if one.strip()])
        if wanted.due is None and wanted.target is None:
            wanted = replace(wanted, due=ask("By when? end-2026, Q1 2027, 2022-2027 …", optional=True) or None)
    return wanted


def make_all(desk: Desk, wanted: Wanted) -> Decide:
    """The decision that records a promise and all that it needs."""
    promisors = [party(desk, one) for one in wanted.promisors]
    promisees = [party(desk, one) for one in wanted.promisees]
    programme_named = programme(desk, wanted.programme) if wanted.programme else None
    key = key_of(wanted.key)
    cited, source = source_of(desk, wanted.source) if wanted.source else (None, None)

    def decide(at: Occasion) -> list[New]:
        needed = [new for one in (*promisors, *promisees) for new in one.made(at)]
        needed += programme_named.made(at) if programme_named else []
        needed += cited(at) if cited else []
        made = make(
            at,
            key,
            wanted.title or "",
            kind=wanted.kind,
            promisors=tuple(one.key for one in promisors),
            promisees=tuple(one.key for one in promisees),
            due=_date(wanted.due, at),
            start=_date(wanted.start, at),
            programme=programme_named.key if programme_named else None,
            source=source,
            locator=wanted.locator,
            statement=wanted.statement,
            owner=wanted.owner,
            tags=tuple(wanted.tags),
        )
        return [*needed, *made, *_target(at, key, wanted)]

    return decide


def restated(desk: Desk, key: str, given: Mapping[str, Any], clear: Sequence[str], because: str | None) -> Decide:
    """The decision that changes the words of a promise; new parties and programmes are made."""
    lists = {name: [party(desk, one) for one in given.get(name, ())] for name in ("promisors", "promisees")}
    named = programme(desk, given["programme"]) if "programme" in given else None

    def decide(at: Occasion) -> list[New]:
        to: dict[str, Any] = dict(given) | dict.fromkeys(clear)
        needed = [new for parties in lists.values() for one in parties for new in one.made(at)]
        needed += named.made(at) if named else []
        to |= {name: tuple(one.key for one in parties) for name, parties in lists.items() if parties}
        to |= {"programme": named.key} if named else {}
        to |= {"tags": tuple(key_of(tag, "tag") for tag in given["tags"])} if "tags" in given else {}
        to |= {"start": fuzzy_date(given["start"], at.today)} if "start" in given else {}
        return [*needed, *restate(at, key, to, because=because)]

    return decide


def party(desk: Desk, typed: str) -> Named:
    """`az` or `az=Azerbaijan`, with `(state)` behind the name for its kind."""
    key, said, name = (part.strip() for part in typed.partition("="))
    key = key_of(key if said else slug(key) or key, "party key")
    kind = "organisation"
    for word in ("state", "organisation", "company", "group"):
        if name.endswith(f"({word})"):
            kind, name = word, name.removesuffix(f"({word})").rstrip()
    if not said:
        desk.mind_near("party", key, f'-p "{key}=Its name"')
    return Named("party", key, name or typed.strip(), bool(said), kind)


def programme(desk: Desk, typed: str) -> Named:
    """A programme's key, or the title of one to open."""
    key = key_of(slug(typed) or typed, "programme key")
    desk.mind_near("programme", key, f'pledger programme add {key} "Its title"')
    return Named("programme", key, typed.strip(), said=False)


def source_of(desk: Desk, typed: str) -> tuple[Callable[[Occasion], list[New]] | None, str]:
    """A source's key; or a file, cited under its name where it is not yet. Refused: `unknown-key`."""
    path = Path(typed)
    if path.is_file():
        from cli.files import fingerprint

        key, file = key_of(slug(path.stem) or "source", "source key"), fingerprint(path)

        def cite(at: Occasion) -> list[New]:
            if at.known.exists(f"source/{key}"):
                return []
            return cite_source(at, key, path.name, "not stated", file=file)

        return cite, key
    return None, desk.key("source", typed)


def _target(at: Occasion, key: str, wanted: Wanted) -> list[New]:
    if wanted.target is None:
        return []
    from cli.terms import terms

    wording = wanted.window or wanted.due
    if wording is None:
        raise Refused(
            "bad-window", "From when to when? Add --window, such as --window 2026-2030 or --window 'from 2026'."
        )
    made = terms(
        wanted.target,
        fuzzy_date(wording, at.today),
        measure=wanted.measure,
        aim=wanted.aim,
        baseline=wanted.baseline,
    )
    return set_target(at, key, wanted.indicator or key, made)


def _date(typed: str | None, at: Occasion) -> FuzzyDate | None:
    return fuzzy_date(typed, at.today) if typed else None
