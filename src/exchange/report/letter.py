"""How does a report read as Markdown, for a mail: the board, what is next, what moved, how it is counted?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from exchange.report.clean import clean
from exchange.report.gather import Gathered, Row
from exchange.report.page import must_have_templates, rows
from exchange.report.palette import STANDINGS
from exchange.report.speech import HERE
from exchange.report.words import counted_left, summary

MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
"""What Markdown, or the HTML in it, may take for more than itself."""


class Ours(str):
    """Text of the program's own, in which nothing is a mark by accident."""


def letter(found: Gathered) -> str:
    """The whole text. Refused: `no-report`."""
    library = must_have_templates()
    made = library.Environment(
        loader=library.FileSystemLoader(HERE),
        undefined=library.StrictUndefined,
        trim_blocks=True,
        finalize=lambda value: plain(clean(value)) if isinstance(value, str) and not isinstance(value, Ours) else value,
    )
    made.filters["ours"] = Ours
    text: str = made.get_template("report.md").render(
        told=found.told,
        word=found.language.word,
        summary=summary(found.board, found.told.on, found.language),
        rows=list(rows(found)),
        next=list(coming(found)),
        moves=list(standing_moves(found)),
        score=list(scores(found)),
        standings=[*STANDINGS],
    )
    return text


def plain(text: str) -> str:
    """Text as Markdown shows it unchanged, also in a table."""
    return MARKS.sub(r"\\\1", text)


def coming(found: Gathered) -> Iterator[dict[str, Any]]:
    """What falls due, soonest first."""
    on = found.told.on
    due = [(row[3], row[1], row, state) for state in found.board.values() for row in state.next]
    for last, item, (what, _, worded, _, status), state in sorted(due, key=lambda one: one[:2]):
        titles = {key: title for key, title, *_ in state.milestones}
        yield {
            "last": last,
            "left": counted_left(last, on, found.language),
            "what": what,
            "item": item,
            "due": worded,
            "title": titles.get(item, state.title),
            "status": status,
        }


def standing_moves(found: Gathered) -> Iterator[Row]:
    """The moves that were not taken back by the end."""
    told = found.told
    gone = {position for position, _, since, until in told.gone if since <= told.known < until}
    return (row for row in told.moves if row[0] not in gone)


def scores(found: Gathered) -> Iterator[tuple[str, str, Counter[str]]]:
    """For each party that promised, and by either due: how many commitments count as what."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for state in found.board.values():
        for party, by, standing in state.score:
            counts.setdefault((party, by), Counter())[standing] += 1
    for party, by in sorted(counts):
        yield found.told.names["party"].get(party, party), by, counts[party, by]
