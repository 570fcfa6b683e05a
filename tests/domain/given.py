"""How do tests of decisions speak? given(do(make, "fibre", "Cable")).when(suspend, "fibre", because="…").then_…"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from domain.commitment import make
from domain.evidence import Evidence
from domain.fold import Facts
from domain.fuzzy import from_edtf
from domain.milestone import plan_milestone
from domain.occasion import Known, Occasion, admit
from domain.quantity import parse_quantity
from domain.recorded import Fact, New, Recorded
from domain.refused import Refused
from domain.target import Terms, set_target

TODAY = date(2026, 6, 30)
EARLY = date(2025, 1, 1)
OFFICE = "programme-office"

fd = from_edtf
quantity = parse_quantity

encoder = msgspec.json.Encoder(order="sorted")


def file(name: str = "acceptance.pdf", **other: Any) -> Evidence:
    """Evidence of a file."""
    said: dict[str, Any] = {"name": name, "bytes": 12, "media": "application/pdf", "sha256": "ab" * 32}
    return Evidence(**(said | other))


def terms(amount: str = "1.5 Mt", per: str = "year", window: str = "2026/..", **other: Any) -> Terms:
    """What a target aims at."""
    said: dict[str, Any] = {"per": per, "measure": "flow", "aim": "at-least", "window": fd(window)} | other
    return Terms(amount=parse_quantity(amount), **said)


@dataclass(frozen=True)
class Step:
    """A decision with its arguments, and who takes it when."""

    decision: Callable[..., list[New]]
    args: tuple[Any, ...]
    named: dict[str, Any]
    on: date | None = None
    by: str = OFFICE
    today: date = TODAY

    def decide(self, known: Known) -> list[New]:
        return self.decision(Occasion(known, self.today, self.by, self.on), *self.args, **self.named)


def do(
    decision: Callable[..., list[New]],
    *args: Any,
    on: date | None = None,
    by: str = OFFICE,
    today: date = TODAY,
    **named: Any,
) -> Step:
    """A command; `on` is the day asked for."""
    return Step(decision, args, named, on, by, today)


@dataclass
class Then:
    """What came of it: facts, or a refusal."""

    news: list[New] = field(default_factory=list)
    refused: Refused | None = None

    @property
    def facts(self) -> list[Fact]:
        assert self.refused is None, f"{self.refused.code}: {self.refused.sentence}"
        return [new.fact for new in self.news]

    def then_recorded(self, *facts: Fact, effective: date | None = None) -> None:
        """Exactly these facts, effective on that day where one is given."""
        assert self.facts == list(facts)
        assert effective is None or {new.effective for new in self.news} == {effective}

    def then_accepted(self) -> None:
        """Something was recorded, or may be."""
        assert self.facts

    def then_nothing(self) -> None:
        """There was nothing to record."""
        assert self.facts == []

    def then_refused(self, code: str, *words: str) -> str:
        """Refused with that code and with a whole sentence that holds these words."""
        assert self.refused is not None, f"accepted: {self.news}"
        sentence = self.refused.sentence
        assert self.refused.code == code, f"{self.refused.code}: {sentence}"
        assert sentence.endswith(".")
        assert len(sentence.split()) > 3
        for odd in ("  ", "None", "{"):
            assert odd not in sentence, sentence
        for word in words:
            assert word in sentence, sentence
        return sentence


@dataclass
class Board:
    """A ledger in memory, without its bytes."""

    lines: list[Recorded] = field(default_factory=list)
    commands: int = 0

    def known(self) -> Known:
        def load(subject: str) -> Iterable[Recorded]:
            return [one for one in self.lines if one.subject == subject]

        def naming(key: str) -> Iterable[Recorded]:
            return [one for one in self.lines if f'"{key}"'.encode() in encoder.encode(one.fact)]

        return Known(load, naming)

    def facts(self, subject: str = "commitment/fibre") -> Facts:
        return self.known().facts(subject)

    def record(self, *steps: Step) -> list[Recorded]:
        """One command: its decisions see each other."""
        known = self.known()
        news = [(new, step.by) for step in steps for new in step.decide(known)]
        self.commands += 1
        return [self.put(new.fact, new.subject, on=new.effective, by=by) for new, by in news]

    def put(
        self, fact: Fact, subject: str = "commitment/fibre", *, on: date = TODAY, by: str = OFFICE, id: str = ""
    ) -> Recorded:
        """A line as it is, whatever the rules say."""
        position = len(self.lines) + 1
        version = 1 + sum(one.subject == subject for one in self.lines)
        moment = datetime(2026, 6, 30, 12, tzinfo=UTC)
        command = f"command-{self.commands}"
        self.lines.append(Recorded(position, id or f"id-{position}", subject, version, moment, on, by, command, fact))
        return self.lines[-1]

    def when(self, decision: Callable[..., list[New]], *args: Any, **named: Any) -> Then:
        """A command is asked for; nothing is kept of it."""
        return self.asked(do(decision, *args, **named))

    def asked(self, step: Step) -> Then:
        try:
            return Then(step.decide(self.known()))
        except Refused as refused:
            return Then(refused=refused)

    def admit(
        self,
        fact: Fact,
        subject: str = "commitment/fibre",
        *,
        on: date = TODAY,
        by: str = OFFICE,
        today: date = TODAY,
    ) -> Then:
        """A line comes from elsewhere, as import and verify see it: decoded from its bytes."""
        read = msgspec.json.decode(encoder.encode(fact), type=type(fact))
        assert read == fact
        try:
            admit(Occasion(self.known(), today, by, on), subject, read)
        except Refused as refused:
            return Then(refused=refused)
        return Then([New(subject, read, on)])


def given(*steps: Step) -> Board:
    """A board on which each step was a command."""
    board = Board()
    for step in steps:
        board.record(step)
    return board


FIBRE = do(make, "fibre", "Cable under the Caspian", due=fd("2026"), on=EARLY)
LANDING = do(plan_milestone, "fibre/landing", "Landing at Aktau", due=fd("2026-06"), on=EARLY)
OIL = do(set_target, "fibre", "oil", terms(window="2025/.."), on=EARLY)
"""A commitment that is due by the end of 2026, its milestone, and a target of 1.5 Mt a year."""
