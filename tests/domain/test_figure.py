"""Are numbers from a source kept as context?"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from domain.figure import FigureObserved, observe_figure
from domain.programme import open_programme
from domain.quantity import Quantity
from domain.source import cite_source
from tests.domain.given import TODAY, do, fd, given, quantity

OPEN = do(open_programme, "corridor", "Middle Corridor")
TRADE = do(observe_figure, "corridor", "trade", quantity("470M USD"), fd("2024"))


def test_a_figure_keeps_what_a_number_cannot_say() -> None:
    board = given(OPEN, do(cite_source, "interview", "An interview", "An agency"))
    then = board.when(
        observe_figure,
        "Corridor",
        "Firms",
        quantity("250"),
        fd("../2025-10"),
        wording=" about 250 ",
        source="INTERVIEW",
        locator="Trade",
    )
    then.then_recorded(
        FigureObserved(
            indicator="firms",
            quantity=quantity("250"),
            period=fd("../2025-10"),
            wording="about 250",
            source="interview",
            locator="Trade",
        )
    )


def test_the_figure_that_counts_again_on_the_same_day_records_nothing() -> None:
    board = given(OPEN, TRADE)
    board.when(observe_figure, "corridor", "trade", quantity("470M USD"), fd("2024", "in 2024")).then_nothing()
    board.asked(do(*[TRADE.decision, *TRADE.args], on=TODAY - timedelta(1))).then_accepted()
    board.when(observe_figure, "corridor", "trade", quantity("471M USD"), fd("2024")).then_accepted()
    board.when(observe_figure, "corridor", "trade", quantity("470M USD"), fd("2023")).then_accepted()


def test_a_figure_needs_a_programme_a_key_a_source_and_an_amount() -> None:
    given().asked(TRADE).then_refused("unknown-key", "no programme 'corridor'")
    board = given(OPEN)
    board.when(observe_figure, "corridor", "a b", quantity("1"), fd("2024")).then_refused("bad-key", "Try a-b.")
    board.when(observe_figure, "corridor", "a", quantity("1"), fd("2024"), source="x").then_refused("unknown-key")
    odd = Quantity(unit="x", value=Decimal(1))
    board.when(observe_figure, "corridor", "a", odd, fd("2024")).then_refused("unknown-unit")
    long = Quantity(unit="t", value=Decimal("1.50"))
    board.admit(FigureObserved(indicator="a", quantity=long, period=fd("2024")), "programme/corridor").then_refused(
        "bad-quantity"
    )
    named = FigureObserved(indicator="A B", quantity=quantity("1"), period=fd("2024"))
    board.admit(named, "programme/corridor").then_refused("bad-key", "indicator")
