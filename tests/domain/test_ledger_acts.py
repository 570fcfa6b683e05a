"""Is it on record when another key seals the ledger, and when a backup took its place?"""

from __future__ import annotations

from itertools import pairwise

import pytest

from domain.ledger_acts import KeyRotated, LedgerRestored, acknowledge_restore, retirement, rotate_key
from domain.opening import open_ledger
from domain.recorded import Fact
from tests.domain.given import EARLY, Board, do, given

OPEN = do(open_ledger, "Corridor", "UTC", on=EARLY)
ONE, TWO, THREE = (f"desk+{digit * 8}+A{'Q' * 43}" for digit in "123")
ROOT = "0a" * 32


def rotated(*keys: str) -> Board:
    board = given(OPEN)
    for before, after in pairwise(keys):
        board.record(do(rotate_key, before, after, because="Yearly", on=EARLY))
    return board


def test_another_key_seals_from_here_on() -> None:
    rotated().when(rotate_key, ONE, TWO, because=" Yearly ").then_recorded(
        KeyRotated(previous=ONE, key=TWO, reason="Yearly")
    )
    rotated(ONE, TWO).when(rotate_key, TWO, THREE, because="x").then_accepted()


def test_the_same_rotation_as_the_last_records_nothing() -> None:
    board = rotated(ONE, TWO)
    board.when(rotate_key, ONE, TWO, because="Another reason").then_nothing()


@pytest.mark.parametrize("vkey", ["", "desk", f"desk+{'1' * 8}+B{'Q' * 43}", f"de sk+{'1' * 8}+A{'Q' * 43}", ONE + "A"])
def test_keys_are_verifier_keys(vkey: str) -> None:
    code = "bad-vkey" if vkey else "blank"
    rotated().when(rotate_key, ONE, vkey, because="x").then_refused(code)
    rotated().when(rotate_key, vkey, ONE, because="x").then_refused(code)


def test_a_rotation_needs_another_key_and_a_reason() -> None:
    rotated().when(rotate_key, ONE, ONE, because="x").then_refused("nothing-changed", "pledger audit key new")
    rotated().when(rotate_key, ONE, TWO, because=None).then_refused("no-reason")
    given().when(rotate_key, ONE, TWO, because="x").then_refused("unknown-key")


def test_a_retired_key_is_not_retired_again_and_does_not_come_back() -> None:
    board = rotated(ONE, TWO)
    board.when(rotate_key, ONE, THREE, because="x").then_refused("key-retired", "(#2)")
    board.when(rotate_key, TWO, ONE, because="x").then_refused("key-retired", "cannot come back")
    rotations = board.facts("ledger").chain("ledger", "sealing-key")
    assert retirement(rotations, ONE) == board.lines[1]
    assert retirement(rotations, TWO) is None


def test_what_a_backup_lost_is_on_record() -> None:
    board = given(OPEN)
    board.when(acknowledge_restore, 12, ROOT, because=" Disk failed ").then_recorded(
        LedgerRestored(size=12, root=ROOT, reason="Disk failed")
    )
    board.record(do(acknowledge_restore, 12, ROOT, because="Disk failed"))
    board.when(acknowledge_restore, 12, ROOT, because="Another reason").then_nothing()
    board.when(acknowledge_restore, 13, ROOT, because="x").then_accepted()
    board.when(acknowledge_restore, 13, ROOT, because=" ").then_refused("no-reason")


@pytest.mark.parametrize(("size", "root"), [(0, ROOT), (-1, ROOT), (1, "0A" * 32), (1, "0a" * 31)])
def test_what_had_been_sealed_has_a_size_and_a_root(size: int, root: str) -> None:
    given(OPEN).when(acknowledge_restore, size, root, because="x").then_refused("bad-root", "64 hexadecimal digits")


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (KeyRotated(previous=ONE, key=TWO, reason=""), "no-reason"),
        (KeyRotated(previous=ONE, key=ONE, reason="x"), "nothing-changed"),
        (KeyRotated(previous=ONE, key="x", reason="x"), "bad-vkey"),
        (LedgerRestored(size=0, root=ROOT, reason="x"), "bad-root"),
    ],
)
def test_a_line_from_elsewhere_is_held_to_the_same_rules(fact: Fact, code: str) -> None:
    given(OPEN).admit(fact, "ledger").then_refused(code)
