"""Does a ledger begin as it should?"""

from __future__ import annotations

import pytest

from domain.opening import FORMAT, LedgerOpened, open_ledger, zone
from tests.domain.given import do, given

OPENED = LedgerOpened(title="Corridor", timezone="Asia/Baku", format=FORMAT)
OPEN = do(open_ledger, "Corridor", "Asia/Baku")


def test_ledgers_have_the_first_format() -> None:
    assert FORMAT == 1  # another is another docs/format.md, and a way from this one


def test_a_ledger_opens_with_its_title_and_its_zone() -> None:
    given().asked(do(open_ledger, " Corridor ", "Asia/Baku")).then_recorded(OPENED)


def test_opening_it_again_records_nothing_and_opening_it_otherwise_is_refused() -> None:
    board = given(OPEN)
    board.asked(OPEN).then_nothing()
    board.when(open_ledger, "Another", "Asia/Baku").then_refused("duplicate-key")


@pytest.mark.parametrize("name", ["Baku", "", "../UTC", "/etc/localtime", "Asia", "a\x00b", "x" * 5000, "UTC+4"])
def test_a_zone_is_an_iana_name(name: str) -> None:
    given().when(open_ledger, "Corridor", name).then_refused("bad-timezone", "Asia/Baku or UTC")


def test_a_title_is_not_blank() -> None:
    given().when(open_ledger, " ", "UTC").then_refused("blank", "title")


def test_zones_are_read_by_their_names() -> None:
    assert zone("Asia/Almaty").key == "Asia/Almaty"


@pytest.mark.parametrize("number", [FORMAT + 1, 0, -1])
def test_a_ledger_of_a_format_that_is_not_known_is_refused(number: int) -> None:
    newer = LedgerOpened(title="x", timezone="UTC", format=number)
    given().admit(newer, "ledger").then_refused("newer-format", f"format {number}", "Update pledger")


def test_a_line_from_elsewhere_says_a_zone_too() -> None:
    given().admit(OPENED, "ledger").then_accepted()
    given().admit(LedgerOpened(title="x", timezone="Baku", format=1), "ledger").then_refused("bad-timezone")
