"""How is an answer given, so that it can be cited and made again?"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec

from cli.desk import Desk
from cli.layout import safe
from cli.shown import talk
from cli.tongue import day, word

SUSPECT = b"\x7f", b"\xc2", b"\xe2"
"""With one of these begins, in UTF-8, whatever must be escaped and is not by JSON; most answers hold none."""


def answer(desk: Desk, data: Any) -> None:
    """One JSON object: the ledger with size and root as known, both times, and the data."""
    _write(desk, [msgspec.json.encode(data)])


def answer_each(desk: Desk, data: Iterable[Any]) -> None:
    """The same with a list as its data, written one by one as they come: it may be longer than memory is large."""
    _write(desk, _listed(data))


def answer_parts(desk: Desk, parts: Iterable[tuple[str, Any]]) -> None:
    """The same with an object as its data, written part by part as they are found; an iterator is written as a list."""
    _write(desk, _parted(parts))


def _write(desk: Desk, data: Iterable[bytes]) -> None:
    at, record = desk.at, desk.record
    told = {
        "ledger": {
            "id": record.id,
            "title": record.title if record.size else None,
            "size": at.known,
            "root": record.root(at.known).hex(),
        },
        "as_known": at.known,
        "as_of": at.on,
    }
    for piece in chain((msgspec.json.encode(told)[:-1], b',"data":'), data, (b"}",)):
        text = piece.decode()
        sys.stdout.write(safe(text) if any(sign in piece for sign in SUSPECT) else text)
    sys.stdout.write("\n")


def _listed(data: Iterable[Any]) -> Iterator[bytes]:
    before = b"["
    for one in data:
        yield before + msgspec.json.encode(one)
        before = b","
    yield b"[]" if before == b"[" else b"]"


def _parted(parts: Iterable[tuple[str, Any]]) -> Iterator[bytes]:
    before = b"{"
    for name, part in parts:
        yield before + msgspec.json.encode(name) + b":"
        yield from _listed(part) if isinstance(part, Iterator) else (msgspec.json.encode(part),)
        before = b","
    yield b"}"


def say_times(desk: Desk) -> None:
    """The head line of every answer in text: what was known, judged when."""
    at = desk.at
    told = {"title": desk.record.title, "known": at.known, "on": day(at.on)}
    talk(word("{title}: as known #{known}, as of {on}").format_map(told) + read_at(desk))


def read_at(desk: Desk) -> str:
    """`, read at the standby b:5432`: what was recorded at the primary may be later. Nothing where that cannot be."""
    if "://" not in desk.settings.ledger_place():
        return ""
    from ledger.node import node_of

    node = node_of(desk.record)
    return f", read at the {node}" if node and node.standby else ""
