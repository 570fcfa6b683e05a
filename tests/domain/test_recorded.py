"""What is a fact, and when do two say the same?"""

from __future__ import annotations

import pytest

from domain.due import DueMoved
from domain.party import PartyRegistered
from domain.progress import ProgressReported
from domain.recorded import UNRECORDED, Fact, Slot, alike
from domain.target import Terms
from tests.domain.given import Board, fd, terms


def test_what_a_fact_settles_is_for_each_fact_to_say() -> None:
    with pytest.raises(NotImplementedError):
        Fact().settles("fibre")


def test_a_fact_names_nothing_takes_nothing_back_and_forbids_nothing_unless_it_says_so() -> None:
    fact = ProgressReported(item="fibre/landing", note="seen")
    assert fact.names() == ()
    assert fact.takes_back() is None
    assert fact.about("fibre") == "fibre/landing"
    assert fact.settles("fibre") == (Slot("fibre/landing", "remark"),)
    assert PartyRegistered.__mro__[1] is Fact


def test_wordings_of_a_date_do_not_count_everything_else_does() -> None:
    one = DueMoved(item="fibre", due=fd("2026", "end-2026"), reason="late", approved_by="board")
    assert alike(one, DueMoved(item="fibre", due=fd("2026"), reason="late", approved_by="board"))
    assert not alike(one, DueMoved(item="fibre", due=fd("2027"), reason="late", approved_by="board"))
    assert not alike(one, DueMoved(item="fibre", due=fd("2026"), reason="Late", approved_by="board"))
    assert not alike(one, None)
    assert not alike(one, PartyRegistered(name="x", kind="state"))


def test_parts_are_compared_in_the_same_way() -> None:
    worded = Terms(amount=terms().amount, per="year", measure="flow", aim="at-least", window=fd("2026/..", "from 2026"))
    assert alike(worded, terms())
    assert not alike(worded, terms("1.6 Mt"))


def test_a_sentence_names_a_line_by_its_position_once_it_has_one() -> None:
    line = Board().put(ProgressReported(item="fibre", note="seen"))
    assert line.place == "#1"
    assert type(line)(UNRECORDED + 1, *(getattr(line, name) for name in line.__struct_fields__[1:])).place == (
        "in this same command"
    )
