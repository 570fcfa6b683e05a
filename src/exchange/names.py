"""Which party, programme or source does a cell mean: one that stands, or one to be made?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from domain.occasion import Occasion
from domain.party import register_party
from domain.programme import open_programme
from domain.recorded import New
from domain.refused import Refused
from domain.text import key as key_of
from domain.text import shown, slug

Registers = Mapping[str, Mapping[str, str]]
"""By noun (party, programme, source) what stands: the names, or titles, by key."""

KIND = re.compile(r"(?P<name>.*?)\s*\((?P<kind>state|organisation|company|group)\)", re.IGNORECASE)
NEAR = 0.8


def several(cell: str) -> list[str]:
    """The parts of a cell that lists: with semicolons between them, or where there is none with commas."""
    parts = (part.strip() for part in cell.split(";" if ";" in cell else ","))
    return [part for part in parts if part]


class Names:
    """The registers, as one command sees and extends them. What it makes is added to `made`."""

    def __init__(self, at: Occasion, registers: Registers, made: list[New]) -> None:
        self.made = made
        self._at = at
        # A command that is sent again is decided on the state before its first time: what it made does not stand then.
        self._names = {
            noun: {key: name for key, name in registers.get(noun, {}).items() if at.known.exists(f"{noun}/{key}")}
            for noun in ("party", "programme", "source")
        }

    def party(self, typed: str) -> str:
        """`az`, the party's name, or `az=Azerbaijan (state)` for a new one. Refused: see `_known_or_made`."""
        return self._known_or_made("party", typed)

    def programme(self, typed: str) -> str:
        """A programme's key, its title, or `green=Green energy` for a new one. Refused: see `_known_or_made`."""
        return self._known_or_made("programme", typed)

    def source(self, typed: str) -> str:
        """A source's key or title. Refused: `unknown-key`."""
        key = self._standing("source", typed)
        if key is None:
            near = self._near("source", slug(typed))
            hint = f"Did you mean {near}?" if near else 'Cite it first: pledger source add KEY "Its title".'
            raise Refused("unknown-key", f"There is no source {shown(typed)}. {hint}")
        return key

    def _known_or_made(self, noun: str, typed: str) -> str:
        """Refused: `did-you-mean`, `duplicate-key` (the key stands under another name), `bad-key`, `no-key-for`."""
        key, said, name = (part.strip() for part in typed.partition("="))
        if said:
            return self._named(noun, key_of(key, f"{noun} key"), name)
        standing = self._standing(noun, typed)
        if standing is not None:
            return standing
        key = slug(typed)
        if not key:
            raise Refused("no-key-for", f"{shown(typed)} gives no key. Write one before it: KEY={typed[:20]}.")
        near = self._near(noun, key)
        if near is not None:
            raise Refused(
                "did-you-mean",
                f"There is no {noun} {shown(typed)}; did you mean {near}? If it is new, write {key}={typed[:40]}.",
            )
        return self._make(noun, key, typed)

    def _named(self, noun: str, key: str, name: str) -> str:
        """`az=Azerbaijan`: the one that stands so, under this or an earlier name, or a new one."""
        facts = self._at.known.facts(f"{noun}/{key}")
        if not facts.last(key, "made"):
            return self._make(noun, key, name)
        name = _kind_of(name)[0] if noun == "party" else name
        chain = (*facts.chain(key, "made"), *facts.chain(key, "name"))
        names = [str(getattr(one.fact, "name" if noun == "party" else "title")) for one in chain]
        if name not in names:
            raise Refused(
                "duplicate-key",
                f"{noun.title()} {key} is {shown(names[-1])}. Write {key} alone, or choose another key.",
            )
        return key

    def _make(self, noun: str, key: str, name: str) -> str:
        if noun == "party":
            name, kind = _kind_of(name)
            self.made += register_party(self._at, key, name, kind=kind)
        else:
            self.made += open_programme(self._at, key, name)
        self._names[noun][key] = name
        return key

    def _standing(self, noun: str, typed: str) -> str | None:
        names = self._names[noun]
        lowered = slug(typed)
        if lowered in names:
            return lowered
        folded = typed.casefold()
        return next((key for key, name in names.items() if name.casefold() == folded), None)

    def _near(self, noun: str, key: str) -> str | None:
        return next(iter(get_close_matches(key, self._names[noun], n=1, cutoff=NEAR)), None)


def _kind_of(name: str) -> tuple[str, str]:
    """`Azerbaijan (state)`: the name and what kind of party it is."""
    match = KIND.fullmatch(name)
    return (match["name"], match["kind"]) if match else (name, "organisation")
