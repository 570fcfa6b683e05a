"""Amounts per period: `target set`, `target revise`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import group
from cli.options import Approver, Because, Commitment, Context, desk_of, recording

if TYPE_CHECKING:
    from domain.occasion import Occasion
    from domain.recorded import New

target_app = group("target", "Amounts that a commitment aims at, per period.")
Amount = Annotated[str, typer.Argument(metavar="AMOUNT", help="An amount per period: 1.5 Mt/year, 30%.")]
Indicator = Annotated[str | None, typer.Option(metavar="I", help="What is measured (default: the commitment's key).")]
Measure = Annotated[str | None, typer.Option(metavar="MEASURE", help="flow (adds up) or level.")]
Aim = Annotated[str | None, typer.Option(metavar="AIM", help="at-least or at-most.")]
Baseline = Annotated[str | None, typer.Option(metavar="Q", help="Where it starts from.")]


@target_app.command("set")
@recording
def target_set(
    context: Context,
    commitment: Commitment,
    amount: Amount,
    window: Annotated[str, typer.Option(metavar="DATE", help="From when to when: 2026-2030, from 2026.")],
    indicator: Indicator = None,
    measure: Measure = None,
    aim: Aim = None,
    baseline: Baseline = None,
) -> None:
    """Set an amount that a commitment aims at.

    Example: pledger target set oil-transit "1.5 Mt/year" --window "from 2026"
    """
    from cli.terms import terms
    from domain.entry import fuzzy_date
    from domain.target import set_target

    desk = desk_of(context)
    key = desk.commitment(commitment)

    def decide(at: Occasion) -> list[New]:
        made = terms(amount, fuzzy_date(window, at.today), measure=measure, aim=aim, baseline=baseline)
        return set_target(at, key, key if indicator is None else indicator, made)

    desk.change(decide)


@target_app.command("revise")
@recording
def target_revise(
    context: Context,
    commitment: Commitment,
    amount: Amount,
    window: Annotated[str | None, typer.Option(metavar="DATE", help="Default: as it was.")] = None,
    indicator: Indicator = None,
    aim: Aim = None,
    baseline: Baseline = None,
    because: Because = None,
    approved_by: Approver = None,
) -> None:
    """Change the amount aimed at, on the record.

    Example: pledger target revise oil-transit "1.2 Mt/year" --because "Fleet" --approved-by steering-board
    """
    from cli.terms import revised
    from domain.target import revise_target

    desk = desk_of(context)
    key = desk.commitment(commitment)

    def decide(at: Occasion) -> list[New]:
        name, made = revised(at, key, indicator, amount, window=window, aim=aim, baseline=baseline)
        return revise_target(at, key, name, made, because=because, approved_by=approved_by)

    desk.change(decide)
