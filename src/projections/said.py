"""What does a fact say, in one line of plain words?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.fuzzy import FuzzyDate, slip
from domain.quantity import text as amount
from domain.recorded import Fact


def said(fact: Fact, taken_back: str = "") -> str:
    """The fact in words, without its item: `due moved from end-2026 to 2027-Q1 (+90 days): …`.

    `taken_back` names the event that a retraction takes back, where it is known: `#12, `.
    """
    words = SAYINGS[fact.stored](fact)
    return f"takes back {taken_back}{words}" if fact.takes_back() else words


def about(subject: str, fact: Fact) -> str:
    """What a fact of a stream is about: an item, or the kind and key of something else."""
    noun, _, key = subject.partition("/")
    return fact.about(key) if noun == "commitment" else f"{noun} {key}".strip()


def dated(date: FuzzyDate) -> str:
    """A date as worded, and what was understood where that says more: `end-2026 = by 2026-12-31`."""
    described = date.described()
    if date.wording in described.split(" "):
        return date.wording
    return described if described.startswith(date.wording) else f"{date.wording} = {described}"


def slipped(before: FuzzyDate | None, after: FuzzyDate) -> str:
    """How far a date moved: ` (+90 days)`; empty where either side has no last day."""
    days = slip(before, after)
    return "" if days is None else f" ({days:+d} day{'' if abs(days) == 1 else 's'})"


def _opened(fact: Any) -> str:
    return f"ledger opened: {fact.title} ({fact.timezone})"


def _key_rotated(fact: Any) -> str:
    return f"sealed by {fact.key}, before by {fact.previous}: {fact.reason}"


def _restored(fact: Any) -> str:
    return f"restored from a backup; {fact.size:,} lines had been sealed, with root {fact.root}: {fact.reason}"


def _made(fact: Any) -> str:
    parts = [f"{fact.kind} promised: {fact.title}"]
    parts += [f"by {', '.join(fact.promisors)}"] if fact.promisors else []
    parts += [f"to {', '.join(fact.promisees)}"] if fact.promisees else []
    parts += [f"start {fact.start.wording}"] if fact.start else []
    parts += [f"due {dated(fact.due)}"] if fact.due else ["no due stated"] if fact.kind != "target" else []
    return "; ".join(parts)


def _restated(fact: Any) -> str:
    changes = [f"{name} {_words(change.before)} -> {_words(change.to)}" for name, change in fact.changes.items()]
    return f"restated: {'; '.join(changes)}: {fact.reason}"


def _words(value: Any) -> str:
    if isinstance(value, FuzzyDate):
        return dated(value)
    return ", ".join(value) if isinstance(value, tuple) else value or "(none)"


def _owner(fact: Any) -> str:
    return f"owner {fact.owner}" + (f", was {fact.previous}" if fact.previous else "")


def _planned(fact: Any) -> str:
    due = f"due {dated(fact.due)}" if fact.due else "no due stated"
    return f"milestone planned: {fact.title}; {due}" + (f"; after {', '.join(fact.after)}" if fact.after else "")


def _linked(fact: Any) -> str:
    return f"now after {', '.join(fact.after) or 'nothing'}, was after {', '.join(fact.previous) or 'nothing'}"


def _terms(terms: Any) -> str:
    per = "" if terms.per == "once" else f" a {terms.per}"
    return f"{terms.aim.replace('-', ' ')} {amount(terms.amount)}{per}, {terms.window.wording} ({terms.measure})"


def _target(fact: Any) -> str:
    return f"target {fact.indicator}: {_terms(fact)}"


def _revised(fact: Any) -> str:
    return (
        f"target {fact.indicator} revised to {_terms(fact)}, from {_terms(fact.previous)}: {fact.reason}"
        f" (approved by {fact.approved_by})"
    )


def _moved(fact: Any) -> str:
    how = f"moved from {fact.previous.wording} to" if fact.previous else "set to"
    return (
        f"due {how} {dated(fact.due)}{slipped(fact.previous, fact.due)}: {fact.reason} (approved by {fact.approved_by})"
    )


def _forecast(fact: Any) -> str:
    before = f", was {fact.previous.wording}{slipped(fact.previous, fact.expected)}" if fact.previous else ""
    return f"expected {dated(fact.expected)}{before}: {fact.reason}"


def _progress(fact: Any) -> str:
    parts = [f"{fact.percent:f} % done"] if fact.percent is not None else []
    parts += [fact.note] if fact.note else []
    return "; ".join([*parts, *_files(fact.evidence)])


def _actual(fact: Any) -> str:
    restated = f", restated from {amount(fact.previous)}" if fact.previous else ""
    parts = [f"{fact.indicator} {amount(fact.quantity)} in {fact.period.wording}{restated}"]
    parts += [text for text in (fact.reason, fact.note) if text]
    return "; ".join([*parts, *_files(fact.evidence)])


def _files(evidence: Any) -> list[str]:
    names = [one.name or one.url for one in evidence]
    return [f"evidence {', '.join(names)}"] if names else []


def _evidence(fact: Any) -> str:
    return "; ".join([*_files(fact.evidence), *([fact.note] if fact.note else [])])


def _verdict(fact: Any) -> str:
    return f"{fact.assessor} rates it {fact.rating} on the scale {fact.scale}: {fact.reason}"


def _met(fact: Any) -> str:
    files = _files(fact.evidence) or ["no evidence given"]
    return "; ".join([f"met {dated(fact.met_on)}", *([fact.note] if fact.note else []), *files])


def _closed_short(fact: Any) -> str:
    return "; ".join([f"closed short, achieved {fact.achieved}: {fact.reason}", *_files(fact.evidence)])


def _life(word: str) -> Callable[[Any], str]:
    return lambda fact: f"{word}: {fact.reason}"


def _withdrawn(fact: Any) -> str:
    by = f", superseded by {fact.superseded_by}" if fact.superseded_by else ""
    return f"withdrawn{by}: {fact.reason}"


def _programme(fact: Any) -> str:
    return f"programme opened: {fact.title}" + (f" ({dated(fact.window)})" if fact.window else "")


def _noted(fact: Any) -> str:
    return f"{fact.period.wording}: {fact.text}" if fact.period else str(fact.text)


def _figure(fact: Any) -> str:
    worded = f" ({fact.wording})" if fact.wording else ""
    return f"figure {fact.indicator} {amount(fact.quantity)}, {fact.period.spanned()}{worded}"


def _party(fact: Any) -> str:
    return f"{fact.kind} registered: {fact.name}" + (f" ({fact.country})" if fact.country else "")


def _renamed(fact: Any) -> str:
    return f"renamed from {fact.previous} to {fact.name}: {fact.reason}"


def _cited(fact: Any) -> str:
    published = f", {fact.published.wording}" if fact.published else ""
    return f"source cited: {fact.title} ({fact.publisher}{published})"


def _retracted(fact: Any) -> str:
    return f"{fact.type.rpartition('.')[0]}: {fact.reason}"


SAYINGS: dict[str, Callable[[Any], str]] = {
    "ledger.opened.v1": _opened,
    "ledger.key-rotated.v1": _key_rotated,
    "ledger.restored.v1": _restored,
    "programme.opened.v1": _programme,
    "programme.closed.v1": _life("programme closed"),
    "programme.noted.v1": _noted,
    "figure.observed.v1": _figure,
    "party.registered.v1": _party,
    "party.renamed.v1": _renamed,
    "source.cited.v1": _cited,
    "commitment.made.v1": _made,
    "commitment.restated.v1": _restated,
    "owner.assigned.v1": _owner,
    "milestone.planned.v1": _planned,
    "milestone.linked.v1": _linked,
    "target.set.v1": _target,
    "target.revised.v1": _revised,
    "due.moved.v1": _moved,
    "forecast.revised.v1": _forecast,
    "progress.reported.v1": _progress,
    "actual.reported.v1": _actual,
    "evidence.attached.v1": _evidence,
    "verdict.given.v1": _verdict,
    "item.met.v1": _met,
    "item.closed-short.v1": _closed_short,
    "item.suspended.v1": _life("suspended"),
    "item.resumed.v1": _life("resumed"),
    "item.reopened.v1": _life("reopened"),
    "item.withdrawn.v1": _withdrawn,
    "event.retracted.v1": _retracted,
}
"""How each fact is said, by its stored name."""
