"""How is a fact written as one line, and read back without believing it? (CloudEvents 1.0, JSON event format)"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import msgspec

from domain.recorded import Fact, Recorded
from domain.refused import Refused
from domain.text import shown, text

T = TypeVar("T")
F = TypeVar("F", bound=Fact)

URN = "urn:uuid:"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
STAMP = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
SHAPES = {
    "clock": STAMP,
    "commandid": "[!-~]{1,100}",
    "id": "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",  # a UUID of version 7
    "sequence": "[0-9]{10}",
    "source": URN + UUID,
    "subject": "[a-z]+(?:/[a-z0-9][a-z0-9-]{0,63})?",
    "time": STAMP,
}
"""What the attributes look like that are no free text, as regular expressions. None of them can hold a space."""
LAST = b',"type":"'
"""What comes before the last attribute of an exact line."""
_sound = re.compile(" ".join(SHAPES[name] for name in ("commandid", "id", "sequence", "subject", "time")))
_encoder = msgspec.json.Encoder(order="sorted")
# actors, programs and sources come again in line after line
_plain = lru_cache(1000)(text)
_is_source = lru_cache(1000)(re.compile(SHAPES["source"]).fullmatch)


class LineError(Refused):
    """Bytes that are not, or not exactly, a line of a ledger.

    Codes: `bad-line`, `unknown-type`, `newer-version`, `not-exact`.
    """


class Envelope(msgspec.Struct, Generic[F], frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """The attributes of a line. `time` and `clock` are UTC with six decimals and Z: see `stamp`."""

    actor: str
    commandid: str
    data: F
    effective: date
    id: str
    program: str
    sequence: str
    source: str
    specversion: Literal["1.0"]
    subject: str
    time: str
    type: str
    clock: str | None = None


class _Outside(msgspec.Struct, frozen=True, gc=False):
    """The attributes that have columns; `data` is skipped, not decoded."""

    actor: str
    commandid: str
    effective: date
    id: str
    sequence: str
    subject: str
    time: str
    type: str


class _Type(msgspec.Struct, frozen=True, gc=False):
    """The attribute by which the decoder is chosen."""

    type: str


class Columns(NamedTuple):
    """What a line says of itself, as the table `event` repeats it beside the line."""

    position: int
    stream: str
    type: str
    id: str
    command: str
    recorded: str
    effective: str
    actor: str

    @classmethod
    def of(cls, said: _Outside | Envelope[Any]) -> Columns:
        """Refused: `bad-line` where `sequence` is no number."""
        try:
            position = int(said.sequence)
        except ValueError:
            raise LineError("bad-line", "The line's sequence is no position.") from None
        effective = said.effective.isoformat()
        return cls(position, said.subject, said.type, said.id, said.commandid, said.time, effective, said.actor)


class Exact(NamedTuple):
    """A line that was found to be exact, with what it says: only such lines are appended."""

    line: bytes
    envelope: Envelope[Fact]


class Codec:
    """Reads lines whose facts are registered under their stored names.

    A decoder is made for each type once; the type picks it. Nothing here trusts a line: whatever the bytes
    are, the answer is a value or a `LineError`.
    """

    def __init__(self, facts: Mapping[str, type[Fact]]) -> None:
        self.facts = facts
        self._decoders: dict[str, msgspec.json.Decoder[Envelope[Fact]]] = {}
        self._endings: dict[bytes, msgspec.json.Decoder[Envelope[Fact]]] = {}

    def envelope(self, line: bytes, type: str | None = None) -> Envelope[Fact]:
        """What the line says; with `type` (the column) given, it must say that type.

        Refused: `bad-line`, `unknown-type`, `newer-version`.
        """
        if type is None and (quickly := self._by_its_end(line)):
            return quickly
        decoder, known = self._decoders.get(type or ""), type
        if decoder is None:
            known = _decoded(_type, line).type
            if type not in (None, known):
                raise _contradicted(known, type)
            decoder = self._decoders.get(known) or self._decoder(known)
        envelope = _decoded(decoder, line)
        if envelope.type != known:
            raise _contradicted(envelope.type, known)
        return envelope

    def decode(self, line: bytes, type: str | None = None, version: int = 0) -> Recorded:
        """The recorded fact; `version` is its place in its stream, which a line does not say. Refused as `envelope`."""
        return recorded(self.envelope(line, type), version)

    def exact(self, line: bytes, type: str | None = None) -> Exact:
        """The line with its envelope, when encoding what it says gives these very bytes and each attribute is sound.

        Duplicate keys, unknown fields, floats, nulls, spaces, another order, escapes and text that is not NFC all
        change the bytes. Refused: as `envelope`, `not-exact`, and `bad-text` or `blank` for the names in it.
        """
        envelope = self.envelope(line, type)
        if encode(envelope) != line:
            raise LineError("not-exact", "The line is not in its exact form: written again, its bytes differ.")
        if not line.isascii() and not unicodedata.is_normalized("NFC", line.decode()):
            raise LineError("not-exact", "The line holds text that is not in Unicode's normal form NFC.")
        _check_attributes(envelope)
        return Exact(line, envelope)

    def _by_its_end(self, line: bytes) -> Envelope[Fact] | None:
        """What a line says that ends with its type, as exact lines do: then it need not be read for the type first."""
        if type(line) is not bytes:
            return None
        decoder = self._endings.get(line[line.rfind(LAST) + len(LAST) : -2])
        try:
            return decoder.decode(line) if decoder else None
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None  # what is wrong with it is told by those who read it slowly

    def _decoder(self, type: str) -> msgspec.json.Decoder[Envelope[Fact]]:
        fact = self.facts.get(type)
        if fact is None:
            raise self._unknown(type)
        made = self._decoders[type] = self._endings[type.encode()] = msgspec.json.Decoder(Envelope[fact])  # type: ignore[valid-type] # chosen at run time
        return made

    def _unknown(self, type: str) -> LineError:
        name, version = _versioned(type)
        known = [one for other, one in map(_versioned, self.facts) if other == name]
        if known and version > max(known):
            return LineError(
                "newer-version",
                f"{shown(type)} is newer than v{max(known)}, the last known here. Update pledger to read it.",
            )
        return LineError("unknown-type", f"This program knows no fact {shown(type)}. Update pledger to read it.")


@cache
def codec() -> Codec:
    """The codec of the catalogue."""
    from domain.facts import FACTS  # late: describing a line needs no catalogue

    return Codec(FACTS)


def encode(envelope: Envelope[Any]) -> bytes:
    """The line in its one form: UTF-8, keys sorted at every level, no spaces. Refused: `bad-line` (lone surrogates)."""
    try:
        return _encoder.encode(envelope)
    except ValueError:
        raise LineError("bad-line", "The line holds half a character (a lone surrogate). Leave it out.") from None


def describe(line: bytes) -> Columns:
    """The columns of a line, without reading its data. Refused: `bad-line`."""
    return Columns.of(_decoded(_outside, line))


def recorded(envelope: Envelope[Fact], version: int) -> Recorded:
    """The fact with its place. Refused: `bad-line`."""
    try:
        position, instant = int(envelope.sequence), instant_of(envelope.time)
    except ValueError:
        raise LineError("bad-line", "The line's time or sequence cannot be read.") from None
    return Recorded(
        position,
        envelope.id,
        envelope.subject,
        version,
        instant,
        envelope.effective,
        envelope.actor,
        envelope.commandid,
        envelope.data,
    )


def stamp(instant: datetime) -> str:
    """An instant as lines write it: UTC, six decimals, Z (RFC 3339)."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def instant_of(stamp: str) -> datetime:
    """The instant of such a stamp; ValueError for anything else."""
    if len(stamp) != 27 or stamp[-1] != "Z":  # without a zone it could not be compared with other instants
        raise ValueError(stamp)
    return datetime.fromisoformat(stamp)


