"""What does `add` make on the way: parties, programme, source, target; and what does it ask for?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cli.dates import maybe_date
from cli.desk import Decide, Desk
from cli.settings import Settings
from domain.commitment import make, restate
from domain.entry import fuzzy_date
from domain.occasion import Occasion
from domain.party import name_of, register_party
from domain.programme import open_programme
from domain.recorded import New
from domain.refused import Refused
from domain.source import cite_source
from domain.target import set_target
from domain.text import key as key_of
from domain.text import shown, slug, text


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
                    "duplicate-key",
                    f"Party {self.key} is registered as {stands}. Write {self.key} alone, or choose another key; its"
                    f' name changes with: pledger party rename {self.key} "{self.name}" --because "…".',
                )
            return []
        if self.noun == "party":
            return register_party(at, self.key, self.name, kind=self.kind)
        return open_programme(at, self.key, self.name)


def asked_for(settings: Settings, wanted: Wanted) -> Wanted:
    """The promise with what was missing asked for on a terminal. Refused: `no-title`."""
    if wanted.title is not None:
        return wanted
    if not settings.may_ask:
        raise Refused("no-title", f'What is promised? Write: pledger add {wanted.key} "TITLE".')
    desk = settings.desk
    desk.would(make_all(desk, replace(wanted, title="?")))  # what is wrong already is said before anything is asked
    return _answered(desk, wanted)


def _answered(desk: Desk, wanted: Wanted) -> Wanted:
    from cli.ask import ask

    title = ask("What is promised, in a few words?", check=lambda typed: text(typed, "title"))
    promisors, due = wanted.promisors, wanted.due
    if not promisors:
        question = "Who promises it? Such as az, kz=Kazakhstan (state):"
        promisors = _split(ask(question, optional=True, check=lambda typed: _parties(desk, _split(typed))))
    if due is None and wanted.target is None:
        question = "By when? Such as end-2026, Q1 2027, 2022-2027:"
        due = ask(question, optional=True, check=lambda typed: fuzzy_date(typed, desk.today)) or None
    return replace(wanted, title=title, promisors=promisors, due=due)


def _split(typed: str) -> list[str]:
    return [one.strip() for one in typed.split(",") if one.strip()]


def _parties(desk: Desk, typed: Sequence[str]) -> list[Named]:
    return [party(desk, one) for one in typed]


def make_all(desk: Desk, wanted: Wanted) -> Decide:
    """The decision that records a promise and all that it needs."""
    promisors, promisees = _parties(desk, wanted.promisors), _parties(desk, wanted.promisees)
    programme_named = None if wanted.programme is None else programme(desk, wanted.programme)
    key = key_of(wanted.key)
    cited, source = (None, None) if wanted.source is None else source_of(desk, wanted.source)

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
            due=maybe_date(wanted.due, at),
            start=maybe_date(wanted.start, at),
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
    lists = {name: _parties(desk, given.get(name, ())) for name in ("promisors", "promisees")}
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
    if not said and "," in typed:
        raise Refused(
            "bad-key", f"{shown(typed)} looks like several parties. Give each an option of its own: -p az -p kz."
        )
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
    """A source's key; or a file, cited under its name where it is not yet. Refused: `unknown-key`, `no-such-file`."""
    path = Path(typed)
    if path.is_file():
        from cli.files import fingerprint

        key, file = key_of(slug(path.stem) or "source", "source key"), fingerprint(path)

        def cite(at: Occasion) -> list[New]:
            if at.known.exists(f"source/{key}"):
                return []
            return cite_source(at, key, path.name, "not stated", file=file)

        return cite, key
    if "." in typed or "/" in typed:
        raise Refused(
            "no-such-file", f"There is no file {shown(typed)} here. A source is a file, or the key of one cited."
        )
    return None, desk.key("source", typed)


def _target(at: Occasion, key: str, wanted: Wanted) -> list[New]:
    if wanted.target is None:
        return _no_target(wanted)
    from cli.terms import terms

    wording = wanted.due if wanted.window is None else wanted.window
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
    return set_target(at, key, key if wanted.indicator is None else wanted.indicator, made)


def _no_target(wanted: Wanted) -> list[New]:
    """Refused: `usage` where something is said of a target and there is none."""
    said = [name for name in ("window", "indicator", "measure", "aim", "baseline") if getattr(wanted, name) is not None]
    if said:
        raise Refused("usage", f'--{said[0]} is about a target, and there is none. Add one: --target "1.5 Mt/year".')
    return []
