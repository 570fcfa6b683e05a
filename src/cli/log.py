"""Saying how far it is: `log`, `forecast`, `actual`, `verdict`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import app
from cli.options import Because, Commitment, Context, Evidence, Item, Note, When, desk_of, recording

if TYPE_CHECKING:
    from domain.occasion import Occasion
    from domain.recorded import New

PERCENT = re.compile(r"[0-9.]+ ?%")


@app.command()
@recording
def log(
    context: Context,
    item: Item,
    words: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]", help="What happened.")] = None,
    progress: Annotated[str | None, typer.Option(metavar="PERCENT", help="How far it is: 42%.")] = None,
    evidence: Evidence = None,
) -> None:
    """Report progress on a commitment or milestone.

    Example: pledger log fibre "Cable ship booked" --progress 42%
    """
    from cli.files import read_evidence
    from domain.progress import report_progress
    from domain.quantity import percent
    from domain.refused import Refused

    text = " ".join(words) if words else None
    if text is not None and progress is None and PERCENT.fullmatch(text.strip()):
        raise Refused("usage", f"{text} alone would be a remark. As progress: pledger log {item} --progress {text}.")
    desk = desk_of(context)
    key, files = desk.item(item), read_evidence(evidence)
    share = percent(progress) if progress is not None else None
    desk.change(lambda at: report_progress(at, key, percent=share, note=text, evidence=files))


@app.command()
@recording
def forecast(
    context: Context,
    item: Item,
    expected: When,
    because: Because = None,
) -> None:
    """Say when a commitment or milestone is now expected. The due stays as promised.

    Example: pledger forecast fibre 2027-Q1 --because "Landing permit is late"
    """
    from domain.entry import fuzzy_date
    from domain.forecast import revise_forecast

    desk = desk_of(context)
    key = desk.item(item)
    desk.change(lambda at: revise_forecast(at, key, fuzzy_date(" ".join(expected), at.today), because=because))


@app.command()
@recording
def actual(
    context: Context,
    commitment: Commitment,
    words: Annotated[
        list[str],
        typer.Argument(metavar="[INDICATOR] QUANTITY [PERIOD]", help="What was achieved, and when: 0.4Mt 2026-Q1."),
    ],
    because: Because = None,
    note: Note = None,
    evidence: Evidence = None,
) -> None:
    """Report the amount achieved in a period of a target.

    Indicator and period may be left out where there is one indicator, or the running month is meant. The same
    period again restates it, and needs --because.

    Example: pledger actual oil-transit 0.4Mt 2026-Q1
    """
    from cli.files import read_evidence
    from cli.split import actual_words
    from domain.actual import report_actual

    desk = desk_of(context)
    key, files = desk.commitment(commitment), read_evidence(evidence)

    def decide(at: Occasion) -> list[New]:
        indicator, quantity, period = actual_words(at.facts(key), words, at.today)
        return report_actual(at, key, indicator, quantity, period, because=because, note=note, evidence=files)

    desk.change(decide)


@app.command()
@recording
def verdict(
    context: Context,
    item: Item,
    scale: Annotated[str, typer.Option(metavar="SCALE", help="ogp, politifact or dca.")],
    rating: Annotated[str, typer.Option(metavar="RATING", help="A rating of that scale: substantial, kept, amber …")],
    assessor: Annotated[
        str | None, typer.Option(metavar="OFFICE", help="Who judges (default: the office that records).")
    ] = None,
    because: Because = None,
) -> None:
    """Record an independent judgement on a published scale.

    Example: pledger verdict fibre --scale ogp --rating limited --assessor audit-office --because "No permit yet"
    """
    from domain.verdict import give_verdict

    desk = desk_of(context)
    key = desk.item(item)
    desk.change(
        lambda at: give_verdict(
            at, key, scale=scale, rating=rating, assessor=at.actor if assessor is None else assessor, because=because
        )
    )
