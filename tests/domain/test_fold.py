"""Is the fold its definition: leave out what is retracted, sort by (effective, position), take the last?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given as hypothesis
from hypothesis import strategies as st

from domain.due import DueMoved, due_of, move_due
from domain.fold import Facts, order
from domain.owner import assign
from domain.progress import ProgressReported, report_progress
from domain.recorded import Fact, Recorded, Slot
from domain.retraction import EventRetracted, retract
from tests.domain.any_fact import days, facts
from tests.domain.given import EARLY, FIBRE, LANDING, TODAY, Board, do, fd, given

ITEMS = ("fibre", "fibre/landing")
MOMENT = datetime(2026, 6, 30, tzinfo=UTC)

Line = tuple[Fact | int, date]
"""A fact with its day, or a retraction of the line so far back."""


def observations() -> st.SearchStrategy[Fact]:
    percent = st.integers(0, 100).map(Decimal)
    return st.builds(ProgressReported, item=st.sampled_from(ITEMS), percent=percent | st.none(), note=st.just("seen"))


def moves() -> st.SearchStrategy[Fact]:
    due = st.sampled_from(["2027", "2028", "2029"]).map(fd)
    return st.builds(
        DueMoved, item=st.sampled_from(ITEMS), due=due, reason=st.just("late"), approved_by=st.just("board")
    )


histories = st.lists(
    st.tuples(st.one_of(observations(), moves(), st.integers(1, 12), st.integers(1, 3)), days), max_size=40
)


def recorded(history: Sequence[Line]) -> list[Recorded]:
    lines: list[Recorded] = []
    for position, (said, day) in enumerate(history, start=1):
        back = position - 1 - said if isinstance(said, int) else None
        gone = f"id-{max(back, 0)}" if back is not None else ""
        fact = EventRetracted(event=gone, type="", reason="x") if isinstance(said, int) else said
        lines.append(
            Recorded(position, f"id-{position}", "commitment/fibre", position, MOMENT, day, "office", "c", fact)
        )
    return lines


def standing(lines: Sequence[Recorded]) -> list[Recorded]:
    """The definition: what no standing retraction takes back."""
    fallen: set[str] = set()
    for one in reversed(lines):  # a retraction is judged before what it takes back
        gone = one.fact.takes_back()
        if gone is not None and one.id not in fallen:
            fallen.add(gone)
    return [one for one in lines if one.id not in fallen]


def naive(lines: Sequence[Recorded], slot: Slot, on: date | None) -> list[Recorded]:
    seen = [one for one in standing(lines) if slot in one.fact.settles("fibre") and (on is None or one.effective <= on)]
    return sorted(seen, key=order)


SLOTS = [Slot(item, what) for item in ITEMS for what in ("percent", "remark", "due")]


@hypothesis(histories, days | st.none())
def test_the_fold_is_its_definition(history: list[Line], on: date | None) -> None:
    lines = recorded(history)
    folded = Facts("commitment/fibre", lines)
    for slot in SLOTS:
        item, what, detail = slot
        expected = naive(lines, slot, on)
        assert list(folded.chain(item, what, detail, on)) == expected
        assert folded.last(item, what, detail, on) == (expected[-1] if expected else None)
        assert folded.fact(item, what, detail, on) == (expected[-1].fact if expected else None)
    assert folded.standing() == [one for one in standing(lines) if one.fact.settles("fibre")]


@hypothesis(histories)
def test_what_is_retracted_knows_its_retraction(history: list[Line]) -> None:
    lines = recorded(history)
    folded, stand = Facts("commitment/fibre", lines), {one.id for one in standing(lines)}
    assert set(folded.retracted) == {one.id for one in lines} - stand
    for gone, retraction in folded.retracted.items():
        assert retraction.fact.takes_back() == gone
        assert retraction.id in stand


@hypothesis(histories, st.integers(0, 40))
def test_a_fold_of_the_first_lines_is_what_was_known_then(history: list[Line], size: int) -> None:
    lines = recorded(history)
    grown = Facts("commitment/fibre", lines[:size])
    for one in lines[size:]:
        grown.evolve(one)
    whole = Facts("commitment/fibre", lines)
    assert [grown.chain(*slot) for slot in SLOTS] == [whole.chain(*slot) for slot in SLOTS]
    assert (grown.retracted, grown.first_due) == (whole.retracted, whole.first_due)


@hypothesis(histories)
def test_a_line_that_comes_twice_counts_once(history: list[Line]) -> None:
    lines = recorded(history)
    twice = Facts("commitment/fibre", [one for line in lines for one in (line, line)])
    once = Facts("commitment/fibre", lines)
    assert [twice.chain(*slot) for slot in SLOTS] == [once.chain(*slot) for slot in SLOTS]
    assert twice.retracted == once.retracted


@hypothesis(
    st.lists(
        st.tuples(
            st.one_of(
                facts(), st.builds(EventRetracted, event=st.sampled_from("abcd"), type=st.just(""), reason=st.just("x"))
            ),
            st.sampled_from("abcdefgh"),
            st.integers(0, 3),
        ),
        max_size=20,
    ),
    st.sampled_from(["commitment/fibre", "party/az", "programme/x", "ledger", "source/a"]),
)
def test_evolve_takes_whatever_can_be_decoded(history: list[tuple[Fact, str, int]], subject: str) -> None:
    folded = Facts(subject)
    for fact, id, position in history:
        folded.evolve(Recorded(position, id, subject, 0, MOMENT, TODAY, "office", "c", fact))
    for one in folded.standing():
        assert one.id not in folded.retracted
    assert folded.items() is not None


def test_a_very_long_row_of_retractions_of_retractions_is_followed() -> None:
    lines = recorded([(ProgressReported(item="fibre", note="seen"), TODAY), *[(0, TODAY)] * 1200])
    assert not Facts("commitment/fibre", lines[:1200]).standing()
    assert len(Facts("commitment/fibre", lines).standing()) == 1


def test_a_retraction_of_itself_or_of_what_comes_later_takes_nothing_back() -> None:
    board = Board()
    board.put(EventRetracted(event="a", type="", reason="x"), id="a")
    board.put(EventRetracted(event="c", type="", reason="x"), id="b")
    board.put(ProgressReported(item="fibre", note="seen"), id="c")
    board.put(EventRetracted(event="b", type="", reason="x"), id="d")
    assert [one.id for one in board.facts().standing()] == ["c"]


def test_the_commitment_comes_first_among_its_items_then_milestones_as_they_were_planned() -> None:
    board = given(FIBRE, LANDING)
    assert board.facts().items() == ["fibre", "fibre/landing"]
    assert given().facts().items() == []


def test_the_slots_of_an_item_are_named_with_their_facts() -> None:
    board = given(FIBRE, LANDING, do(report_progress, "fibre", note="seen"))
    chains = {what: [one.position for one in chain] for what, chain in board.facts().chains("fibre")}
    assert chains == {"made": [1], "remark": [3]}
    assert [one.position for one in board.facts().of("fibre/landing")] == [2]
    assert list(board.facts().of("fibre/other")) == []


def test_the_original_due_survives_its_retraction() -> None:
    board = given(FIBRE)
    board.record(do(retract, board.lines[0], because="Typed in the wrong ledger"))
    assert due_of(board.facts(), "fibre") is None
    assert board.facts().first_due["fibre"].position == 1
    board.record(FIBRE)
    assert board.facts().first_due["fibre"].position == 1


def test_without_a_due_at_first_the_original_due_is_the_first_on_record() -> None:
    board = given(
        do(FIBRE.decision, "fibre", "Cable", on=EARLY),
        do(move_due, "fibre", fd("2027"), because="Agreed now", approved_by="board", on=EARLY),
        do(move_due, "fibre", fd("2028"), because="Late", approved_by="board"),
    )
    assert board.facts().first_due["fibre"].position == 2


def test_a_stream_without_a_key_is_its_own_key() -> None:
    assert Facts("ledger").key == "ledger"


def test_what_becomes_true_on_a_day_is_seen_on_that_day_and_not_before() -> None:
    facts = given(FIBRE, do(assign, "fibre", "ministry", on=TODAY)).facts("commitment/fibre")
    for seen, on in ((1, TODAY), (0, TODAY - timedelta(1))):
        assert len(facts.chain("fibre", "owner", on=on)) == seen
        assert bool(facts.last("fibre", "owner", on=on)) is bool(seen)
