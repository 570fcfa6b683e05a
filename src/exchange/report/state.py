"""How does a commitment stand at a moment, in the words and numbers that the report shows?"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from domain.assess import Assessed
from domain.assess.words import dated
from domain.commitment import value
from domain.fuzzy import FuzzyDate
from domain.quantity import text as amount
from exchange.language import ENGLISH, Language
from exchange.report.marks import pace_rows, score_rows, timeline_rows, trend_rows
from exchange.report.telling import telling
from projections.due import AT_REST, DueItem, due_of
from projections.status import BoardItem, board_item, title_at

Told = list[Any]
"""What goes into the page as it is: texts, numbers and lists of them; days are texts, as ISO 8601 has them."""


class State(NamedTuple):
    """A commitment at a moment. Sentences are told as `telling` has them; `last` is the due's last day while
    something is due; `next` is what falls due of it. The last four are rows of charts, as `marks.FIELDS` has them.
    """

    status: str
    title: str
    kind: str
    programme: str | None
    promisors: Told
    promisees: Told
    owner: str | None
    tags: Told
    source: str | None
    locator: str | None
    statement: str | None
    start: str | None
    due: str | None
    last: str | None
    first: str | None
    forecast: str | None
    met: str | None
    reached: str | None
    reasons: Told
    flags: Told
    milestones: Told
    next: Told
    timeline: Told
    trend: Told
    pace: Told
    score: Told


def state(judged: Assessed, language: Language = ENGLISH) -> State:
    """The commitment as it was judged; what is reached is told in a language, reasons are in English."""
    item, facts = judged.item, judged.item.facts
    board = board_item(judged, 0)
    due, first = item.due, board.original_due
    return State(
        status=judged.status,
        title=board.title,
        kind=board.kind,
        programme=board.programme,
        promisors=list(board.promisors),
        promisees=list(board.promisees),
        owner=board.owner,
        tags=list(value(facts, "tags", item.on) or ()),
        source=getattr(item.made.fact, "source", None),
        locator=value(facts, "locator", item.on),
        statement=value(facts, "statement", item.on),
        start=_dated(item.start),
        due=_dated(due),
        last=_day(due.latest) if due and judged.status not in AT_REST else None,
        first=dated(first) if first and due and not first.same_as(due) else None,
        forecast=_dated(board.forecast),
        met=_dated(item.met_on),
        reached=reached(board, language),
        reasons=[telling(one.text, item) for one in judged.reasons],
        flags=[[one.code, telling(one.text, item)] for one in judged.flags],
        milestones=[_milestone(one) for one in judged.milestones],
        next=[[one.what, one.key, _worded(one), _day(one.due.latest), one.status] for one in due_of(judged, date.max)],
        timeline=list(timeline_rows(judged)),
        trend=list(trend_rows(judged)),
        pace=list(pace_rows(judged, language)),
        score=list(score_rows(judged)),
    )


def reached(board: BoardItem, language: Language) -> str | None:
    """`42 %`, or what was reached in the running (else the last ended) period of the first target."""
    if board.targets:
        period = next((one for one in board.targets if one.outcome == "running"), board.targets[0])
        if period.actual is None:
            return language.word("no figure yet for {period}").replace("{period}", period.period)
        told = {"actual": amount(period.actual), "amount": amount(period.amount), "period": period.period}
        return language.word("{actual} of {amount} in {period}").format_map(told)
    return f"{board.progress} %" if board.progress is not None else None


def _worded(one: DueItem) -> str:
    return one.due.wording if one.what == "period" else dated(one.due)


def _milestone(judged: Assessed) -> Told:
    item = judged.item
    by: Any = item.forecast
    forecast = by.fact.expected if by else None
    return [item.key, title_at(judged), judged.status, *map(_dated, (item.due, forecast, item.met_on))]


def _dated(fuzzy: FuzzyDate | None) -> str | None:
    return dated(fuzzy) if fuzzy else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def sign(judged: Assessed) -> object:
    """What of a state time alone can change: where two are the same and no fact came, so are the states."""
    item = judged.item
    return (
        judged.status,
        [telling(one.text, item) for one in judged.reasons],
        [telling(one.text, item) for one in judged.flags],
        [one.status for one in judged.milestones],
        [(one.indicator, one.period.label, one.outcome) for one in judged.outcomes],
        [row[2] for row in score_rows(judged)],
    )
