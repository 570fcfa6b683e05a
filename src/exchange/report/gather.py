"""What does a report hold? All that the page shows at any position, gathered once, as texts, numbers and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from domain.assess.words import dated
from domain.due import DueMoved
from domain.recorded import Recorded
from exchange.language import ENGLISH, Language
from exchange.report.charts import KINDS, spec
from exchange.report.marks import FIELDS
from exchange.report.shrunk import Step, shrunk
from exchange.report.state import State, sign, state
from ledger.record import Record
from projections.asked import At
from projections.base import Base
from projections.filters import Filter
from projections.judged import judged
from projections.moments import Moment, Moments
from projections.register import parties, programmes, sources
from projections.said import about, said
from projections.slips import moves_of

Row = list[Any]
Watch = Callable[[int, int], None]


class Asked(NamedTuple):
    """What is wanted: a title, and a filter with its words where it is narrowed down. The filter is held against how
    everything stands at the end."""

    title: str
    wanted: Filter | None
    words: Sequence[str]
    language: Language = ENGLISH


class Told(msgspec.Struct, frozen=True):
    """The report. `known` is the last position and `on` the day of its board; `days` has the ledger's day of each
    position from which on it is another one, and after the last position `on`.

    `states` are told as `shrunk` has them. Of `events`, `moves` and `files` each row begins with the position and the
    item; `gone` has position, by which one it was taken back, and between which positions that held.
    """

    title: str
    ledger: dict[str, Any]
    filter: str
    known: int
    on: date
    days: list[Row]
    names: dict[str, dict[str, Any]]
    fields: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]
    charts: dict[str, Any]
    states: dict[str, list[Step]]
    events: list[Row]
    gone: list[Row]
    moves: list[Row]
    files: list[Row]


class Gathered(NamedTuple):
    """The report, the board at its end, and the language in which it is told."""

    told: Told
    board: dict[str, State]
    language: Language = ENGLISH


def gather(record: Record, base: Base, at: At, asked: Asked, watch: Watch) -> Gathered:
    """All of it, as known and as true at a point."""
    keys = None if asked.wanted is None else {one.item.key for one in judged(base, at, asked.wanted)}
    story = Story(keys, at.known, watch, asked.language)
    moments = Moments(record.zone, sign)
    for moment in moments.of(story.read(record), at.on):
        story.take(moment)
    told = Told(
        title=asked.title,
        ledger={"id": record.id, "title": record.title, "root": record.root(at.known).hex(), "zone": str(record.zone)},
        filter=" ".join(asked.words),
        known=at.known,
        on=at.on,
        days=list(turns(moments.days)),
        names=names(base, at),
        fields=State._fields,
        rows=FIELDS,
        charts={kind: spec(kind, asked.language) for kind in KINDS},
        states={key: steps for key, its in sorted(story.states.items()) if (steps := shrunk(its))},
        events=story.events,
        gone=[list(row[1:]) for row in base.rows("every retraction") if row[3] <= at.known],
        moves=story.moves,
        files=story.files,
    )
    ends = {key: its[-1][1] for key, its in sorted(story.states.items())}
    return Gathered(told, {key: one for key, one in ends.items() if one}, asked.language)


class Story:
    """What is told of each line and of each moment, of the commitments that are wanted (None: of everything)."""

    def __init__(self, keys: set[str] | None, known: int, watch: Watch, language: Language) -> None:
        self._language = language
        self._keys = keys
        self._known = known
        self._watch = watch
        self._line: Recorded | None = None
        self.states: dict[str, list[tuple[int, State | None]]] = {}
        self.events: list[Row] = []
        self.moves: list[Row] = []
        self.files: list[Row] = []

    def read(self, record: Record) -> Iterator[Recorded]:
        """The lines, each told as it passes."""
        for page in record.recorded(until=self._known):
            for line in page:
                self._line = line
                if self._wants(line.subject):
                    self._tell(line, line.recorded.astimezone(record.zone).date())
                yield line
            self._watch(line.position, self._known)

    def take(self, moment: Moment) -> None:
        """How a commitment stood from a position on."""
        key = moment.subject.partition("/")[2]
        if self._wants(moment.subject):
            found = state(moment.judged, self._language) if moment.judged else None
            self.states.setdefault(key, []).append((moment.position, found))
            self._move(moment)

    def _wants(self, subject: str) -> bool:
        noun, _, key = subject.partition("/")
        return self._keys is None or (noun == "commitment" and key in self._keys)

    def _tell(self, line: Recorded, day: date) -> None:
        fact: Any = line.fact
        item = about(line.subject, fact)
        true_on = None if line.effective == day else line.effective
        self.events.append([line.position, item, line.actor, true_on, said(fact)])
        self.files += [[line.position, item, *_file(one)] for one in getattr(fact, "evidence", None) or ()]

    def _move(self, moment: Moment) -> None:
        line, found = self._line, moment.judged
        if line is None or line.position != moment.position or not isinstance(line.fact, DueMoved) or not found:
            return
        for one in (found, *found.milestones):
            for move in moves_of(one.item):
                if move.position == line.position:
                    dates = [dated(move.before) if move.before else None, dated(move.after)]
                    by = [move.actor, move.approved_by, move.reason]
                    counted = [move.days, move.left, move.moved_close]
                    self.moves.append([move.position, move.item, move.effective, *dates, *counted, *by])


def _file(evidence: Any) -> Row:
    return [evidence.name, evidence.bytes, evidence.media, evidence.sha256, evidence.url]


def turns(days: Sequence[date]) -> Iterator[Row]:
    """Each day with the first position that lies on it."""
    for position, day in enumerate(days, 1):
        if position == 1 or days[position - 2] != day:
            yield [position, day]


def names(base: Base, at: At) -> dict[str, dict[str, Any]]:
    """What keys are called."""
    cited = {
        one.key: [one.title, one.publisher, dated(one.published) if one.published else None, one.url]
        + ([one.file.name, one.file.sha256] if one.file else [None, None])
        for one in sources(base, at)
    }
    return {
        "party": {one.key: one.name for one in parties(base, at)},
        "programme": {one.key: one.title for one in programmes(base, at)},
        "source": cited,
    }
