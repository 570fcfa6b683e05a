"""Under whose name does a document for others go out, and what becomes of a ledger's words in their formats?"""

from __future__ import annotations

from typing import Any, NamedTuple

from domain.refused import Refused
from domain.text import FORBIDDEN, text
from exchange.outgoing import Outgoing


class Publisher(NamedTuple):
    """Who publishes: a name, and the prefix of identifiers, which registers of the standards hand out."""

    prefix: str
    name: str


def publisher_of(typed: str | None, out: Outgoing) -> Publisher:
    """`oc4ids-a1b2c3=Programme office`, or a name alone; without one the ledger speaks for itself.

    Refused: `blank`, `bad-text`.
    """
    prefix, mark, name = (typed or "").partition("=")
    if not mark:
        prefix, name = "", prefix
    return Publisher(prefix.strip() or out.ledger, text(name, "publisher") if typed else out.title)


def nothing_to_export(standard: str) -> Refused:
    """A standard knows no empty document."""
    return Refused(
        "nothing-to-export",
        f"No commitment is meant, and {standard} has no empty document. Check the filter, --as-known, --as-of.",
    )


def lean(**fields: Any) -> dict[str, Any]:
    """What is said: without what is None or empty."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, ())}


def visible(words: str) -> str:
    """Text without what no document of others may hold: control characters show as U+FFFD."""
    return "\n".join(FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", line) for line in words.split("\n"))
