"""What is recorded about the registers: programmes, parties, sources, and what is no promise?"""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks import words
from benchmarks.plan import Plan
from domain.figure import FigureObserved
from domain.opening import FORMAT, LedgerOpened
from domain.party import PartyKind, PartyRegistered, PartyRenamed
from domain.programme import ProgrammeClosed, ProgrammeNoted, ProgrammeOpened
from domain.recorded import Fact, New
from domain.source import SourceCited

KINDS: tuple[PartyKind, ...] = ("state", "organisation", "company", "group")
COUNTRIES = ("AZ", "KZ", "TR", "UZ", "GE")


class Chronicle:
    """The registers of a ledger, opened at its beginning and added to as time goes by."""

    def __init__(self, plan: Plan, random: Random) -> None:
        self.programmes = [f"programme-{n:02}" for n in range(plan.programmes)]
        self.parties = [f"party-{n:02}" for n in range(plan.parties)]
        self.sources = [f"source-{n:02}" for n in range(plan.sources)]
        self._plan = plan
        self._count = 0
        self._random = random
        self._names = {key: f"Agency {key[-2:]}" for key in self.parties}

    def opening(self, on: date) -> list[New]:
        """The first lines. They say that nothing in this ledger is true."""
        title = f"Generated ledger of {self._plan.size:,} lines, seed {self._plan.seed}"
        return [
            New("ledger", LedgerOpened(title=title, timezone="Asia/Baku", format=FORMAT), on),
            *(New(f"programme/{key}", ProgrammeOpened(title=f"Programme {key[-2:]}"), on) for key in self.programmes),
            New("programme/pilot", ProgrammeOpened(title="Pilot"), on),
            New("programme/pilot", ProgrammeClosed(reason="The pilot is over"), on),
            *(New(f"party/{key}", self._party(index, key), on) for index, key in enumerate(self.parties)),
            *(New(f"source/{key}", self._source(key), on) for key in self.sources),
        ]

    def next(self, on: date) -> New:
        """Something was done, counted or renamed."""
        self._count += 1
        draw, random = self._random.random(), self._random
        if draw < 0.05:
            return self._renamed(words.pick(random, self.parties), on)
        subject = f"programme/{words.pick(random, self.programmes)}"
        return New(subject, self._noted(on) if draw < 0.6 else self._figure(on), on)

    def _party(self, index: int, key: str) -> PartyRegistered:
        kind = KINDS[index % len(KINDS)]
        return PartyRegistered(name=self._names[key], kind=kind, country=COUNTRIES[index % len(COUNTRIES)])

    def _source(self, key: str) -> SourceCited:
        (file,) = words.proof(self._random)
        return SourceCited(title=f"Protocol {key[-2:]}", publisher="Joint commission", file=file)

    def _renamed(self, key: str, on: date) -> New:
        before = self._names[key]
        self._names[key] = name = f"{before.partition(',')[0]}, {len(before)}/{int(self._random.random() * 1e9)}"
        return New(f"party/{key}", PartyRenamed(previous=before, name=name, reason="Reform of the agencies"), on)

    def _noted(self, on: date) -> Fact:
        random = self._random
        source = words.pick(random, self.sources) if random.random() < 0.5 else None
        return ProgrammeNoted(text=f"Note {self._count}: {words.pick(random, words.REPORTS)}", source=source)

    def _figure(self, on: date) -> Fact:
        random = self._random
        return FigureObserved(
            indicator=words.pick(random, ("trade", "transit", "companies")),
            quantity=words.amount("USD", 500_000_000, random.random()),
            period=words.fuzzy(str(on.year - 1)),
            source=words.pick(random, self.sources),
        )
