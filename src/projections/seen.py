"""How is a fact kept in a row of the read models, and read back many at a time?"""

from __future__ import annotations

from datetime import tzinfo
from functools import cache
from typing import TYPE_CHECKING, Union

import msgspec

from domain.facts import FACTS
from domain.recorded import Fact, Recorded, Slot

if TYPE_CHECKING:
    AnyFact = Fact
else:
    # In a list of facts each says its stored name; stored data does not, since the line around it does.
    AnyFact = Union[  # noqa: UP007 # there is no other way to write a union of so many at once
        tuple(
            msgspec.defstruct(fact.__name__, (), bases=(fact,), tag_field="fact", tag=name, frozen=True)
            for name, fact in FACTS.items()
        )
    ]

_encode = msgspec.json.Encoder().encode


class Seen(Recorded, frozen=True, gc=False, array_like=True):
    """A fact in one of the slots that it settles.

    `recorded` is what clocks of the ledger's zone showed, without its offset: reading that would cost half as much
    again. What no question asks of a row is blank: id, version and command.
    """

    fact: AnyFact
    slot: Slot


def kept(line: Recorded, slot: Slot, zone: tzinfo) -> str:
    """The text of a row: `Seen` as JSON. OverflowError when the time has no day in the zone."""
    data = _encode(line.fact)
    tag = b'{"fact":"' + line.fact.stored.encode() + (b'",' if len(data) > 2 else b'"')
    recorded = line.recorded.astimezone(zone).replace(tzinfo=None)
    fields = (line.position, "", line.subject, 0, recorded, line.effective, line.actor, "")
    return _encode((*fields, msgspec.Raw(tag + data[1:]), slot)).decode()


def read(texts: bytes) -> list[Seen]:
    """The facts of such texts in UTF-8, with commas between them."""
    return _decoder().decode(b"[%b]" % texts)


@cache
def _decoder() -> msgspec.json.Decoder[list[Seen]]:
    return msgspec.json.Decoder(list[Seen])
