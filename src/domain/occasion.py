"""Who records, on which day, and in the sight of what? What every decision is given, and the rules common to all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from domain.fold import Facts
from domain.recorded import UNRECORDED, Fact, New, Recorded, alike
from domain.refused import Refused
from domain.sound import check_sound
from domain.text import check_key, shown

CLOSED = frozenset({"met", "closed-short", "withdrawn"})
"""The states in which an item takes nothing new but evidence, verdicts, late actuals and its reopening."""
ANY_STATE = frozenset({"open", "suspended"}) | CLOSED


def nothing_named(_: str) -> Iterable[Recorded]:
    """The answer of a ledger in which nothing names anything."""
    return ()


@dataclass(slots=True)
class Known:
    """All that stands at the head, one stream at a time.

    `load` gives the lines of a subject in order; `naming` the lines anywhere that mention a key.
    """

    load: Callable[[str], Iterable[Recorded]]
    naming: Callable[[str], Iterable[Recorded]] = nothing_named
    _streams: dict[str, Facts] = field(default_factory=dict, init=False)
    _learnt: dict[str, list[Recorded]] = field(default_factory=dict, init=False)
    _unrecorded: int = field(default=UNRECORDED, init=False)

    def facts(self, subject: str) -> Facts:
        """What stands in a stream; empty when nothing was ever recorded there."""
        if subject not in self._streams:
            self._streams[subject] = Facts(subject, self.load(subject))
        return self._streams[subject]

    def learn(self, recorded: Recorded) -> None:
        """Take in a line that comes after all that `load` gives, so that the next is decided in its sight."""
        self.facts(recorded.subject).evolve(recorded)
        for subject in recorded.fact.names():
            self._learnt.setdefault(subject, []).append(recorded)

    def expect(self, new: New, actor: str) -> None:
        """Let what this command is about to record be seen by its later decisions."""
        self._unrecorded += 1
        when = datetime(new.effective.year, new.effective.month, new.effective.day, tzinfo=UTC)
        self.learn(
            Recorded(
                self._unrecorded,
                f"new-{self._unrecorded}",
                new.subject,
                0,
                when,
                new.effective,
                actor,
                "",
                new.fact,
            )
        )

    def named_by(self, subject: str) -> Iterator[Recorded]:
        """The standing facts anywhere that name what they need: `party/az`, `commitment/fibre/landing-aktau`."""
        for one in (*self.naming(subject.partition("/")[2]), *self._learnt.get(subject, ())):
            if subject in one.fact.names() and one.id not in self.facts(one.subject).retracted:
                yield one

    def exists(self, subject: str) -> bool:
        """Does a party, source, programme, commitment (`commitment/fibre`), milestone, or `ledger` itself stand?"""
        noun, _, key = subject.partition("/")
        facts = self.facts(stream_of(key) if noun == "commitment" else subject)
        return facts.last(key or facts.key, "made") is not None


@dataclass(slots=True)
class Occasion:
    """The circumstances of a decision: `today` is the day of recording in the ledger's zone, `on` the day asked for."""

    known: Known
    today: date
    actor: str
    on: date | None = None

    @property
    def effective(self) -> date:
        """The day on which the fact was true: as asked, else today."""
        return self.on or self.today

    def facts(self, item: str) -> Facts:
        """What stands in the commitment of an item."""
        return self.known.facts(stream_of(item))

    def again(self, counts: Recorded | None, fact: Fact) -> bool:
        """Is an observation the one that counts already: with equal item, data and effective day?"""
        return counts is not None and counts.effective == self.effective and alike(counts.fact, fact)

    def record(self, subject: str, fact: Fact, *, effective: date | None = None) -> list[New]:
        """The fact as a decision's result, once every rule has let it pass."""
        day = effective or self.effective
        at = Occasion(self.known, self.today, self.actor, day)
        admit(at, subject, fact)
        new = New(subject, fact, day)
        self.known.expect(new, self.actor)
        return [new]


def stream_of(item: str) -> str:
    """The stream of a commitment or milestone."""
    return "commitment/" + item.partition("/")[0]


def state_of(facts: Facts, item: str, on: date | None = None) -> str:
    """The state of an item's life, at the head or as of a day."""
    last = facts.last(item, "life", on=on)
    return getattr(last.fact, "state", "open") if last else "open"


