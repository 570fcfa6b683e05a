"""Which party, programme, source, commitment or milestone does somebody mean who types the beginning of a key?"""

from __future__ import annotations

from difflib import get_close_matches

from domain.refused import Refused
from domain.text import item as item_of
from domain.text import key as key_of
from projections.asked import At, all_of
from projections.base import Base

LISTED = 8
"""So many keys a sentence lists at most."""


def resolve(base: Base, at: At, noun: str, typed: str) -> str:
    """The key meant, of those that stand at that point: an exact one, else the only one that begins so.

    Refused: `bad-key`, `unknown-key` with near ones, `ambiguous-key` with those that begin so.
    """
    wanted = key_of(typed, f"{noun} key")
    if wanted in _made(base, at, f"{noun}/{wanted}"):
        return wanted
    begun = standing(base, at, noun, wanted)
    return _only(begun, noun, wanted, begun or standing(base, at, noun))


def resolve_item(base: Base, at: At, typed: str) -> str:
    """A commitment `fibre` or a milestone `fibre/landing-aktau`; either part may be the beginning of its key.

    Refused: as `resolve`.
    """
    commitment, slash, milestone = item_of(typed).partition("/")
    key = resolve(base, at, "commitment", commitment)
    if not slash:
        return key
    wanted = f"{key}/{milestone}"
    milestones = sorted(_made(base, at, f"commitment/{key}") - {key})
    if wanted in milestones:
        return wanted
    return _only([one for one in milestones if one.startswith(wanted)], "milestone", wanted, milestones)


def standing(base: Base, at: At, noun: str, prefix: str = "") -> list[str]:
    """The keys of a noun that begin so and stand at that point, in order."""
    streams = [name for (name,) in base.rows("streams among", **all_of(noun, prefix)._asdict())]
    return [key for name in streams if (key := name.partition("/")[2]) in _made(base, at, name)]


def _made(base: Base, at: At, subject: str) -> set[str]:
    """What a subject is, or holds, under its keys."""
    return {item for (item,) in base.rows("made", stream=subject, known=at.known, on=at.on.toordinal())}


def _only(begun: list[str], noun: str, wanted: str, there: list[str]) -> str:
    if len(begun) == 1:
        return begun[0]
    if begun:
        more = f" and {len(begun) - LISTED} more" if len(begun) > LISTED else ""
        raise Refused(
            "ambiguous-key",
            f"{wanted} begins more than one {noun}: {', '.join(begun[:LISTED])}{more}. Type more of the one you mean.",
        )
    near = get_close_matches(wanted, there, n=3, cutoff=0.6)
    hint = f"Did you mean {' or '.join(near)}?" if near else "Check the spelling, or add it first."
    raise Refused("unknown-key", f"There is no {noun} {wanted} here. {hint}")
