"""How do commitments look as projects? (OC4IDS 0.9: Open Contracting for Infrastructure Data Standard)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

import msgspec

from domain.assess import Assessed
from domain.commitment import CommitmentRestated
from domain.due import DueMoved
from domain.evidence import Evidence
from domain.fuzzy import FuzzyDate
from domain.quantity import Quantity
from domain.recorded import Recorded
from domain.target import TargetRevised
from domain.units import UNITS
from exchange.outgoing import (
    Outgoing,
    counted,
    describes,
    everything,
    evidence,
    listed,
    promised,
    source_of,
    successor,
    title,
    told,
    updated,
    word,
)
from exchange.published import Publisher, lean, nothing_to_export
from projections.due import dated
from projections.said import said

VERSION = "0.9"
PROJECT_STATUS = {
    "undated": "identification",
    "planned": "preparation",
    "met": "completion",
    "met-late": "completion",
    "closed-short": "completion",
    "withdrawn": "cancelled",
}
"""Our reading of the closed list projectStatus; every other status is `implementation`."""
MILESTONE_STATUS = {"met": "met", "met-late": "met", "closed-short": "partiallyMet", "late": "notMet"}
"""Our reading of the closed list milestoneStatus; every other status is `scheduled`, withdrawn ones are left out."""
PUBLIC = frozenset({"state", "organisation"})
"""The kinds of party whose promises make them the public authority of a project."""

_encode = msgspec.json.Encoder(decimal_format="number").encode


def write_package(out: Outgoing, file: BinaryIO, publisher: Publisher) -> None:
    """A project package with one project for each commitment. Refused: `nothing-to-export`."""
    package = {
        "uri": f"urn:uuid:{out.ledger}",
        "publishedDate": out.time.isoformat(),
        "version": VERSION,
        "publisher": {"name": publisher.name},
    }
    file.write(_laid_out(package).removesuffix(b"\n}") + b',\n  "projects": [')
    before = b"\n"
    for one in out.commitments:
        file.write(before + b"    " + _laid_out(_project(out, one, publisher)).replace(b"\n", b"\n    "))
        before = b",\n"
    if before == b"\n":
        raise nothing_to_export("OC4IDS")
    file.write(b"\n  ]\n}\n")


def _laid_out(value: dict[str, Any]) -> bytes:
    return msgspec.json.format(_encode(value), indent=2)


def _project(out: Outgoing, one: Assessed, publisher: Publisher) -> dict[str, Any]:
    item, promisors = one.item, listed(one, "promisors")
    parties = [_party(out, key, one) for key in dict.fromkeys((*promisors, *listed(one, "promisees")))]
    public = [party for party in parties if "publicAuthority" in party["roles"]]
    return lean(
        id=f"{publisher.prefix}-{item.key}",
        updated=updated(out, one),
        identifiers=[{"id": item.key, "scheme": f"urn:uuid:{out.ledger}"}],
        title=title(one),
        description="\n".join([*filter(None, [word(one, "statement")]), *describes(out, one)]),
        status=PROJECT_STATUS.get(one.status, "implementation"),
        period=_span(out, item.start.earliest if item.start else None, item.due),
        additionalClassifications=list(_classifications(out, one)),
        publicAuthority=lean(id=public[0]["id"], name=public[0]["name"]) if public else None,
        parties=parties,
        milestones=[_milestone(out, each) for each in one.milestones if each.status != "withdrawn"],
        completion=_completion(out, one),
        forecasts=[*_expected(out, one), *_promised(out, one)],
        metrics=[*_progress(out, one), *_reached(out, one)],
        documents=list(_documents(out, one)),
        contractingProcesses=_changes(out, one, publisher),
        relatedProjects=_successor(one, publisher),
    )


def _party(out: Outgoing, key: str, one: Assessed) -> dict[str, Any]:
    party, promises = out.parties.get(key), key in listed(one, "promisors")
    roles = ["promisor"] if promises else []
    roles += ["promisee"] if key in listed(one, "promisees") else []
    if promises and party and party.kind in PUBLIC:
        roles.append("publicAuthority")
    country = party.country if party else None
    return lean(
        id=key,
        name=out.name(key),
        identifier={"scheme": "ISO 3166-1", "id": country, "legalName": out.name(key)} if country else None,
        roles=roles,
    )


def _classifications(out: Outgoing, one: Assessed) -> Iterator[dict[str, Any]]:
    """What kind of promise it is, and what others judged: their ratings, never ours."""
    yield {"scheme": "pledger-kind", "id": word(one, "kind")}
    programme = out.programmes.get(word(one, "programme") or "")
    if programme:
        yield {"scheme": "pledger-programme", "id": programme.key, "description": programme.title}
    for tag in listed(one, "tags"):
        yield {"scheme": "pledger-tag", "id": tag}
    for by in counted(one, "verdict"):
        fact: Any = by.fact
        words = f"{fact.assessor}, {by.effective}: {fact.reason}"
        yield {"scheme": f"verdict-{fact.scale}", "id": fact.rating, "description": words}


def _milestone(out: Outgoing, one: Assessed) -> dict[str, Any]:
    item = one.item
    return lean(
        id=item.key,
        title=title(one),
        description="\n".join(describes(out, one)),
        dueDate=_end(out, item.due),
        dateMet=_end(out, item.met_on) if one.status in ("met", "met-late") else None,
        dateModified=out.end_of(out.at.on).isoformat(),
        status=MILESTONE_STATUS.get(one.status, "scheduled"),
    )


def _completion(out: Outgoing, one: Assessed) -> dict[str, Any]:
    life: Any = one.item.life.fact if one.item.life else None
    if one.status == "closed-short":
        return {"finalScope": life.achieved, "finalScopeDetails": life.reason}
    met_on = one.item.met_on
    if one.status not in ("met", "met-late") or met_on is None:
        return {}
    return lean(endDate=_end(out, met_on), endDateDetails=met_on.wording, finalScopeDetails=life.note)


def _expected(out: Outgoing, one: Assessed) -> Iterator[dict[str, Any]]:
    """When it was expected, forecast by forecast."""
    found = []
    for by in told(one, "forecast"):
        fact: Any = by.fact
        notes = f"Said on {by.effective}: {fact.reason}"
        found.append(
            lean(
                id=f"{by.position}", measure=fact.expected.wording, period=_span(out, None, fact.expected), notes=notes
            )
        )
    if found:
        yield {"id": "expected-completion", "title": "Expected completion", "observations": found}


def _promised(out: Outgoing, one: Assessed) -> Iterator[dict[str, Any]]:
    """What was promised for each period that has ended, runs, or comes next."""
    for indicator, outcomes in promised(one):
        terms = outcomes[0].terms
        found = [_observed("baseline", terms.baseline)] if terms.baseline else []
        found += [
            lean(
                **_observed(outcome.period.label, outcome.terms.amount),
                period=_span(out, outcome.period.first, dated(outcome.period)),
                notes=f"{outcome.terms.aim.replace('-', ' ')}, {outcome.terms.measure}",
            )
            for outcome in outcomes
        ]
        yield {"id": indicator, "title": f"Promised: {indicator}", "observations": found}


def _progress(out: Outgoing, one: Assessed) -> Iterator[dict[str, Any]]:
    found = []
    for by in told(one, "percent"):
        fact: Any = by.fact
        amount = Quantity(unit="%", value=fact.percent)
        day = _span(out, by.effective, None) | {"endDate": out.end_of(by.effective).isoformat()}
        found.append(lean(**_observed(f"{by.position}", amount), period=day, notes=fact.note))
    if found:
        yield {"id": "physicalProgress", "title": "Physical progress", "observations": found}


def _reached(out: Outgoing, one: Assessed) -> Iterator[dict[str, Any]]:
    """What was reported, period by period."""
    found: dict[str, list[dict[str, Any]]] = {}
    for by in counted(one, "actual"):
        fact: Any = by.fact
        observation = lean(
            **_observed(f"{by.position}", fact.quantity),
            period=_span(out, fact.period.earliest, fact.period),
            notes=fact.reason or fact.note,
        )
        found.setdefault(fact.indicator, []).append(observation)
    for indicator, observations in sorted(found.items()):
        yield {"id": indicator, "title": f"Reached: {indicator}", "observations": observations}


def _observed(id: str, amount: Quantity) -> dict[str, Any]:
    """An amount as an observation: money as a value, all else as a measure, with UN/CEFACT's unit where it has one."""
    unit = UNITS[amount.unit]
    if unit.money:
        return {"id": id, "value": {"amount": amount.value, "currency": unit.code}}
    coded = {"scheme": "UNCEFACT", "id": unit.rec20} if unit.rec20 else {}
    return {"id": id, "measure": amount.value, "unit": {"name": unit.name, **coded}}