def admit(at: Occasion, subject: str, fact: Fact) -> None:
    """The rules common to all facts, then the fact's own: what entry, import and verify agree on.

    Refused: `effective-in-future`, `wrong-stream`, `bad-key`, `duplicate-key`, `unknown-key`, `wrong-state`,
    `out-of-order`, and what `check_sound` and `fact.check` say.
    """
    if at.effective > at.today:
        raise Refused(
            "effective-in-future",
            f"{at.effective} is after {at.today}, the day of recording. Nothing can be recorded before it is true.",
        )
    _check_stream(subject, fact)
    check_sound(fact)
    facts = at.known.facts(subject)
    if fact.noun != "any":
        _check_place(at, facts, fact)
    for named in fact.names():
        must_exist(at.known, named)
    if fact.act:
        _check_order(at, facts, fact)
    fact.check(at, facts)


def _check_stream(subject: str, fact: Fact) -> None:
    noun, slash, key = subject.partition("/")
    if fact.noun not in (noun, "any") or (noun == "ledger" and slash):
        raise Refused("wrong-stream", f"{fact.stored} does not belong to {shown(subject)}.")
    if noun != "ledger":
        check_key(key, "key")


def _check_place(at: Occasion, facts: Facts, fact: Fact) -> None:
    """What opens is new, and all else lies in something that is open."""
    if fact.opens:
        _must_be_new(facts, fact)
    if fact.noun == "commitment":
        _check_item(facts, fact, fact.about(facts.key))
    elif not fact.opens:
        must_exist(at.known, facts.subject)


def must_exist(known: Known, subject: str) -> None:
    """Refused: `unknown-key`."""
    if not known.exists(subject):
        raise unknown(subject)


def unknown(subject: str) -> Refused:
    """The refusal of a key that nothing has."""
    noun, slash, key = subject.partition("/")
    if not slash:
        return Refused("unknown-key", f"There is no {noun} yet. Its first fact opens it.")
    noun = "milestone" if "/" in key else noun
    return Refused(
        "unknown-key", f"There is no {noun} {shown(key)} in this ledger. Check the spelling, or add it first."
    )


def _must_be_new(facts: Facts, fact: Fact) -> None:
    for slot in fact.settles(facts.key):
        last = facts.last(*slot)
        if last:
            name = " ".join(filter(None, (slot.item, slot.detail)))
            raise Refused("duplicate-key", f"{name} is taken ({last.place}). Choose another key.")


def _check_item(facts: Facts, fact: Fact, item: str) -> None:
    if fact.opens:
        if "made" in (slot.what for slot in fact.settles(facts.key)) and item == facts.key:
            return
        item = facts.key  # a milestone or a target is opened in its commitment
    if not facts.last(item, "made"):
        raise unknown(f"commitment/{item}")
    state = state_of(facts, item)
    if state not in fact.taken_in:
        raise Refused("wrong-state", f"{item} is {state}{_way_out(state, item)}")


def _way_out(state: str, item: str) -> str:
    if state in CLOSED:
        return (
            " and takes only evidence, verdicts and late actuals."
            f' Reopen it first: pledger reopen {item} --because "…".'
        )
    if state == "suspended":
        return f'. Resume it first: pledger resume {item} --because "…".'
    return "; only a closed item can be reopened, and only a suspended one resumed."


def _check_order(at: Occasion, facts: Facts, fact: Fact) -> None:
    for slot in fact.settles(facts.key):
        last = chain_end(facts, slot.item, slot.what, slot.detail)
        if last and at.effective < last.effective:
            raise Refused(
                "out-of-order",
                f"{slot.item}: its last {last.fact.stored.rsplit('.', 1)[0]} ({last.place}) is effective"
                f" {last.effective}; nothing of that chain can take effect before it."
                f" Use --on {last.effective} or later.",
            )


def chain_end(facts: Facts, item: str, what: str, detail: str = "") -> Recorded | None:
    """The last standing act of a chain: `made`, `planned` and the other openings stand at its head."""
    return facts.last(item, what, detail) or facts.last(item, "made") or facts.last(facts.key, "made")
