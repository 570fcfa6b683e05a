"""Which login recorded a line? Known where a server fills it in by itself, and no program can say otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from domain.text import shown
from ledger.reader import Reader, rows

PAIRS = """
WITH RECURSIVE pair AS (
    (SELECT login, actor FROM event ORDER BY login, actor LIMIT 1)
    UNION ALL SELECT next.login, next.actor FROM pair, LATERAL (
        SELECT login, actor FROM event WHERE (login, actor) > (pair.login, pair.actor) ORDER BY login, actor LIMIT 1
    ) next
) SELECT login, actor FROM pair ORDER BY login, actor
"""
"""From each pair to the next one along an index: a DISTINCT would read the whole ledger."""
OF = "SELECT position, login FROM event WHERE position = ANY(:positions)"


class Pair(NamedTuple):
    """Lines were recorded as this actor by this login."""

    login: str
    actor: str


def pairs(reader: Reader) -> list[Pair]:
    """Which login recorded as which actor, in order; none in a file, which knows no logins."""
    if reader.dialect.name != "postgresql":
        return []
    return [Pair(*row) for row in rows(reader, PAIRS)]


def several(found: Iterable[Pair]) -> list[str]:
    """Which logins recorded as more than one actor, a sentence each."""
    return [f"The login {login} recorded as {', '.join(actors)}." for login, actors in _many(found)]


def shared(found: Iterable[Pair]) -> list[str]:
    """As which actors several logins recorded, a sentence each: who only ever records as others is seen by nothing
    else.
    """
    many = _many(sorted((actor, login) for login, actor in found))
    return [f"As {actor} recorded the logins {', '.join(logins)}." for actor, logins in many]


def _many(found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Those that are paired with more than one other, and with which, as they can be shown."""
    others = defaultdict[str, list[str]](list)
    for one, other in found:
        others[shown(one)].append(shown(other))
    return ((one, named) for one, named in others.items() if len(named) > 1)


def uncertain(found: Sequence[Pair]) -> set[Pair]:
    """Pairs in which the one does not tell the other: of a login with several actors, or an actor with several logins.

    Whether that is a forgery or an office with two clerks, only the ledger's readers can say. Where one login recorded
    everything, it tells nothing apart.
    """
    logins, actors = Counter(one.login for one in found), Counter(one.actor for one in found)
    if len(logins) < 2:
        return set()
    return {one for one in found if logins[one.login] > 1 or actors[one.actor] > 1}


def logins_of(reader: Reader, positions: Sequence[int]) -> dict[int, str]:
    """The login of each line at these positions; nothing in a file."""
    if reader.dialect.name != "postgresql":
        return {}
    return dict(rows(reader, OF, positions=list(positions)))