def _contradicted(said: str, column: object) -> LineError:
    return LineError("bad-line", f"The line says that it is {shown(said)}, its column {shown(str(column))}.")


def _versioned(type: str) -> tuple[str, int]:
    """`due.moved.v2` is (`due.moved`, 2); what has no version has 0."""
    name, _, version = type.rpartition(".v")
    return name, int(version) if re.fullmatch("[0-9]{1,9}", version) else 0


def _decoded(decoder: msgspec.json.Decoder[T], line: bytes) -> T:
    """Whatever a hostile line does to the decoder, it comes out as a `LineError`."""
    if type(line) is not bytes:  # text in a column of bytes arrives as str, and would decode
        raise LineError("bad-line", "The line is stored as text, not as bytes.")
    try:
        return decoder.decode(line)
    except msgspec.MsgspecError as error:
        raise LineError("bad-line", f"The line cannot be read: {shown(str(error), 300)}.") from None
    except (ValueError, RecursionError):
        raise LineError("bad-line", "The line cannot be read: it is not JSON in UTF-8, or too deep.") from None


def _check_attributes(said: Envelope[Fact]) -> None:
    if not (
        _sound.fullmatch(f"{said.commandid} {said.id} {said.sequence} {said.subject} {said.time}")
        and _is_source(said.source)
        and (said.clock is None or re.fullmatch(STAMP, said.clock))
    ):
        raise _malformed(said)
    if _plain(said.actor, "actor") != said.actor or _plain(said.program, "program") != said.program:
        raise LineError("not-exact", "The line's actor or program is not trimmed.")
    try:
        instant_of(said.time)
        if said.clock is not None:
            instant_of(said.clock)
    except ValueError:
        raise LineError("bad-line", "The line's time or clock is no instant.") from None


def _malformed(said: Envelope[Fact]) -> LineError:
    values = msgspec.structs.asdict(said) | {"clock": said.time if said.clock is None else said.clock}
    wrong = next(name for name, shape in SHAPES.items() if not re.fullmatch(shape, values[name]))
    return LineError("bad-line", f"The line's {wrong} is malformed: {shown(values[wrong])}.")


_type = msgspec.json.Decoder(_Type)
_outside = msgspec.json.Decoder(_Outside)
