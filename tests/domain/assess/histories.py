"""Random histories of one commitment: whatever a line can hold, kept to no rule but that of its shape."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from domain.actual import ActualReported
from domain.commitment import Change, CommitmentMade, CommitmentRestated
from domain.due import DueMoved
from domain.evidence import EvidenceAttached
from domain.fold import Facts, Late
from domain.forecast import ForecastRevised
from domain.fuzzy import FuzzyDate, from_edtf
from domain.life import ItemClosedShort, ItemMet, ItemReopened, ItemResumed, ItemSuspended, ItemWithdrawn
from domain.milestone import MilestoneLinked, MilestonePlanned
from domain.owner import OwnerAssigned
from domain.party import PartyRegistered
from domain.programme import ProgrammeClosed
from domain.progress import ProgressReported
from domain.quantity import Quantity
from domain.recorded import Fact, Recorded
from domain.retraction import EventRetracted
from domain.target import TargetRevised, TargetSet, Terms
from domain.verdict import SCALES, VerdictGiven
from tests.domain.assess.given import LINK, PROOF

KEY = "fibre"
ITEMS = (KEY, KEY, "fibre/landing", "fibre/landing", "fibre/power", "other/stray")
EDGES = [date.fromisoformat(text) for text in ("2025-12-31", "2026-01-01", "2026-03-31", "2026-06-30", "2026-12-31")]

near = st.dates(date(2025, 6, 1), date(2028, 6, 30)) | st.sampled_from(EDGES)
lately = st.dates(date(2026, 2, 1), date(2028, 6, 30)) | st.sampled_from(EDGES[2:])
days = near | st.sampled_from([date.min, date.min + timedelta(80), date.max, date.max - timedelta(3)])
_mostly = st.dates(date(2025, 6, 1), date(2026, 1, 31))
early = st.one_of(_mostly, _mostly, _mostly, _mostly, days)
items = st.sampled_from(ITEMS)
words = st.sampled_from(["permit late", "ship came", "x [/] \u202e"])


@st.composite
def odd_dates(draw: st.DrawFn) -> FuzzyDate:
    """Any two bounds with any EDTF beside them: a line is believed whatever it says."""
    sides = draw(st.lists(days, min_size=1, max_size=2))
    first, last = min(sides), max(sides)
    open_side = draw(st.sampled_from(["", "first", "last"]))
    edtf = draw(st.sampled_from(["2026", "2025-10~", "2026%", "", "2026/2027"]))
    return FuzzyDate(
        earliest=None if open_side == "first" else first,
        edtf=edtf,
        latest=None if open_side == "last" else last,
        wording=draw(st.sampled_from(["end-2026", "2026-12-31", ""])),
    )


plain_dates = st.sampled_from(
    ["2026", "2025-10~", "2026-33", "2026-03", "2026-06-30", "2025/2027", "2026/..", "../2026", "2027"]
).map(from_edtf)
fuzzy = st.one_of(plain_dates, plain_dates, plain_dates, odd_dates())
maybe = st.none() | fuzzy
periods = st.sampled_from(["2026", "2026-01/2026-12", "2026-33", "2026-01/2026-03", "2026-05", "2027", "2025-40"]).map(
    from_edtf
)
# Windows begin near: a month from the year 1 on is told month by month, for 9999 years.
windows = st.sampled_from(["2026", "2026/..", "2025/2027", "2026-05-17", "../2026", "2026-03/2028-02", "2026?"]).map(
    from_edtf
)
numbers = st.sampled_from(["0", "0.1", "0.9", "1", "1.35", "1.5", "1.65", "42", "1000"])
tonnes = st.builds(Quantity, unit=st.sampled_from(["Mt", "Mt", "kt"]), value=numbers.map(Decimal))
odd_amounts = st.sampled_from(
    [
        Quantity(unit="%", value=Decimal(1)),
        Quantity(unit="parsec", value=Decimal(1)),
        Quantity(unit="Mt", value=Decimal("1E+40")),
        Quantity(unit="kt", value=Decimal("1E-40")),
        Quantity(unit="bbl", value=Decimal("9" * 24)),
    ]
)
amounts = st.one_of(tonnes, tonnes, tonnes, odd_amounts)
percents = st.sampled_from(["0", "9.99", "50", "100", "250", "-3", "NaN", "sNaN", "Infinity", "1E-999999", "-0"]).map(
    Decimal
)
evidence = st.sampled_from([(), (LINK,), (PROOF,), (LINK, PROOF)])
indicators = st.sampled_from(["oil", "oil-pipe"])
terms: dict[str, st.SearchStrategy[Any]] = {
    "amount": amounts,
    "per": st.sampled_from(["year", "quarter", "month", "once"]),
    "measure": st.sampled_from(["flow", "level"]),
    "aim": st.sampled_from(["at-least", "at-most"]),
    "window": windows,
}
after = st.lists(st.sampled_from([*ITEMS, "grid", "grid/tower"]), max_size=2).map(tuple)
verdicts = st.sampled_from([(scale, rating) for scale, ratings in SCALES.items() for rating in ratings])


def _verdict(item: str, said: tuple[str, str], assessor: str) -> VerdictGiven:
    return VerdictGiven(item=item, scale=said[0], rating=said[1], assessor=assessor, reason="seen")


made = st.builds(
    CommitmentMade,
    title=words,
    kind=st.just("deliverable"),
    promisors=st.just(("az",)),
    due=maybe,
    start=maybe,
    source=st.none() | st.just("interview"),
)
planned = st.builds(MilestonePlanned, milestone=st.sampled_from(ITEMS), title=words, due=maybe, after=after)
starts = st.builds(Change, to=maybe | st.sampled_from(["2026", ("a",)]))
facts: st.SearchStrategy[Fact] = st.one_of(
    made,
    planned,
    planned,
    st.builds(MilestoneLinked, milestone=items, after=after, previous=st.just(())),
    st.builds(DueMoved, item=items, previous=maybe, due=fuzzy, reason=words, approved_by=st.just("board")),
    st.builds(CommitmentRestated, changes=st.fixed_dictionaries({"start": starts}), reason=words),
    st.builds(CommitmentRestated, changes=st.just({"title": Change(to="Cable")}), reason=words),
    st.builds(ForecastRevised, item=items, expected=fuzzy, reason=words),
    st.builds(ProgressReported, item=items, percent=st.none() | percents, note=words),
    st.builds(EvidenceAttached, item=items, evidence=evidence),
    st.builds(_verdict, items, verdicts, st.sampled_from(["newspaper", "audit-office"])),
    st.builds(ItemMet, item=items, met_on=fuzzy, evidence=evidence),
    st.builds(ItemClosedShort, item=items, achieved=words, reason=words),
    st.builds(ItemSuspended, item=items, reason=words),
    st.builds(ItemResumed, item=items, reason=words),
    st.builds(ItemReopened, item=items, reason=words),
    st.builds(ItemWithdrawn, item=items, reason=words, superseded_by=st.none() | st.just("fibre-2")),
    st.builds(OwnerAssigned, owner=words),
    st.builds(TargetSet, indicator=indicators, **terms),
    st.builds(
        TargetRevised,
        indicator=indicators,
        previous=st.builds(Terms, **terms),
        reason=words,
        approved_by=st.just("board"),
        **terms,
    ),
    st.builds(ActualReported, indicator=indicators, quantity=amounts, period=periods | odd_dates()),
    st.builds(ActualReported, indicator=indicators, quantity=amounts, period=periods),
    st.builds(ProgrammeClosed, reason=words),  # lines of other streams, put into this one by hand
    st.builds(PartyRegistered, name=words, kind=st.just("state")),
)


landing = st.builds(MilestonePlanned, milestone=st.just("fibre/landing"), title=words, due=maybe, after=after)
oil = st.builds(TargetSet, indicator=st.just("oil"), **(terms | {"amount": tonnes}))
BEGINNINGS: list[list[st.SearchStrategy[Fact]]] = [[], [landing], [oil], [landing, oil]]


@st.composite
def histories(draw: st.DrawFn) -> Facts:
    """The facts of a commitment, some of them retracted, some of the retractions too."""
    told = Facts(f"commitment/{KEY}")
    beginning = draw(st.sampled_from(BEGINNINGS))
    said = [draw(made), *map(draw, beginning), *draw(st.lists(facts, min_size=2, max_size=14))]
    for position, fact in enumerate(said, 1):
        told.evolve(_recorded(draw, position, fact, early if fact.opens else days))
    for position in range(len(said) + 1, len(said) + 1 + draw(st.integers(0, 3))):
        standing = [one for one in told.log.values() if one.id not in told.retracted]
        gone = draw(st.sampled_from(standing))
        undone = EventRetracted(event=gone.id, type=gone.fact.stored, reason="error")
        told.evolve(_recorded(draw, position, undone))
    return told


def _recorded(draw: st.DrawFn, position: int, fact: Fact, when: st.SearchStrategy[date] = days) -> Recorded:
    effective = draw(when)
    late = draw(st.sampled_from([0, 0, 0, 31, 400]))
    day = min(effective, date.max - timedelta(late)) + timedelta(late)
    return Recorded(
        position=position,
        id=f"id-{position}",
        subject=f"commitment/{KEY}",
        version=position,
        recorded=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        effective=effective,
        actor="editor",
        command=f"command-{position}",
        fact=fact,
    )


def what_counts(facts: Facts, on: date) -> Facts:
    """The least that a status may be told from: what a read model hands over instead of the whole history.

    The last fact of each slot, the whole chains of due, target, evidence and life, of back-dated observations their
    days, and the original due.
    """
    counted: dict[int, Recorded] = {}
    late: dict[str, list[Late]] = {}
    for one in facts.standing():
        for slot in one.fact.settles(facts.key):
            whole = slot.what in ("due", "target", "evidence", "life")
            last = facts.last(slot.item, slot.what, slot.detail, on)
            days = 0 if one.fact.act else (one.recorded.date() - one.effective).days
            if one.effective <= on and (whole or one is last):
                counted[one.position] = one
            if days > 30:
                day = one.effective.toordinal()
                late.setdefault(slot.item, []).append(Late(one.position, day, day + days))
    reduced = Facts(facts.subject, sorted(counted.values(), key=lambda one: one.position))
    reduced.late = late
    reduced.first_due.clear()
    reduced.first_due.update(facts.first_due)
    return reduced
