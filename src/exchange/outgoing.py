"""What goes out in formats of others: the wanted commitments at one point, with all that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo
from datetime import time as hour
from typing import Any, NamedTuple

from domain.assess import Assessed, Outcome
from domain.commitment import value
from domain.evidence import Evidence
from domain.owner import owner_of
from domain.recorded import Recorded
from ledger.record import Record
from projections.asked import At, all_of, last_positions
from projections.base import Base
from projections.filters import Filter
from projections.judged import judged
from projections.register import Party, Programme, Source, parties, programmes, sources
from projections.rows import FOR_REPORTS
from projections.status import title_at


class Standing:
    """The wanted commitments, judged anew each time they are gone through: memory may not hold them all at once."""

    def __init__(self, base: Base, at: At, wanted: Filter) -> None:
        self._asked = base, at, wanted

    def __iter__(self) -> Iterator[Assessed]:
        return judged(*self._asked, FOR_REPORTS)


class Outgoing(NamedTuple):
    """A ledger at a point, as formats of others need it; `time` is the instant of the last line that was known.

    `lasts` are the positions of the last lines of commitments, by stream. What is not said is in no format.
    """

    ledger: str
    title: str
    zone: tzinfo
    time: datetime
    at: At
    commitments: Iterable[Assessed]
    lasts: dict[str, int]
    parties: dict[str, Party]
    programmes: dict[str, Programme]
    sources: dict[str, Source]

    @property
    def point(self) -> str:
        """Which point it is, in words."""
        return f"as known #{self.at.known}, as of {self.at.on}"

    def last(self, one: Assessed) -> int:
        """The position of the last line about a commitment, or about that of a milestone."""
        return self.lasts[one.item.facts.subject]

    def names(self, keys: tuple[str, ...]) -> list[str]:
        """Parties by the names in force."""
        return [self.name(key) for key in keys]

    def name(self, key: str) -> str:
        """A party by the name in force; by its key on days before it was registered."""
        party = self.parties.get(key)
        return party.name if party else key

    def end_of(self, day: date) -> datetime:
        """The last second of a day in the ledger's zone: until then what is due on it is in time."""
        return self._instant(day, hour(23, 59, 59))

    def start_of(self, day: date) -> datetime:
        """The first instant of a day in the ledger's zone."""
        return self._instant(day, hour(0))

    def _instant(self, day: date, moment: hour) -> datetime:
        """Offsets of old days have seconds, which instants of RFC 3339 cannot have."""
        local = datetime.combine(day, moment, tzinfo=self.zone)
        offset = local.utcoffset() or timedelta(0)
        return local.replace(tzinfo=timezone(timedelta(minutes=offset // timedelta(minutes=1))))


class Given(NamedTuple):
    """A file or link, with the fact that brought it."""

    by: Recorded
    file: Evidence


def outgoing(record: Record, base: Base, at: At, wanted: Filter) -> Outgoing:
    """What goes out of a ledger at a point. Its commitments can be gone through for as long as the models are open."""
    return Outgoing(
        record.id,
        record.title,
        record.zone,
        record.time_at(max(at.known, 1)),
        at,
        Standing(base, at, wanted),
        last_positions(base, at, all_of("commitment")),
        {one.key: one for one in parties(base, at)},
        {one.key: one for one in programmes(base, at)},
        {one.key: one for one in sources(base, at)},
    )


def word(one: Assessed, name: str) -> Any:
    """A field of a commitment as it is in force: its statement, programme, promisors, locator."""
    return value(one.item.facts, name, one.item.on)


def listed(one: Assessed, name: str) -> tuple[str, ...]:
    """The same for a field that lists; empty where nothing was said."""
    return word(one, name) or ()


def owner(one: Assessed) -> str | None:
    """The office in charge."""
    return owner_of(one.item.facts)


def source_of(out: Outgoing, one: Assessed) -> Source | None:
    """The document in which it was stated."""
    return out.sources.get(getattr(one.item.made.fact, "source", None) or "")


def told(one: Assessed, what: str) -> list[Recorded]:
    """The standing facts of an item in a kind of slot, oldest first."""
    found = [fact for chain in one.item.chains.get(what, ()) for fact in chain]
    return sorted(found, key=lambda fact: (fact.effective, fact.position))


def counted(one: Assessed, what: str) -> list[Recorded]:
    """Of each slot of a kind the fact that counts, oldest first."""
    found = [chain[-1] for chain in one.item.chains.get(what, ())]
    return sorted(found, key=lambda fact: (fact.effective, fact.position))


def everything(one: Assessed) -> list[Recorded]:
    """Every standing fact of a commitment and its milestones, in order of position."""
    facts = {
        fact.position: fact
        for item in (one, *one.milestones)
        for chains in item.item.chains.values()
        for chain in chains
        for fact in chain
    }
    return [facts[position] for position in sorted(facts)]


def evidence(one: Assessed) -> Iterator[Given]:
    """All files and links given for a commitment and its milestones, in order of position; the same file once."""
    seen = set()
    for by in everything(one):
        for file in getattr(by.fact, "evidence", ()):
            if file not in seen:
                seen.add(file)
                yield Given(by, file)


def describes(out: Outgoing, one: Assessed) -> list[str]:
    """What a reader of another format should know, in sentences: status and why, who, which words of the due."""
    item, said = one.item, [f"Status: {one.status} ({out.point})."]
    said += [f"{reason.text[:1].upper()}{reason.text[1:]}." for reason in one.reasons]
    if item.due:
        said.append(f"Due: {item.due.wording} = {item.due.described()}.")
    if item.met_on:
        said.append(f"Met: {item.met_on.wording} = {item.met_on.described()}.")
    promisors, promisees = (out.names(listed(one, name)) for name in ("promisors", "promisees"))
    said += [f"Promised by: {', '.join(promisors)}."] if promisors else []
    said += [f"Promised to: {', '.join(promisees)}."] if promisees else []
    return said


def title(one: Assessed) -> str:
    """The title in force."""
    return title_at(one)


def undated(commitment: Assessed) -> list[str]:
    """The open items of a commitment without a last day; with a target it has periods."""
    return [
        one.item.key
        for one in (commitment, *commitment.milestones)
        if not one.item.closed and not (one.item.due and one.item.due.latest) and not one.outcomes
    ]


def promised(one: Assessed) -> Iterator[tuple[str, list[Outcome]]]:
    """Of each target its periods that have ended, the running one and the next."""
    found: dict[str, list[Outcome]] = {}
    for outcome in one.outcomes:
        found.setdefault(outcome.indicator, []).append(outcome)
    yield from found.items()


def updated(out: Outgoing, one: Assessed) -> str:
    """When the last of what stands of a commitment was recorded."""
    last = max(by.recorded for by in everything(one))
    return last.replace(tzinfo=out.zone).isoformat()


def successor(one: Assessed) -> str | None:
    """The commitment by which one that was withdrawn is superseded."""
    return getattr(one.item.life.fact, "superseded_by", None) if one.item.life else None
