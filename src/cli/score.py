"""How promises were kept: `score`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.app import app
from cli.filtered import FilterWords, filter_of
from cli.options import Context, desk_of

if TYPE_CHECKING:
    from projections.score import Score, Scores

NAMES = {"party": "promised by", "programme": "programme", "owner": "owner"}
BY_HEAD = ("by",)
SLIP_HEAD = ("dated", "moved", "median slip", "reports", "median lag", "longest lag")
FORECAST_HEAD = ("forecast", "met since", "median", "from", "to", "still waiting")


@app.command()
def score(
    context: Context,
    words: FilterWords = None,
    group: Annotated[str, typer.Option(metavar="party|programme|owner", help="By whom to count.")] = "party",
) -> None:
    """Count how promises were kept, party by party. By the due in force and by the first one, side by side.

    Example: pledger score --group programme 'due:<=2027'
    """
    from cli.answer import answer, say_times
    from cli.tongue import word
    from domain.text import choice
    from projections.score import Group
    from projections.score import score as question

    desk = desk_of(context)
    wanted, by = filter_of(desk, words), choice(Group, group, "group")
    found = desk.ask(lambda base, at: question(base, at, wanted, by))
    if desk.settings.json:
        answer(desk, found)
        return
    say_times(desk)
    show_scores(found, nothing=word("No commitment matches.") if words else word("No commitment."))


def show_scores(found: Scores, nothing: str) -> None:
    """The counts, then slips and lag, then forecasts against what came, then what the words mean."""
    from cli.figures import figures
    from cli.shown import out
    from cli.tongue import word
    from projections.score import STANDINGS

    if not found.all.commitments:
        out(nothing)
        return
    name, told = NAMES[found.group], [*found.groups, found.all]
    names = [*(one.key or word("(none)") for one in found.groups), word("all, each once")]
    figures((name, *BY_HEAD, *map(heading_of, STANDINGS)), list(_counts(names, told)), names=2)
    out()
    figures((name, *SLIP_HEAD), [(key, *_slip(one)) for key, one in zip(names, told, strict=True)])
    out()
    if found.all.forecasts:
        out("Forecasts against the day on which it was met; + came later than was forecast")
        figures((name, *FORECAST_HEAD), list(_forecasts(names, told)), names=2)
        out()
    for standing, meaning in STANDINGS.items():
        out(f"{word(heading_of(standing))}: {meaning}")
    out("median slip: days from the first due to the one in force, of commitments that have both (dated); moved: not 0")
    out("lag: days from the day on which something was so to the day on which it was recorded")


def heading_of(standing: str) -> str:
    """`kept-late` as people say it."""
    return "late, open" if standing == "late" else standing.replace("-", " ")


def _counts(names: Sequence[str], told: Sequence[Score]) -> Iterator[Sequence[str]]:
    from cli.tongue import word

    for name, one in zip(names, told, strict=True):
        yield (name, word("due in force"), *map(str, one.current.values()))
        yield (name, word("first due"), *map(str, one.original.values()))


def _slip(one: Score) -> Sequence[str]:
    from cli.figures import signed
    from cli.tongue import word

    lag = one.lag
    days = (str(one.moved), signed(one.median_slip), str(lag.reports), _days(lag.median), _days(lag.longest))
    of = word("{some} of {all}").format_map({"some": one.dated, "all": one.commitments})
    return (of, *days)


def _forecasts(names: Sequence[str], told: Sequence[Score]) -> Iterator[Sequence[str]]:
    from cli.figures import signed

    for name, one in zip(names, told, strict=True):
        for each in one.forecasts:
            spread = (signed(each.bias), signed(each.least), signed(each.most))
            yield (name, each.lead, str(each.forecasts), *spread, str(each.waiting))


def _days(count: int | None) -> str:
    from cli.tongue import day_count

    return "-" if count is None else day_count(count)