def _documents(out: Outgoing, one: Assessed) -> Iterator[dict[str, Any]]:
    source = source_of(out, one)
    if source:
        yield lean(
            id=f"source-{source.key}",
            title=source.title,
            description=word(one, "locator"),
            url=source.url,
            datePublished=_end(out, source.published),
            format=source.file.media if source.file else None,
            author=source.publisher,
        )
    for number, (by, file) in enumerate(evidence(one), 1):
        yield lean(
            id=f"evidence-{by.position}-{number}",
            title=file.name or file.url,
            description=_fingerprint(file),
            url=file.url,
            datePublished=out.end_of(by.effective).isoformat(),
            format=file.media,
        )


def _fingerprint(file: Evidence) -> str | None:
    return f"{file.bytes} bytes, SHA-256 {file.sha256}" if file.proves else None


def _changes(out: Outgoing, one: Assessed, publisher: Publisher) -> list[dict[str, Any]]:
    """What was changed of the promise, with its reason: OC4IDS has a place for that in a contracting process only."""
    found = [
        _change(out, by) for by in everything(one) if isinstance(by.fact, DueMoved | TargetRevised | CommitmentRestated)
    ]
    if not found:
        return []
    id = f"{publisher.prefix}-{one.item.key}-promise"
    return [{"id": id, "summary": {"title": title(one), "modifications": found}}]


