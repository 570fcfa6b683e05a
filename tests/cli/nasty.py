"""What would somebody write into a ledger who asks no decision: facts that no command of ours records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from domain.actual import ActualReported
from domain.commitment import Change, CommitmentMade, CommitmentRestated
from domain.due import DueMoved
from domain.evidence import Evidence, EvidenceAttached
from domain.figure import FigureObserved
from domain.forecast import ForecastRevised
from domain.fuzzy import FuzzyDate
from domain.life import ItemClosedShort, ItemMet, ItemReopened, ItemResumed, ItemSuspended, ItemWithdrawn
from domain.milestone import MilestoneLinked, MilestonePlanned
from domain.owner import OwnerAssigned
from domain.party import PartyRegistered, PartyRenamed
from domain.programme import ProgrammeClosed, ProgrammeNoted, ProgrammeOpened
from domain.progress import ProgressReported
from domain.quantity import Quantity
from domain.recorded import Fact
from domain.retraction import EventRetracted
from domain.source import SourceCited
from domain.target import TargetRevised, TargetSet, Terms
from domain.verdict import VerdictGiven
from ledger.bulk import append_lines
from ledger.ledger import Ledger
from ledger.line import URN, Envelope, Exact, encode, stamp
from tests.cli.given import MORNING, Office

FORBIDDEN = "\x00\x07\x1b[31m\x7f\x85\x9b\u2028\u202e\u2066"
WORDS = f"x [/] [link=a]b[/link] Әə İı {FORBIDDEN} end"
LONG = "very long " * 2_000
DAYS = (date(2026, 11, 1), date.min, date.max)
DATES = (
    FuzzyDate(earliest=None, edtf="../2026", latest=date(2026, 12, 31), wording=WORDS),
    FuzzyDate(earliest=date.max, edtf=WORDS, latest=date.max, wording=WORDS),
    FuzzyDate(earliest=date.min, edtf="0001/9999~", latest=date.max, wording="about ever"),
    FuzzyDate(earliest=date(2026, 1, 1), edtf="2026%", latest=None, wording="2026~"),
)
AMOUNTS = (Quantity(unit="Mt", value=Decimal(0)), Quantity(unit="Mt", value=Decimal("9" * 40)))
FILES = (
    Evidence(name=f"../../{WORDS}", bytes=-1, media=WORDS, sha256="zz", url=f"javascript:{WORDS}"),
    Evidence(url=f"https://user:secret@example.org/{WORDS}"),
)


def facts(key: str) -> Iterator[tuple[str, Fact]]:
    """Every kind of fact with everything in it that its shape lets in."""
    item, there = f"{key}/{WORDS}", f"commitment/{key}"
    yield f"party/{key}", PartyRegistered(name=WORDS, kind="state", country=WORDS)
    yield f"party/{key}", PartyRenamed(previous=WORDS, name=LONG, reason=WORDS)
    for when in DATES:
        yield f"programme/{key}", ProgrammeOpened(title=WORDS, window=when)
        yield f"source/{key}", SourceCited(title=WORDS, publisher=WORDS, published=when, url=WORDS, file=FILES[0])
        yield there, made(key, when)
        yield there, MilestonePlanned(milestone=WORDS, title=WORDS, due=when, after=(item, "nothing"))
        yield there, DueMoved(item=key, previous=when, due=when, reason=WORDS, approved_by=WORDS)
        yield there, ForecastRevised(item=item, previous=None, expected=when, reason=WORDS)
        yield there, ItemMet(item=item, met_on=when, note=WORDS, evidence=FILES)
        for amount in AMOUNTS:
            yield there, target(key, amount, when)
            yield there, ActualReported(indicator=key, quantity=amount, period=when, reason=WORDS, note=WORDS)
            yield f"programme/{key}", FigureObserved(indicator=WORDS, quantity=amount, period=when, wording=WORDS)
    yield f"programme/{key}", ProgrammeNoted(text=LONG, source="nothing", locator=WORDS)
    yield f"programme/{key}", ProgrammeClosed(reason=WORDS)
    yield there, CommitmentRestated(changes={"title": Change(before=WORDS, to=WORDS)}, reason=WORDS)
    yield there, CommitmentRestated(changes={"tags": Change(before=None, to=(WORDS,))}, reason=WORDS)
    yield there, OwnerAssigned(previous=WORDS, owner=WORDS)
    yield there, MilestoneLinked(milestone=WORDS, after=(item,), previous=())
    yield there, ProgressReported(item=key, percent=Decimal("100000"), note=WORDS, evidence=FILES)
    yield there, EvidenceAttached(item="another/item", evidence=FILES, note=WORDS)
    yield there, VerdictGiven(item=key, scale="ogp", rating=WORDS, assessor=WORDS, reason=WORDS)
    yield there, revised(key)
    yield there, ItemResumed(item=key, reason=WORDS)
    yield there, ItemReopened(item=item, reason=WORDS)
    yield there, ItemSuspended(item=key, reason=WORDS)
    yield there, ItemClosedShort(item="nothing", achieved=WORDS, reason=WORDS, evidence=FILES)
    yield there, ItemWithdrawn(item=key, superseded_by=WORDS, reason=WORDS)
    yield there, EventRetracted(event=WORDS, type=WORDS, reason=WORDS)


def made(key: str, when: FuzzyDate) -> CommitmentMade:
    """A promise of nobody who is known, in a programme that is not."""
    return CommitmentMade(
        title=WORDS,
        kind="deliverable",
        promisors=(key, WORDS),
        promisees=("nobody",),
        due=when,
        start=when,
        programme=key,
        source=key,
        locator=WORDS,
        statement=LONG,
        owner=WORDS,
        tags=(WORDS,),
    )


def target(key: str, amount: Quantity, when: FuzzyDate) -> TargetSet:
    return TargetSet(indicator=key, amount=amount, per="month", measure="flow", aim="at-least", window=when)


def revised(key: str) -> TargetRevised:
    terms: dict[str, Any] = {
        "amount": AMOUNTS[0],
        "per": "once",
        "measure": "level",
        "aim": "at-most",
        "window": DATES[0],
    }
    return TargetRevised(indicator=key, previous=Terms(**terms), reason=WORDS, approved_by=WORDS, **terms)


def write(office: Office, *told: tuple[str, Fact], actor: str = WORDS) -> None:
    """Facts into the office's ledger, each true on three days, with nobody asked."""
    with Ledger.open(office.folder / "pledger.db") as ledger:
        size, source = ledger.record.size, URN + ledger.record.id
        last = stamp(ledger.record.time_at(size))
        lines = [
            line(
                Envelope(
                    actor,
                    WORDS,
                    fact,
                    day,
                    f"{WORDS}{position}",
                    WORDS,
                    f"{position:010}",
                    source,
                    "1.0",
                    subject,
                    last,
                    fact.stored,
                )
            )
            for position, (day, (subject, fact)) in enumerate(product(DAYS, told), size + 1)
        ]
        append_lines(ledger.store, lines)


def line(envelope: Envelope[Fact]) -> Exact:
    """A line that claims to be exact."""
    return Exact(encode(envelope), envelope)


def begun(folder: Path) -> Office:
    """An office whose ledger has a forbidden title from its first line on."""
    office = Office(folder, clock=MORNING)
    with Ledger.create(folder / "pledger.db", "Nasty", "Asia/Baku", actor="office", pen=office.edge().pen()):
        pass
    return office
