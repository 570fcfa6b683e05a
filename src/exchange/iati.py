"""How do commitments look as activities? (IATI 2.03: International Aid Transparency Initiative)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from domain.assess import Assessed, Outcome
from domain.fuzzy import FuzzyDate
from domain.quantity import Quantity
from domain.quantity import text as amount
from domain.target import Terms
from domain.units import UNITS
from exchange.outgoing import (
    Outgoing,
    counted,
    describes,
    evidence,
    listed,
    promised,
    source_of,
    successor,
    title,
    updated,
    word,
)
from exchange.published import Publisher, nothing_to_export, visible

VERSION = "2.03"
ACTIVITY_STATUS = {
    "undated": "1",
    "planned": "1",
    "claimed": "3",
    "met": "4",
    "met-late": "4",
    "closed-short": "4",
    "withdrawn": "5",
    "suspended": "6",
}
"""Our reading of the list ActivityStatus (1 pipeline, 3 finalisation, 4 closed, 5 cancelled, 6 suspended); every other
status is 2, implementation."""
ORGANISATION_TYPE = {"state": "10", "company": "70"}
"""Of OrganisationType: government, private sector. What kind of organisation or group it is, a ledger does not say."""
OTHER = "90"
ACCOUNTABLE = "2"
PLANNED_START, PLANNED_END, ACTUAL_END = "1", "3", "4"
OTHER_RESULT = "9"
OBJECTIVES, RESULTS = "A02", "A08"
"""Of DocumentCategory: where a promise was stated, and what shows that it was kept."""
OWN_VOCABULARY = "99"
SIBLING = "3"


class LeftOut(NamedTuple):
    """The commitments that are in no document, because the schema asks for what they lack: a date, a promisor."""

    undated: list[str]
    nobodys: list[str]


def write_activities(out: Outgoing, file: BinaryIO, publisher: Publisher) -> LeftOut:
    """An activity for each commitment that has a date and a promisor. Refused: `nothing-to-export`."""
    root = Element("iati-activities", {"version": VERSION, "generated-datetime": out.time.isoformat()})
    root.text = "\n"  # where the activities will stand, written one by one
    before, after = tostring(root, "utf-8", xml_declaration=True).rsplit(b"\n", 1)
    file.write(before)
    left_out, written = LeftOut([], []), False
    for one in out.commitments:
        if not listed(one, "promisors"):
            left_out.nobodys.append(one.item.key)
        elif not _dates(one):
            left_out.undated.append(one.item.key)
        else:
            _activity(root, out, one, publisher)
            indent(root)
            activity = root[0]
            activity.tail = None
            file.write(b"\n  " + tostring(activity, "utf-8"))
            root.remove(activity)
            written = True
    if not written:
        raise nothing_to_export("IATI")
    file.write(b"\n" + after + b"\n")
    return left_out


def _activity(root: Element, out: Outgoing, one: Assessed, publisher: Publisher) -> None:
    """The elements in the order of the schema."""
    top = SubElement(root, "iati-activity", {"last-updated-datetime": updated(out, one)})
    SubElement(top, "iati-identifier").text = f"{publisher.prefix}-{one.item.key}"
    _narrated(top, "reporting-org", publisher.name, ref=publisher.prefix, type=OTHER)
    _narrated(top, "title", title(one))
    for words in filter(None, (word(one, "statement"), "\n".join(describes(out, one)))):
        _narrated(top, "description", words)
    for key in listed(one, "promisors"):
        party = out.parties.get(key)
        kind = ORGANISATION_TYPE.get(party.kind) if party else None
        _narrated(top, "participating-org", out.name(key), role=ACCOUNTABLE, **({"type": kind} if kind else {}))
    SubElement(top, "activity-status", code=ACTIVITY_STATUS.get(one.status, "2"))
    for type_, day, words in _dates(one):
        _narrated(top, "activity-date", words, **{"type": type_, "iso-date": day.isoformat()})
    for code, words in _tags(out, one):
        _narrated(
            top, "tag", words, vocabulary=OWN_VOCABULARY, code=code, **{"vocabulary-uri": f"urn:uuid:{out.ledger}"}
        )
    for link in _documents(out, one):
        _document(top, link)
    superseded_by = successor(one)
    if superseded_by:
        SubElement(top, "related-activity", ref=f"{publisher.prefix}-{superseded_by}", type=SIBLING)
    for indicator, outcomes in promised(one):
        _result(top, one, indicator, outcomes)


def _narrated(parent: Element, name: str, words: str, **attributes: str) -> Element:
    made = SubElement(parent, name, attributes)
    SubElement(made, "narrative").text = visible(words)
    return made


def _dates(one: Assessed) -> list[tuple[str, date, str]]:
    """Type, day and words of each date: from when to when it was promised, and when it was met."""
    item, windows = one.item, [outcomes[0].terms.window for _, outcomes in promised(one)]
    found: list[tuple[str, date, str]] = []
    for start in [item.start, *windows]:
        if start and start.earliest and not found:
            found.append((PLANNED_START, start.earliest, start.wording))
    ends = [day for day in (item.due, *windows) if day and day.latest]
    found += [(PLANNED_END, _latest(day), day.wording) for day in ends[:1]]
    if one.status in ("met", "met-late") and item.met_on:
        found.append((ACTUAL_END, _latest(item.met_on), item.met_on.wording))
    return found


def _latest(day: FuzzyDate) -> date:
    assert day.latest
    return day.latest


def _tags(out: Outgoing, one: Assessed) -> Iterator[tuple[str, str]]:
    """What kind of promise it is, its programme and tags, and what others judged: their ratings, never ours."""
    kind = word(one, "kind")
    yield f"kind:{kind}", kind
    programme = out.programmes.get(word(one, "programme") or "")
    if programme:
        yield f"programme:{programme.key}", programme.title
    for tag in listed(one, "tags"):
        yield f"tag:{tag}", tag
    for by in counted(one, "verdict"):
        fact: Any = by.fact
        yield f"{fact.scale}:{fact.rating}", f"{fact.assessor}, {by.effective}: {fact.reason}"


class _Link(NamedTuple):
    url: str
    media: str | None
    title: str
    words: str | None
    category: str
    day: date | None


def _documents(out: Outgoing, one: Assessed) -> Iterator[_Link]:
    """The documents that can be fetched; a file without a link is none for IATI."""
    source = source_of(out, one)
    if source and source.url:
        media, published = source.file.media if source.file else None, source.published
        day = published.latest if published else None
        yield _Link(source.url, media, source.title, word(one, "locator"), OBJECTIVES, day)
    for by, file in evidence(one):
        if file.url:
            words = f"SHA-256 {file.sha256}" if file.proves else None
            yield _Link(file.url, file.media, file.name or file.url, words, RESULTS, by.effective)


def _document(parent: Element, link: _Link) -> None:
    made = SubElement(parent, "document-link", url=visible(link.url), format=link.media or "application/octet-stream")
    _narrated(made, "title", link.title)
    if link.words:
        _narrated(made, "description", link.words)
    SubElement(made, "category", code=link.category)
    if link.day:
        SubElement(made, "document-date", {"iso-date": link.day.isoformat()})


def _result(parent: Element, one: Assessed, indicator: str, outcomes: Sequence[Outcome]) -> None:
    terms = outcomes[-1].terms
    unit = UNITS[terms.amount.unit]
    result = SubElement(parent, "result", {"type": OTHER_RESULT, "aggregation-status": "false"})
    _narrated(result, "title", indicator)
    ascending = "true" if terms.aim == "at-least" else "false"
    made = SubElement(result, "indicator", measure="2" if unit.code == "%" else "1", ascending=ascending)
    _narrated(made, "title", f"{indicator}, {unit.name}")
    _narrated(
        made, "description", f"{terms.aim.replace('-', ' ')} {amount(terms.amount)} per {terms.per}, {terms.measure}"
    )
    _baseline(made, one, indicator, terms)
    for outcome in outcomes:
        _period(made, outcome)


def _baseline(parent: Element, one: Assessed, indicator: str, terms: Terms) -> None:
    """What it was before, in the year in which that was said: a ledger keeps no other."""
    if not terms.baseline:
        return
    by = next(by for by in counted(one, "target") if getattr(by.fact, "indicator", None) == indicator)
    made = SubElement(parent, "baseline", year=f"{by.effective.year}", value=_number(terms.baseline))
    _narrated(made, "comment", f"as said on {by.effective}, in {UNITS[terms.baseline.unit].name}")


def _period(parent: Element, outcome: Outcome) -> None:
    made = SubElement(parent, "period")
    SubElement(made, "period-start", {"iso-date": outcome.period.first.isoformat()})
    SubElement(made, "period-end", {"iso-date": outcome.period.last.isoformat()})
    SubElement(made, "target", value=_number(outcome.terms.amount))
    if outcome.actual:
        _narrated(SubElement(made, "actual", value=_number(outcome.actual)), "comment", outcome.outcome)


def _number(quantity: Quantity) -> str:
    return f"{quantity.value:f}"