def _change(out: Outgoing, by: Recorded) -> dict[str, Any]:
    fact: Any = by.fact
    moved = isinstance(fact, DueMoved)
    return lean(
        id=f"{by.position}",
        date=out.start_of(by.effective).isoformat(),
        description=f"{fact.about(by.subject.partition('/')[2])}: {said(fact)}",
        rationale=fact.reason,
        type="duration" if moved else "scope",
        oldContractPeriod=_span(out, None, fact.previous) if moved else None,
        newContractPeriod=_span(out, None, fact.due) if moved else None,
    )


def _successor(one: Assessed, publisher: Publisher) -> list[dict[str, Any]]:
    key = successor(one)
    if not key:
        return []
    return [{"id": "1", "scheme": "oc4ids", "identifier": f"{publisher.prefix}-{key}", "relationship": "replacement"}]


def _span(out: Outgoing, first: date | None, last: FuzzyDate | None) -> dict[str, Any]:
    """From the first instant of a day to the last second of another, in the ledger's zone."""
    grace = last.grace_end if last and last.approximate else None
    return lean(
        startDate=out.start_of(first).isoformat() if first else None,
        endDate=_end(out, last),
        maxExtentDate=out.end_of(grace).isoformat() if grace else None,
    )


def _end(out: Outgoing, day: FuzzyDate | None) -> str | None:
    return out.end_of(day.latest).isoformat() if day and day.latest else None
