"""What may be said of a ledger itself, after it was opened: a key that follows another, a backup in its place?"""

from __future__ import annotations

import pytest

from domain.ledger_acts import KeyRotated, LedgerRestored, acknowledge_restore, retirement, rotate_key
from domain.opening import open_ledger
from domain.retraction import retract
from tests.domain.given import do, given

OLD, NEW, THIRD = (f"office+0000000{number}+AQ" + "A" * 42 for number in range(3))
ROOT = "0f" * 32
OPEN = do(open_ledger, "Corridor", "Asia/Baku")
ROTATE = do(rotate_key, OLD, NEW, because="Moved")
RESTORE = do(acknowledge_restore, 9, ROOT, because="The disk died")


def test_another_key_follows_and_the_same_again_records_nothing() -> None:
    fact = KeyRotated(previous=OLD, key=NEW, reason="Moved")
    given(OPEN).asked(ROTATE).then_recorded(fact)
    given(OPEN, ROTATE).when(rotate_key, OLD, NEW, because="Otherwise put").then_nothing()
    given(OPEN, ROTATE).when(rotate_key, NEW, THIRD, because="Again").then_accepted()


def test_a_key_is_retired_once_and_does_not_come_back() -> None:
    board = given(OPEN, ROTATE, do(rotate_key, NEW, THIRD, because="Again"))
    board.when(rotate_key, OLD, NEW, because="x").then_refused("key-retired", "followed by another")
    board.when(rotate_key, THIRD, OLD, because="x").then_refused("key-retired", "come back", "#2")
    rotations = board.facts("ledger").chain("ledger", "sealing-key")
    assert [one and one.position for one in (retirement(rotations, key) for key in (OLD, NEW, THIRD))] == [2, 3, None]


@pytest.mark.parametrize("because", [None, " "])
def test_both_need_a_reason(because: str | None) -> None:
    given(OPEN).when(rotate_key, OLD, NEW, because=because).then_refused("no-reason")
    given(OPEN).when(acknowledge_restore, 9, ROOT, because=because).then_refused("no-reason")


def test_a_key_does_not_follow_itself() -> None:
    given(OPEN).when(rotate_key, OLD, OLD, because="x").then_refused("nothing-changed")


@pytest.mark.parametrize(
    "key", ["", "office", "a b+00000000+AQ" + "A" * 42, OLD[:-1], OLD.replace("+0", "+x"), f"{OLD}="]
)
def test_a_verifier_key_looks_like_one(key: str) -> None:
    for previous, following in ((OLD, key), (key, NEW)):
        fact = KeyRotated(previous=previous, key=following, reason="x")
        code = "blank" if not key else "bad-vkey"
        given(OPEN).admit(fact, "ledger").then_refused(code)


def test_a_loss_is_put_on_record_once() -> None:
    fact = LedgerRestored(size=9, root=ROOT, reason="The disk died")
    given(OPEN).asked(RESTORE).then_recorded(fact)
    given(OPEN, RESTORE).when(acknowledge_restore, 9, ROOT, because="Otherwise put").then_nothing()
    given(OPEN, RESTORE).when(acknowledge_restore, 12, ROOT, because="And again").then_accepted()


@pytest.mark.parametrize(("size", "root"), [(0, ROOT), (-1, ROOT), (9, ROOT.upper()), (9, "0f"), (9, f"{ROOT}0")])
def test_what_was_sealed_has_a_size_and_a_root(size: int, root: str) -> None:
    given(OPEN).admit(LedgerRestored(size=size, root=root, reason="x"), "ledger").then_refused("bad-root")


def test_nothing_of_this_is_said_before_a_ledger_is_opened_or_taken_back_after() -> None:
    given().asked(ROTATE).then_refused("unknown-key")
    board = given(OPEN, ROTATE, RESTORE)
    for line in board.lines[1:]:
        board.when(retract, line, because="x").then_refused("never-retracted")
